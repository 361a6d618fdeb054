package dev.mortise.connectors.mysql;

import dev.mortise.connectors.jdbc.Bisection;
import dev.mortise.connectors.jdbc.Ledger;
import dev.mortise.connectors.mysql.Loader.InsertLoader;
import dev.mortise.connectors.mysql.Loader.LoadDataLoader;
import dev.mortise.connectors.mysql.Sessions.Purpose;
import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.Lane;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.connect.Rejects;
import dev.mortise.spi.connect.Target;
import dev.mortise.spi.connect.WriteMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/// One writer with a session of its own.
final class MySqlLane implements Lane {
    private final Sessions sessions;
    private final Target target;
    private final WriteTable table;
    private final Ledger ledger;
    private final long epoch;
    private final Connection connection;
    private final Bisection bisection;
    private final Loader loader;
    private final RowFit fit;
    private long written;

    /// Whether the transaction holds anything.
    private boolean begun;

    private MySqlLane(
            Sessions sessions,
            Target target,
            WriteTable table,
            Ledger ledger,
            long epoch,
            Connection connection) {
        this.sessions = sessions;
        this.target = target;
        this.table = table;
        this.ledger = ledger;
        this.epoch = epoch;
        this.connection = connection;
        this.bisection = new Bisection(connection, sessions.problems());
        this.loader =
                sessions.loadData()
                        ? new LoadDataLoader(connection, table.columns())
                        : new InsertLoader(
                                connection, table.columns(), sessions.server().packetMax());
        this.fit = new RowFit(table.columns());
    }

    static MySqlLane open(
            Sessions sessions, Target target, WriteTable table, Ledger ledger, long epoch)
            throws SQLException {
        Connection connection = sessions.open(Purpose.WRITE);
        try {
            if (target.mode() == WriteMode.UPSERT) {
                // Outside of a transaction: a server with GTIDs forbids it inside.
                connection.setAutoCommit(true);
                try (Statement statement = connection.createStatement()) {
                    statement.execute(table.createStage(table.batch(), "temporary table"));
                }
                connection.setAutoCommit(false);
            }
            return new MySqlLane(sessions, target, table, ledger, epoch, connection);
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public int write(Batch batch, Rejects rejects) {
        Batch fitting = fit.keep(batch, rejects);
        if (fitting.rows() == 0) {
            return 0;
        }
        try {
            int accepted =
                    begun
                            ? bisection.write(fitting, this::load, rejects)
                            : bisection.writeFirst(fitting, this::load, rejects);
            begun = true;
            written += accepted;
            return accepted;
        } catch (SQLException e) {
            throw sessions.problem(e, target.dataset());
        }
    }

    private void load(Batch batch) throws SQLException {
        switch (target.mode()) {
            case APPEND -> loader.load(table.name().sql(), batch, false);
            case REPLACE -> loader.load(table.shadow().sql(), batch, false);
            case MIRROR -> loader.load(table.stage().sql(), batch, true);
            case UPSERT -> upsert(batch);
        }
    }

    private void upsert(Batch batch) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("delete from " + table.batch().sql());
            loader.load(table.batch().sql(), batch, true);
            for (String merge : table.merge(table.batch())) {
                statement.executeUpdate(merge);
                Loader.refuseWarnings(statement);
            }
        }
    }

    @Override
    public void commit(Range range, @Nullable Range rest, long rowsRejected) {
        Ledger.Counts counts = new Ledger.Counts(written, rowsRejected);
        try {
            if (ledger.advance(connection, epoch, range, rest, counts)) {
                connection.commit();
            } else {
                connection.rollback();
            }
            ended();
        } catch (SQLException e) {
            abort();
            throw sessions.problem(e, target.dataset());
        } catch (RuntimeException e) {
            abort();
            throw e;
        }
    }

    private void ended() {
        written = 0;
        begun = false;
    }

    @Override
    public void abort() {
        ended();
        try {
            if (!connection.isClosed()) {
                connection.rollback();
            }
        } catch (SQLException e) {
            throw sessions.problem(e, target.dataset());
        }
    }

    @Override
    public void close() {
        try {
            if (!connection.isClosed()) {
                connection.rollback();
            }
        } catch (SQLException _) {
            // A lost connection has rolled back already.
        }
        try {
            connection.close();
        } catch (SQLException e) {
            throw sessions.problem(e, target.dataset());
        }
    }
}
