package dev.mortise.connectors.postgres;

import dev.mortise.connectors.postgres.PostgresColumn.Mapping;
import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Loss;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Type;
import dev.mortise.spi.type.TypeRule;
import java.util.List;

/// PostgreSQL's types and ours.
final class PostgresTypes {
    /// What a numeric without declared digits is read as.
    static final Decimal UNCONSTRAINED = new Decimal(38, 18);

    private static final int TYPMOD_OFFSET = 4;

    private static final Loss NOT_ALL_NUMBERS =
            Loss.widening("a number that does not fit decimal(38,18) exactly is rejected");
    private static final Loss AS_TEXT = Loss.widening("held as PostgreSQL's own text");
    private static final Loss AS_JSON = Loss.widening("held as json");
    private static final Loss FINITE = Loss.widening("a date of infinity is rejected");

    private PostgresTypes() {}

    static final List<TypeRule> RULES =
            List.of(
                    TypeRule.both("boolean", "bool"),
                    TypeRule.both("smallint", "int16"),
                    TypeRule.both("integer", "int32"),
                    TypeRule.both("bigint", "int64"),
                    TypeRule.read("oid", "int64", Loss.NONE),
                    TypeRule.both("real", "float32"),
                    TypeRule.both("double precision", "float64"),
                    TypeRule.both("numeric(p,s)", "decimal(p,s)"),
                    TypeRule.read("numeric", "decimal(38,18)", NOT_ALL_NUMBERS),
                    TypeRule.both("text", "text"),
                    TypeRule.read("varchar(n)", "text", Loss.NONE),
                    TypeRule.read("char(n)", "text", Loss.NONE),
                    TypeRule.read("name", "text", Loss.NONE),
                    TypeRule.read("enum", "text", Loss.NONE),
                    TypeRule.both("bytea", "bytes"),
                    TypeRule.read("date", "date", FINITE),
                    TypeRule.write("date", "date", Loss.NONE),
                    TypeRule.both("time", "time"),
                    TypeRule.read("timetz", "text", AS_TEXT),
                    TypeRule.both("timestamp", "timestamp"),
                    TypeRule.both("timestamptz", "timestamptz"),
                    TypeRule.both("uuid", "uuid"),
                    TypeRule.both("jsonb", "json"),
                    TypeRule.read("json", "json", Loss.NONE),
                    TypeRule.read("integer[]", "json", AS_JSON),
                    TypeRule.read("composite", "json", AS_JSON),
                    TypeRule.read("money", "text", AS_TEXT),
                    TypeRule.read("interval", "text", AS_TEXT),
                    TypeRule.read("inet", "text", AS_TEXT),
                    TypeRule.read("bit(n)", "text", AS_TEXT),
                    TypeRule.read("xml", "text", AS_TEXT),
                    TypeRule.read("int4range", "text", AS_TEXT),
                    TypeRule.read("point", "text", AS_TEXT),
                    TypeRule.read("tsvector", "text", AS_TEXT),
                    TypeRule.write("smallint", "int8", Loss.NONE),
                    TypeRule.write("numeric(20,0)", "uint64", Loss.NONE));

