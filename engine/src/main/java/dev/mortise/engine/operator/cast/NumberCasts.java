package dev.mortise.engine.operator.cast;

import dev.mortise.spi.batch.Cell;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.batch.DoubleColumn;
import dev.mortise.spi.batch.IntColumn;
import dev.mortise.spi.batch.LongColumn;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Storage;
import dev.mortise.spi.type.Type;
import java.math.BigDecimal;
import java.math.BigInteger;

/// Conversions between numbers (and bool as 0 and 1). Whole numbers and decimals that lie in ints
/// and longs stay there; the others go through `BigDecimal`, one value at a time.
final class NumberCasts {
    private static final BigInteger UINT64_MAX = new BigInteger("18446744073709551615");

    /// Up to here every long is a double, and a quotient by a power of ten is rounded once.
    private static final long DOUBLE_EXACT = 1L << 53;

    private static final int DOUBLE_POWERS = 15;
    private static final long[] POWERS = new long[Decimal.PRECISION_LONG_MAX + 1];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
    }

    private NumberCasts() {}

    static boolean isNumber(Type type) {
        return switch (type) {
            case Decimal _ -> true;
            case Scalar scalar ->
                    switch (scalar) {
                        case BOOL, INT8, INT16, INT32, INT64, UINT64, FLOAT32, FLOAT64 -> true;
                        case TEXT, BYTES, DATE, TIME, TIMESTAMP, TIMESTAMPTZ, UUID, JSON -> false;
                    };
        };
    }

    /// Ten to a power of 0 to 18.
    static long power(int exponent) {
        return POWERS[exponent];
    }

    static CastKernel of(Type from, Type to) {
        if (exactInLong(from) && exactInLong(to)) {
            return rescaling(from, to);
        }
        if (exactInLong(from) && to == Scalar.FLOAT64) {
            return toDouble(from);
        }
        if (from == Scalar.FLOAT64 && to == Scalar.FLOAT32) {
            return NumberCasts::toFloat;
        }
        return general(from, to);
    }

    private static boolean exactInLong(Type type) {
        return type.storage() == Storage.INT
                || (type.storage() == Storage.LONG && type != Scalar.UINT64);
    }

    private static int scale(Type type) {
        return type instanceof Decimal decimal ? decimal.scale() : 0;
    }

    private static long largest(Type type) {
        if (type instanceof Decimal decimal) {
            return power(decimal.precision()) - 1;
        }
        return switch ((Scalar) type) {
            case BOOL -> 1;
            case INT8 -> Byte.MAX_VALUE;
            case INT16 -> Short.MAX_VALUE;
            case INT32 -> Integer.MAX_VALUE;
            default -> Long.MAX_VALUE;
        };
    }

    private static long smallest(Type type) {
        if (type instanceof Decimal) {
            return -largest(type);
        }
        return type == Scalar.BOOL ? 0 : -largest(type) - 1;
    }

    /// Unscaled values multiplied or divided by a power of ten, within the bounds of the target.
    private static CastKernel rescaling(Type from, Type to) {
        int shift = scale(to) - scale(from);
        long factor = power(Math.abs(shift));
        long max = largest(to);
        long min = smallest(to);
        long maxBefore = shift >= 0 ? max / factor : max;
        long minBefore = shift >= 0 ? min / factor : min;
        return (column, rows, failures) -> {
            Column into = Column.of(to, rows);
            for (int row = 0; row < rows; row++) {
                if (column.isNull(row)) {
                    into.setNull(row);
                    continue;
                }
                long value = whole(column, row);
                long scaled = shift >= 0 ? value * factor : value / factor;
                boolean fits =
                        shift >= 0
                                ? value >= minBefore && value <= maxBefore
                                : scaled * factor == value && scaled >= min && scaled <= max;
                if (fits) {
                    set(into, row, scaled);
                } else {
                    into.setNull(row);
                    failures.outOfRange(row, Cell.text(from, column, row));
                }
            }
            return into;
        };
    }

    private static long whole(Column column, int row) {
        return column instanceof IntColumn ints
                ? ints.value(row)
                : ((LongColumn) column).value(row);
    }

    private static void set(Column into, int row, long value) {
        if (into instanceof IntColumn ints) {
            ints.set(row, (int) value);
        } else {
            ((LongColumn) into).set(row, value);
        }
    }

    private static CastKernel toDouble(Type from) {
        int scale = scale(from);
        CastKernel slow = general(from, Scalar.FLOAT64);
        return (column, rows, failures) -> {
            DoubleColumn into = new DoubleColumn(rows);
            for (int row = 0; row < rows; row++) {
                if (column.isNull(row)) {
                    into.setNull(row);
                    continue;
                }
                long value = whole(column, row);
                if ((scale > 0 && Math.abs(value) >= power(DOUBLE_POWERS))
                        || value > DOUBLE_EXACT
                        || value < -DOUBLE_EXACT) {
                    return slow.cast(column, rows, failures);
                }
                into.set(row, scale == 0 ? value : value / (double) power(scale));
            }
            return into;
        };
    }

    private static Column toFloat(Column column, int rows, CastFailures failures) {
        DoubleColumn into = new DoubleColumn(rows);
        for (int row = 0; row < rows; row++) {
            double value = ((DoubleColumn) column).value(row);
            if (column.isNull(row)) {
                into.setNull(row);
            } else if (Double.isFinite(value) && Double.isInfinite((float) value)) {
                into.setNull(row);
                failures.outOfRange(row, Double.toString(value));
            } else {
                into.set(row, (float) value);
            }
        }
        return into;
    }

    private static CastKernel general(Type from, Type to) {
        return (column, rows, failures) -> {
            Column into = Column.of(to, rows);
            for (int row = 0; row < rows; row++) {
                if (column.isNull(row) || !convert(from, column, to, into, row)) {
                    into.setNull(row);
                }
                if (into.isNull(row) && !column.isNull(row)) {
                    failures.outOfRange(row, Cell.text(from, column, row));
                }
            }
            return into;
        };
    }

    private static boolean convert(Type from, Column column, Type to, Column into, int row) {
        if (column instanceof DoubleColumn real && !Double.isFinite(real.value(row))) {
            return false;
        }
        try {
            return setExactly(number(from, column, row), to, into, row);
        } catch (ArithmeticException | ProblemException _) {
            return false;
        }
    }

    private static BigDecimal number(Type from, Column column, int row) {
        return switch (from) {
            case Decimal decimal -> Cell.decimal(decimal, column, row);
            case Scalar scalar ->
                    scalar == Scalar.BOOL
                            ? BigDecimal.valueOf(((IntColumn) column).value(row))
                            : new BigDecimal(Cell.text(scalar, column, row));
        };
    }

    private static boolean setExactly(BigDecimal value, Type to, Column into, int row) {
        if (to instanceof Decimal decimal) {
            Cell.setDecimal(decimal, value, into, row);
            return true;
        }
        if (into instanceof DoubleColumn real) {
            double nearest = to == Scalar.FLOAT32 ? value.floatValue() : value.doubleValue();
            String text = to == Scalar.FLOAT32 ? "" + (float) nearest : "" + nearest;
            real.set(row, nearest);
            return Double.isFinite(nearest) && new BigDecimal(text).compareTo(value) == 0;
        }
        BigInteger whole = value.toBigIntegerExact();
        if (to == Scalar.UINT64) {
            ((LongColumn) into).set(row, whole.longValue());
            return whole.signum() >= 0 && whole.compareTo(UINT64_MAX) <= 0;
        }
        long exact = whole.longValueExact();
        set(into, row, exact);
        return exact >= smallest(to) && exact <= largest(to);
    }
}
