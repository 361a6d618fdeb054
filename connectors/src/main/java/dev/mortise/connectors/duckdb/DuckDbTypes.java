package dev.mortise.connectors.duckdb;

import static dev.mortise.spi.type.TypeRule.both;
import static dev.mortise.spi.type.TypeRule.read;

import dev.mortise.connectors.jdbc.NativeType;
import dev.mortise.spi.type.Loss;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Type;
import dev.mortise.spi.type.TypeRule;
import java.util.List;
import java.util.Locale;

/// DuckDB's types and ours.
final class DuckDbTypes {
    private static final Loss WIDER = Loss.widening("the next wider type of ours");
    private static final Loss HUGE =
            Loss.widening("a number of more than 38 digits is rejected with its row");
    private static final Loss AS_JSON = Loss.widening("carried as json");
    private static final Loss AS_TEXT = Loss.widening("carried as its text");
    private static final Loss NANOS = Loss.lossy("rounded to a microsecond");

    static final List<TypeRule> RULES =
            List.of(
                    both("boolean", "bool"),
                    both("tinyint", "int8"),
                    both("smallint", "int16"),
                    both("integer", "int32"),
                    both("bigint", "int64"),
                    both("ubigint", "uint64"),
                    both("float", "float32"),
                    both("double", "float64"),
                    both("decimal(p,s)", "decimal(p,s)"),
                    both("varchar", "text"),
                    both("blob", "bytes"),
                    both("date", "date"),
                    both("time", "time"),
                    both("timestamp", "timestamp"),
                    both("timestamptz", "timestamptz"),
                    both("uuid", "uuid"),
                    both("json", "json"),
                    read("utinyint", "int16", WIDER),
                    read("usmallint", "int32", WIDER),
                    read("uinteger", "int64", WIDER),
                    read("hugeint", "decimal(38,0)", HUGE),
                    read("uhugeint", "decimal(38,0)", HUGE),
                    read("timestamp_s", "timestamp", WIDER),
                    read("timestamp_ms", "timestamp", WIDER),
                    read("timestamp_ns", "timestamp", NANOS),
                    read("enum", "text", AS_TEXT),
                    read("interval", "text", AS_TEXT),
                    read("timetz", "text", AS_TEXT),
                    read("bit", "text", AS_TEXT),
                    read("bignum", "text", AS_TEXT),
                    read("integer[]", "json", AS_JSON),
                    read("integer[2]", "json", AS_JSON),
                    read("struct(a integer)", "json", AS_JSON),
                    read("map(varchar, integer)", "json", AS_JSON));

    private DuckDbTypes() {}

    /// What a type of the catalogue becomes when read.
    static NativeType of(String dataType) {
        String name = dataType.toUpperCase(Locale.ROOT);
        if (name.startsWith("DECIMAL(")) {
            return NativeType.of(dataType, Type.parse(dataType));
        }
        if (name.endsWith("]") || name.startsWith("STRUCT(") || name.startsWith("MAP(")) {
            return new NativeType(dataType, Scalar.JSON, AS_JSON);
        }
        if (name.startsWith("ENUM(")) {
            return new NativeType(dataType, Scalar.TEXT, AS_TEXT);
        }
        Type exact = exact(name);
        return exact != null ? NativeType.of(dataType, exact) : wider(dataType, name);
    }

    private static @org.jspecify.annotations.Nullable Type exact(String name) {
        return switch (name) {
            case "BOOLEAN" -> Scalar.BOOL;
            case "TINYINT" -> Scalar.INT8;
            case "SMALLINT" -> Scalar.INT16;
            case "INTEGER" -> Scalar.INT32;
            case "BIGINT" -> Scalar.INT64;
            case "UBIGINT" -> Scalar.UINT64;
            case "FLOAT" -> Scalar.FLOAT32;
            case "DOUBLE" -> Scalar.FLOAT64;
            case "VARCHAR" -> Scalar.TEXT;
            case "BLOB" -> Scalar.BYTES;
            case "DATE" -> Scalar.DATE;
            case "TIME" -> Scalar.TIME;
            case "TIMESTAMP" -> Scalar.TIMESTAMP;
            case "TIMESTAMP WITH TIME ZONE" -> Scalar.TIMESTAMPTZ;
            case "UUID" -> Scalar.UUID;
            case "JSON" -> Scalar.JSON;
            default -> null;
        };
    }

    private static NativeType wider(String dataType, String name) {
        return switch (name) {
            case "UTINYINT" -> new NativeType(dataType, Scalar.INT16, WIDER);
            case "USMALLINT" -> new NativeType(dataType, Scalar.INT32, WIDER);
            case "UINTEGER" -> new NativeType(dataType, Scalar.INT64, WIDER);
            case "HUGEINT", "UHUGEINT" ->
                    new NativeType(dataType, new dev.mortise.spi.type.Decimal(38, 0), HUGE);
            case "TIMESTAMP_S", "TIMESTAMP_MS" -> new NativeType(dataType, Scalar.TIMESTAMP, WIDER);
            case "TIMESTAMP_NS" -> new NativeType(dataType, Scalar.TIMESTAMP, NANOS);
            case "INTERVAL", "TIME WITH TIME ZONE", "BIT", "BIGNUM", "VARINT" ->
                    new NativeType(dataType, Scalar.TEXT, AS_TEXT);
            default ->
                    new NativeType(
                            dataType,
                            Scalar.TEXT,
                            Loss.unsupported("type '" + dataType + "' cannot be read"));
        };
    }

    /// Whether values of our type can be appended to a column as they are.
    static boolean plain(String dataType) {
        String name = dataType.toUpperCase(Locale.ROOT);
        return name.startsWith("DECIMAL(") || exact(name) != null;
    }
}
