package dev.mortise.api.recipe;

import dev.mortise.api.recipe.codec.Malformed;
import dev.mortise.api.recipe.codec.Percent;
import java.util.ArrayList;
import java.util.List;

/// A name and a value: a header, or a parameter of a query or a form after percent-decoding.
public record Pair(String name, String value) {
    /// Most parameters that a query or a form may have.
    static final int PAIRS_MAX = 1_000;

    /// The parameters of a query or a form, decoded, in the order sent.
    static List<Pair> parse(String raw) {
        List<Pair> pairs = new ArrayList<>();
        int from = 0;
        while (from < raw.length()) {
            int end = raw.indexOf('&', from);
            String part = raw.substring(from, end < 0 ? raw.length() : end);
            if (!part.isEmpty()) {
                pairs.add(one(part));
            }
            if (pairs.size() > PAIRS_MAX) {
                throw new Malformed("at most " + PAIRS_MAX + " parameters");
            }
            from = end < 0 ? raw.length() : end + 1;
        }
        return pairs;
    }

    private static Pair one(String part) {
        int equals = part.indexOf('=');
        String name = equals < 0 ? part : part.substring(0, equals);
        String value = equals < 0 ? "" : part.substring(equals + 1);
        return new Pair(Percent.text(name), Percent.text(value));
    }
}
