package dev.mortise.connectors.mysql;

import dev.mortise.connectors.mysql.KeyRanges.KeyRange;
import dev.mortise.connectors.mysql.MySqlTable.MySqlColumn;
import dev.mortise.spi.connect.Scan;
import dev.mortise.spi.problem.Nearest;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The statements that read a table: what is selected, by which key it is split, and under which
/// conditions.
final class ScanSql {
    private static final Set<String> ORDERED_OTHERWISE = Set.of("enum", "set", "bit", "uuid");

    private final MySqlTable table;
    private final Schema schema;
    private final List<MySqlColumn> selected;
    private final List<MySqlColumn> key;
    private final List<String> conditions;
    private final String limit;

    /// @param window conditions of an incremental scan
    ScanSql(MySqlTable table, Scan scan, List<String> window) {
        this.table = table;
        List<MySqlColumn> wanted =
                scan.columns().isEmpty()
                        ? table.columns()
                        : scan.columns().stream().map(name -> column(table, name)).toList();
        this.schema = new Schema(wanted.stream().map(MySqlColumn::field).toList());
        this.key = splittable(table);
        this.selected =
                Stream.concat(wanted.stream(), key.stream().filter(k -> !wanted.contains(k)))
                        .toList();
        List<String> all = new ArrayList<>(window);
        scan.filter().ifPresent(filter -> all.add(new PredicateSql(table).sql(filter)));
        this.conditions = List.copyOf(all);
        this.limit = scan.limited() ? " limit " + scan.rowsMax() : "";
    }

    static MySqlColumn column(MySqlTable table, String name) {
        return table.find(name)
                .orElseThrow(
                        () ->
                                ProblemException.of(
                                                ProblemCode.COLUMN_MISSING,
                                                "no column is called '" + name + "'",
                                                Nearest.fix(name, table.schema().names()))
                                        .at(table.name().table()));
    }

    /// The key, unless one of its columns is ordered in another way than its literals compare.
    private static List<MySqlColumn> splittable(MySqlTable table) {
        List<MySqlColumn> columns = table.key().stream().map(table::column).toList();
        boolean ordered = columns.stream().allMatch(ScanSql::ordered);
        return ordered ? columns : List.of();
    }

    private static boolean ordered(MySqlColumn column) {
        return !ORDERED_OTHERWISE.contains(column.dataType())
                && column.type() != Scalar.FLOAT32
                && column.type() != Scalar.FLOAT64
                && column.field().loss().kind().compareTo(dev.mortise.spi.type.Loss.Kind.LOSSY) < 0;
    }

    /// What batches have.
    Schema schema() {
        return schema;
    }

    /// What rows have: the columns of the schema, then those of the key that are not among them.
    List<MySqlColumn> selected() {
        return selected;
    }

    List<MySqlColumn> key() {
        return key;
    }

    List<Integer> keyPlaces() {
        return key.stream().map(selected::indexOf).toList();
    }

    MySqlTable table() {
        return table;
    }

    String select(KeyRange range) {
        return "select '', "
                + Sql.names(selected.stream().map(MySqlColumn::name).toList())
                + from(range)
                + (key.isEmpty() ? "" : " order by " + keyNames())
                + limit;
    }

    String keyNames() {
        return Sql.names(key.stream().map(MySqlColumn::name).toList());
    }

    String from(KeyRange range) {
        List<String> all = new ArrayList<>(conditions);
        all.addAll(range.conditions(key));
        return " from "
                + table.name().sql()
                + (all.isEmpty() ? "" : " where " + String.join(" and ", all));
    }
}
