package dev.mortise.server.document;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// When a flow runs by itself, as a list of flows shows it.
///
/// @param paused whether none of its schedules lets it
/// @param nextAt null when they do not, or only after other flows
public record NextFire(boolean paused, @Nullable Instant nextAt) {
    /// Who knows schedules.
    public interface Source {
        /// Of each of some flows, by its name; of one without a schedule, none.
        Map<String, NextFire> nextFires(String project, Collection<String> flows);
    }
}