    /// @param base the type's name after domains are taken off
    /// @param kind `typtype`
    /// @param category `typcategory`
    static Mapping mapping(String base, int modifier, char kind, char category) {
        if (kind == 'e') {
            return lossless(Scalar.TEXT, Form.TEXT);
        }
        if (kind == 'c' || category == 'A') {
            return new Mapping(Scalar.JSON, Form.CAST_JSON, AS_JSON);
        }
        return switch (base) {
            case "bool" -> lossless(Scalar.BOOL, Form.BOOL);
            case "int2" -> lossless(Scalar.INT16, Form.INT2);
            case "int4" -> lossless(Scalar.INT32, Form.INT4);
            case "int8" -> lossless(Scalar.INT64, Form.INT8);
            case "oid" -> lossless(Scalar.INT64, Form.OID);
            case "float4" -> lossless(Scalar.FLOAT32, Form.FLOAT4);
            case "float8" -> lossless(Scalar.FLOAT64, Form.FLOAT8);
            case "numeric" -> numeric(modifier);
            case "text", "varchar", "name", "citext" -> lossless(Scalar.TEXT, Form.TEXT);
            case "bpchar" -> lossless(Scalar.TEXT, Form.BPCHAR);
            case "bytea" -> lossless(Scalar.BYTES, Form.BYTEA);
            case "date" -> new Mapping(Scalar.DATE, Form.DATE, FINITE);
            case "time" -> lossless(Scalar.TIME, Form.TIME);
            case "timestamp" -> lossless(Scalar.TIMESTAMP, Form.TIMESTAMP);
            case "timestamptz" -> lossless(Scalar.TIMESTAMPTZ, Form.TIMESTAMP);
            case "uuid" -> lossless(Scalar.UUID, Form.UUID);
            case "json" -> lossless(Scalar.JSON, Form.JSON);
            case "jsonb" -> lossless(Scalar.JSON, Form.JSONB);
            default -> new Mapping(Scalar.TEXT, Form.CAST_TEXT, AS_TEXT);
        };
    }

    private static Mapping lossless(Type type, Form form) {
        return new Mapping(type, form, Loss.NONE);
    }

    /// Since version 15 a scale may be negative or larger than the precision.
    private static Mapping numeric(int modifier) {
        if (modifier < TYPMOD_OFFSET) {
            return new Mapping(UNCONSTRAINED, Form.NUMERIC, NOT_ALL_NUMBERS);
        }
        int declared = (modifier - TYPMOD_OFFSET) >> 16 & 0xffff;
        int scale = ((modifier - TYPMOD_OFFSET & 0x7ff) ^ 1024) - 1024;
        int precision = Math.max(declared, scale);
        if (scale < 0) {
            precision = declared - scale;
            scale = 0;
        }
        return precision > Decimal.PRECISION_MAX
                ? new Mapping(UNCONSTRAINED, Form.NUMERIC, NOT_ALL_NUMBERS)
                : lossless(new Decimal(precision, scale), Form.NUMERIC);
    }

    /// The type a new column gets.
    static String declared(Type type) {
        return switch (type) {
            case Decimal(int precision, int scale) -> "numeric(" + precision + "," + scale + ")";
            case Scalar scalar ->
                    switch (scalar) {
                        case BOOL -> "boolean";
                        case INT8, INT16 -> "smallint";
                        case INT32 -> "integer";
                        case INT64 -> "bigint";
                        case UINT64 -> "numeric(20,0)";
                        case FLOAT32 -> "real";
                        case FLOAT64 -> "double precision";
                        case TEXT -> "text";
                        case BYTES -> "bytea";
                        case DATE -> "date";
                        case TIME -> "time";
                        case TIMESTAMP -> "timestamp";
                        case TIMESTAMPTZ -> "timestamptz";
                        case UUID -> "uuid";
                        case JSON -> "jsonb";
                    };
        };
    }

    /// What is written into a column that [#declared] made.
    static Mapping declaredMapping(Type type) {
        return switch (type) {
            case Decimal decimal -> lossless(decimal, Form.NUMERIC);
            case Scalar scalar ->
                    switch (scalar) {
                        case INT8 -> lossless(Scalar.INT16, Form.INT2);
                        case UINT64 -> lossless(new Decimal(20, 0), Form.NUMERIC);
                        case JSON -> lossless(Scalar.JSON, Form.JSONB);
                        case DATE -> lossless(Scalar.DATE, Form.DATE);
                        default -> mapping(baseOf(type), -1, 'b', ' ');
                    };
        };
    }

    private static String baseOf(Type type) {
        return switch ((Scalar) type) {
            case BOOL -> "bool";
            case INT8, INT16 -> "int2";
            case INT32 -> "int4";
            case INT64 -> "int8";
            case FLOAT32 -> "float4";
            case FLOAT64 -> "float8";
            case BYTES -> "bytea";
            case UINT64 -> "numeric";
            case JSON -> "jsonb";
            case TEXT, DATE, TIME, TIMESTAMP, TIMESTAMPTZ, UUID -> type.text();
        };
    }
}
