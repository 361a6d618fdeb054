package dev.mortise.engine.operator;

import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Loss;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Type;
import java.util.Locale;

/// What a type of DuckDB becomes when a result leaves it.
///
/// @param type ours
/// @param cast SQL around the value before it is packed, `%s` for the value
record ResultType(Type type, String cast, Loss loss) {
    private static final String AS_IT_IS = "%s";

    /// @param name the type as `describe` spells it
    static ResultType of(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        if (upper.startsWith("DECIMAL(") && !upper.endsWith("]")) {
            return exact(Type.parse(upper));
        }
        if (upper.startsWith("ENUM(") && !upper.endsWith("]")) {
            return new ResultType(Scalar.TEXT, "%s::varchar", Loss.NONE);
        }
        if (nested(upper)) {
            return new ResultType(
                    Scalar.JSON, "to_json(%s)", Loss.widening("carried as json: " + name));
        }
        return simple(upper);
    }

    private static boolean nested(String upper) {
        return upper.endsWith("]")
                || upper.startsWith("STRUCT(")
                || upper.startsWith("MAP(")
                || upper.startsWith("UNION(")
                || upper.equals("VARIANT");
    }

    private static ResultType simple(String upper) {
        return switch (upper) {
            case "BOOLEAN" -> exact(Scalar.BOOL);
            case "TINYINT" -> exact(Scalar.INT8);
            case "SMALLINT", "UTINYINT" -> exact(Scalar.INT16);
            case "INTEGER", "USMALLINT" -> exact(Scalar.INT32);
            case "BIGINT", "UINTEGER" -> exact(Scalar.INT64);
            case "UBIGINT" -> exact(Scalar.UINT64);
            case "FLOAT" -> exact(Scalar.FLOAT32);
            case "DOUBLE" -> exact(Scalar.FLOAT64);
            case "VARCHAR" -> exact(Scalar.TEXT);
            case "\"NULL\"", "NULL" -> new ResultType(Scalar.TEXT, "%s::varchar", Loss.NONE);
            case "BLOB" -> exact(Scalar.BYTES);
            case "DATE" -> exact(Scalar.DATE);
            case "TIME" -> exact(Scalar.TIME);
            case "TIMESTAMP" -> exact(Scalar.TIMESTAMP);
            case "TIMESTAMP WITH TIME ZONE" -> exact(Scalar.TIMESTAMPTZ);
            case "UUID" -> exact(Scalar.UUID);
            case "JSON" -> exact(Scalar.JSON);
            default -> inexact(upper);
        };
    }

    private static ResultType inexact(String upper) {
        return switch (upper) {
            case "HUGEINT", "UHUGEINT" ->
                    new ResultType(
                            new Decimal(Decimal.PRECISION_MAX, 0),
                            AS_IT_IS,
                            Loss.widening("a value of more than 38 digits is rejected"));
            case "TIMESTAMP_S", "TIMESTAMP_MS" ->
                    new ResultType(Scalar.TIMESTAMP, "%s::timestamp", Loss.NONE);
            case "TIMESTAMP_NS" ->
                    new ResultType(
                            Scalar.TIMESTAMP,
                            "%s::timestamp",
                            Loss.lossy("nanoseconds are cut off"));
            default ->
                    new ResultType(
                            Scalar.TEXT, "%s::varchar", Loss.widening("carried as text: " + upper));
        };
    }

    private static ResultType exact(Type type) {
        return new ResultType(type, AS_IT_IS, Loss.NONE);
    }

    /// The SQL of a value as it leaves.
    String packed(String value) {
        return Wire.packed(type, "(" + cast.formatted("(" + value + ")") + ")");
    }

    Field field(String name) {
        return new Field(name, type, true, null, null, loss);
    }
}
