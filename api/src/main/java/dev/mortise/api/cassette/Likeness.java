package dev.mortise.api.cassette;

import dev.mortise.spi.connect.Tapes.Asked;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What sets a request apart from one that was kept: method, path, parameters, body; not headers,
/// and not the order of parameters and members. A secret is kept as `***`, which any text is like.
///
/// @param distance 0 for equal requests; what differs in its path is further away than what differs
///     in a parameter
/// @param differences a clause each
record Likeness(int distance, List<String> differences) {
    /// What stands for a secret.
    static final String HIDDEN = "***";

    private static final int SHOWN_MAX = 60;
    private static final int PATH = 100;
    private static final int METHOD = 50;

    boolean equal() {
        return distance == 0;
    }

    String told() {
        return String.join(", ", differences);
    }

    /// Whether there is no difference at all; cheaper than finding all of them.
    static boolean same(Asked kept, Asked asked) {
        return kept.method().equals(asked.method())
                && like(path(kept.address()), path(asked.address()))
                && of(kept, asked).equal();
    }

    static Likeness of(Asked kept, Asked asked) {
        Sum sum = new Sum();
        if (!kept.method().equals(asked.method())) {
            sum.add(METHOD, "method", asked.method(), kept.method());
        }
        if (!like(path(kept.address()), path(asked.address()))) {
            sum.add(PATH, "path", path(asked.address()), path(kept.address()));
        }
        sum.compare("query", query(kept.address()), query(asked.address()));
        if (!sameBody(kept.body(), asked.body())) {
            sum.compare("body", Leaves.of(kept.body()), Leaves.of(asked.body()));
        }
        return new Likeness(sum.distance, sum.differences);
    }

    private static boolean sameBody(byte[] kept, byte[] asked) {
        return Arrays.equals(kept, asked);
    }

    private static String path(String address) {
        int query = address.indexOf('?');
        return query < 0 ? address : address.substring(0, query);
    }

    private static Map<String, String> query(String address) {
        int query = address.indexOf('?');
        Map<String, String> pairs = new LinkedHashMap<>();
        if (query >= 0) {
            for (String pair : address.substring(query + 1).split("&", -1)) {
                int equals = pair.indexOf('=');
                String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
                String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
                pairs.merge(name, value, (one, two) -> one + "&" + two);
            }
        }
        return pairs;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return text;
        }
    }

    /// Whether a text is the one kept, whose secrets may have been any.
    static boolean like(String kept, String text) {
        if (!kept.contains(HIDDEN)) {
            return kept.equals(text);
        }
        String pattern =
                Arrays.stream(kept.split(Pattern.quote(HIDDEN), -1))
                        .map(Pattern::quote)
                        .collect(Collectors.joining(".*"));
        return Pattern.compile(pattern, Pattern.DOTALL).matcher(text).matches();
    }

    /// Differences while they are found.
    private static final class Sum {
        private final List<String> differences = new ArrayList<>();
        private int distance;

        void add(int weight, String what, String now, String then) {
            distance += weight;
            differences.add("%s is '%s', recorded '%s'".formatted(what, shown(now), shown(then)));
        }

        void compare(String where, Map<String, String> kept, Map<String, String> asked) {
            for (String name : new TreeSet<>(kept.keySet())) {
                String then = kept.getOrDefault(name, "");
                String now = asked.get(name);
                String what = where + " '" + name + "'";
                if (now == null) {
                    distance += 2;
                    differences.add(what + " is missing, recorded '" + shown(then) + "'");
                } else if (!like(then, now)) {
                    add(1, what, now, then);
                }
            }
            for (String name : new TreeSet<>(asked.keySet())) {
                if (!kept.containsKey(name)) {
                    distance += 2;
                    String now = asked.getOrDefault(name, "");
                    differences.add("%s '%s' is new: '%s'".formatted(where, name, shown(now)));
                }
            }
        }

        private static String shown(String text) {
            return text.length() > SHOWN_MAX ? text.substring(0, SHOWN_MAX) + "…" : text;
        }
    }
}
