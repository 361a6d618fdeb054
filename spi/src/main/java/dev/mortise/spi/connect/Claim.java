package dev.mortise.spi.connect;

import java.util.List;
import java.util.Optional;

/// Where the target stands when a run takes its task over.
///
/// @param epoch this run's, higher than every earlier one's
/// @param parts the parts of an unfinished run; empty when there is none
/// @param cursor the cursor the last finished run left
public record Claim(long epoch, List<PartState> parts, Optional<String> cursor) {
    public Claim {
        parts = List.copyOf(parts);
    }

    /// Whether the unfinished run has left rows in the target.
    public boolean wrote() {
        return parts.stream().anyMatch(part -> part.rowsWritten() > 0);
    }

    /// The same without an unfinished run: the next one begins anew.
    public Claim withoutParts() {
        return new Claim(epoch, List.of(), cursor);
    }

    /// @param range what is left of the part; when done, what it was
    public record PartState(Range range, boolean done, long rowsWritten, long rowsRejected) {}
}
