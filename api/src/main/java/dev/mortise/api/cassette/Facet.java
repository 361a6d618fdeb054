package dev.mortise.api.cassette;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What was seen at one place of many records.
///
/// @param of how many objects could have had it
/// @param there how many had it, null or not
/// @param forms what its values looked like, and how many of them
/// @param values all that occurred, sorted, where they are few and short; else none
public record Facet(
        long of, long there, Map<Form, Long> forms, Extent extent, List<String> values) {
    /// Values of a set have been seen so often, on average.
    private static final int REPEATED = 4;

    public Facet {
        Map<Form, Long> copy = new EnumMap<>(Form.class);
        copy.putAll(forms);
        forms = java.util.Collections.unmodifiableMap(copy);
        values = List.copyOf(values);
    }

    /// How large values were.
    ///
    /// @param longest characters of the longest text
    /// @param digits before the point of the largest number, also one written as text
    /// @param scale digits behind the point at most
    public record Extent(int longest, int digits, int scale) {
        static final Extent NONE = new Extent(0, 0, 0);

        Extent max(Extent other) {
            return new Extent(
                    Math.max(longest, other.longest),
                    Math.max(digits, other.digits),
                    Math.max(scale, other.scale));
        }
    }

    long nulls() {
        return forms.getOrDefault(Form.NULL, 0L);
    }

    /// Values that are not null.
    long given() {
        return there - nulls();
    }

    /// Whether its values are those of a set: few, and each seen again and again.
    boolean isSet() {
        long given = given();
        return given >= Drift.ENOUGH
                && !values.isEmpty()
                && (long) values.size() * REPEATED <= given;
    }

    boolean always() {
        return of > 0 && there == of;
    }

    Set<Form.Kind> kinds() {
        Set<Form.Kind> kinds = EnumSet.noneOf(Form.Kind.class);
        forms.keySet().forEach(form -> kinds.add(form.kind()));
        kinds.remove(Form.Kind.NULL);
        return kinds;
    }
}
