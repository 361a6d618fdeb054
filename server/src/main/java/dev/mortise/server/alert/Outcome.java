package dev.mortise.server.alert;

import dev.mortise.spi.problem.Problem;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How a run stands, as whoever runs it tells.
///
/// @param run its id
/// @param problem why it failed; null when it did not
/// @param endedAt when it ended; of a run that has just begun, when it began
public record Outcome(
        String project,
        String flow,
        String run,
        State state,
        long rowsRead,
        long rowsWritten,
        long rowsRejected,
        double seconds,
        @Nullable Problem problem,
        Instant endedAt) {
    /// Where a run has got to.
    public enum State {
        RUNNING,
        SUCCEEDED,
        /// Done, but rows were rejected or the verification found differences.
        REJECTED,
        FAILED,
        CANCELLED;

        /// Whether its data is in the target.
        boolean isDone() {
            return this == SUCCEEDED || this == REJECTED;
        }
    }
}
