package dev.mortise.connectors.postgres;

import dev.mortise.connectors.jdbc.Ledger;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The columns, unique keys and references of tables: of however many, one call to the server.
final class TableDetails {
    private static final String COLUMNS =
            """
            select a.attrelid, a.attname, format_type(a.atttypid, a.atttypmod), not a.attnotnull,
              a.atthasdef or a.attidentity <> '', a.attidentity = 'a', a.attgenerated <> '',
              col_description(a.attrelid, a.attnum), b.typname, b.modifier, b.typtype,
              b.typcategory
            from pg_attribute a cross join lateral (
              with recursive d as (
                select t.typname, t.typtype, t.typcategory, t.typbasetype, t.typtypmod,
                  a.atttypmod as modifier
                from pg_type t where t.oid = a.atttypid
                union all
                select t.typname, t.typtype, t.typcategory, t.typbasetype, t.typtypmod,
                  d.typtypmod
                from d join pg_type t on t.oid = d.typbasetype where d.typtype = 'd')
              select * from d where typtype <> 'd') b
            where a.attrelid = any(?) and a.attnum > 0 and not a.attisdropped
            order by a.attrelid, a.attnum
            """;

    private static final String UNIQUES =
            """
            select i.indrelid, array_agg(a.attname::text order by k.place), bool_and(a.attnotnull)
            from pg_index i
            cross join lateral unnest(i.indkey) with ordinality k(attnum, place)
            join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
            where i.indrelid = any(?) and i.indisunique and i.indisvalid and i.indimmediate
              and i.indpred is null and i.indexprs is null and k.place <= i.indnkeyatts
            group by i.indrelid, i.indexrelid, i.indisprimary
            order by i.indrelid, i.indisprimary desc, count(*), i.indexrelid
            """;

    private static final String REFERENCES =
            """
            select distinct f.conrelid, case when n.nspname = current_schema()
              then c.relname::text else n.nspname || '.' || c.relname end
            from pg_constraint f join pg_class c on c.oid = f.confrelid
            join pg_namespace n on n.oid = c.relnamespace
            where f.conrelid = any(?) and f.contype = 'f' order by 1, 2
            """;

    private static final String ALL = String.join(";", COLUMNS, UNIQUES, REFERENCES);

    private final Map<Long, List<PostgresColumn>> columns = new HashMap<>();
    private final Map<Long, List<List<String>>> uniques = new HashMap<>();
    private final Map<Long, List<String>> keys = new HashMap<>();
    private final Map<Long, List<String>> references = new HashMap<>();

    private TableDetails() {}

    static TableDetails read(Connection connection, List<Long> oids) throws SQLException {
        TableDetails details = new TableDetails();
        Array tables = connection.createArrayOf("oid", oids.toArray());
        try (PreparedStatement select = connection.prepareStatement(ALL)) {
            for (int question = 1; question <= 3; question++) {
                select.setArray(question, tables);
            }
            select.execute();
            details.addColumns(select);
            select.getMoreResults();
            details.addUniques(select);
            select.getMoreResults();
            details.addReferences(select);
        }
        return details;
    }

    private void addColumns(PreparedStatement select) throws SQLException {
        try (ResultSet row = select.getResultSet()) {
            while (row.next()) {
                columns.computeIfAbsent(row.getLong(1), _ -> new ArrayList<>()).add(column(row));
            }
        }
    }

    private static PostgresColumn column(ResultSet row) throws SQLException {
        String base = row.getString(9);
        return new PostgresColumn(
                row.getString(2),
                base,
                row.getString(3),
                PostgresTypes.mapping(
                        base,
                        row.getInt(10),
                        row.getString(11).charAt(0),
                        row.getString(12).charAt(0)),
                row.getBoolean(4),
                row.getBoolean(5),
                row.getBoolean(6),
                row.getBoolean(7),
                row.getString(8));
    }

    private void addUniques(PreparedStatement select) throws SQLException {
        try (ResultSet row = select.getResultSet()) {
            while (row.next()) {
                List<String> names = List.of((String[]) row.getArray(2).getArray());
                uniques.computeIfAbsent(row.getLong(1), _ -> new ArrayList<>()).add(names);
                if (row.getBoolean(3)) {
                    keys.putIfAbsent(row.getLong(1), names);
                }
            }
        }
    }

    private void addReferences(PreparedStatement select) throws SQLException {
        try (ResultSet row = select.getResultSet()) {
            while (row.next()) {
                if (!row.getString(2).equals(Ledger.TABLE)) {
                    references
                            .computeIfAbsent(row.getLong(1), _ -> new ArrayList<>())
                            .add(row.getString(2));
                }
            }
        }
    }

    /// In the order of the table.
    List<PostgresColumn> columns(long oid) {
        return columns.getOrDefault(oid, List.of());
    }

    /// The primary key first, then those of fewer columns.
    List<List<String>> uniques(long oid) {
        return uniques.getOrDefault(oid, List.of());
    }

    /// The first of the unique keys without nulls; empty when there is none.
    List<String> key(long oid) {
        return keys.getOrDefault(oid, List.of());
    }

    List<String> references(long oid) {
        return references.getOrDefault(oid, List.of());
    }
}
