package dev.mortise.connectors.mysql;

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
}
