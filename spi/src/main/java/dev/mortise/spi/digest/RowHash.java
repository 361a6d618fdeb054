package dev.mortise.spi.digest;

import dev.mortise.spi.batch.Batch;

/// Hashes some columns of the rows of a batch. Used by one thread.
interface RowHash {
    /// Hashes all rows of a batch; what it said of an earlier one is gone.
    void turnTo(Batch batch);

    /// The hash of a row of the batch turned to.
    long of(int row);
}
