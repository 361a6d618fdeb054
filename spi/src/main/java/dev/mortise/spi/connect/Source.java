package dev.mortise.spi.connect;

import dev.mortise.spi.batch.Batch;
import org.jspecify.annotations.Nullable;

/// The rows of one range, batch by batch. Used by one thread.
public interface Source extends AutoCloseable {
    /// The next batch, or null at the end. A batch has at least one row.
    @Nullable Batch next();

    /// What of the range has not been delivered by [#next] yet, as a range of the same part. Null
    /// when the source cannot be entered midway: then its part is committed as a whole.
    default @Nullable Range rest() {
        return null;
    }

    /// Asks the system to stop, so that a [#next] that waits ends soon, with a problem or without.
    /// Unlike all else here it may be called by another thread; who reads still closes.
    default void cancel() {}

    /// Ends reading at once, also midway, and frees the connection.
    @Override
    void close();
}
