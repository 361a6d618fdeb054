package dev.mortise.connectors.jdbc;

import dev.mortise.spi.batch.Cell;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Scalar;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Cuts a table into ranges of its key, where that is one number, date or time; other tables are
/// one range. Bounds read `all` or `key FROM TO`: without the lower bound, with the upper one; `*`
/// is an open end.
final class JdbcRanges {
    private static final String OPEN = "*";

    private final JdbcDialect dialect;
    private final JdbcCatalog.Table table;
    private final String where;
    private final @Nullable Field key;

    /// @param where a condition, or empty
    JdbcRanges(JdbcDialect dialect, JdbcCatalog.Table table, String where) {
        this.dialect = dialect;
        this.table = table;
        this.where = where;
        Field found = key(table);
        this.key = found != null && dialect.pushable(found) ? found : null;
    }

    private static @Nullable Field key(JdbcCatalog.Table table) {
        List<String> names = table.dataset().key();
        if (names.size() != 1) {
            return null;
        }
        Field field = table.dataset().schema().find(names.getFirst()).orElseThrow();
        boolean ordered =
                switch (field.type()) {
                    case Decimal _ -> true;
                    case Scalar scalar ->
                            switch (scalar) {
                                case INT8, INT16, INT32, INT64, UINT64, DATE, TIMESTAMP -> true;
                                case BOOL,
                                        FLOAT32,
                                        FLOAT64,
                                        TEXT,
                                        BYTES,
                                        TIME,
                                        TIMESTAMPTZ,
                                        UUID,
                                        JSON ->
                                        false;
                            };
                };
        return ordered ? field : null;
    }

    /// The column by which a source delivers its rows, if it does so in order.
    Optional<Field> order() {
        return Optional.ofNullable(key);
    }

    private String from(String condition) {
        String all = and(where, condition);
        return " from " + table.name().sql(dialect) + (all.isEmpty() ? "" : " where " + all);
    }

    private static String and(String left, String right) {
        if (left.isEmpty() || right.isEmpty()) {
            return left + right;
        }
        return "(" + left + ") and " + right;
    }

    List<Range> cut(Connection connection, long rowsMax) throws SQLException {
        Field ordered = key;
        if (ordered == null) {
            return List.of(new Range(0, "all"));
        }
        List<Range> ranges = new ArrayList<>();
        String low = OPEN;
        for (String cut : cuts(connection, ordered, rowsMax)) {
            ranges.add(new Range(ranges.size(), "key " + low + " " + cut));
            low = cut;
        }
        ranges.add(new Range(ranges.size(), "key " + low + " " + OPEN));
        return ranges;
    }

    /// The last key of each range but the last.
    String cutsSql(Field ordered, long rowsMax) {
        String name = dialect.quote(ordered.name());
        return "select k from (select "
                + name
                + " as k, row_number() over (order by "
                + name
                + ") as n"
                + from("")
                + ") c where "
                + dialect.modulo("n", Long.toString(rowsMax))
                + " = 0 order by k";
    }

    private List<String> cuts(Connection connection, Field ordered, long rowsMax)
            throws SQLException {
        List<String> cuts = new ArrayList<>();
        JdbcCells cells = dialect.cells(ordered);
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(cutsSql(ordered, rowsMax))) {
            while (rows.next()) {
                Column column = Column.of(ordered.type(), 1);
                cells.reader().read(rows, 1, column, 0);
                cuts.add(Cell.text(ordered.type(), column, 0).replace(' ', 'T'));
            }
        }
        return cuts;
    }

    /// The range without what lies up to a key.
    static Range after(Range range, String key) {
        String high = range.bounds().substring(range.bounds().lastIndexOf(' ') + 1);
        return new Range(range.part(), "key " + key.replace(' ', 'T') + " " + high);
    }

    /// Everything from `from` on, for the rows of a range.
    String tail(Range range) {
        Field ordered = key;
        if (ordered == null || !range.bounds().startsWith("key ")) {
            return from("");
        }
        String[] words = range.bounds().split(" ", -1);
        String name = dialect.quote(ordered.name());
        List<String> conditions = new ArrayList<>();
        if (!words[1].equals(OPEN)) {
            conditions.add(name + " > " + literal(ordered, words[1]));
        }
        if (!words[2].equals(OPEN)) {
            conditions.add(name + " <= " + literal(ordered, words[2]));
        }
        return from(String.join(" and ", conditions)) + " order by " + name;
    }

    private String literal(Field ordered, String text) {
        return dialect.literal(ordered.type(), text.replace('T', ' '));
    }

    String greatest(Field by) {
        return "select max(" + dialect.quote(by.name()) + ")" + from("");
    }
}
