package dev.mortise.connectors.mysql;

import dev.mortise.connectors.mysql.MySqlTable.MySqlColumn;
import dev.mortise.connectors.mysql.MySqlTable.TableName;
import dev.mortise.connectors.mysql.MySqlTable.Unique;
import dev.mortise.spi.problem.Nearest;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Field;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads what the server knows of its tables. Uses the connection it is given and leaves no
/// transaction behind that was not there before.
final class MySqlCatalog {
    /// Tables of ours begin with this.
    static final String OWN_PREFIX = "mortise_";

    private static final Pattern JSON_CHECK =
            Pattern.compile("json_valid\\(`([^`]+)`\\)", Pattern.CASE_INSENSITIVE);
    private static final int TABLES_MAX = 100_000;

    private final Connection connection;
    private final String ownDatabase;
    private final boolean mariaDb;

    MySqlCatalog(Connection connection, String ownDatabase, boolean mariaDb) {
        this.connection = connection;
        this.ownDatabase = ownDatabase;
        this.mariaDb = mariaDb;
    }

    /// Names of tables and views that match, sorted; those of other databases only when the
    /// pattern has a dot.
    List<String> datasets(String pattern) throws SQLException {
        String sql =
                """
                select table_schema, table_name from information_schema.tables
                where table_schema not in
                    ('mysql', 'sys', 'information_schema', 'performance_schema')
                  and table_type in ('BASE TABLE', 'VIEW')
                  and table_name not like 'mortise\\_%'
                  and (? or table_schema = ?)
                limit\s"""
                        + TABLES_MAX;
        Pattern matching = glob(pattern);
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setBoolean(1, pattern.contains("."));
            select.setString(2, ownDatabase);
            return listed(select).stream()
                    .filter(name -> matches(matching, name))
                    .map(name -> name.shown(ownDatabase))
                    .sorted()
                    .toList();
        }
    }

    private static List<TableName> listed(PreparedStatement select) throws SQLException {
        List<TableName> names = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                names.add(new TableName(rows.getString(1), rows.getString(2)));
            }
        }
        return names;
    }

    private boolean matches(Pattern pattern, TableName name) {
        return pattern.matcher(name.shown(ownDatabase)).matches()
                || pattern.matcher(name.database() + "." + name.table()).matches();
    }

    private static Pattern glob(String pattern) {
        StringBuilder regex = new StringBuilder();
        for (String piece : pattern.split("\\*", -1)) {
            regex.append(regex.isEmpty() ? "" : ".*").append(Pattern.quote(piece));
        }
        return Pattern.compile(regex.toString());
    }

    MySqlTable table(String name) throws SQLException {
        Optional<MySqlTable> found = find(name);
        if (found.isPresent()) {
            return found.get();
        }
        List<String> known = datasets(name.contains(".") ? "*.*" : "*");
        throw ProblemException.of(
                        ProblemCode.DATASET_MISSING,
                        "no table or view is called '" + name + "'",
                        Nearest.fix(name, known))
                .at(name);
    }

    Optional<MySqlTable> find(String name) throws SQLException {
        return find(TableName.parse(name, ownDatabase));
    }

    Optional<MySqlTable> find(TableName name) throws SQLException {
        List<MySqlColumn> columns = columns(name);
        if (columns.isEmpty()) {
            return Optional.empty();
        }
        String sql =
                """
                select table_rows, avg_row_length, table_comment, table_type
                from information_schema.tables where table_schema = ? and table_name = ?
                """;
        try (PreparedStatement select = prepare(sql, name);
                ResultSet row = select.executeQuery()) {
            if (!row.next()) {
                return Optional.empty();
            }
            boolean view = row.getString(4).equals("VIEW");
            String comment = row.getString(3);
            long rows = row.getString(1) == null ? -1 : row.getLong(1);
            List<Unique> uniques = new ArrayList<>();
            boolean partial = uniques(name, uniques);
            return Optional.of(
                    new MySqlTable(
                            name,
                            columns,
                            uniques,
                            partial,
                            references(name),
                            rows,
                            row.getLong(2),
                            view || comment.isEmpty() ? null : comment));
        }
    }

    private PreparedStatement prepare(String sql, TableName name) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setString(1, name.database());
        statement.setString(2, name.table());
        return statement;
    }

    private List<MySqlColumn> columns(TableName name) throws SQLException {
        String sql =
                """
                select column_name, data_type, column_type, is_nullable, numeric_precision,
                  numeric_scale, datetime_precision, collation_name, extra, column_default,
                  column_comment
                from information_schema.columns where table_schema = ? and table_name = ?
                order by ordinal_position
                """;
        Set<String> json = jsonColumns(name);
        List<MySqlColumn> columns = new ArrayList<>();
        try (PreparedStatement select = prepare(sql, name);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                columns.add(column(row, json));
            }
        }
        return columns;
    }

    private static MySqlColumn column(ResultSet row, Set<String> json) throws SQLException {
        String name = row.getString(1);
        String dataType = json.contains(name) ? "json" : row.getString(2).toLowerCase(Locale.ROOT);
        String columnType = row.getString(3);
        boolean nullable = row.getString(4).equals("YES");
        int scale = row.getInt(6);
        MySqlTypes.Mapped mapped = MySqlTypes.read(dataType, columnType, row.getInt(5), scale);
        String extra = row.getString(9).toLowerCase(Locale.ROOT);
        boolean generated =
                extra.contains("virtual")
                        || extra.contains("stored")
                        || extra.contains("persistent");
        boolean filled = row.getString(10) != null || extra.contains("auto_increment");
        Field field =
                new Field(
                        name,
                        mapped.type(),
                        nullable,
                        dataType.equals("json") ? "json" : columnType,
                        blankToNull(row.getString(11)),
                        mapped.loss(),
                        filled || generated);
        return new MySqlColumn(
                field,
                dataType,
                columnType,
                row.getString(8),
                row.getString(7) == null ? scale : row.getInt(7),
                generated,
                nullable || filled);
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    /// MariaDB's json is a longtext with a check.
    private Set<String> jsonColumns(TableName name) throws SQLException {
        Set<String> json = new HashSet<>();
        if (!mariaDb) {
            return json;
        }
        String sql =
                """
                select check_clause from information_schema.check_constraints
                where constraint_schema = ? and table_name = ?
                """;
        try (PreparedStatement select = prepare(sql, name);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                Matcher check = JSON_CHECK.matcher(row.getString(1));
                if (check.matches()) {
                    json.add(check.group(1));
                }
            }
        }
        return json;
    }

    /// Fills in the unique indexes over whole columns; tells whether there are others.
    private boolean uniques(TableName name, List<Unique> uniques) throws SQLException {
        String sql =
                """
                select index_name, column_name, nullable, sub_part
                from information_schema.statistics
                where table_schema = ? and table_name = ? and non_unique = 0
                order by index_name <> 'PRIMARY', index_name, seq_in_index
                """;
        Map<String, List<String>> columns = new LinkedHashMap<>();
        Set<String> partial = new HashSet<>();
        Set<String> optional = new HashSet<>();
        try (PreparedStatement select = prepare(sql, name);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                String index = row.getString(1);
                String column = row.getString(2);
                if (column == null || row.getString(4) != null) {
                    partial.add(index);
                    continue;
                }
                columns.computeIfAbsent(index, _ -> new ArrayList<>()).add(column);
                if ("YES".equals(row.getString(3))) {
                    optional.add(index);
                }
            }
        }
        columns.forEach(
                (index, of) -> {
                    if (!partial.contains(index)) {
                        uniques.add(new Unique(index, List.copyOf(of), !optional.contains(index)));
                    }
                });
        return !partial.isEmpty();
    }

    private List<String> references(TableName name) throws SQLException {
        return names(
                """
                select distinct referenced_table_schema, referenced_table_name
                from information_schema.key_column_usage
                where table_schema = ? and table_name = ? and referenced_table_name is not null
                """,
                name);
    }

    /// Tables whose foreign keys point to this one, other than itself.
    List<String> referrers(TableName name) throws SQLException {
        return names(
                """
                select distinct table_schema, table_name from information_schema.key_column_usage
                where referenced_table_schema = ? and referenced_table_name = ?
                  and not (table_schema = referenced_table_schema
                           and table_name = referenced_table_name)
                """,
                name);
    }

    List<String> triggers(TableName name) throws SQLException {
        return names(
                """
                select trigger_schema, trigger_name from information_schema.triggers
                where event_object_schema = ? and event_object_table = ?
                """,
                name);
    }

    private List<String> names(String sql, TableName name) throws SQLException {
        List<String> names = new ArrayList<>();
        try (PreparedStatement select = prepare(sql, name);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                names.add(new TableName(row.getString(1), row.getString(2)).shown(ownDatabase));
            }
        }
        return names;
    }

    /// The foreign keys of a table as it defines them, without their names.
    static final class ForeignKeys {
        private static final Pattern LINE =
                Pattern.compile(
                        "^\\s*CONSTRAINT `(?:[^`]|``)*` (FOREIGN KEY .*?),?$", Pattern.MULTILINE);

        private ForeignKeys() {}

        static List<String> of(Connection connection, TableName name) throws SQLException {
            List<String> keys = new ArrayList<>();
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("show create table " + name.sql())) {
                row.next();
                Matcher line = LINE.matcher(row.getString(2));
                while (line.find()) {
                    keys.add(line.group(1));
                }
            }
            return keys;
        }
    }
}
