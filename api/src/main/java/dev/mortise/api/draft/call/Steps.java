package dev.mortise.api.draft.call;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Paths of names as a definition writes them. A name with a dot or a bracket in it stands in
/// brackets: `['address[city]']`.
final class Steps {
    private static final Pattern PLAIN =
            Pattern.compile("[^.\\[\\]*$\\s{}'][^.\\[\\]*]{0,199}(?<!\\s)");
    private static final Pattern QUOTED = Pattern.compile("[^'\\s{}$][^'\\p{Cc}]{0,199}(?<!\\s)");

    private Steps() {}

    /// Whether a path can step through a name.
    static boolean isPlain(String name) {
        return PLAIN.matcher(name).matches();
    }

    /// Whether a path can step through a name, in brackets if need be.
    static boolean isUsable(String name) {
        return isPlain(name) || QUOTED.matcher(name).matches();
    }

    /// Names joined, without `$` in front.
    static String join(List<String> steps) {
        String path =
                steps.stream()
                        .map(step -> isPlain(step) ? "." + step : "['" + step + "']")
                        .collect(Collectors.joining());
        return path.startsWith(".") ? path.substring(1) : path;
    }

    /// Names joined behind `$`.
    static String path(List<String> steps) {
        String joined = join(steps);
        boolean dotted = !joined.isEmpty() && !joined.startsWith("[");
        return "$" + (dotted ? "." : "") + joined;
    }
}
