package dev.mortise.connectors.duckdb;

import dev.mortise.connectors.jdbc.Ledger;
import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.Lane;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.connect.Rejects;
import dev.mortise.spi.problem.ProblemException;
import java.sql.SQLException;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/// Writes in a session of its own. Lanes load side by side and commit one after the other.
final class DuckDbLane implements Lane {
    private final DuckDbFile file;
    private final DuckDbSession session;
    private final DuckDbFence fence;
    private final DuckDbLoad load;
    private long written;

    DuckDbLane(DuckDbFile file, DuckDbSession session, DuckDbFence fence, DuckDbLoad load) {
        this.file = file;
        this.session = session;
        this.fence = fence;
        this.load = load;
    }

    @Override
    public int write(Batch batch, Rejects rejects) {
        try {
            session.begin();
            int accepted = load.write(batch, rejects);
            written += accepted;
            return accepted;
        } catch (SQLException e) {
            throw DuckDbProblems.INSTANCE.exception(e);
        }
    }

    @Override
    public void commit(Range range, @Nullable Range rest, long rowsRejected) {
        try {
            session.begin();
            load.settle();
            file.commits().lock();
            try {
                fence.check();
                Ledger.Counts counts = new Ledger.Counts(written, rowsRejected);
                if (fence.advance(session, range, rest, counts)) {
                    session.commit();
                    file.committed();
                }
            } finally {
                file.commits().unlock();
            }
        } catch (SQLException e) {
            abort();
            throw DuckDbProblems.INSTANCE.exception(e);
        } catch (ProblemException e) {
            abort();
            throw e;
        }
        abort();
    }

    @Override
    public void abort() {
        written = 0;
        load.forget();
        session.rollback();
    }

    @Override
    public void close() {
        abort();
        load.close();
        session.close();
    }

    /// Closes an appender without keeping what it still holds: closing flushes, so that must not
    /// happen outside of a transaction.
    static void discard(DuckDbSession session, DuckDBAppender appender) {
        try {
            session.begin();
            appender.close();
        } catch (SQLException _) {
            // The transaction is broken already, and is rolled back.
        }
        session.rollback();
    }
}
