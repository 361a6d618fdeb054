package dev.mortise.api.write;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Names in braces, as in `/orders/{id}`, that stand for values. Values are put in once: braces in
/// a value stay as they are.
public final class Holes {
    private static final Pattern HOLE = Pattern.compile("\\{([A-Za-z_][A-Za-z0-9_.-]*)}");

    private Holes() {}

    /// The names in order; one that stands there twice is there twice.
    public static List<String> in(String text) {
        return HOLE.matcher(text).results().map(hole -> hole.group(1)).toList();
    }

    public static String fill(String text, UnaryOperator<String> value) {
        return HOLE.matcher(text)
                .replaceAll(
                        (MatchResult hole) -> Matcher.quoteReplacement(value.apply(hole.group(1))));
    }
}
