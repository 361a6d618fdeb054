package dev.mortise.connectors.file;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.type.Schema;

/// Writes rows as text.
interface RowEncoder {
    /// What stands before the first row of a file.
    default void begin(Schema schema, TextBuffer out) {}

    /// One row, with its line end.
    void row(Batch batch, int row, TextBuffer out);
}
