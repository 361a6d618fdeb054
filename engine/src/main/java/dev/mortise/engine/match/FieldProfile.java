package dev.mortise.engine.match;

import dev.mortise.spi.type.Type;
import java.util.List;

/// What is known about a column before it is matched.
///
/// @param key whether it belongs to the primary key or a unique one
/// @param comment what the catalogue says; empty when nothing
/// @param length the longest text it takes; -1 when unlimited or unknown
/// @param samples canonical texts of some values that are not null, at most [#SAMPLES_MAX]
/// @param filled whether its system gives it a value where none is written
public record FieldProfile(
        String name,
        Type type,
        boolean nullable,
        boolean key,
        String comment,
        int length,
        List<String> samples,
        boolean filled) {
    public static final int SAMPLES_MAX = 200;

    public FieldProfile {
        samples = List.copyOf(samples.subList(0, Math.min(samples.size(), SAMPLES_MAX)));
    }

    /// One that its system gives no value.
    public FieldProfile(
            String name,
            Type type,
            boolean nullable,
            boolean key,
            String comment,
            int length,
            List<String> samples) {
        this(name, type, nullable, key, comment, length, samples, false);
    }

    /// Whether a row cannot be written without a value for it.
    public boolean needed() {
        return !nullable && !filled;
    }

    public static FieldProfile of(String name, Type type) {
        return new FieldProfile(name, type, true, false, "", -1, List.of());
    }
}
