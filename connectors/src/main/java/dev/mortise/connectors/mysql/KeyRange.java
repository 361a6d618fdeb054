package dev.mortise.connectors.mysql;

import java.util.ArrayList;
import java.util.List;

/// Rows between two keys, as canonical texts of the key's columns. Kept in checkpoints.
///
/// @param from the first key; empty when open
/// @param after whether the row with key `from` itself lies outside
/// @param until the first key beyond; empty when open
record KeyRange(List<String> from, boolean after, List<String> until) {
    static final KeyRange ALL = new KeyRange(List.of(), false, List.of());

    /// In front of a lower bound that is itself inside.
    private static final char FROM = '=';

    private static final char AFTER = '>';

    /// `=` or `>`, the lower bound, `|`, the upper bound; each value behind its length.
    String text() {
        return equals(ALL) ? "" : (after ? AFTER : FROM) + text(from) + "|" + text(until);
    }

    private static String text(List<String> values) {
        StringBuilder text = new StringBuilder();
        values.forEach(value -> text.append(value.length()).append(':').append(value));
        return text.toString();
    }

    static KeyRange parse(String text) {
        if (text.isEmpty()) {
            return ALL;
        }
        List<String> from = new ArrayList<>();
        int at = values(text, 1, from);
        List<String> until = new ArrayList<>();
        values(text, at + 1, until);
        return new KeyRange(List.copyOf(from), text.charAt(0) == AFTER, List.copyOf(until));
    }

    private static int values(String text, int start, List<String> values) {
        int at = start;
        while (at < text.length() && text.charAt(at) != '|') {
            int colon = text.indexOf(':', at);
            int end = colon + 1 + Integer.parseInt(text.substring(at, colon));
            values.add(text.substring(colon + 1, end));
            at = end;
        }
        return at;
    }

    /// The rest of the range once the row with this key was read.
    KeyRange startingAfter(List<String> key) {
        return new KeyRange(key, true, until);
    }

    /// The condition, in the order of the key's own index: whatever the collation, each row lies
    /// in one of two ranges that meet. Empty when everything lies inside.
    List<String> conditions(List<MySqlColumn> key) {
        List<String> conditions = new ArrayList<>();
        if (!from.isEmpty()) {
            conditions.add(bound(key, from, ">", after ? ">" : ">="));
        }
        if (!until.isEmpty()) {
            conditions.add(bound(key, until, "<", "<"));
        }
        return conditions;
    }

    /// `a > 1 or a = 1 and (b > 2 or …)`, led by `a >= 1` so that the index is used.
    private static String bound(
            List<MySqlColumn> key, List<String> values, String strict, String last) {
        int end = key.size() - 1;
        String nested = compare(key.get(end), last, values.get(end));
        for (int i = end - 1; i >= 0; i--) {
            nested =
                    "("
                            + compare(key.get(i), strict, values.get(i))
                            + " or "
                            + compare(key.get(i), "=", values.get(i))
                            + " and "
                            + nested
                            + ")";
        }
        return end == 0
                ? nested
                : compare(key.getFirst(), strict + "=", values.getFirst()) + " and " + nested;
    }

    private static String compare(MySqlColumn column, String operator, String value) {
        return Sql.name(column.name())
                + " "
                + operator
                + " "
                + Literals.literal(column.type(), value);
    }
}
