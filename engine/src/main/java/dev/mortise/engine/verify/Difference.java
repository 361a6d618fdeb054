package dev.mortise.engine.verify;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A row that is not in the target as it should be.
///
/// @param key the values that identify it, as canonical texts
/// @param columns by column, what should be there and what is; empty for a missing or extra row
public record Difference(
        Kind kind, Map<String, @Nullable String> key, Map<String, Values> columns) {
    public enum Kind {
        MISSING,
        EXTRA,
        DIFFERENT
    }

    /// @param source null means null
    /// @param target null means null
    public record Values(@Nullable String source, @Nullable String target) {}

    public Difference {
        key = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(key));
        columns = java.util.Collections.unmodifiableMap(new TreeMap<>(columns));
    }
}
