package dev.mortise.connectors.jdbc;

import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Loss;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Type;
import java.sql.Connection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Oracle 12.2 and later, and Dameng DM8. An empty text is null in both.
final class OracleFamily extends JdbcDialect {
    private static final Set<String> SYSTEM =
            Set.of("SYS", "SYSTEM", "XDB", "CTXSYS", "MDSYS", "ORDSYS", "WMSYS", "OUTLN", "SYSDBA");

    private final boolean dameng;

    private OracleFamily(boolean dameng) {
        this.dameng = dameng;
    }

    static OracleFamily oracle() {
        return new OracleFamily(false);
    }

    static OracleFamily dm() {
        return new OracleFamily(true);
    }

    @Override
    public String name() {
        return dameng ? "dm" : "oracle";
    }

    @Override
    public String driver() {
        return dameng ? "dm.jdbc.driver.DmDriver" : "oracle.jdbc.OracleDriver";
    }

    @Override
    public String url(String host, int at, String database) {
        return dameng
                ? "jdbc:dm://" + host + ":" + at
                : "jdbc:oracle:thin:@//" + host + ":" + at + "/" + database;
    }

    @Override
    public int port() {
        return dameng ? 5236 : 1521;
    }

    @Override
    public Map<String, String> settings() {
        return dameng
                ? Map.of("connectTimeout", "10000")
                : Map.of(
                        "oracle.net.CONNECT_TIMEOUT", "10000",
                        "oracle.jdbc.timezoneAsRegion", "false");
    }

    @Override
    public int isolation() {
        return Connection.TRANSACTION_SERIALIZABLE;
    }

    @Override
    public boolean emptyIsNull() {
        return true;
    }

    @Override
    protected DdlTypes types() {
        DdlTypes types =
                DdlTypes.standard(dameng ? "decimal" : "number")
                        .text("clob", "varchar2(255)")
                        .as(
                                Scalar.TEXT,
                                "clob",
                                Scalar.TEXT,
                                Loss.widening("an empty text becomes null"));
        if (dameng) {
            return types.set(Scalar.BOOL, "bit").set(Scalar.FLOAT64, "double");
        }
        Loss whole = Loss.widening("a number of that many digits");
        return types.as(Scalar.BOOL, "number(1)", new Decimal(1, 0), whole)
                .as(Scalar.INT8, "number(3)", new Decimal(3, 0), whole)
                .as(Scalar.INT16, "number(5)", new Decimal(5, 0), whole)
                .as(Scalar.INT32, "number(10)", new Decimal(10, 0), whole)
                .as(Scalar.INT64, "number(19)", new Decimal(19, 0), whole)
                .set(Scalar.FLOAT32, "binary_float")
                .set(Scalar.FLOAT64, "binary_double")
                .as(Scalar.TIME, "varchar2(15)", Scalar.TEXT, Loss.widening("carried as its text"));
    }

    @Override
    public NativeType read(JdbcTypes.Column column) {
        String word = column.typeName().toUpperCase(Locale.ROOT);
        if (word.equals("NUMBER") && column.scale() <= 0 && column.size() > 0) {
            // A negative scale rounds left of the point: the number is whole, and longer.
            int digits = column.size() - column.scale();
            return column.scale() > -100 && digits <= Decimal.PRECISION_MAX
                    ? NativeType.of("number(" + digits + ")", new Decimal(digits, 0))
                    : new NativeType("number", JdbcTypes.UNSIZED, JdbcTypes.UNSIZED_LOSS);
        }
        Type type = exact(word);
        return type == null ? super.read(column) : NativeType.of(column.typeName(), type);
    }

    private @Nullable Type exact(String word) {
        if (word.contains("WITH LOCAL TIME ZONE") || word.contains("WITH TIME ZONE")) {
            return Scalar.TIMESTAMPTZ;
        }
        return switch (word) {
            // Oracle's date has hours, minutes and seconds; Dameng's has not.
            case "DATE" -> dameng ? Scalar.DATE : Scalar.TIMESTAMP;
            case "BINARY_FLOAT" -> Scalar.FLOAT32;
            case "BINARY_DOUBLE" -> Scalar.FLOAT64;
            case "LONG", "INTERVALYM", "INTERVALDS" -> Scalar.TEXT;
            case "RAW", "LONG RAW" -> Scalar.BYTES;
            default -> null;
        };
    }

    @Override
    public String literal(Type type, String text) {
        return switch (type instanceof Scalar scalar ? scalar : Scalar.TEXT) {
            case BOOL -> text.equals("true") ? "1" : "0";
            case BYTES -> "hextoraw('" + text + "')";
            case TIMESTAMPTZ -> "timestamp '" + text.replace("Z", " +00:00") + "'";
            case FLOAT64 -> "to_binary_double('" + text + "')";
            case INT8,
                    INT16,
                    INT32,
                    INT64,
                    UINT64,
                    FLOAT32,
                    TEXT,
                    DATE,
                    TIME,
                    TIMESTAMP,
                    UUID,
                    JSON ->
                    super.literal(type, text);
        };
    }

    @Override
    protected String typedParameter(Field column) {
        return "?";
    }

    @Override
    protected String fromNothing() {
        return " from dual";
    }

    @Override
    public String ledger(String ddl) {
        return dameng
                ? ddl
                : ddl.replace(" bigint", " number(19)").replace(" varchar(", " varchar2(");
    }

    @Override
    public boolean system(@Nullable String schema) {
        return schema != null && SYSTEM.contains(schema);
    }
}
