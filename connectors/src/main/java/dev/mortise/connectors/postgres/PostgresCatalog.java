package dev.mortise.connectors.postgres;

import dev.mortise.connectors.jdbc.Ledger;
import dev.mortise.spi.problem.Nearest;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads what tables there are and what they look like. Names are spelt as in the catalogue. A
/// table in the session's own schema may be named without it.
final class PostgresCatalog {
    /// Tables of ours begin like this and are shown to nobody.
    static final String OURS = "mortise_";

    private static final String LIST =
            """
            select n.nspname, c.relname, n.nspname = current_schema()
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p', 'v', 'm', 'f') and not c.relispartition
              and n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
            order by 1, 2
            """;

    private static final String FIND =
            """
            select c.oid, n.nspname, c.relname, c.relkind,
              case when c.relkind = 'p' then
                (select sum(greatest(k.reltuples, 0)) from pg_partition_tree(c.oid) p
                  join pg_class k on k.oid = p.relid where p.isleaf)
                else c.reltuples end::bigint,
              exists (select from pg_inherits i where i.inhparent = c.oid),
              obj_description(c.oid, 'pg_class')
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relname = any(?) and c.relkind in ('r', 'p', 'v', 'm', 'f')
              and (n.nspname || '.' || c.relname = ?
                or c.relname = ? and pg_table_is_visible(c.oid))
            order by pg_table_is_visible(c.oid) desc limit 1
            """;

    private static final String COLUMNS =
            """
            select a.attname, format_type(a.atttypid, a.atttypmod), not a.attnotnull,
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
            where a.attrelid = ? and a.attnum > 0 and not a.attisdropped
            order by a.attnum
            """;

    private static final String UNIQUES =
            """
            select array_agg(a.attname::text order by k.place), bool_and(a.attnotnull)
            from pg_index i
            cross join lateral unnest(i.indkey) with ordinality k(attnum, place)
            join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
            where i.indrelid = ? and i.indisunique and i.indisvalid and i.indimmediate
              and i.indpred is null and i.indexprs is null and k.place <= i.indnkeyatts
            group by i.indexrelid, i.indisprimary
            order by i.indisprimary desc, count(*), i.indexrelid
            """;

    private static final String REFERENCES =
            """
            select distinct case when n.nspname = current_schema() then c.relname::text
              else n.nspname || '.' || c.relname end
            from pg_constraint f join pg_class c on c.oid = f.confrelid
            join pg_namespace n on n.oid = c.relnamespace
            where f.conrelid = ? and f.contype = 'f' order by 1
            """;

    private final Connection connection;

    PostgresCatalog(Connection connection) {
        this.connection = connection;
    }

    /// Names that match, sorted. A table in the session's schema is listed without it, unless the
    /// pattern spells the schema out.
    List<String> datasets(String pattern) throws SQLException {
        Pattern wanted = pattern(pattern);
        List<String> names = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(LIST);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                String name = rows.getString(2);
                String full = rows.getString(1) + "." + name;
                if (name.startsWith(OURS)) {
                    continue;
                }
                if (rows.getBoolean(3) && wanted.matcher(name).matches()) {
                    names.add(name);
                } else if (wanted.matcher(full).matches()) {
                    names.add(full);
                }
            }
        }
        return names.stream().sorted().toList();
    }

    private static Pattern pattern(String text) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            regex.append(c == '*' ? ".*" : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    PostgresTable describe(String name) throws SQLException {
        Optional<PostgresTable> found = find(name);
        if (found.isEmpty()) {
            throw ProblemException.of(
                    ProblemCode.DATASET_MISSING,
                    "no table or view is called '" + name + "'",
                    Nearest.fix(name, datasets("*")));
        }
        return found.get();
    }

    Optional<PostgresTable> find(String name) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(FIND)) {
            Array tails = connection.createArrayOf("text", tails(name).toArray());
            select.setArray(1, tails);
            select.setString(2, name);
            select.setString(3, name);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(table(row)) : Optional.empty();
            }
        }
    }

    /// What may be the table in a name: all of it, or what stands behind one of its dots.
    private static Set<String> tails(String name) {
        Set<String> tails = new HashSet<>(Set.of(name));
        for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
            tails.add(name.substring(dot + 1));
        }
        return tails;
    }

    private PostgresTable table(ResultSet row) throws SQLException {
        long oid = row.getLong(1);
        List<List<String>> uniques = new ArrayList<>();
        List<String> key = uniques(oid, uniques);
        return new PostgresTable(
                oid,
                row.getString(2),
                row.getString(3),
                row.getString(4).charAt(0),
                columns(oid),
                uniques,
                key,
                row.getLong(5),
                row.getBoolean(6),
                references(oid),
                row.getString(7));
    }

    private List<PostgresColumn> columns(long oid) throws SQLException {
        List<PostgresColumn> columns = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(COLUMNS)) {
            select.setLong(1, oid);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    columns.add(column(row));
                }
            }
        }
        return columns;
    }

    private static PostgresColumn column(ResultSet row) throws SQLException {
        String base = row.getString(8);
        return new PostgresColumn(
                row.getString(1),
                base,
                row.getString(2),
                PostgresTypes.mapping(
                        base,
                        row.getInt(9),
                        row.getString(10).charAt(0),
                        row.getString(11).charAt(0)),
                row.getBoolean(3),
                row.getBoolean(4),
                row.getBoolean(5),
                row.getBoolean(6),
                row.getString(7));
    }

    private List<String> uniques(long oid, List<List<String>> uniques) throws SQLException {
        List<String> key = List.of();
        try (PreparedStatement select = connection.prepareStatement(UNIQUES)) {
            select.setLong(1, oid);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    List<String> columns = List.of((String[]) row.getArray(1).getArray());
                    uniques.add(columns);
                    key = key.isEmpty() && row.getBoolean(2) ? columns : key;
                }
            }
        }
        return key;
    }

    private List<String> references(long oid) throws SQLException {
        List<String> names = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(REFERENCES)) {
            select.setLong(1, oid);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    names.add(row.getString(1));
                }
            }
        }
        names.remove(Ledger.TABLE);
        return names;
    }
}
