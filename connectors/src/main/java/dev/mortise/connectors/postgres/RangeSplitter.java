package dev.mortise.connectors.postgres;

import dev.mortise.connectors.postgres.Bounds.Kind;
import dev.mortise.spi.connect.Range;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Cuts a table into ranges: equal steps through a dense whole-number key, quantiles of any other
/// key, blocks where there is no key. The first and the last range are open, so that together they
/// cover whatever the table holds when they are read.
final class RangeSplitter {
    private static final int BLOCK_BYTES = 8_192;

    /// With fewer than one row in so many possible keys, steps would be too uneven.
    private static final long SPARSE = 4;

    /// Ranges by blocks are scanned as such only since this version.
    private static final int TID_RANGES = 140_000;

    private static final long PARTS_MAX = 100_000;

    private final Connection connection;
    private final PostgresTable table;
    private final String filter;
    private final @Nullable String cursor;

    /// @param connection inside the snapshot
    /// @param filter SQL that holds for all rows wanted; `true` for all
    RangeSplitter(
            Connection connection, PostgresTable table, String filter, @Nullable String cursor) {
        this.connection = connection;
        this.table = table;
        this.filter = filter;
        this.cursor = cursor;
    }

    List<Range> split(long rowsMax) throws SQLException {
        List<Bounds> parts = parts(rowsMax);
        List<Range> ranges = new ArrayList<>();
        for (Bounds part : parts) {
            ranges.add(new Range(ranges.size(), part.text()));
        }
        return ranges;
    }

    private List<Bounds> parts(long rowsMax) throws SQLException {
        if (rowsMax == Long.MAX_VALUE) {
            return List.of(Bounds.all(cursor));
        }
        long rows = rows();
        if (rows <= rowsMax) {
            return List.of(Bounds.all(cursor));
        }
        long step = Math.max(rowsMax, rows / PARTS_MAX);
        if (!table.key().isEmpty()) {
            Optional<List<Bounds>> even =
                    filter.equals("true") ? even(rows, step) : Optional.empty();
            return even.isPresent() ? even.get() : between(quantiles(step));
        }
        return table.heap() && findsBlocks(connection)
                ? blocks(rows, step)
                : List.of(Bounds.all(cursor));
    }

    /// Whether the server finds rows by their blocks without looking at all others.
    static boolean findsBlocks(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseMajorVersion() * 10_000 >= TID_RANGES;
    }

    /// How many rows there may be: counted where that is cheap or statistics cannot know.
    private long rows() throws SQLException {
        boolean filtered = !filter.equals("true");
        if (!filtered && table.rowsEstimated() > 0) {
            return Math.max(table.rowsEstimated(), 0);
        }
        return number("select count(*) from %s where %s".formatted(table.quoted(), filter));
    }

    private Optional<List<Bounds>> even(long rows, long step) throws SQLException {
        PostgresColumn column = table.find(table.key().getFirst()).orElseThrow();
        boolean whole =
                switch (column.form()) {
                    case INT2, INT4, INT8 -> table.key().size() == 1;
                    default -> false;
                };
        if (!whole) {
            return Optional.empty();
        }
        String name = Sql.name(column.name());
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "select min(%1$s), max(%1$s) from %2$s"
                                        .formatted(name, table.quoted()))) {
            row.next();
            long min = row.getLong(1);
            long max = row.getLong(2);
            // As a difference of doubles: the span of all bigints is no long.
            double span = (double) max - min + 1;
            if (row.wasNull() || span / rows > SPARSE) {
                return Optional.empty();
            }
            long parts = (rows + step - 1) / step;
            long width = (long) Math.ceil(span / parts);
            List<List<String>> cuts = new ArrayList<>();
            for (long i = 1; i < parts; i++) {
                cuts.add(List.of(Long.toString(min + i * width)));
            }
            return Optional.of(between(cuts));
        }
    }

    private List<List<String>> quantiles(long step) throws SQLException {
        String key = Sql.names(table.key());
        String texts =
                table.key().stream()
                        .map(k -> Sql.name(k) + "::text")
                        .collect(Collectors.joining(", "));
        String sql =
                """
                select %s from (
                  select %s, row_number() over (order by %s) as "mortise_row" from %s where %s) k
                where "mortise_row" %% %d = 1 and "mortise_row" > 1 order by "mortise_row"
                """
                        .formatted(texts, key, key, table.quoted(), filter, Math.max(2, step));
        List<List<String>> cuts = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                List<String> cut = new ArrayList<>();
                for (int i = 1; i <= table.key().size(); i++) {
                    cut.add(row.getString(i));
                }
                cuts.add(cut);
            }
        }
        return cuts;
    }

    /// Ranges between cuts. A cut too long to be kept is left out: its neighbours make one range.
    private List<Bounds> between(List<List<String>> cuts) {
        List<Bounds> parts = new ArrayList<>();
        List<String> low = List.of();
        for (List<String> cut : cuts) {
            Bounds part = new Bounds(Kind.KEY, low, cut, "", cursor);
            if (!part.tooLong() && !new Bounds(Kind.KEY, cut, cut, "", cursor).tooLong()) {
                parts.add(part);
                low = cut;
            }
        }
        parts.add(new Bounds(Kind.KEY, low, List.of(), "", cursor));
        return parts;
    }

    private List<Bounds> blocks(long rows, long step) throws SQLException {
        long blocks =
                number("select pg_relation_size(%d) / %d".formatted(table.oid(), BLOCK_BYTES));
        long perPart = Math.max(1, blocks * step / Math.max(1, rows));
        String fingerprint = fingerprint();
        List<Bounds> parts = new ArrayList<>();
        List<String> low = List.of();
        for (long block = perPart; block < blocks; block += perPart) {
            List<String> cut = List.of(Long.toString(block));
            parts.add(new Bounds(Kind.BLOCK, low, cut, fingerprint, cursor));
            low = cut;
        }
        parts.add(new Bounds(Kind.BLOCK, low, List.of(), fingerprint, cursor));
        return parts;
    }

    /// Changes with every write: a new row version carries a higher transaction id than any it
    /// replaces, so with an equal count the sum is larger. Rewriting the table moves it to another
    /// file.
    String fingerprint() throws SQLException {
        String sql =
                ("select concat_ws('/', pg_relation_filenode(%d), count(*),"
                                + " sum(xmin::text::bigint)) from %s")
                        .formatted(table.oid(), table.quoted());
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private long number(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
