package dev.mortise.api.draft.text;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Writes single values of YAML: plain where that is safe for every reader, else in double quotes.
public final class YamlScalars {
    /// A number as JSON has it, of the length that a body template keeps.
    public static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d{0,17})(\\.\\d{1,17})?");

    private static final Pattern PLAIN = Pattern.compile("[\\p{L}_/$.][\\p{L}\\p{N}_/$.@()+-]*");
    private static final Pattern PLAIN_BLOCK =
            Pattern.compile(
                    "[\\p{L}_/$.](?:[\\p{L}\\p{N}_/$.@()+,{}:;=&?%*~-]| (?=[\\p{L}\\p{N}]))*");
    private static final Set<String> WORDS =
            Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan", "inf");

    private YamlScalars() {}

    /// A text that stands in a line of its own.
    public static String block(String text) {
        boolean plain =
                PLAIN_BLOCK.matcher(text).matches() && !text.contains(": ") && !text.endsWith(":");
        return plain && isText(text) ? text : quoted(text);
    }

    /// A text inside braces or brackets, or before a colon.
    public static String flow(String text) {
        return PLAIN.matcher(text).matches() && isText(text) ? text : quoted(text);
    }

    /// Whether no reader takes it for something else than a text.
    private static boolean isText(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return text.length() <= 1_000
                && !text.contains("${")
                && !WORDS.contains(lower)
                && !lower.matches("[.](inf|nan|\\d.*)");
    }

    public static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> escape(c, quoted));
        return quoted.append('"').toString();
    }

    private static void escape(int c, StringBuilder quoted) {
        switch (c) {
            case '"' -> quoted.append("\\\"");
            case '\\' -> quoted.append("\\\\");
            case '\n' -> quoted.append("\\n");
            case '\t' -> quoted.append("\\t");
            case '\r' -> quoted.append("\\r");
            default -> {
                boolean hidden =
                        c < 0x20
                                || (c >= 0x7F && c <= 0xA0)
                                || (c >= 0x2028 && c <= 0x2029)
                                || c == 0xFEFF
                                || (c >= 0xFFFE && c <= 0xFFFF);
                if (hidden) {
                    quoted.append("\\u%04X".formatted(c));
                } else if (c >= 0xD800 && c <= 0xDFFF) {
                    // Half of a pair, which no text can hold.
                    quoted.append("\\uFFFD");
                } else {
                    quoted.appendCodePoint(c);
                }
            }
        }
    }
}
