package dev.mortise.connectors.duckdb;

import dev.mortise.spi.batch.Cell;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Type;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Cuts a table into ranges: by its key where that is one number, date or time, else by rowid,
/// which holds only while no row is deleted or added.
///
/// Bounds read `all`, `key FROM TO` or `rows FROM TO COUNT LAST`; `*` stands for an open end.
final class DuckDbRanges {
    private static final String ALL = "all";
    private static final String OPEN = "*";

    private final DuckDbTable table;
    private final String from;
    private final String where;

    /// @param where the filter, empty or with the word
    DuckDbRanges(DuckDbTable table, String where) {
        this.table = table;
        this.from = " from " + table.name().sql(DuckDbDialect.INSTANCE);
        this.where = where;
    }

    private @Nullable String key() {
        List<String> key = table.dataset().key();
        if (key.size() != 1) {
            return null;
        }
        Type type = table.dataset().schema().find(key.getFirst()).orElseThrow().type();
        boolean fit = type instanceof Scalar scalar && ordered(scalar);
        return fit ? key.getFirst() : null;
    }

    private static boolean ordered(Scalar type) {
        return switch (type) {
            case INT8, INT16, INT32, INT64, UINT64, DATE, TIMESTAMP, TIMESTAMPTZ, UUID -> true;
            case BOOL, FLOAT32, FLOAT64, TEXT, BYTES, TIME, JSON -> false;
        };
    }

    List<Range> cut(DuckDbSession session, long rowsMax) throws SQLException {
        Long rows = session.one("select count(*)" + from + where, row -> row.getLong(1));
        long parts = rows == null ? 1 : Math.max(1, Math.ceilDiv(rows, rowsMax));
        if (parts == 1) {
            return List.of(new Range(0, ALL));
        }
        String key = key();
        if (key != null) {
            return byKey(session, key, parts);
        }
        return table.view() ? List.of(new Range(0, ALL)) : byRow(session, rowsMax);
    }

    private List<Range> byKey(DuckDbSession session, String key, long parts) throws SQLException {
        // Some 200 sampled keys a part place the cuts well enough.
        long sample = Math.min(parts * 200, 200_000);
        String sql =
                "select distinct k from (select k, row_number() over (order by k) as n,"
                        + " count(*) over () as c from (select k from (select %s as k%s%s)"
                                .formatted(DuckDbDialect.INSTANCE.quote(key), from, where)
                        + " using sample reservoir(%d rows) repeatable (1)))".formatted(sample)
                        + " where n > 1 and n %% greatest(c // %d, 1) = 1 order by k"
                                .formatted(parts);
        DuckDbDecoder decoder = new DuckDbDecoder(keyField(key).named("k"));
        List<String> cuts = texts(session, sql, decoder, keyField(key).type());
        List<Range> ranges = new ArrayList<>();
        String low = OPEN;
        for (String cut : cuts) {
            ranges.add(new Range(ranges.size(), "key " + low + " " + cut.replace(' ', 'T')));
            low = cut.replace(' ', 'T');
        }
        ranges.add(new Range(ranges.size(), "key " + low + " " + OPEN));
        return ranges;
    }

    private dev.mortise.spi.type.Field keyField(String key) {
        return table.dataset().schema().find(key).orElseThrow();
    }

    private static List<String> texts(
            DuckDbSession session, String sql, DuckDbDecoder decoder, Type type)
            throws SQLException {
        List<String> texts = new ArrayList<>();
        String query = "select " + decoder.expression() + " from (" + sql + ")";
        try (var statement = session.connection().prepare(query);
                var result = statement.query()) {
            while (result.nextChunk()) {
                int rows = Math.toIntExact(result.chunk().rowCount());
                Column column = Column.of(type, rows);
                decoder.copy(
                        result.chunk().vector(0),
                        rows,
                        column,
                        0,
                        (_, problem, _) -> refuse(problem));
                for (int i = 0; i < rows; i++) {
                    texts.add(Cell.text(type, column, i));
                }
            }
        }
        return texts;
    }

    private static void refuse(dev.mortise.spi.problem.Problem problem) {
        throw new ProblemException(problem);
    }

    private record Extent(long count, long last) {}

    private Extent extent(DuckDbSession session) throws SQLException {
        Extent extent =
                session.one(
                        "select count(*), coalesce(max(rowid), -1)" + from,
                        row -> new Extent(row.getLong(1), row.getLong(2)));
        return extent == null ? new Extent(0, -1) : extent;
    }

    private List<Range> byRow(DuckDbSession session, long rowsMax) throws SQLException {
        Extent extent = extent(session);
        List<Range> ranges = new ArrayList<>();
        for (long start = 0; start <= extent.last(); start += rowsMax) {
            long end = Math.min(start + rowsMax, extent.last() + 1);
            ranges.add(
                    new Range(
                            ranges.size(),
                            "rows %d %d %d %d"
                                    .formatted(start, end, extent.count(), extent.last())));
        }
        return ranges;
    }

    /// Everything from `from` on, for the rows of a range.
    String tail(DuckDbSession session, Range range, boolean ours) throws SQLException {
        String[] words = range.bounds().split(" ", -1);
        return switch (words[0]) {
            case "key" -> from + and(keyCondition(words[1], words[2]));
            case "rows" -> {
                if (!ours) {
                    unchanged(session, words);
                }
                yield from + and("rowid >= " + words[1] + " and rowid < " + words[2]);
            }
            default -> from + where;
        };
    }

    private void unchanged(DuckDbSession session, String[] words) throws SQLException {
        Extent extent = extent(session);
        if (!words[3].equals(Long.toString(extent.count()))
                || !words[4].equals(Long.toString(extent.last()))) {
            throw ProblemException.of(
                    ProblemCode.SOURCE_CHANGED,
                    "'"
                            + table.dataset().name()
                            + "' has no key and was written to since the run"
                            + " began",
                    "start the run afresh with --fresh, or give the table a key");
        }
    }

    private String and(String condition) {
        return where.isEmpty() ? " where " + condition : where + " and (" + condition + ")";
    }

    private String keyCondition(String low, String high) {
        String key = table.dataset().key().getFirst();
        Type type = keyField(key).type();
        String name = DuckDbDialect.INSTANCE.quote(key);
        List<String> conditions = new ArrayList<>();
        if (!low.equals(OPEN)) {
            conditions.add(name + " >= " + literal(type, low));
        }
        if (!high.equals(OPEN)) {
            conditions.add(name + " < " + literal(type, high));
        }
        return conditions.isEmpty() ? "true" : String.join(" and ", conditions);
    }

    private static String literal(Type type, String text) {
        return DuckDbDialect.INSTANCE.literal(type, text.replace('T', ' '));
    }
}
