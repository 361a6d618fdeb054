package dev.mortise.engine.operator;

import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Schema;
import dev.mortise.spi.type.Type;
import java.sql.SQLException;
import java.util.List;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBLogicalType;
import org.duckdb.DuckDBTableFunctionBindInfo;

/// How our columns travel into DuckDB. Its vectors can be filled from Java for some types only
/// (and cheaply for fewer): the others travel as a number or as text and are turned into their
/// type by SQL, where a whole vector costs little.
///
/// ```
/// Column ─► VectorWriter ─► c3 bigint ─► make_timestamp(c3) as "created_at" ─► expressions
/// ```
final class Wire {
    private static final String INFINITY = Long.toString(Long.MAX_VALUE);
    private static final String MINUS_INFINITY = "(-" + INFINITY + " - 1)";

    private Wire() {}

    /// The type as DuckDB spells it.
    static String sqlType(Type type) {
        return switch (type) {
            case Decimal(int precision, int scale) -> "DECIMAL(" + precision + "," + scale + ")";
            case Scalar scalar -> sqlType(scalar);
        };
    }

    private static String sqlType(Scalar type) {
        return switch (type) {
            case BOOL -> "BOOLEAN";
            case INT8 -> "TINYINT";
            case INT16 -> "SMALLINT";
            case INT32 -> "INTEGER";
            case INT64 -> "BIGINT";
            case UINT64 -> "UBIGINT";
            case FLOAT32 -> "FLOAT";
            case FLOAT64 -> "DOUBLE";
            case TEXT -> "VARCHAR";
            case BYTES -> "BLOB";
            case DATE -> "DATE";
            case TIME -> "TIME";
            case TIMESTAMP -> "TIMESTAMP";
            case TIMESTAMPTZ -> "TIMESTAMPTZ";
            case UUID -> "UUID";
            case JSON -> "JSON";
        };
    }

    /// Declares a column of a feed in the type it travels as.
    static void declare(DuckDBTableFunctionBindInfo info, String name, Type type)
            throws SQLException {
        if (type instanceof Decimal(int precision, int scale)) {
            try (var decimal = DuckDBLogicalType.decimal(precision, scale)) {
                info.addResultColumn(name, decimal);
            }
            return;
        }
        info.addResultColumn(name, travels((Scalar) type));
    }

    private static DuckDBColumnType travels(Scalar type) {
        return switch (type) {
            case BOOL -> DuckDBColumnType.BOOLEAN;
            case INT8 -> DuckDBColumnType.TINYINT;
            case INT16 -> DuckDBColumnType.SMALLINT;
            case INT32, DATE -> DuckDBColumnType.INTEGER;
            case INT64, TIME, TIMESTAMP, TIMESTAMPTZ -> DuckDBColumnType.BIGINT;
            case UINT64 -> DuckDBColumnType.UBIGINT;
            case FLOAT32 -> DuckDBColumnType.FLOAT;
            case FLOAT64 -> DuckDBColumnType.DOUBLE;
            case TEXT, BYTES, UUID, JSON -> DuckDBColumnType.VARCHAR;
        };
    }

    /// The SQL that turns what travelled into its type again.
    private static String unpacked(Type type, String column) {
        return type instanceof Scalar scalar ? unpacked(scalar, column) : column;
    }

    private static String unpacked(Scalar type, String column) {
        return switch (type) {
            case BOOL, INT8, INT16, INT32, INT64, UINT64, FLOAT32, FLOAT64, TEXT -> column;
            case BYTES -> "unhex(" + column + ")";
            case DATE -> "(date '1970-01-01' + " + column + ")";
            case TIME ->
                    ("case when %s = 86400000000 then time '24:00:00'"
                                    + " else make_timestamp(%s)::time end")
                            .formatted(column, column);
            case TIMESTAMP -> timestamp(column);
            case TIMESTAMPTZ -> timestamp(column) + "::timestamptz";
            case UUID -> column + "::uuid";
            case JSON -> column + "::json";
        };
    }

    private static String timestamp(String column) {
        return ("(case %s when %s then timestamp 'infinity' when %s then timestamp '-infinity'"
                        + " else make_timestamp(%s) end)")
                .formatted(column, INFINITY, MINUS_INFINITY, column);
    }

    /// `select "$row", c0 as "id", … from feed()`: the rows of a feed in their types and names.
    ///
    /// @param numbered whether the row number is among them
    static String select(Schema schema, String feed, boolean numbered) {
        StringBuilder sql = new StringBuilder("select ");
        sql.append(numbered ? Names.quoted(Names.ROW) : "");
        List<String> names = Names.visible(schema);
        for (int i = 0; i < schema.size(); i++) {
            sql.append(numbered || i > 0 ? ", " : "")
                    .append(unpacked(schema.field(i).type(), column(i)))
                    .append(" as ")
                    .append(Names.quoted(names.get(i)));
        }
        return sql.append(" from ").append(feed).append("()").toString();
    }

    /// The same columns without rows and without a feed, to plan against.
    static String shape(Schema schema, boolean numbered) {
        StringBuilder sql = new StringBuilder("select ");
        sql.append(numbered ? "0 as " + Names.quoted(Names.ROW) : "");
        List<String> names = Names.visible(schema);
        for (int i = 0; i < schema.size(); i++) {
            sql.append(numbered || i > 0 ? ", " : "")
                    .append("cast(null as ")
                    .append(sqlType(schema.field(i).type()))
                    .append(") as ")
                    .append(Names.quoted(names.get(i)));
        }
        return sql.toString();
    }

    /// The name under which a column travels.
    static String column(int place) {
        return "c" + place;
    }

    /// The SQL that packs a result into a type that can be read cheaply from Java.
    static String packed(Type type, String value) {
        return type instanceof Scalar scalar
                ? packed(scalar, value)
                : "(" + value + ")::" + sqlType(type);
    }

    private static String packed(Scalar type, String value) {
        return switch (type) {
            case BOOL, INT8, INT16, INT32, INT64, UINT64, FLOAT32, FLOAT64, TEXT, UUID ->
                    "(" + value + ")::" + (type == Scalar.UUID ? "VARCHAR" : sqlType(type));
            case JSON -> "(" + value + ")::VARCHAR";
            case BYTES -> "hex(" + value + ")";
            case DATE -> "(" + value + ") - date '1970-01-01'";
            case TIME -> "epoch_us(" + value + ")";
            case TIMESTAMP, TIMESTAMPTZ -> micros(value, sqlType(type));
        };
    }

    private static String micros(String value, String type) {
        return ("case when isinf(%s) then case when %s > %s '1970-01-01' then %s else %s end"
                        + " else epoch_us(%s) end")
                .formatted(value, value, type, INFINITY, MINUS_INFINITY, value);
    }
}
