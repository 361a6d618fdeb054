package dev.mortise.spi.connect;

import dev.mortise.spi.batch.Batch;
import org.jspecify.annotations.Nullable;

/// One writer: a connection, a transaction at a time, used by one thread.
public interface Lane extends AutoCloseable {
    /// Says what the rows of the next [#write]s belong to, until the next [#commit]. Called before
    /// the first write of a part or of a piece of one. Targets without transactions build
    /// idempotency keys from it: after a crash the same range comes again with the same rows.
    default void enter(Range range) {}

    /// Writes a batch into the open transaction, opening one if needed. Rows the target refuses for
    /// their content are isolated (by bisection inside a savepoint) and go to `rejects`; the good
    /// ones stay. A problem of any other fault is thrown, and then the caller aborts.
    ///
    /// @return how many rows were accepted
    int write(Batch batch, Rejects rejects);

    /// Commits what was written since the last commit together with the progress of its part.
    ///
    /// @param range the part as it stood before
    /// @param rest what is left of it, or null when the part is done
    /// @param rowsRejected rows of this commit that were set aside, by whomever
    /// @throws dev.mortise.spi.problem.ProblemException FENCED when another run has taken
    ///     over; then nothing was committed
    void commit(Range range, @Nullable Range rest, long rowsRejected);

    /// Drops what was written since the last commit. Safe to call at any time.
    void abort();

    @Override
    void close();
}
