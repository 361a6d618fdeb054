package dev.mortise.api.paging;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What of a resource is asked for: the pages of a token are those of one scope. A scope may have
/// others behind it.
public sealed interface Scope {
    /// All there is.
    record Whole() implements Scope {}

    /// What belongs to the first of some values, then to the next.
    record Each(List<String> values) implements Scope {
        public Each {
            values = List.copyOf(values);
        }
    }

    /// What falls into a slice of time; the slices after it end where the scope does.
    ///
    /// @param from microseconds since 1970 in UTC, the first that counts
    /// @param to the first that no longer counts
    /// @param until where the last slice ends
    /// @param step how long a slice is at most
    record Slice(long from, long to, long until, long step) implements Scope {
        private static Slice of(long from, long until, long step, long length) {
            return new Slice(from, Math.min(from + length, until), until, step);
        }

        /// The first half of it, with the second behind it; empty when it is too short to be cut.
        ///
        /// @param unit what the API counts in
        public Optional<Slice> half(long unit) {
            long middle = from + (to - from) / 2 / unit * unit;
            return middle <= from
                    ? Optional.empty()
                    : Optional.of(new Slice(from, middle, until, step));
        }
    }

    /// The scope behind this one; empty when it is the last.
    default Optional<Scope> next() {
        return switch (this) {
            case Whole _ -> Optional.empty();
            case Each(var values) ->
                    values.size() < 2
                            ? Optional.empty()
                            : Optional.of(new Each(values.subList(1, values.size())));
            case Slice(var from, var to, var until, var step) ->
                    // One that had to be cut is followed by one that is not much longer.
                    to >= until
                            ? Optional.empty()
                            : Optional.of(
                                    Slice.of(to, until, step, Math.min(step, 2 * (to - from))));
        };
    }

    /// One line that [#parse] understands.
    default String text() {
        return switch (this) {
            case Whole _ -> "";
            case Each(var values) ->
                    "each " + String.join("\t", values.stream().map(Scope::quote).toList());
            case Slice(var from, var to, var until, var step) ->
                    "slice %d %d %d %d".formatted(from, to, until, step);
        };
    }

    static Scope parse(String text) {
        if (text.startsWith("each ")) {
            List<String> values = new ArrayList<>();
            for (String value : text.substring(5).split("\t", -1)) {
                values.add(unquote(value));
            }
            return new Each(values);
        }
        if (text.startsWith("slice ")) {
            String[] parts = text.split(" ", -1);
            return new Slice(
                    Long.parseLong(parts[1]),
                    Long.parseLong(parts[2]),
                    Long.parseLong(parts[3]),
                    Long.parseLong(parts[4]));
        }
        return new Whole();
    }

    private static String quote(String value) {
        return value.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n");
    }

    private static String unquote(String text) {
        StringBuilder value = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                char escaped = text.charAt(++i);
                value.append(escaped == 't' ? '\t' : escaped == 'n' ? '\n' : escaped);
            } else {
                value.append(c);
            }
        }
        return value.toString();
    }
}
