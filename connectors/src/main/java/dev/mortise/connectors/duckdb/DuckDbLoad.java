package dev.mortise.connectors.duckdb;

import dev.mortise.connectors.duckdb.DuckDbTable.Kind;
import dev.mortise.connectors.jdbc.TableName;
import dev.mortise.connectors.jdbc.TablePlan;
import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.RowJson;
import dev.mortise.spi.connect.RejectedRow;
import dev.mortise.spi.connect.Rejects;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Schema;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/// Brings batches into one table within the open transaction of a session. Rows go straight in
/// where no rule can refuse them; else through a temporary stage, where bad ones are taken out.
final class DuckDbLoad {
    private static final String STAGE = "mortise_stage";

    private final DuckDbSession session;
    private final TableName into;
    private final Schema schema;
    private final List<String> key;
    private final DuckDbGuard guard;
    private final Way way;
    private final Set<String> keyColumns;
    private @Nullable DuckDBAppender direct;
    private long staged;

    private enum Way {
        /// Straight into the table.
        DIRECT,
        /// Through the stage, a batch at a time.
        ADD,
        /// Through the stage, a batch at a time, replacing by a key that has an index.
        REPLACE,
        /// Into the stage until the commit, then replacing by a key without an index.
        MERGE
    }

    /// @param into where the rows go
    /// @param table the table whose rules they must keep; not `into` when that is a shadow
    /// @param replace whether rows with the same key are replaced in `into`
    /// @param key what may not be null; empty when rows are only added
    record Order(
            TableName into, DuckDbTable table, Schema schema, boolean replace, List<String> key) {}

    DuckDbLoad(DuckDbSession session, Order order) {
        this.session = session;
        this.into = order.into();
        this.schema = order.schema();
        this.key = order.key();
        this.guard = new DuckDbGuard(order.table(), schema, key);
        this.keyColumns = new LinkedHashSet<>();
        boolean same = order.into().table().equals(order.table().name().table());
        if (same) {
            order.table().rules(Kind.KEY).forEach(rule -> keyColumns.addAll(rule.columns()));
        }
        this.way = way(order, same);
    }

    private Way way(Order order, boolean same) {
        if (order.replace()) {
            return order.table().unique(key) ? Way.REPLACE : Way.MERGE;
        }
        boolean whole =
                same
                        ? schema.names().equals(order.table().dataset().schema().names())
                        : !guard.checksInSql();
        return keyColumns.isEmpty() && !guard.checksInSql() && whole ? Way.DIRECT : Way.ADD;
    }

    int write(Batch arriving, Rejects rejects) throws SQLException {
        Batch batch = guard.withoutNulls(arriving, rejects);
        if (batch.rows() == 0) {
            return 0;
        }
        if (way == Way.DIRECT) {
            DuckDbAppend.rows(appender(), batch, -1);
            return batch.rows();
        }
        long first = stage(batch);
        int good = batch.rows() - guard.sift(session, STAGE, batch, first, rejects);
        return switch (way) {
            case ADD -> add(batch, good, rejects);
            case REPLACE -> {
                session.execute(replace(into, schema, key, "(" + latest(STAGE, key) + ")"));
                yield good;
            }
            case MERGE, DIRECT -> good;
        };
    }

    private DuckDBAppender appender() throws SQLException {
        DuckDBAppender open = direct;
        if (open == null) {
            open = session.connection().createAppender(into.schema(), into.table());
            direct = open;
        }
        return open;
    }

    private long stage(Batch batch) throws SQLException {
        if (way != Way.MERGE || staged == 0) {
            staged = 0;
            session.execute(stageDdl());
        }
        long first = staged;
        DuckDBAppender appender = session.connection().createAppender("temp", "main", STAGE);
        try {
            DuckDbAppend.rows(appender, batch, first);
        } catch (SQLException e) {
            DuckDbLane.discard(session, appender);
            throw e;
        }
        appender.close();
        staged += batch.rows();
        return first;
    }

    private String stageDdl() {
        List<String> columns = new ArrayList<>();
        for (Field field : schema.fields()) {
            columns.add(quote(field.name()) + " " + DuckDbDialect.sql(field.type()));
        }
        columns.add(DuckDbGuard.ROW + " bigint");
        return "create or replace temp table " + STAGE + " (" + String.join(", ", columns) + ")";
    }

    private int add(Batch batch, int good, Rejects rejects) throws SQLException {
        String names = TablePlan.names(schema.names(), DuckDbDialect.INSTANCE);
        String list = names.substring(1, names.length() - 1);
        long added =
                session.execute(
                        "insert into %s %s select %s from %s order by %s%s"
                                .formatted(
                                        sql(into),
                                        names,
                                        list,
                                        STAGE,
                                        DuckDbGuard.ROW,
                                        keyColumns.isEmpty() ? "" : " on conflict do nothing"));
        return added == good ? good : rejectTaken(batch, good, added, rejects);
    }

