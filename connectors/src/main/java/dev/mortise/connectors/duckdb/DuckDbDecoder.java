package dev.mortise.connectors.duckdb;

import dev.mortise.spi.batch.BytesColumn;
import dev.mortise.spi.batch.Cell;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.batch.DoubleColumn;
import dev.mortise.spi.batch.IntColumn;
import dev.mortise.spi.batch.LongColumn;
import dev.mortise.spi.batch.WideColumn;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Scalar;
import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.UUID;
import org.duckdb.DuckDBReadableVector;

/// How one column comes out of DuckDB: the expression it is asked for in, which turns types that
/// the driver gives slowly or not at all into numbers, and the way from there into our column.
final class DuckDbDecoder {
    private static final int DAY_INFINITE = Integer.MAX_VALUE - 1;

    /// Puts a value that is not null into a row.
    private interface Cells {
        void copy(DuckDBReadableVector from, long place, int row);
    }

    /// Told of values that have no place in our type.
    interface Misfits {
        void add(int row, Problem problem, String column);
    }

    private final Field field;

    DuckDbDecoder(Field field) {
        this.field = field;
    }

    String expression() {
        String name = DuckDbDialect.INSTANCE.quote(field.name());
        return switch (field.type()) {
            case Decimal decimal -> decimal(name, decimal);
            case Scalar scalar -> scalar(name, scalar);
        };
    }

    private static String decimal(String name, Decimal type) {
        if (type.precision() > Decimal.PRECISION_LONG_MAX) {
            return name;
        }
        String power = "1" + "0".repeat(type.scale());
        return type.scale() == 0
                ? name + "::bigint"
                : "(" + name + " * " + power + "::decimal(" + power.length() + ",0))::bigint";
    }

    private String scalar(String name, Scalar type) {
        return switch (type) {
            case BOOL, UINT64 -> name;
            case INT8, INT16, INT32 -> name + "::integer";
            case INT64 -> name + "::bigint";
            case FLOAT32, FLOAT64 -> name + "::double";
            case TEXT -> name + "::varchar";
            case JSON -> isJson() ? name + "::varchar" : "to_json(" + name + ")::varchar";
            case BYTES -> "hex(" + name + ")";
            case DATE -> "(" + name + " - date '1970-01-01')::bigint";
            case TIME -> "epoch_us(" + name + ")";
            case TIMESTAMP -> micros(name + "::timestamp", "timestamp");
            case TIMESTAMPTZ -> micros(name, "timestamptz");
            case UUID -> name + "::varchar";
        };
    }

    private boolean isJson() {
        return "JSON".equalsIgnoreCase(field.nativeType());
    }

    private static String micros(String value, String type) {
        return """
                case when isinf(%1$s) then case when %1$s = '-infinity'::%2$s then %3$d \
                else %4$d end else epoch_us(%1$s) end"""
                .formatted(value, type, -Long.MAX_VALUE, Long.MAX_VALUE);
    }

    /// Copies a whole vector to the rows from `first` on.
    void copy(DuckDBReadableVector from, int rows, Column to, int first, Misfits misfits) {
        Cells cells = cells(to);
        for (int i = 0; i < rows; i++) {
            if (from.isNull(i)) {
                to.setNull(first + i);
                continue;
            }
            try {
                cells.copy(from, i, first + i);
            } catch (ProblemException e) {
                to.setNull(first + i);
                misfits.add(first + i, e.problem(), field.name());
            }
        }
    }

    private Cells cells(Column column) {
        return switch (column) {
            case IntColumn ints -> ints(ints);
            case LongColumn longs -> longs(longs);
            case DoubleColumn doubles -> (from, i, row) -> doubles.set(row, from.getDouble(i));
            case WideColumn wide -> wide(wide);
            case BytesColumn bytes ->
                    field.type() == Scalar.BYTES
                            ? (from, i, row) ->
                                    bytes.set(row, HexFormat.of().parseHex(from.getString(i)))
                            : (from, i, row) -> bytes.set(row, from.getString(i));
        };
    }

    private Cells ints(IntColumn ints) {
        if (field.type() == Scalar.BOOL) {
            return (from, i, row) -> ints.set(row, from.getBoolean(i) ? 1 : 0);
        }
        return field.type() == Scalar.DATE
                ? (from, i, row) -> ints.set(row, day(from.getLong(i)))
                : (from, i, row) -> ints.set(row, from.getInt(i));
    }

    private static int day(long days) {
        if (Math.abs(days) >= DAY_INFINITE) {
            throw ProblemException.of(
                    ProblemCode.VALUE_OUT_OF_RANGE,
                    "expected a date, got '" + (days > 0 ? "" : "-") + "infinity'",
                    "mend the value, or leave the row out with 'where'");
        }
        return Math.toIntExact(days);
    }

    private Cells longs(LongColumn longs) {
        if (field.type() == Scalar.UINT64) {
            return (from, i, row) -> longs.set(row, from.getUint64(i).longValue());
        }
        boolean times = field.type() == Scalar.TIMESTAMP || field.type() == Scalar.TIMESTAMPTZ;
        return times
                ? (from, i, row) -> longs.set(row, instant(from.getLong(i)))
                : (from, i, row) -> longs.set(row, from.getLong(i));
    }

    /// DuckDB's minus infinity is one above ours.
    private static long instant(long micros) {
        return micros == -Long.MAX_VALUE ? Long.MIN_VALUE : micros;
    }

    private Cells wide(WideColumn wide) {
        return switch (field.type()) {
            case Decimal decimal ->
                    (from, i, row) -> Cell.setDecimal(decimal, number(from, i), wide, row);
            case Scalar _ ->
                    (from, i, row) -> {
                        UUID uuid = UUID.fromString(from.getString(i));
                        wide.set(
                                row, uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
                    };
        };
    }

    private BigDecimal number(DuckDBReadableVector from, long place) {
        String type = field.nativeType() == null ? "" : field.nativeType();
        return switch (type) {
            case "HUGEINT" -> new BigDecimal(from.getHugeInt(place));
            case "UHUGEINT" -> new BigDecimal(from.getUHugeInt(place));
            default -> from.getBigDecimal(place);
        };
    }
}
