package dev.mortise.connectors.jdbc;

import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Type;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// PostgreSQL, KingbaseES and openGauss. PostgreSQL itself has a faster connector of its own, and
/// is here to prove the general one on a real server.
final class PostgresFamily extends JdbcDialect {
    private static final Set<String> SYSTEM =
            Set.of("pg_catalog", "information_schema", "sys_catalog", "sys", "dbe_perf");

    private final String name;
    private final String driver;
    private final String scheme;
    private final int port;

    private PostgresFamily(String name, String driver, String scheme, int port) {
        this.name = name;
        this.driver = driver;
        this.scheme = scheme;
        this.port = port;
    }

    static PostgresFamily postgres() {
        return new PostgresFamily("postgres", "org.postgresql.Driver", "postgresql", 5432);
    }

    static PostgresFamily kingbase() {
        return new PostgresFamily("kingbase", "com.kingbase8.Driver", "kingbase8", 54321);
    }

    static PostgresFamily openGauss() {
        return new PostgresFamily("opengauss", "org.opengauss.Driver", "opengauss", 5432);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String driver() {
        return driver;
    }

    @Override
    public String url(String host, int at, String database) {
        return "jdbc:" + scheme + "://" + host + ":" + at + "/" + database;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("reWriteBatchedInserts", "true", "connectTimeout", "10");
    }

    @Override
    public List<String> session() {
        return List.of("set time zone 'UTC'");
    }

    @Override
    public boolean transactionalDdl() {
        return true;
    }

    @Override
    protected DdlTypes types() {
        return DdlTypes.standard("numeric")
                .text("text", "text")
                .set(Scalar.BYTES, "bytea")
                .set(Scalar.UUID, "uuid")
                .set(Scalar.JSON, "jsonb");
    }

    @Override
    public NativeType read(JdbcTypes.Column column) {
        Type type =
                switch (column.typeName()) {
                    case "bool" -> Scalar.BOOL;
                    case "timestamptz" -> Scalar.TIMESTAMPTZ;
                    case "uuid" -> Scalar.UUID;
                    case "json", "jsonb" -> Scalar.JSON;
                    default -> null;
                };
        return type == null ? super.read(column) : NativeType.of(column.typeName(), type);
    }

    @Override
    public String literal(Type type, String text) {
        return switch (type instanceof Scalar scalar ? scalar : Scalar.TEXT) {
            case BYTES -> "'\\x" + text + "'::bytea";
            case TIMESTAMPTZ -> "timestamptz '" + text + "'";
            case UUID -> "uuid '" + text + "'";
            case BOOL,
                    INT8,
                    INT16,
                    INT32,
                    INT64,
                    UINT64,
                    FLOAT32,
                    FLOAT64,
                    TEXT,
                    DATE,
                    TIME,
                    TIMESTAMP,
                    JSON ->
                    super.literal(type, text);
        };
    }

    @Override
    public String parameter(Field column) {
        return column.type() == Scalar.JSON ? "cast(? as " + json(column) + ")" : "?";
    }

    private static String json(Field column) {
        return column.nativeType() == null ? "jsonb" : column.nativeType();
    }

    @Override
    public boolean system(@Nullable String schema) {
        return schema != null && SYSTEM.contains(schema);
    }
}
