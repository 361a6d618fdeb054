package dev.mortise.api.answer;

import dev.mortise.spi.option.TreeReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A simple way into a JSON document: names and `[*]` for every element of an array, as in
/// `$.data.items` or `$.groups[*].members`. `$` alone is the whole document. A name with a dot in
/// it stands in brackets: `$['@odata.nextLink']`.
///
/// @param steps names in order; `*` stands for the elements of an array
public record JsonPath(List<String> steps) {
    /// The step that stands for every element of an array.
    public static final String EVERY = "*";
    /// The whole document.
    public static final JsonPath ROOT = new JsonPath(List.of());

    private static final Pattern STEP =
            Pattern.compile("(?:^|\\.)([^.\\[\\]*]+)|\\['([^']+)']|\\[(\\*)]");

    public JsonPath {
        steps = List.copyOf(steps);
    }

    /// @throws IllegalArgumentException when the text is no such path
    public static JsonPath parse(String text) {
        String rest = text.strip();
        rest = rest.startsWith("$") ? rest.substring(1) : rest;
        List<String> steps = new ArrayList<>();
        Matcher matcher = STEP.matcher(rest);
        int end = 0;
        while (matcher.find() && matcher.start() == end) {
            steps.add(step(matcher));
            end = matcher.end();
        }
        if (end < rest.length()) {
            throw new IllegalArgumentException("no path: '" + text + "'");
        }
        return new JsonPath(steps);
    }

    private static String step(Matcher matcher) {
        for (int group = 1; group < 3; group++) {
            if (matcher.group(group) != null) {
                return matcher.group(group);
            }
        }
        return EVERY;
    }

    /// The path below a word of a definition; what is none is reported.
    public static Optional<JsonPath> read(TreeReader reader, String name) {
        Optional<String> text = reader.text(name);
        try {
            return text.map(JsonPath::parse);
        } catch (IllegalArgumentException e) {
            reader.invalid(name, "a path such as '$.data.items', got '" + text.orElse("") + "'");
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("$");
        for (String step : steps) {
            String plain = step.contains(".") ? "['" + step + "']" : "." + step;
            text.append(step.equals(EVERY) ? "[*]" : plain);
        }
        return text.toString();
    }
}
