package dev.mortise.api.answer;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Something a rule asks of an answer.
sealed interface Condition {
    /// What is looked at; the body is taken apart once for all rules.
    ///
    /// @param codes where the vendor's code may stand
    record Sight(Answer answer, Document document, List<AnswerPath> codes) {
        /// The vendor's code; empty when there is none.
        String code() {
            return document.first(codes).orElse("");
        }
    }

    boolean holds(Sight sight);

    /// One of these statuses, bounds included.
    record Status(List<int[]> ranges) implements Condition {
        private static final Pattern WORD = Pattern.compile("([1-5])xx|(\\d{3})(?:-(\\d{3}))?");

        /// The range of `404`, `500-599` or `5xx`.
        static Optional<int[]> parse(String word) {
            var matcher = WORD.matcher(word);
            if (!matcher.matches()) {
                return Optional.empty();
            }
            if (matcher.group(1) != null) {
                int hundred = Integer.parseInt(matcher.group(1)) * 100;
                return Optional.of(new int[] {hundred, hundred + 99});
            }
            int from = Integer.parseInt(matcher.group(2));
            String to = matcher.group(3);
            return Optional.of(new int[] {from, to == null ? from : Integer.parseInt(to)});
        }

        @Override
        public boolean holds(Sight sight) {
            int status = sight.answer().status();
            return ranges.stream().anyMatch(r -> status >= r[0] && status <= r[1]);
        }
    }

    /// A header whose value contains one of these words, whatever the case; `*` stands for any.
    record Header(String name, List<String> words) implements Condition {
        @Override
        public boolean holds(Sight sight) {
            List<String> found =
                    sight.answer().headers().getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
            if (words.contains("*")) {
                return !found.isEmpty();
            }
            return words.stream()
                    .map(word -> word.toLowerCase(Locale.ROOT))
                    .anyMatch(
                            word ->
                                    found.stream()
                                            .anyMatch(
                                                    value ->
                                                            value.toLowerCase(Locale.ROOT)
                                                                    .contains(word)));
        }
    }

    /// One of these media types, or what looks like `html`, `json` or `xml`.
    record Type(List<String> types) implements Condition {
        @Override
        public boolean holds(Sight sight) {
            return types.stream().anyMatch(type -> is(type, sight));
        }

        private static boolean is(String type, Sight sight) {
            return switch (type) {
                case "html" -> sight.document().isHtml();
                case "json" -> sight.document().isJson();
                case "xml" -> sight.document().isXml();
                default -> sight.answer().type().equals(type);
            };
        }
    }

    /// A body that contains one of these words.
    record Text(List<String> words) implements Condition {
        @Override
        public boolean holds(Sight sight) {
            return words.stream().anyMatch(sight.document().text()::contains);
        }
    }

    /// The vendor's code is one of these, number or text alike; `x*` stands for all that begin so.
    record Code(List<String> codes) implements Condition {
        @Override
        public boolean holds(Sight sight) {
            return codes.stream().anyMatch(code -> fits(code, sight.code()));
        }
    }

    /// A value at a path is one of these; of several values any.
    record At(AnswerPath path, List<String> values) implements Condition {
        @Override
        public boolean holds(Sight sight) {
            return sight.document().texts(path).stream()
                    .anyMatch(found -> values.stream().anyMatch(value -> fits(value, found)));
        }
    }

    /// Whether there is anything at all of these paths.
    record Present(List<AnswerPath> paths) implements Condition {
        @Override
        public boolean holds(Sight sight) {
            return paths.stream().allMatch(path -> sight.document().exists(path));
        }
    }

    record Absent(List<AnswerPath> paths) implements Condition {
        @Override
        public boolean holds(Sight sight) {
            return paths.stream().noneMatch(path -> sight.document().exists(path));
        }
    }

    /// Nothing is in the array, object or text at a path that is there.
    record Empty(AnswerPath path) implements Condition {
        @Override
        public boolean holds(Sight sight) {
            return sight.document().exists(path) && sight.document().count(path) == 0;
        }
    }

    private static boolean fits(String wanted, String found) {
        boolean begins = wanted.endsWith("*") && wanted.length() > 1;
        return begins
                ? found.startsWith(wanted.substring(0, wanted.length() - 1))
                : wanted.equals(found);
    }
}
