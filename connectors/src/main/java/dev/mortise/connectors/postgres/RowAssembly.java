package dev.mortise.connectors.postgres;

import dev.mortise.spi.batch.Batch;

/// Gathers the messages of one binary `COPY` answer into batches: taken apart by [CopyRows], as
/// they are by [EncodedRows].
interface RowAssembly {
    /// Starts a batch.
    void begin();

    /// Whether the batch holds what a batch may hold.
    boolean full();

    /// Adds the rows of a message: one, and before the first one the header.
    void add(byte[] message);

    /// The batch begun last; without a row when nothing came.
    Batch end();
}
