package dev.mortise.connectors.postgres;

import dev.mortise.connectors.jdbc.Bisection;
import dev.mortise.connectors.jdbc.Ledger;
import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.Lane;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.connect.Rejects;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// One writer.
///
/// Its commits do not wait for the disk. That is safe because the rows of a part and the fact that
/// it is done are one transaction: a power cut takes both or neither, and the part is read again.
/// [PostgresSink#finish] commits last and does wait; what is flushed to the log then includes
/// everything before it, so a run that has finished is on the disk whole.
final class PostgresLane implements Lane {
    private final PostgresSessions sessions;
    private final Connection connection;
    private final Ledger ledger;
    private final long epoch;
    private final PostgresProblems problems;
    private final Bisection bisection;
    private final Bisection.Attempt attempt;
    private final String place;
    private long written;

    /// Whether the transaction holds anything.
    private boolean begun;

    private boolean closed;

    PostgresLane(PostgresSessions sessions, SinkShape shape, String into, Ledger ledger, long epoch)
            throws SQLException {
        this.sessions = sessions;
        this.ledger = ledger;
        this.epoch = epoch;
        this.place = shape.target().dataset();
        this.problems = new PostgresProblems(shape.constraints());
        this.connection = sessions.take(PostgresSessions.LANE);
        try {
            connection.setAutoCommit(false);
            this.bisection = new Bisection(connection, problems);
            this.attempt =
                    shape.staged()
                            ? new StagingTable(connection, shape, into)::write
                            : new CopyWriter(connection, into, shape.columns())::write;
            connection.commit();
        } catch (SQLException | RuntimeException e) {
            sessions.giveBack(connection);
            throw e;
        }
    }

    @Override
    public int write(Batch batch, Rejects rejects) {
        try {
            int accepted =
                    begun
                            ? bisection.write(batch, attempt, rejects)
                            : bisection.writeFirst(batch, attempt, rejects);
            begun = true;
            written += accepted;
            return accepted;
        } catch (SQLException e) {
            throw problems.exception(e).at(place);
        }
    }

    @Override
    public void commit(Range range, @Nullable Range rest, long rowsRejected) {
        try {
            Ledger.Counts counts = new Ledger.Counts(written, rowsRejected);
            if (ledger.advance(connection, epoch, range, rest, counts)) {
                connection.commit();
            } else {
                connection.rollback();
            }
            ended();
        } catch (SQLException e) {
            throw problems.exception(e).at(place);
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
            if (!closed && !connection.isClosed()) {
                connection.rollback();
            }
        } catch (SQLException _) {
            // A session that is gone has rolled back.
        }
    }

    @Override
    public void close() {
        if (!closed) {
            abort();
            closed = true;
            sessions.giveBack(connection);
        }
    }
}
