package dev.mortise.connectors.jdbc;

import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Type;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// MySQL, TiDB and OceanBase in its MySQL mode. MySQL itself has a faster connector of its own, and
/// is here to prove the general one on a real server.
final class MySqlFamily extends JdbcDialect {
    private static final Set<String> SYSTEM =
            Set.of("information_schema", "mysql", "performance_schema", "sys", "oceanbase");

    private final String name;
    private final int port;

    private MySqlFamily(String name, int port) {
        this.name = name;
        this.port = port;
    }

    static MySqlFamily mySql() {
        return new MySqlFamily("mysql", 3306);
    }

    static MySqlFamily tiDb() {
        return new MySqlFamily("tidb", 4000);
    }

    static MySqlFamily oceanBase() {
        return new MySqlFamily("oceanbase", 2881);
    }

    @Override
    public String name() {
        return name;
    }

    /// The MariaDB client comes with us and speaks to all of them.
    @Override
    public String driver() {
        return "org.mariadb.jdbc.Driver";
    }

    @Override
    public String url(String host, int at, String database) {
        return "jdbc:mariadb://" + host + ":" + at + "/" + database;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "allowLocalInfile", "false",
                "connectionTimeZone", "UTC",
                "forceConnectionTimeZoneToSession", "true",
                "connectTimeout", "10000");
    }

    @Override
    public List<String> session() {
        return List.of(
                "set sql_mode = 'STRICT_ALL_TABLES,NO_BACKSLASH_ESCAPES'",
                "set time_zone = '+00:00'");
    }

    @Override
    public boolean catalogs() {
        return true;
    }

    @Override
    public String quote(String word) {
        return "`" + word.replace("`", "``") + "`";
    }

    @Override
    protected DdlTypes types() {
        return DdlTypes.standard("decimal")
                .set(Scalar.INT8, "tinyint")
                .set(Scalar.BOOL, "tinyint(1)")
                .set(Scalar.UINT64, "bigint unsigned")
                .set(Scalar.FLOAT32, "float")
                .set(Scalar.FLOAT64, "double")
                .text("longtext", "varchar(255)")
                .set(Scalar.BYTES, "longblob")
                .set(Scalar.TIMESTAMP, "datetime(6)")
                .set(Scalar.TIMESTAMPTZ, "timestamp(6)")
                .set(Scalar.JSON, "json");
    }

    @Override
    public NativeType read(JdbcTypes.Column column) {
        String word = column.typeName().toLowerCase(Locale.ROOT);
        boolean unsigned = word.contains("unsigned");
        Type type =
                switch (word.split("[ (]", -1)[0]) {
                    case "tinyint" ->
                            unsigned
                                    ? Scalar.INT16
                                    : column.sqlType() == java.sql.Types.BIT
                                                    || column.sqlType() == java.sql.Types.BOOLEAN
                                            ? Scalar.BOOL
                                            : Scalar.INT8;
                    case "smallint" -> unsigned ? Scalar.INT32 : Scalar.INT16;
                    case "int", "integer", "mediumint" -> unsigned ? Scalar.INT64 : Scalar.INT32;
                    case "bigint" -> unsigned ? Scalar.UINT64 : Scalar.INT64;
                    case "float" -> Scalar.FLOAT32;
                    case "year" -> Scalar.INT16;
                    case "datetime" -> Scalar.TIMESTAMP;
                    case "timestamp" -> Scalar.TIMESTAMPTZ;
                    case "json" -> Scalar.JSON;
                    default -> null;
                };
        return type == null ? super.read(column) : NativeType.of(column.typeName(), type);
    }

    @Override
    public String literal(Type type, String text) {
        return type == Scalar.TIMESTAMPTZ
                ? "timestamp '" + text.replace("Z", "") + "'"
                : super.literal(type, text);
    }

    @Override
    public String first(String query, long rows) {
        return query + " limit " + rows;
    }

    @Override
    public String upsert(String table, List<Field> columns, List<String> key) {
        return insert(table, columns) + onDuplicate(columns, key);
    }

    @Override
    public String upsertAll(String table, String from, List<Field> columns, List<String> key) {
        return "insert into "
                + table
                + TablePlan.names(this, columns)
                + " select "
                + TablePlan.plain(columns, field -> quote(field.name()))
                + " from "
                + from
                + onDuplicate(columns, key);
    }

    private String onDuplicate(List<Field> columns, List<String> key) {
        List<Field> others = columns.stream().filter(f -> !key.contains(f.name())).toList();
        List<Field> set = others.isEmpty() ? columns.subList(0, 1) : others;
        return " on duplicate key update "
                + TablePlan.plain(set, f -> quote(f.name()) + " = values(" + quote(f.name()) + ")");
    }

    @Override
    public String rename(TableName from, String to) {
        return "rename table "
                + from.sql(this)
                + " to "
                + new TableName(from.schema(), to).sql(this);
    }

    @Override
    public boolean system(@Nullable String schema) {
        return schema != null && SYSTEM.contains(schema);
    }
}
