package dev.mortise.connectors.jdbc;

import dev.mortise.spi.connect.Dataset;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Schema;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Asks the driver's `DatabaseMetaData` about tables.
final class JdbcCatalog {
    private static final String[] KINDS = {"TABLE", "VIEW", "PARTITIONED TABLE", "BASE TABLE"};

    private final Connection connection;
    private final JdbcDialect dialect;
    private final DatabaseMetaData meta;

    JdbcCatalog(Connection connection, JdbcDialect dialect) throws SQLException {
        this.connection = connection;
        this.dialect = dialect;
        this.meta = connection.getMetaData();
    }

    /// The schema in which a bare name stands; empty where the database has none.
    String home() throws SQLException {
        String home = dialect.catalogs() ? connection.getCatalog() : connection.getSchema();
        return home == null ? "" : home;
    }

    /// Tables and views of the default schema by their bare names, those of others with theirs.
    List<String> datasets() throws SQLException {
        String home = home();
        Set<String> names = new TreeSet<>();
        try (ResultSet rows = tables(null, "%")) {
            while (rows.next()) {
                String schema = rows.getString(dialect.catalogs() ? 1 : 2);
                String table = rows.getString(3);
                boolean ours = table.toLowerCase(java.util.Locale.ROOT).startsWith(TableName.OURS);
                if (ours || dialect.system(schema)) {
                    continue;
                }
                boolean here = schema == null || schema.isEmpty() || schema.equals(home);
                names.add(here ? table : schema + "." + table);
            }
        }
        return List.copyOf(names);
    }

    private ResultSet tables(@Nullable String schema, String table) throws SQLException {
        return dialect.catalogs()
                ? meta.getTables(schema, null, table, KINDS)
                : meta.getTables(connection.getCatalog(), schema, table, KINDS);
    }

    Optional<Table> find(TableName wanted) throws SQLException {
        TableName name = wanted.in(home());
        Kind kind = kind(name);
        if (kind == null) {
            return Optional.empty();
        }
        List<JdbcTypes.Column> columns = columns(name);
        List<Field> fields = new ArrayList<>();
        Set<String> optional = new HashSet<>();
        for (JdbcTypes.Column column : columns) {
            NativeType type = dialect.read(column);
            fields.add(
                    new Field(
                            column.name(),
                            type.type(),
                            column.nullable(),
                            type.sql(),
                            column.comment(),
                            type.loss(),
                            column.optional()));
            if (column.optional()) {
                optional.add(column.name());
            }
        }
        String shown =
                name.schema().equals(home()) ? name.table() : name.schema() + "." + name.table();
        Dataset dataset =
                new Dataset(
                        shown, new Schema(fields), key(name), -1, references(name), kind.comment());
        return Optional.of(new Table(name, dataset, optional, kind.view()));
    }

    private record Kind(boolean view, @Nullable String comment) {}

    private @Nullable Kind kind(TableName name) throws SQLException {
        String schema = name.schema().isEmpty() ? null : name.schema();
        try (ResultSet rows = tables(schema, escaped(name.table()))) {
            while (rows.next()) {
                if (rows.getString(3).equals(name.table())) {
                    return new Kind("VIEW".equals(rows.getString(4)), rows.getString(5));
                }
            }
        }
        return null;
    }

    /// Underscores and percent signs are patterns to the driver.
    private String escaped(String name) throws SQLException {
        String escape = meta.getSearchStringEscape();
        return escape == null || escape.isEmpty()
                ? name
                : name.replace(escape, escape + escape)
                        .replace("_", escape + "_")
                        .replace("%", escape + "%");
    }

    private @Nullable String catalog(TableName name) throws SQLException {
        return dialect.catalogs() ? name.schema() : connection.getCatalog();
    }

    private @Nullable String schema(TableName name) {
        return dialect.catalogs() || name.schema().isEmpty() ? null : name.schema();
    }

    private List<JdbcTypes.Column> columns(TableName name) throws SQLException {
        Map<Integer, JdbcTypes.Column> columns = new TreeMap<>();
        try (ResultSet rows =
                meta.getColumns(catalog(name), schema(name), escaped(name.table()), "%")) {
            while (rows.next()) {
                if (rows.getString("TABLE_NAME").equals(name.table())) {
                    columns.put(rows.getInt("ORDINAL_POSITION"), column(rows));
                }
            }
        }
        return List.copyOf(columns.values());
    }

    private static JdbcTypes.Column column(ResultSet row) throws SQLException {
        boolean fills =
                row.getString("COLUMN_DEF") != null
                        || "YES".equals(row.getString("IS_AUTOINCREMENT"))
                        || "YES".equals(text(row, "IS_GENERATEDCOLUMN"));
        return new JdbcTypes.Column(
                row.getString("COLUMN_NAME"),
                row.getInt("DATA_TYPE"),
                row.getString("TYPE_NAME"),
                row.getInt("COLUMN_SIZE"),
                row.getInt("DECIMAL_DIGITS"),
                row.getInt("NULLABLE") != DatabaseMetaData.columnNoNulls,
                fills,
                row.getString("REMARKS"));
    }

    /// A column that older drivers do not give.
    private static @Nullable String text(ResultSet row, String column) throws SQLException {
        try {
            return row.getString(column);
        } catch (java.sql.SQLFeatureNotSupportedException e) {
            return null;
        }
    }

    private List<String> key(TableName name) throws SQLException {
        Map<Integer, String> key = new TreeMap<>();
        try (ResultSet rows = meta.getPrimaryKeys(catalog(name), schema(name), name.table())) {
            while (rows.next()) {
                key.put(rows.getInt("KEY_SEQ"), rows.getString("COLUMN_NAME"));
            }
        }
        return List.copyOf(key.values());
    }

    private List<String> references(TableName name) throws SQLException {
        Set<String> names = new TreeSet<>();
        try (ResultSet rows = meta.getImportedKeys(catalog(name), schema(name), name.table())) {
            while (rows.next()) {
                String schema = rows.getString(dialect.catalogs() ? 1 : 2);
                String table = rows.getString("PKTABLE_NAME");
                boolean here = schema == null || schema.equals(home());
                names.add(here ? table : schema + "." + table);
            }
        }
        return List.copyOf(names);
    }

    /// A table or view as the catalogue describes it.
    ///
    /// @param optional columns that fill themselves
    record Table(TableName name, Dataset dataset, Set<String> optional, boolean view) {}
}
