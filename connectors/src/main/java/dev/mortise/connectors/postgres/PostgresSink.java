package dev.mortise.connectors.postgres;

import dev.mortise.connectors.jdbc.Ledger;
import dev.mortise.spi.connect.Claim;
import dev.mortise.spi.connect.Lane;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.connect.Sink;
import dev.mortise.spi.connect.SinkPlan;
import dev.mortise.spi.connect.Target;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Writes one table. Rows go through lanes; what is said about the run goes through one session
/// from the claim to the end.
///
/// Of all commits only the last, that of [#finish], waits for the disk. What is flushed then
/// includes everything before it. A server that crashes may forget a claim, a beginning or parts
/// that it had committed; but a crash ends the session, and without it nothing is finished: the
/// next attempt claims anew and goes on from what is on the disk.
final class PostgresSink implements Sink.Encoding {
    private static final String TABLE_UNKNOWN = "42P01";

    private final PostgresSessions sessions;
    private final SinkShape shape;
    private final AtomicBoolean ledgerMade;
    private final Ledger ledger;
    private final PostgresLedger calls;
    private final PostgresProblems problems;
    private @Nullable Connection session;
    private long epoch;

    /// @param ledgerMade whether the database is known to have the table of the ledger
    PostgresSink(
            PostgresSessions sessions, Target target, SinkShape shape, AtomicBoolean ledgerMade) {
        this.sessions = sessions;
        this.shape = shape;
        this.ledgerMade = ledgerMade;
        this.ledger = new Ledger(target);
        this.calls = new PostgresLedger(target.task(), target.fence());
        this.problems = new PostgresProblems(shape.constraints());
    }

    @FunctionalInterface
    private interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    /// Runs on the session of the run. One that was lost is not replaced: see above.
    private <T> T say(Work<T> work) {
        try {
            Connection connection = session;
            if (connection == null) {
                connection = sessions.open(PostgresSessions.LANE);
                session = connection;
            }
            try {
                return work.in(connection);
            } catch (SQLException | RuntimeException e) {
                rollback(connection);
                throw e;
            }
        } catch (SQLException e) {
            throw problems.exception(e).at(shape.target().dataset());
        }
    }

    private static void rollback(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("rollback");
        } catch (SQLException _) {
            // A session that is gone has rolled back.
        }
    }

    @Override
    public SinkPlan plan() {
        Map<String, String> nativeTypes = new HashMap<>();
        shape.columns().forEach(c -> nativeTypes.put(c.name(), c.nativeType()));
        return new SinkPlan(
                shape.schema(),
                statements(),
                nativeTypes,
                shape.losses(),
                shape.problems(),
                shape.notes());
    }

    private List<String> statements() {
        if (!shape.problems().isEmpty()) {
            return List.of();
        }
        try {
            Connection connection = sessions.open(PostgresSessions.READER);
            try {
                List<String> statements = new ArrayList<>(preparation(connection));
                if (shape.shadowed()) {
                    statements.addAll(new ShadowTable(connection, shape).publish());
                }
                return statements;
            } finally {
                sessions.layAside(PostgresSessions.READER, connection);
            }
        } catch (SQLException e) {
            throw problems.exception(e).at(shape.target().dataset());
        }
    }

    /// What [#begin] runs.
    private List<String> preparation(Connection connection) throws SQLException {
        List<String> statements = new ArrayList<>();
        boolean renamed = shape.shadowed() && shape.publish() == SinkShape.Publish.RENAME;
        if (!shape.exists() && !renamed) {
            statements.addAll(TableSql.create(shape, shape.table().quoted()));
        }
        if (shape.shadowed()) {
            statements.addAll(new ShadowTable(connection, shape).create());
        }
        return statements;
    }

    @Override
    public Optional<String> form() {
        return CopyBytes.form(shape.columns());
    }

    @Override
    public Claim claim() {
        Claim claim = say(connection -> standing(connection, claim(connection)));
        epoch = claim.epoch();
        return claim;
    }

    private Claim standing(Connection connection, Claim claim) throws SQLException {
        boolean lost = !shape.shadowed() && claim.wrote() && !holdsRows(connection);
        return lost ? claim.withoutParts() : claim;
    }

    private boolean holdsRows(Connection connection) throws SQLException {
        String table = shape.table().quoted();
        if (!there(connection, table)) {
            return false;
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select from " + table + " limit 1")) {
            return row.next();
        }
    }

    private Claim claim(Connection connection) throws SQLException {
        if (ledgerMade.get()) {
            try {
                return calls.claim(connection);
            } catch (SQLException e) {
                if (!TABLE_UNKNOWN.equals(e.getSQLState())) {
                    throw e;
                }
                // A crash has taken it, or a user; it is made again.
                rollback(connection);
            }
        }
        makeLedger(connection);
        ledgerMade.set(true);
        return calls.claim(connection);
    }

    private static void makeLedger(Connection connection) throws SQLException {
        try {
            Ledger.create(connection);
        } catch (SQLException _) {
            // Two runs that make the table at once: the one that comes second finds it.
            Ledger.create(connection);
        }
    }

    @Override
    public void begin(List<Range> parts) {
        say(
                connection -> {
                    calls.begin(connection, epoch, parts);
                    commit(connection, preparation(connection));
                    return true;
                });
    }

    /// Runs what is left of a transaction in one call.
    private static void commit(Connection connection, List<String> statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(String.join(";", statements) + ";commit");
        }
    }

    @Override
    public Lane lane() {
        String into = shape.shadowed() ? ShadowTable.quoted(shape) : shape.table().quoted();
        try {
            return new PostgresLane(sessions, shape, into, ledger, epoch);
        } catch (SQLException e) {
            throw problems.exception(e).at(shape.target().dataset());
        }
    }

    @Override
    public void finish(@Nullable String cursor) {
        say(
                connection -> {
                    int parts = calls.finish(connection, epoch, cursor);
                    commit(
                            connection,
                            shape.shadowed() ? publication(connection, parts) : List.of());
                    return true;
                });
    }

    /// Without a shadow and without parts this run was published before, and only its answer was
    /// lost.
    private List<String> publication(Connection connection, int parts) throws SQLException {
        if (there(connection, ShadowTable.quoted(shape))) {
            return new ShadowTable(connection, shape).publish();
        }
        if (parts == 0) {
            return List.of();
        }
        throw ProblemException.of(
                ProblemCode.DATASET_MISSING,
                "the table " + ShadowTable.quoted(shape) + " with the rows of this run is gone",
                "run again with --fresh");
    }

    private static boolean there(Connection connection, String quoted) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select to_regclass(?) is not null")) {
            select.setString(1, quoted);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    @Override
    public void close() {
        Connection connection = session;
        session = null;
        if (connection != null) {
            // Also rolls back what an exception left.
            sessions.layAside(PostgresSessions.LANE, connection);
        }
    }
}
