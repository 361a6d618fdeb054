package dev.mortise.engine.sample;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.RejectedRow;
import dev.mortise.spi.type.Schema;
import java.util.List;

/// Rows a step gives.
///
/// @param read how many rows were read for it, of all datasets together
/// @param cut whether there may be more: of the result, or of what was read for it
/// @param stopped whether it was ended before it was through
/// @param rejects the first rows that were set aside on the way
/// @param rejected how many there were
public record Sample(
        Schema schema,
        List<Batch> batches,
        long read,
        boolean cut,
        boolean stopped,
        List<RejectedRow> rejects,
        long rejected) {
    public Sample {
        batches = List.copyOf(batches);
        rejects = List.copyOf(rejects);
    }

    public int rows() {
        return batches.stream().mapToInt(Batch::rows).sum();
    }
}
