package dev.mortise.connectors.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Statements about tables of a sink: making one, and merging one into another.
final class TableSql {
    private TableSql() {}

    /// Makes a table from columns that were mapped from our types.
    static List<String> create(SinkShape shape, String name) {
        List<String> statements = new ArrayList<>();
        PostgresTable table = shape.table();
        if (!shape.schemaExists()) {
            statements.add("create schema if not exists " + Sql.name(table.schema()));
        }
        String columns =
                table.columns().stream()
                        .map(
                                c ->
                                        Sql.name(c.name())
                                                + " "
                                                + c.nativeType()
                                                + (c.nullable() ? "" : " not null"))
                        .collect(Collectors.joining(", "));
        String key = table.key().isEmpty() ? "" : ", primary key (" + Sql.names(table.key()) + ")";
        statements.add("create table %s (%s%s)".formatted(name, columns, key));
        for (PostgresColumn column : table.columns()) {
            if (column.comment() != null) {
                statements.add(
                        "comment on column %s.%s is %s"
                                .formatted(
                                        name,
                                        Sql.name(column.name()),
                                        Sql.literal(column.comment())));
            }
        }
        return statements;
    }

    /// Adds and updates rows by key.
    ///
    /// @param from quoted table or subquery
    static String upsert(String into, String from, List<PostgresColumn> columns, List<String> key) {
        return "insert into %s as t (%s) overriding system value select %s from %s"
                        .formatted(into, names(columns), values(columns), from)
                + conflict(columns, key);
    }

    private static List<PostgresColumn> changed(List<PostgresColumn> columns, List<String> key) {
        return columns.stream()
                .filter(c -> !key.contains(c.name()) && !c.identityAlways())
                .toList();
    }

    private static String conflict(List<PostgresColumn> columns, List<String> key) {
        List<PostgresColumn> changed = changed(columns, key);
        String target = " on conflict (" + Sql.names(key) + ") do ";
        if (changed.isEmpty()) {
            return target + "nothing";
        }
        return changed.stream()
                .map(c -> Sql.name(c.name()) + " = excluded." + Sql.name(c.name()))
                .collect(Collectors.joining(", ", target + "update set ", ""));
    }

    /// As [#upsert], leaving rows alone that are equal already.
    static String merge(String into, String from, List<PostgresColumn> columns, List<String> key) {
        List<PostgresColumn> compared =
                columns.stream().filter(c -> !key.contains(c.name())).toList();
        String plain =
                "insert into %1$s as t (%2$s) overriding system value select %2$s from %3$s"
                                .formatted(into, names(columns), from)
                        + conflict(columns, key);
        return compared.isEmpty()
                ? plain
                : plain
                        + " where ("
                        + row("t", compared)
                        + ") is distinct from ("
                        + row("excluded", compared)
                        + ")";
    }

    /// As [#merge] where no unique index of the table is on the key: one pass over both tables each
    /// for what is there and for what is new. Rows of the table that share a key are all updated;
    /// those with a null in it are left alone.
    ///
    /// @param from a table in which the key is unique
    static List<String> mergeUnindexed(
            String into, String from, List<PostgresColumn> columns, List<String> key) {
        List<PostgresColumn> changed = changed(columns, key);
        String insert =
                "insert into %1$s (%2$s) overriding system value select %2$s from %3$s s"
                                .formatted(into, names(columns), from)
                        + " where not exists (select from %s t where %s)"
                                .formatted(into, equal(key));
        return changed.isEmpty()
                ? List.of(insert)
                : List.of(
                        changed.stream()
                                .map(c -> Sql.name(c.name()) + " = s." + Sql.name(c.name()))
                                .collect(
                                        Collectors.joining(
                                                ", ",
                                                "update %s t set ".formatted(into),
                                                " from %s s where %s and (%s) is distinct from (%s)"
                                                        .formatted(
                                                                from,
                                                                equal(key),
                                                                row("t", changed),
                                                                row("s", changed)))),
                        insert);
    }

    /// Leaves one row of each key.
    static String deleteDoubles(String into, List<String> key) {
        return """
               delete from %1$s t using (select tableoid as part, ctid as place,
                 row_number() over (partition by %2$s order by tableoid, ctid) as number
                 from %1$s) d
               where d.number > 1 and t.tableoid = d.part and t.ctid = d.place\
               """
                .formatted(into, Sql.names(key));
    }

    private static String equal(List<String> key) {
        return key.stream()
                .map(k -> "s.%1$s = t.%1$s".formatted(Sql.name(k)))
                .collect(Collectors.joining(" and "));
    }

    /// Types without equality are compared by their text.
    private static String row(String side, List<PostgresColumn> columns) {
        return columns.stream()
                .map(
                        c ->
                                side
                                        + "."
                                        + Sql.name(c.name())
                                        + (c.form() == Form.JSON || !c.form().direct()
                                                ? "::text"
                                                : ""))
                .collect(Collectors.joining(", "));
    }

    static String deleteMissing(String into, String from, List<String> key) {
        return "delete from %s t where not exists (select from %s s where %s)"
                .formatted(into, from, equal(key));
    }

    static String insert(String into, String from, List<PostgresColumn> columns) {
        return "insert into %s (%s) overriding system value select %s from %s"
                .formatted(into, names(columns), values(columns), from);
    }

    static String names(List<PostgresColumn> columns) {
        return Sql.names(columns.stream().map(PostgresColumn::name).toList());
    }

    private static String values(List<PostgresColumn> columns) {
        return columns.stream().map(TableSql::value).collect(Collectors.joining(", "));
    }

    /// A staged value in the type of its column.
    static String value(PostgresColumn column) {
        String name = Sql.name(column.name());
        String type = column.nativeType();
        return switch (column.form()) {
            case CAST_TEXT -> name + "::" + type;
            case CAST_JSON ->
                    type.endsWith("[]")
                            ? array(name, type.substring(0, type.length() - 2))
                            : "jsonb_populate_record(null::%s, %s::jsonb)".formatted(type, name);
            default -> name;
        };
    }

    private static String array(String name, String element) {
        return """
               case when %1$s is null then null else array(select e::%2$s
                 from jsonb_array_elements_text(%1$s::jsonb) with ordinality as j(e, n)
                 order by n)::%2$s[] end\
               """
                .formatted(name, element);
    }
}
