package dev.mortise.server.run;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which runs a list shows. What is empty or null narrows nothing.
///
/// @param projects null for all
/// @param query any part of the flow's name, or the beginning of an id, eight letters or more
/// @param before the id before which a part begins, newest first
public record RunFilter(
        @Nullable Collection<String> projects,
        String flow,
        List<String> states,
        String cause,
        String actor,
        @Nullable Instant endedAfter,
        @Nullable Instant endedBefore,
        String query,
        @Nullable String before) {
    public RunFilter {
        states = List.copyOf(states);
    }
}
