package dev.mortise.api.page;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How the body of an answer is written.
public enum Format {
    JSON,
    /// A JSON value a line, or one after another.
    NDJSON,
    CSV,
    XML;

    /// As documents spell them.
    public static final List<String> WORDS =
            Arrays.stream(values()).map(format -> format.name().toLowerCase(Locale.ROOT)).toList();

    /// @throws IllegalArgumentException when the word is none of [#WORDS]
    public static Format of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /// The format a content type names; empty for all the others, HTML among them.
    public static Optional<Format> ofContentType(String type) {
        String bare = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return switch (bare) {
            case "text/csv", "application/csv" -> Optional.of(CSV);
            case "application/x-ndjson", "application/ndjson", "application/jsonl" ->
                    Optional.of(NDJSON);
            case "application/xml", "text/xml" -> Optional.of(XML);
            case "application/json", "text/json" -> Optional.of(JSON);
            default -> structured(bare);
        };
    }

    private static Optional<Format> structured(String bare) {
        if (bare.endsWith("+xml") && !bare.contains("html")) {
            return Optional.of(XML);
        }
        return bare.endsWith("+json") ? Optional.of(JSON) : Optional.empty();
    }

    /// What a call that wants it says under `Accept`.
    public String accept() {
        return switch (this) {
            case JSON -> "application/json";
            case NDJSON -> "application/x-ndjson";
            case CSV -> "text/csv";
            case XML -> "application/xml";
        };
    }
}
