package dev.mortise.connectors.duckdb;

import dev.mortise.connectors.duckdb.DuckDbTable.Kind;
import dev.mortise.connectors.duckdb.DuckDbTable.Rule;
import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.batch.RowJson;
import dev.mortise.spi.connect.RejectedRow;
import dev.mortise.spi.connect.Rejects;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Schema;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Finds the rows that a table would refuse before it is asked: DuckDB has no savepoints, and one
/// refused row would take the whole transaction with it.
final class DuckDbGuard {
    /// Where a row's number stands in a stage.
    static final String ROW = "mortise_row";

    /// @param broken SQL over the stage `s` that is true for a bad row
    private record Check(Problem problem, @Nullable String column, String broken) {}

    private final DuckDbTable table;
    private final Schema schema;
    private final List<String> key;
    private final List<String> required;
    private final List<Check> checks = new ArrayList<>();

    /// @param key the columns by which rows are replaced; empty when they are only added
    DuckDbGuard(DuckDbTable table, Schema schema, List<String> key) {
        this.table = table;
        this.schema = schema;
        this.key = key;
        this.required =
                schema.names().stream()
                        .filter(name -> key.contains(name) || !column(name).nullable())
                        .toList();
        table.rules(Kind.CHECK).forEach(this::condition);
        table.rules(Kind.REFERENCE).forEach(this::reference);
        schema.names().forEach(this::cast);
        if (!key.isEmpty()) {
            table.rules(Kind.KEY).forEach(this::otherKey);
        }
    }

    private Field column(String name) {
        return table.dataset().schema().find(name).orElseThrow();
    }

    /// Whether batches must go through a stage to be checked in SQL.
    boolean checksInSql() {
        return !checks.isEmpty();
    }

    private void condition(Rule rule) {
        if (schema.names().containsAll(rule.columns())) {
            add(
                    ProblemCode.CONSTRAINT_BROKEN,
                    "check " + rule.text() + " does not hold",
                    rule.columns(),
                    "(not (" + rule.text() + ")) is true");
        }
    }

    private void reference(Rule rule) {
        if (!schema.names().containsAll(rule.columns())) {
            return;
        }
        String there =
                new dev.mortise.connectors.jdbc.TableName(table.name().schema(), rule.text())
                        .sql(DuckDbDialect.INSTANCE);
        List<String> equal = new ArrayList<>();
        for (int i = 0; i < rule.columns().size(); i++) {
            equal.add(
                    "r."
                            + quote(rule.referenced().get(i))
                            + " = s."
                            + quote(rule.columns().get(i)));
        }
        add(
                ProblemCode.CONSTRAINT_BROKEN,
                "no row of '" + rule.text() + "' is referenced by " + rule.columns(),
                rule.columns(),
                present(rule.columns())
                        + " and not exists (select 1 from "
                        + there
                        + " r where "
                        + String.join(" and ", equal)
                        + ")");
    }

    private void cast(String name) {
        String type = column(name).nativeType();
        if (type != null && !DuckDbTypes.plain(type)) {
            String column = "s." + quote(name);
            add(
                    ProblemCode.CAST_FAILED,
                    "expected " + type,
                    List.of(name),
                    column + " is not null and try_cast(" + column + " as " + type + ") is null");
        }
    }

    /// Another unique key of a table whose rows are replaced by their first.
    private void otherKey(Rule rule) {
        List<String> columns = rule.columns();
        if (key.containsAll(columns) || !schema.names().containsAll(columns)) {
            return;
        }
        String same = equal(columns, "t");
        String taken =
                "exists (select 1 from %s t where %s and not (%s))"
                        .formatted(table.name().sql(DuckDbDialect.INSTANCE), same, equal(key, "t"));
        String twice =
                "row_number() over (partition by %s order by s.%s) > 1"
                        .formatted(
                                columns.stream()
                                        .map(name -> "s." + quote(name))
                                        .collect(Collectors.joining(", ")),
                                ROW);
        add(
                ProblemCode.KEY_TAKEN,
                "a row with the same " + columns + " is already there",
                columns,
                present(columns) + " and (" + taken + " or " + twice + ")");
    }

    static String equal(List<String> columns, String alias) {
        return columns.stream()
                .map(name -> alias + "." + quote(name) + " = s." + quote(name))
                .collect(Collectors.joining(" and "));
    }

    private static String present(List<String> columns) {
        return columns.stream()
                .map(name -> "s." + quote(name) + " is not null")
                .collect(Collectors.joining(" and "));
    }

    private void add(ProblemCode code, String message, List<String> columns, String broken) {
        Problem problem =
                Problem.of(code, message, "mend the value, or change the column or the mapping");
        checks.add(new Check(problem, columns.size() == 1 ? columns.getFirst() : null, broken));
    }

    private static String quote(String name) {
        return DuckDbDialect.INSTANCE.quote(name);
    }

    /// Rejects rows with a null where none may be.
    Batch withoutNulls(Batch batch, Rejects rejects) {
        Map<Integer, String> bad = new TreeMap<>();
        for (String name : required) {
            Column column = batch.column(batch.schema().indexOf(name));
            for (int row = 0; column.hasNulls() && row < batch.rows(); row++) {
                if (column.isNull(row)) {
                    bad.putIfAbsent(row, name);
                }
            }
        }
        if (bad.isEmpty()) {
            return batch;
        }
        int[] good = new int[batch.rows()];
        int count = 0;
        for (int row = 0; row < batch.rows(); row++) {
            String column = bad.get(row);
            if (column == null) {
                good[count++] = row;
            } else {
                rejects.reject(new RejectedRow(nullIn(column), column, RowJson.of(batch, row)));
            }
        }
        return batch.select(good, count);
    }

    private static Problem nullIn(String column) {
        return Problem.of(
                ProblemCode.CONSTRAINT_BROKEN,
                "column '" + column + "' may not be null",
                "give it a value in a map step, or let the column be null");
    }

    /// Takes bad rows out of the stage.
    ///
    /// @param first number of the batch's first row
    /// @return how many were taken out
    int sift(DuckDbSession session, String stage, Batch batch, long first, Rejects rejects)
            throws SQLException {
        if (checks.isEmpty()) {
            return 0;
        }
        StringBuilder which = new StringBuilder("case");
        for (int i = 0; i < checks.size(); i++) {
            which.append(" when ").append(checks.get(i).broken()).append(" then ").append(i);
        }
        String sql =
                "select * from (select s.%1$s as r, %2$s end as b from %3$s s where s.%1$s >= %4$d)"
                                .formatted(ROW, which, stage, first)
                        + " where b is not null order by r";
        record Bad(long row, int check) {}
        List<Bad> found = session.query(sql, row -> new Bad(row.getLong(1), row.getInt(2)));
        for (Bad bad : found) {
            Check check = checks.get(bad.check());
            String json = RowJson.of(batch, Math.toIntExact(bad.row() - first));
            rejects.reject(new RejectedRow(check.problem(), check.column(), json));
        }
        remove(session, stage, found.stream().map(Bad::row).toList());
        return found.size();
    }

    private static void remove(DuckDbSession session, String stage, List<Long> rows)
            throws SQLException {
        if (!rows.isEmpty()) {
            session.execute(
                    "delete from "
                            + stage
                            + " where "
                            + ROW
                            + rows.stream()
                                    .map(String::valueOf)
                                    .collect(Collectors.joining(", ", " in (", ")")));
        }
    }
}
