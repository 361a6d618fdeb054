package dev.mortise.api.answer;

import dev.mortise.spi.option.TreeReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A way to values in the body of an answer: into JSON when it begins with `$`, into XML when it
/// begins with `/`.
public sealed interface AnswerPath {
    /// Stands in a JSON path where the text found so far is a JSON document of its own, as in
    /// `$.body.@json.Response.Error.Code`.
    String INNER = "@json";

    /// @param legs one path for each document, from the outer to the innermost
    record InJson(List<JsonPath> legs) implements AnswerPath {
        public InJson {
            legs = List.copyOf(legs);
        }

        @Override
        public String toString() {
            return legs.getFirst()
                    + legs.stream()
                            .skip(1)
                            .map(leg -> "." + INNER + leg.toString().substring(1))
                            .collect(Collectors.joining());
        }
    }

    /// Names of elements without their prefixes, from the root or, with `//`, from anywhere; the
    /// last may be `@name` for an attribute.
    ///
    /// @param anywhere whether the first name may stand at any depth
    record InXml(boolean anywhere, List<String> steps) implements AnswerPath {
        private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_.-]*");
        private static final Pattern ATTRIBUTE = Pattern.compile("@" + NAME);

        public InXml {
            steps = List.copyOf(steps);
        }

        @Override
        public String toString() {
            return (anywhere ? "//" : "/") + String.join("/", steps);
        }
    }

    /// @throws IllegalArgumentException when the text is no such path
    static AnswerPath parse(String text) {
        String path = text.strip();
        if (path.startsWith("/")) {
            return xml(path);
        }
        String rest = path.startsWith("$") ? path.substring(1) : path;
        List<JsonPath> legs = new ArrayList<>();
        // A dot before the mark belongs to it, one behind it to the next path.
        for (String leg : rest.split("\\.?" + INNER, -1)) {
            legs.add(
                    JsonPath.parse(
                            "$" + (leg.isEmpty() || leg.matches("[.\\[].*") ? "" : ".") + leg));
        }
        return new InJson(legs);
    }

    private static AnswerPath xml(String path) {
        boolean anywhere = path.startsWith("//");
        List<String> steps = List.of(path.substring(anywhere ? 2 : 1).split("/", -1));
        for (int i = 0; i < steps.size(); i++) {
            boolean last = i == steps.size() - 1;
            if (!InXml.NAME.matcher(steps.get(i)).matches()
                    && !(last && i > 0 && InXml.ATTRIBUTE.matcher(steps.get(i)).matches())) {
                throw new IllegalArgumentException("no path: '" + path + "'");
            }
        }
        return new InXml(anywhere, steps);
    }

    /// The path below a word of a definition; what is none is reported.
    static Optional<AnswerPath> read(TreeReader reader, String name) {
        Optional<String> text = reader.text(name);
        try {
            return text.map(AnswerPath::parse);
        } catch (IllegalArgumentException _) {
            reader.invalid(
                    name,
                    "a path such as '$.error.code' or '//Fault/faultcode', got '"
                            + text.orElse("")
                            + "'");
            return Optional.empty();
        }
    }
}
