package dev.mortise.api.cassette;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Dates and times that stand for others, written alike and valid: of their century, on one of the
/// first 28 days of a month. Zones stay.
final class Moments {
    private static final String CLOCK =
            "(?:[T ](\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9}))?)?"
                    + "(?: ?(?:Z|[+-]\\d{2}:?\\d{2}))?)?";

    /// @param parts a letter for each group: year, month, day, hour, minute or second, fraction
    private record Rule(Pattern pattern, String parts) {}

    private static final List<Rule> RULES =
            List.of(
                    new Rule(
                            Pattern.compile("(\\d{4})[-/.年](\\d{1,2})[-/.月](\\d{1,2})日?" + CLOCK),
                            "YMDHIIF"),
                    new Rule(
                            Pattern.compile("(\\d{1,2})[-/.](\\d{1,2})[-/.](\\d{4})" + CLOCK),
                            "MMYHIIF"),
                    new Rule(
                            Pattern.compile(
                                    "((?:19|20)\\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\\d|3[01])"
                                            + "(?:([01]\\d|2[0-3])([0-5]\\d)([0-5]\\d))?"),
                            "YMDHII"),
                    new Rule(Pattern.compile("(\\d{1,2}):([0-5]\\d)(?::([0-5]\\d))?"), "HII"));

    private Moments() {}

    /// Another moment; empty when the value is none.
    static Optional<String> mask(String value, RandomGenerator random) {
        for (Rule rule : RULES) {
            Matcher found = rule.pattern.matcher(value);
            if (found.matches()) {
                return Optional.of(masked(value, found, rule.parts, random));
            }
        }
        return Optional.empty();
    }

    private static String masked(
            String value, Matcher found, String parts, RandomGenerator random) {
        StringBuilder mask = new StringBuilder(value.length());
        int end = 0;
        for (int group = 1; group <= found.groupCount(); group++) {
            String part = found.group(group);
            if (part != null) {
                mask.append(value, end, found.start(group));
                mask.append(part(parts.charAt(group - 1), part, random));
                end = found.end(group);
            }
        }
        return mask.append(value.substring(end)).toString();
    }

    private static String part(char kind, String part, RandomGenerator random) {
        return switch (kind) {
            case 'Y' -> part.substring(0, 2) + number(2, 1, 99, random);
            case 'M' -> number(part.length(), 1, 12, random);
            case 'D' -> number(part.length(), 1, 28, random);
            case 'H' -> number(part.length(), 0, 23, random);
            case 'I' -> number(2, 0, 59, random);
            default ->
                    part.chars()
                            .mapToObj(_ -> Integer.toString(random.nextInt(10)))
                            .collect(java.util.stream.Collectors.joining());
        };
    }

    /// @param width 1 or 2 digits
    private static String number(int width, int least, int most, RandomGenerator random) {
        int number = random.nextInt(least, (width == 1 ? Math.min(most, 9) : most) + 1);
        return width == 1 ? Integer.toString(number) : "%02d".formatted(number);
    }
}
