package dev.mortise.connectors.jdbc;

import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Loss;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Type;
import dev.mortise.spi.type.TypeRule;
import java.sql.Types;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What JDBC's standard types are to us, where a dialect knows nothing better.
public final class JdbcTypes {
    /// A number of no declared size: more digits than this are rejected, never bent.
    public static final Decimal UNSIZED = new Decimal(38, 10);

    public static final Loss UNSIZED_LOSS =
            Loss.widening(
                    "a number with more than 28 digits before the point, or 10 after it, is"
                            + " rejected with its row");

    private static final Loss WIDER = Loss.widening("the next wider type of ours");

    /// The published table: what every dialect shares.
    public static final List<TypeRule> RULES =
            List.of(
                    TypeRule.both("boolean", "bool"),
                    TypeRule.write("smallint", "int8", WIDER),
                    TypeRule.both("smallint", "int16"),
                    TypeRule.both("integer", "int32"),
                    TypeRule.both("bigint", "int64"),
                    TypeRule.write("decimal(20,0)", "uint64", WIDER),
                    TypeRule.both("real", "float32"),
                    TypeRule.both("double", "float64"),
                    TypeRule.both("decimal(p,s)", "decimal(p,s)"),
                    TypeRule.both("varchar", "text"),
                    TypeRule.both("binary", "bytes"),
                    TypeRule.both("date", "date"),
                    TypeRule.both("time", "time"),
                    TypeRule.both("timestamp", "timestamp"),
                    TypeRule.both("timestamp with time zone", "timestamptz"),
                    TypeRule.write("varchar", "uuid", Loss.widening("carried as its text")),
                    TypeRule.write("varchar", "json", Loss.widening("carried as its text")));

    private JdbcTypes() {}

    /// Our type for a column of the catalogue.
    static NativeType of(Column column) {
        String sql = sql(column);
        return switch (column.sqlType()) {
            case Types.DECIMAL, Types.NUMERIC -> decimal(column, sql);
            default -> {
                Type type = scalar(column.sqlType());
                yield type == null
                        ? new NativeType(
                                sql,
                                Scalar.TEXT,
                                Loss.unsupported("type '" + sql + "' cannot be carried"))
                        : NativeType.of(sql, type);
            }
        };
    }

    private static String sql(Column column) {
        String name = column.typeName().toLowerCase(Locale.ROOT);
        return switch (column.sqlType()) {
            case Types.CHAR, Types.VARCHAR, Types.NCHAR, Types.NVARCHAR ->
                    column.size() > 0 && column.size() < 1_000_000
                            ? name + "(" + column.size() + ")"
                            : name;
            case Types.DECIMAL, Types.NUMERIC ->
                    column.size() > 0
                            ? name + "(" + column.size() + "," + column.scale() + ")"
                            : name;
            default -> name;
        };
    }

    private static NativeType decimal(Column column, String sql) {
        int precision = column.size();
        int scale = column.scale();
        boolean sized = precision >= 1 && precision <= Decimal.PRECISION_MAX;
        return sized && scale >= 0 && scale <= precision
                ? NativeType.of(sql, new Decimal(precision, scale))
                : new NativeType(column.typeName(), UNSIZED, UNSIZED_LOSS);
    }

    private static @Nullable Type scalar(int sqlType) {
        return switch (sqlType) {
            case Types.BIT, Types.BOOLEAN -> Scalar.BOOL;
            case Types.TINYINT, Types.SMALLINT -> Scalar.INT16;
            case Types.INTEGER -> Scalar.INT32;
            case Types.BIGINT -> Scalar.INT64;
            case Types.REAL -> Scalar.FLOAT32;
            case Types.FLOAT, Types.DOUBLE -> Scalar.FLOAT64;
            case Types.CHAR,
                    Types.VARCHAR,
                    Types.LONGVARCHAR,
                    Types.NCHAR,
                    Types.NVARCHAR,
                    Types.LONGNVARCHAR,
                    Types.CLOB,
                    Types.NCLOB,
                    Types.ROWID,
                    Types.SQLXML ->
                    Scalar.TEXT;
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> Scalar.BYTES;
            case Types.DATE -> Scalar.DATE;
            case Types.TIME -> Scalar.TIME;
            case Types.TIMESTAMP -> Scalar.TIMESTAMP;
            case Types.TIMESTAMP_WITH_TIMEZONE -> Scalar.TIMESTAMPTZ;
            default -> null;
        };
    }

    /// A column as JDBC's catalogue describes it.
    ///
    /// @param sqlType one of [java.sql.Types]
    /// @param scale -127 and other odd numbers where the database has none to tell
    /// @param optional whether it fills itself: by default, identity or expression
    public record Column(
            String name,
            int sqlType,
            String typeName,
            int size,
            int scale,
            boolean nullable,
            boolean optional,
            @Nullable String comment) {}

    /// A constant as the SQL standard spells it.
    static String literal(Type type, String text, UnaryOperator<String> quoted) {
        return switch (type) {
            case Decimal _ -> text;
            case Scalar scalar ->
                    switch (scalar) {
                        case BOOL, INT8, INT16, INT32, INT64, UINT64 -> text;
                        case FLOAT32, FLOAT64 -> real(text, quoted);
                        case TEXT, JSON, UUID -> quoted.apply(text);
                        case BYTES -> "x'" + text + "'";
                        case DATE -> "date '" + text + "'";
                        case TIME -> "time '" + text + "'";
                        case TIMESTAMP -> "timestamp '" + text + "'";
                        case TIMESTAMPTZ -> "timestamp '" + text.replace("Z", "+00:00") + "'";
                    };
        };
    }

    /// A number with exponent, so that no database takes it for a decimal.
    private static String real(String text, UnaryOperator<String> quoted) {
        if (text.endsWith("NaN") || text.endsWith("Infinity")) {
            return "cast(" + quoted.apply(text) + " as double precision)";
        }
        return text.contains("E") ? text : text + "E0";
    }
}
