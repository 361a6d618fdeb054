package dev.mortise.connectors.postgres;

import dev.mortise.spi.problem.Nearest;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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

    /// A name may be a table's own, or that of its schema, a dot and its own. What stands behind
    /// one of its dots may be the table's own name, and by that it is found.
    private static final String FIND =
            """
            select distinct on (w.name) w.name, c.oid, n.nspname, c.relname, c.relkind,
              case when c.relkind = 'p' then
                (select sum(greatest(k.reltuples, 0)) from pg_partition_tree(c.oid) p
                  join pg_class k on k.oid = p.relid where p.isleaf)
                else c.reltuples end::bigint,
              exists (select from pg_inherits i where i.inhparent = c.oid),
              obj_description(c.oid, 'pg_class')
            from unnest(?::text[], ?::text[]) w(name, tail)
            join pg_class c on c.relname = w.tail::name
            join pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p', 'v', 'm', 'f')
              and (n.nspname || '.' || c.relname = w.name
                or c.relname = w.name and pg_table_is_visible(c.oid))
            order by w.name, pg_table_is_visible(c.oid) desc
            """;

    /// Tables that are looked up by one question.
    private static final int NAMES_MAX = 500;

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
        return describe(List.of(name)).getFirst();
    }

    /// The tables of some names, in their order. Takes as long for many as for one.
    List<PostgresTable> describe(List<String> names) throws SQLException {
        Map<String, PostgresTable> found = new HashMap<>();
        for (int i = 0; i < names.size(); i += NAMES_MAX) {
            found.putAll(find(names.subList(i, Math.min(i + NAMES_MAX, names.size()))));
        }
        List<PostgresTable> tables = new ArrayList<>();
        for (String name : names) {
            PostgresTable table = found.get(name);
            if (table == null) {
                throw ProblemException.of(
                        ProblemCode.DATASET_MISSING,
                        "no table or view is called '" + name + "'",
                        Nearest.fix(name, datasets("*")));
            }
            tables.add(table);
        }
        return tables;
    }

    Optional<PostgresTable> find(String name) throws SQLException {
        return Optional.ofNullable(find(List.of(name)).get(name));
    }

    private Map<String, PostgresTable> find(List<String> names) throws SQLException {
        List<Head> heads = heads(names);
        if (heads.isEmpty()) {
            return Map.of();
        }
        TableDetails details =
                TableDetails.read(connection, heads.stream().map(Head::oid).distinct().toList());
        Map<String, PostgresTable> tables = new HashMap<>();
        heads.forEach(head -> tables.put(head.wanted(), head.table(details)));
        return tables;
    }

    /// What one row says of a table.
    ///
    /// @param wanted the name it was asked for by
    private record Head(
            String wanted,
            long oid,
            String schema,
            String name,
            char kind,
            long rowsEstimated,
            boolean parent,
            @Nullable String comment) {
        static Head of(ResultSet row) throws SQLException {
            return new Head(
                    row.getString(1),
                    row.getLong(2),
                    row.getString(3),
                    row.getString(4),
                    row.getString(5).charAt(0),
                    row.getLong(6),
                    row.getBoolean(7),
                    row.getString(8));
        }

        PostgresTable table(TableDetails details) {
            return new PostgresTable(
                    oid,
                    schema,
                    name,
                    kind,
                    details.columns(oid),
                    details.uniques(oid),
                    details.key(oid),
                    rowsEstimated,
                    parent,
                    details.references(oid),
                    comment);
        }
    }

    private List<Head> heads(List<String> names) throws SQLException {
        List<String> wanted = new ArrayList<>();
        List<String> tails = new ArrayList<>();
        for (String name : names) {
            for (String tail : tails(name)) {
                wanted.add(name);
                tails.add(tail);
            }
        }
        List<Head> heads = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(FIND)) {
            select.setArray(1, connection.createArrayOf("text", wanted.toArray()));
            select.setArray(2, connection.createArrayOf("text", tails.toArray()));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    heads.add(Head.of(row));
                }
            }
        }
        return heads;
    }

    /// What may be the table in a name: all of it, or what stands behind one of its dots.
    private static Set<String> tails(String name) {
        Set<String> tails = new HashSet<>(Set.of(name));
        for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
            tails.add(name.substring(dot + 1));
        }
        return tails;
    }
}
