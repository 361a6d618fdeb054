package dev.mortise.connectors.jdbc;

import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Type;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Microsoft SQL Server 2016 and later.
final class SqlServerDialect extends JdbcDialect {
    /// The driver's own number for SNAPSHOT.
    private static final int SNAPSHOT = 4096;

    private static final Set<String> SYSTEM = Set.of("sys", "INFORMATION_SCHEMA");

    @Override
    public String name() {
        return "sqlserver";
    }

    @Override
    public String driver() {
        return "com.microsoft.sqlserver.jdbc.SQLServerDriver";
    }

    @Override
    public String url(String host, int at, String database) {
        return "jdbc:sqlserver://" + host + ":" + at + ";databaseName=" + database;
    }

    @Override
    public int port() {
        return 1433;
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "loginTimeout", "10",
                "sendStringParametersAsUnicode", "true",
                "responseBuffering", "adaptive");
    }

    @Override
    public int isolation() {
        return SNAPSHOT;
    }

    @Override
    public boolean transactionalDdl() {
        return true;
    }

    @Override
    public String quote(String word) {
        return "[" + word.replace("]", "]]") + "]";
    }

    @Override
    protected String text(String value) {
        return "N" + super.text(value);
    }

    @Override
    protected DdlTypes types() {
        return DdlTypes.standard("decimal")
                .set(Scalar.BOOL, "bit")
                .set(Scalar.FLOAT64, "float(53)")
                .text("nvarchar(max)", "nvarchar(400)")
                .set(Scalar.BYTES, "varbinary(max)")
                .set(Scalar.TIMESTAMP, "datetime2(6)")
                .set(Scalar.TIMESTAMPTZ, "datetimeoffset(6)")
                .set(Scalar.UUID, "uniqueidentifier");
    }

    @Override
    public NativeType read(JdbcTypes.Column column) {
        Type type =
                switch (column.typeName().toLowerCase(Locale.ROOT)) {
                    case "datetimeoffset" -> Scalar.TIMESTAMPTZ;
                    case "uniqueidentifier" -> Scalar.UUID;
                    case "timestamp", "rowversion" -> Scalar.BYTES;
                    default -> null;
                };
        return type == null ? super.read(column) : NativeType.of(column.typeName(), type);
    }

    @Override
    public JdbcCells cells(Field field) {
        JdbcCells cells = super.cells(field);
        return field.type() == Scalar.UUID
                ? new JdbcCells(
                        cells.reader(),
                        (to, place, from, row) ->
                                to.setString(
                                        place,
                                        dev.mortise.spi.batch.Cell.text(Scalar.UUID, from, row)),
                        java.sql.Types.CHAR)
                : cells;
    }

    @Override
    public String literal(Type type, String value) {
        return switch (type instanceof Scalar scalar ? scalar : Scalar.TEXT) {
            case BOOL -> value.equals("true") ? "1" : "0";
            case BYTES -> "0x" + value;
            case DATE -> "cast('" + value + "' as date)";
            case TIME -> "cast('" + value + "' as time(6))";
            case TIMESTAMP -> "cast('" + value.replace(' ', 'T') + "' as datetime2(6))";
            case TIMESTAMPTZ -> "cast('" + value.replace(' ', 'T') + "' as datetimeoffset(6))";
            case INT8, INT16, INT32, INT64, UINT64, FLOAT32, FLOAT64, TEXT, UUID, JSON ->
                    super.literal(type, value);
        };
    }

    @Override
    public String modulo(String left, String right) {
        return left + " % " + right;
    }

    @Override
    public String first(String query, long rows) {
        return query.replaceFirst("select ", "select top (" + rows + ") ");
    }

    @Override
    public String ledger(String ddl) {
        return ddl.replace("timestamp default", "datetime2(6) default")
                .replace(" varchar(", " nvarchar(");
    }

    /// The second half keeps the property of an identity from being copied.
    @Override
    public String copyOf(String copy, String table, String columns) {
        String select = " from " + table + " where 1 = 0";
        return "select "
                + columns
                + " into "
                + copy
                + select
                + " union all select "
                + columns
                + select;
    }

    @Override
    public String rename(TableName from, String to) {
        return "exec sp_rename N'" + from.sql(this).replace("'", "''") + "', " + text(to);
    }

    @Override
    protected String mergeEnd() {
        return ";";
    }

    @Override
    public boolean system(@Nullable String schema) {
        return schema != null && SYSTEM.contains(schema);
    }
}
