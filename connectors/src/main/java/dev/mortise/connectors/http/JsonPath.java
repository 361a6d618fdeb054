package dev.mortise.connectors.http;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A simple way into a JSON document: names and `[*]` for every element of an array, as in
/// `$.data.items` or `$.groups[*].members`. `$` alone is the whole document.
///
/// @param steps names in order; `*` stands for the elements of an array
record JsonPath(List<String> steps) {
    static final String EVERY = "*";
    static final JsonPath ROOT = new JsonPath(List.of());

    private static final Pattern STEP = Pattern.compile("([^.\\[\\]*]+)?((?:\\[\\*])*)");

    JsonPath {
        steps = List.copyOf(steps);
    }

    /// @throws IllegalArgumentException when the text is no such path
    static JsonPath parse(String text) {
        String rest = text.strip();
        rest = rest.startsWith("$") ? rest.substring(1) : rest;
        rest = rest.startsWith(".") ? rest.substring(1) : rest;
        List<String> steps = new ArrayList<>();
        if (rest.isEmpty()) {
            return ROOT;
        }
        for (String part : rest.split("\\.", -1)) {
            var matcher = STEP.matcher(part);
            if (part.isEmpty() || !matcher.matches()) {
                throw new IllegalArgumentException("no path: '" + text + "'");
            }
            if (matcher.group(1) != null) {
                steps.add(matcher.group(1));
            }
            for (int i = 0; i < matcher.group(2).length(); i += "[*]".length()) {
                steps.add(EVERY);
            }
        }
        return new JsonPath(steps);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("$");
        for (String step : steps) {
            text.append(step.equals(EVERY) ? "[*]" : "." + step);
        }
        return text.toString();
    }
}
