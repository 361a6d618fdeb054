package dev.mortise.engine.operator;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.Rejects;
import dev.mortise.spi.type.Schema;
import org.jspecify.annotations.Nullable;

/// A step that looks at one row at a time, so that it may run on any part of the data alone. Used
/// by one thread: every lane opens its own.
public interface RowOperator extends AutoCloseable {
    /// The columns of the batches it gives.
    Schema schema();

    /// What becomes of a batch; null when no row is left of it.
    @Nullable Batch apply(Batch batch, Rejects rejects);

    @Override
    default void close() {}
}
