package dev.mortise.server.document;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The newest run of a flow, as a list of flows shows it.
///
/// @param endedAt null while it goes on
public record LastRun(
        String id,
        String state,
        @Nullable Instant endedAt,
        long rowsRead,
        long rowsWritten,
        long rowsRejected) {
    /// Who knows runs.
    public interface Source {
        /// Of each of some flows, by its name; of one that never ran, none.
        Map<String, LastRun> lastRuns(String project, Collection<String> flows);
    }
}
