package dev.mortise.connectors.mysql;

import dev.mortise.connectors.mysql.MySqlTable.MySqlColumn;
import dev.mortise.connectors.mysql.RawRowCodec.RawRow;
import dev.mortise.connectors.mysql.Sql.Literals;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Type;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Splits a scan by the key. Dense whole numbers are split by arithmetic, all others where an index
/// pass finds every n-th key. The outer ranges are open, so that rows that came later lie in one.
final class KeyRanges {
    /// A key is dense when at most this many numbers stand for a row.
    private static final int SPREAD_MAX = 4;

    private static final int RANGES_MAX = 8_000;

    private final ScanSql scan;
    private final Connection connection;

    KeyRanges(ScanSql scan, Connection connection) {
        this.scan = scan;
        this.connection = connection;
    }

    List<Range> split(long rowsMax) throws SQLException {
        long rows = scan.table().rows();
        if (scan.key().isEmpty() || rows <= rowsMax) {
            return ranges(List.of());
        }
        long size = Math.max(rowsMax, rows / RANGES_MAX + 1);
        List<List<String>> cuts = whole() ? arithmetic(rows, size) : null;
        return ranges(cuts != null ? cuts : quantiles(size));
    }

    private boolean whole() {
        Type type = scan.key().getFirst().type();
        boolean whole =
                type == Scalar.INT16
                        || type == Scalar.INT32
                        || type == Scalar.INT64
                        || type == Scalar.UINT64;
        return scan.key().size() == 1 && whole;
    }

    private static List<Range> ranges(List<List<String>> cuts) {
        List<Range> ranges = new ArrayList<>();
        List<String> from = List.of();
        for (List<String> cut : cuts) {
            Range range = new Range(ranges.size(), new KeyRange(from, false, cut).text());
            if (range.bounds().length() <= Range.BOUNDS_MAX) {
                ranges.add(range);
                from = cut;
            }
        }
        ranges.add(new Range(ranges.size(), new KeyRange(from, false, List.of()).text()));
        return ranges;
    }

    /// Null when the numbers are too far apart.
    private @Nullable List<List<String>> arithmetic(long rows, long size) throws SQLException {
        String key = scan.keyNames();
        String sql = "select min(" + key + "), max(" + key + ")" + scan.from(KeyRange.ALL);
        try (PreparedStatement select = connection.prepareStatement(sql);
                ResultSet row = select.executeQuery()) {
            row.next();
            String min = row.getString(1);
            String max = row.getString(2);
            if (min == null || max.length() > 18 || min.length() > 18) {
                return min == null ? List.of() : null;
            }
            long low = Long.parseLong(min);
            long span = Long.parseLong(max) - low + 1;
            return span / SPREAD_MAX > rows ? null : cuts(low, span, (rows + size - 1) / size);
        }
    }

    private static List<List<String>> cuts(long low, long span, long parts) {
        long step = Math.max(1, (span + parts - 1) / parts);
        List<List<String>> cuts = new ArrayList<>();
        for (long at = step; at < span; at += step) {
            cuts.add(List.of(Long.toString(low + at)));
        }
        return cuts;
    }

    private List<List<String>> quantiles(long size) throws SQLException {
        List<List<String>> cuts = new ArrayList<>();
        RowReader reader = new RowReader(scan.key());
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < scan.key().size(); i++) {
            places.add(i);
        }
        List<String> next = cut(KeyRange.ALL, size, reader, places);
        while (!next.isEmpty() && cuts.size() < RANGES_MAX) {
            cuts.add(next);
            next = cut(new KeyRange(next, false, List.of()), size, reader, places);
        }
        return cuts;
    }

    /// The key `size` rows into a range; empty when it has fewer.
    private List<String> cut(KeyRange range, long size, RowReader reader, List<Integer> places)
            throws SQLException {
        String sql =
                "select '', "
                        + scan.keyNames()
                        + scan.from(range)
                        + " order by "
                        + scan.keyNames()
                        + " limit 1 offset "
                        + size;
        try (PreparedStatement select = connection.prepareStatement(sql);
                ResultSet row = select.executeQuery()) {
            if (!row.next()) {
                return List.of();
            }
            reader.add(row.getObject(1, RawRow.class).bytes());
            return reader.lastKey(places);
        }
    }

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

        /// The condition, in the order of the key's own index: whatever the collation, each row
        /// lies in one of two ranges that meet. Empty when everything lies inside.
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
}
