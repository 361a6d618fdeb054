package dev.mortise.api.cassette;

import java.util.Locale;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// What a value looks like: its JSON type, and of a text what it is the text of.
public enum Form {
    NULL(Kind.NULL),
    BOOL(Kind.BOOL),
    INTEGER(Kind.NUMBER),
    DECIMAL(Kind.NUMBER),
    OBJECT(Kind.OBJECT),
    ARRAY(Kind.ARRAY),
    EMPTY_TEXT(Kind.TEXT),
    TEXT(Kind.TEXT),
    INTEGER_TEXT(Kind.TEXT),
    DECIMAL_TEXT(Kind.TEXT),
    BOOL_TEXT(Kind.TEXT),
    DATE(Kind.TEXT),
    DATE_SLASHED(Kind.TEXT),
    TIME(Kind.TEXT),
    DATETIME(Kind.TEXT),
    DATETIME_SPACED(Kind.TEXT),
    DATETIME_ZONED(Kind.TEXT),
    UUID(Kind.TEXT),
    URL(Kind.TEXT);

    /// The JSON type.
    public enum Kind {
        NULL,
        BOOL,
        NUMBER,
        TEXT,
        OBJECT,
        ARRAY
    }

    private static final int LOOKED_AT = 200;
    private static final String DAY = "\\d{4}-\\d{2}-\\d{2}";
    private static final String CLOCK = "\\d{2}:\\d{2}(:\\d{2}([.,]\\d{1,9})?)?";

    private final Kind kind;

    Form(Kind kind) {
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /// Whether a value of another text could not be taken for it.
    boolean structured() {
        return kind == Kind.TEXT && this != TEXT && this != EMPTY_TEXT && this != URL;
    }

    /// As people read it: `integer`, `datetime zoned`.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    static Form of(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> OBJECT;
            case ARRAY -> ARRAY;
            case BOOLEAN -> BOOL;
            case NUMBER -> node.isIntegralNumber() ? INTEGER : DECIMAL;
            case STRING -> ofText(node.stringValue());
            default -> NULL;
        };
    }

    private record Rule(Pattern pattern, Form form) {
        static Rule of(String pattern, Form form) {
            return new Rule(Pattern.compile(pattern), form);
        }
    }

    private static final class Rules {
        static final java.util.List<Rule> ALL =
                java.util.List.of(
                        Rule.of("[-+]?\\d{1,38}", INTEGER_TEXT),
                        Rule.of("[-+]?\\d{0,38}\\.\\d{1,38}", DECIMAL_TEXT),
                        Rule.of("(?i)true|false", BOOL_TEXT),
                        Rule.of(DAY, DATE),
                        Rule.of("\\d{4}/\\d{1,2}/\\d{1,2}.*", DATE_SLASHED),
                        Rule.of(CLOCK, TIME),
                        Rule.of(DAY + "T" + CLOCK, DATETIME),
                        Rule.of(DAY + " " + CLOCK, DATETIME_SPACED),
                        Rule.of(DAY + "[T ]" + CLOCK + " ?(Z|[+-]\\d{2}:?\\d{2})", DATETIME_ZONED),
                        Rule.of("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", UUID),
                        Rule.of("https?://\\S+|\\{origin}\\S*", URL));
    }

    private static Form ofText(String text) {
        if (text.isBlank()) {
            return EMPTY_TEXT;
        }
        if (text.length() > LOOKED_AT) {
            return text.matches("(?s)(https?://|\\{origin}).*") ? URL : TEXT;
        }
        return Rules.ALL.stream()
                .filter(rule -> rule.pattern.matcher(text).matches())
                .map(Rule::form)
                .findFirst()
                .orElse(TEXT);
    }
}