    /// Tells which rows a key kept out: those without a row of their own among the ones just added,
    /// which have the highest row ids of the transaction.
    private int rejectTaken(Batch batch, int good, long added, Rejects rejects)
            throws SQLException {
        Long last = session.one("select max(rowid) from " + sql(into), row -> row.getLong(1));
        long first = added == 0 || last == null ? Long.MAX_VALUE : last - added + 1;
        List<String> columns = keyColumns.stream().filter(schema::has).toList();
        String same =
                columns.stream()
                        .map(name -> "t.%1$s is not distinct from s.%1$s".formatted(quote(name)))
                        .collect(Collectors.joining(" and "));
        String partition =
                columns.stream().map(DuckDbLoad::quote).collect(Collectors.joining(", "));
        String sql =
                """
                select %1$s from (select *, row_number() over \
                (partition by %2$s order by %1$s) as mortise_nth from %3$s) s \
                where mortise_nth > 1 or not exists \
                (select 1 from %4$s t where t.rowid >= %5$d and %6$s) order by 1"""
                        .formatted(DuckDbGuard.ROW, partition, STAGE, sql(into), first, same);
        List<Long> taken = session.query(sql, row -> row.getLong(1));
        if (taken.size() != good - added) {
            throw ProblemException.of(
                    ProblemCode.STATEMENT_FAILED,
                    "%d rows of a batch were refused for their key, and %d can be named"
                            .formatted(good - added, taken.size()),
                    "write with mode upsert, or remove rows with equal keys first");
        }
        for (long row : taken) {
            rejects.reject(taken(columns, RowJson.of(batch, Math.toIntExact(row))));
        }
        return Math.toIntExact(added);
    }

    private static RejectedRow taken(List<String> columns, String row) {
        Problem problem =
                Problem.of(
                        ProblemCode.KEY_TAKEN,
                        "a row with the same " + columns + " is already there",
                        "write with mode upsert, or remove rows with equal keys first");
        return new RejectedRow(problem, columns.size() == 1 ? columns.getFirst() : null, row);
    }

    /// Before the commit: brings in what waits in the stage.
    void settle() throws SQLException {
        if (way == Way.MERGE && staged > 0) {
            session.execute(merge(into, schema, key, "(" + latest(STAGE, key) + ")"));
        }
    }

    /// After the commit or the end of the transaction.
    void forget() {
        staged = 0;
    }

    void close() {
        if (direct != null) {
            DuckDbLane.discard(session, direct);
            direct = null;
        }
    }

    /// The last row of each key in a table of numbered rows.
    static String latest(String table, List<String> key) {
        return "select * from %s qualify row_number() over (partition by %s order by %s desc) = 1"
                .formatted(
                        table,
                        key.stream().map(DuckDbLoad::quote).collect(Collectors.joining(", ")),
                        table.equals(STAGE) ? DuckDbGuard.ROW : "rowid");
    }

    /// Replaces rows by a key with an index.
    static String replace(TableName into, Schema schema, List<String> key, String from) {
        String names = TablePlan.names(schema.names(), DuckDbDialect.INSTANCE);
        String set = set(schema, key, "excluded");
        return "insert into %s %s select %s from %s on conflict %s do %s"
                .formatted(
                        sql(into),
                        names,
                        names.substring(1, names.length() - 1),
                        from,
                        TablePlan.names(key, DuckDbDialect.INSTANCE),
                        set.isEmpty() ? "nothing" : "update set " + set);
    }

    /// Replaces rows by a key without an index.
    static String merge(TableName into, Schema schema, List<String> key, String from) {
        String set = set(schema, key, "s");
        return "merge into %s t using %s s on %s%s when not matched then insert %s values %s"
                .formatted(
                        sql(into),
                        from,
                        DuckDbGuard.equal(key, "t"),
                        set.isEmpty() ? "" : " when matched then update set " + set,
                        TablePlan.names(schema.names(), DuckDbDialect.INSTANCE),
                        schema.names().stream()
                                .map(name -> "s." + quote(name))
                                .collect(Collectors.joining(", ", "(", ")")));
    }

    private static String set(Schema schema, List<String> key, String from) {
        return schema.names().stream()
                .filter(name -> !key.contains(name))
                .map(name -> "%1$s = %2$s.%1$s".formatted(quote(name), from))
                .collect(Collectors.joining(", "));
    }

    static String sql(TableName name) {
        return name.sql(DuckDbDialect.INSTANCE);
    }

    private static String quote(String name) {
        return DuckDbDialect.INSTANCE.quote(name);
    }
}
