package dev.mortise.connectors.postgres;

import dev.mortise.spi.connect.Range;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a range means, as the text it is kept as: `kind|low|high|fingerprint|cursor`. Lists are
/// comma-separated, every value begins with `=` and is percent-encoded; an empty field is open.
///
/// @param low inclusive values of the key, or one block number; empty when open
/// @param high exclusive
/// @param fingerprint of the table, where the range is one of places
/// @param cursor what the run that made the range will end with; null when it is not incremental
record Bounds(
        Kind kind,
        List<String> low,
        List<String> high,
        String fingerprint,
        @Nullable String cursor) {
    enum Kind {
        /// Everything.
        ALL,
        /// Between two keys.
        KEY,
        /// Between two blocks.
        BLOCK
    }

    static Bounds all(@Nullable String cursor) {
        return new Bounds(Kind.ALL, List.of(), List.of(), "", cursor);
    }

    String text() {
        return String.join(
                "|",
                kind.name(),
                encode(low),
                encode(high),
                encode(fingerprint.isEmpty() ? List.of() : List.of(fingerprint)),
                encode(cursor == null ? List.of() : List.of(cursor)));
    }

    boolean tooLong() {
        return text().length() > Range.BOUNDS_MAX;
    }

    static Bounds parse(String text) {
        List<String> fields = split(text, '|');
        List<String> fingerprint = decode(fields.get(3));
        List<String> cursor = decode(fields.get(4));
        return new Bounds(
                Kind.valueOf(fields.getFirst()),
                decode(fields.get(1)),
                decode(fields.get(2)),
                fingerprint.isEmpty() ? "" : fingerprint.getFirst(),
                cursor.isEmpty() ? null : cursor.getFirst());
    }

    private static String encode(List<String> values) {
        return values.stream()
                .map(v -> "=" + URLEncoder.encode(v, StandardCharsets.UTF_8))
                .collect(Collectors.joining(","));
    }

    private static List<String> decode(String text) {
        return text.isEmpty()
                ? List.of()
                : split(text, ',').stream()
                        .map(v -> URLDecoder.decode(v.substring(1), StandardCharsets.UTF_8))
                        .toList();
    }

    private static List<String> split(String text, char at) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int end = text.indexOf(at); end >= 0; end = text.indexOf(at, start)) {
            parts.add(text.substring(start, end));
            start = end + 1;
        }
        parts.add(text.substring(start));
        return parts;
    }
}
