package dev.mortise.spi.batch;

import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.HexFormat;
import java.util.UUID;

/// One value of a batch as canonical text, and back. The text is what dead letters, previews,
/// literals and cursors hold: `true`, `-12`, `1.50` (as many digits as the scale), `1.0E10`,
/// `2024-02-29`, `23:59:59.5`, `2024-02-29 23:59:59`, `2024-02-29 23:59:59Z`, lower-case hex for
/// bytes. One value at a time and with objects: inner loops have kernels of their own.
public final class Cell {
    private Cell() {}

    /// The text of a value that is not null.
    public static String text(Type type, Column column, int row) {
        return switch (type) {
            case Decimal decimal -> decimal(decimal, column, row).toPlainString();
            case Scalar scalar -> scalar(scalar, column, row);
        };
    }

    private static String scalar(Scalar type, Column column, int row) {
        return switch (type) {
            case BOOL -> integer(column, row) == 0 ? "false" : "true";
            case INT8, INT16, INT32 -> Integer.toString(integer(column, row));
            case INT64 -> Long.toString(whole(column, row));
            case UINT64 -> Long.toUnsignedString(whole(column, row));
            case FLOAT32 -> Float.toString((float) real(column, row));
            case FLOAT64 -> Double.toString(real(column, row));
            case TEXT, JSON -> ((BytesColumn) column).text(row);
            case BYTES -> HexFormat.of().formatHex(((BytesColumn) column).value(row));
            case DATE -> Times.dateText(integer(column, row));
            case TIME -> Times.timeText(whole(column, row));
            case TIMESTAMP -> Times.timestampText(whole(column, row));
            case TIMESTAMPTZ -> Times.instantText(whole(column, row));
            case UUID -> {
                WideColumn wide = (WideColumn) column;
                yield new UUID(wide.high(row), wide.low(row)).toString();
            }
        };
    }

    /// The value of a decimal column. Allocates.
    public static BigDecimal decimal(Decimal type, Column column, int row) {
        BigInteger unscaled =
                column instanceof WideColumn wide
                        ? wide.integer(row)
                        : BigInteger.valueOf(((LongColumn) column).value(row));
        return new BigDecimal(unscaled, type.scale());
    }

    private static int integer(Column column, int row) {
        return ((IntColumn) column).value(row);
    }

    private static long whole(Column column, int row) {
        return ((LongColumn) column).value(row);
    }

    private static double real(Column column, int row) {
        return ((DoubleColumn) column).value(row);
    }

    /// Sets a row from text. Accepts what [#text] writes, and of times also `T` between date and
    /// time, missing seconds and an offset.
    ///
    /// @throws ProblemException CAST_FAILED or VALUE_OUT_OF_RANGE, without place
    public static void parse(Type type, String text, Column column, int row) {
        try {
            switch (type) {
                case Decimal decimal ->
                        setDecimal(decimal, new BigDecimal(text.strip()), column, row);
                case Scalar scalar -> parseScalar(scalar, text, column, row);
            }
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            throw new ProblemException(castFailed(type, text).problem(), e);
        }
    }

    /// Sets a decimal exactly.
    ///
    /// @throws ProblemException VALUE_OUT_OF_RANGE when digits would be cut off at either end
    public static void setDecimal(Decimal type, BigDecimal value, Column column, int row) {
        BigDecimal exact = value.stripTrailingZeros();
        if (exact.scale() > type.scale()
                || (exact.signum() != 0
                        && exact.precision() - exact.scale() > type.precision() - type.scale())) {
            throw ProblemException.of(
                    ProblemCode.VALUE_OUT_OF_RANGE,
                    "'" + value.toString() + "' does not fit " + type.text() + " exactly",
                    "round it in a map step, or widen the column");
        }
        BigInteger unscaled = exact.setScale(type.scale()).unscaledValue();
        if (column instanceof WideColumn wide) {
            wide.set(row, unscaled);
        } else {
            ((LongColumn) column).set(row, unscaled.longValueExact());
        }
    }

    private static void parseScalar(Scalar type, String text, Column column, int row) {
        switch (type) {
            case BOOL -> ((IntColumn) column).set(row, parseBool(text));
            case INT8 -> ((IntColumn) column).set(row, Byte.parseByte(text.strip()));
            case INT16 -> ((IntColumn) column).set(row, Short.parseShort(text.strip()));
            case INT32 -> ((IntColumn) column).set(row, Integer.parseInt(text.strip()));
            case INT64 -> ((LongColumn) column).set(row, Long.parseLong(text.strip()));
            case UINT64 -> ((LongColumn) column).set(row, Long.parseUnsignedLong(text.strip()));
            case FLOAT32 -> ((DoubleColumn) column).set(row, Float.parseFloat(text.strip()));
            case FLOAT64 -> ((DoubleColumn) column).set(row, Double.parseDouble(text.strip()));
            case TEXT, JSON ->
                    ((BytesColumn) column).set(row, text.getBytes(StandardCharsets.UTF_8));
            case BYTES -> ((BytesColumn) column).set(row, HexFormat.of().parseHex(text));
            case DATE -> ((IntColumn) column).set(row, Times.parseDate(text.strip()));
            case TIME -> ((LongColumn) column).set(row, Times.parseTime(text.strip()));
            case TIMESTAMP -> ((LongColumn) column).set(row, Times.parseTimestamp(text.strip()));
            case TIMESTAMPTZ -> ((LongColumn) column).set(row, Times.parseInstant(text.strip()));
            case UUID -> {
                UUID uuid = UUID.fromString(text.strip());
                ((WideColumn) column)
                        .set(row, uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
            }
        }
    }

    private static int parseBool(String text) {
        return switch (text.strip().toLowerCase(java.util.Locale.ROOT)) {
            case "true", "t", "1", "yes", "y" -> 1;
            case "false", "f", "0", "no", "n" -> 0;
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static ProblemException castFailed(Type type, String text) {
        String shown = text.length() > 100 ? text.substring(0, 100) + "…" : text;
        return ProblemException.of(
                ProblemCode.CAST_FAILED,
                "expected " + type.text() + ", got '" + shown + "'",
                "mend the value, or convert it in a map step");
    }
}
