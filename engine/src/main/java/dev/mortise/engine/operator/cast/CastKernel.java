package dev.mortise.engine.operator.cast;

import dev.mortise.spi.batch.Column;
import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Type;

/// Converts one column. Rows that cannot be converted are null in the result and reported.
public interface CastKernel {
    Column cast(Column from, int rows, CastFailures failures);

    /// The kernel between two types that [CastLoss] has a way for.
    static CastKernel of(Type from, Type to) {
        if (shared(from, to)) {
            return (column, _, _) -> column;
        }
        if (to == Scalar.TEXT) {
            return TextCasts.toText(from);
        }
        if (from == Scalar.TEXT) {
            return TextCasts.fromText(to);
        }
        if (NumberCasts.isNumber(from) && NumberCasts.isNumber(to)) {
            return NumberCasts.of(from, to);
        }
        return TimeCasts.of((Scalar) from, (Scalar) to);
    }

    /// Whether the numbers in the column mean the same in both types.
    private static boolean shared(Type from, Type to) {
        if (from.equals(to)) {
            return true;
        }
        if (from instanceof Decimal a && to instanceof Decimal b) {
            return a.scale() == b.scale()
                    && a.precision() <= b.precision()
                    && a.storage() == b.storage();
        }
        if (!(from instanceof Scalar a) || !(to instanceof Scalar b)) {
            return false;
        }
        return switch (a) {
            case BOOL -> b == Scalar.INT8 || b == Scalar.INT16 || b == Scalar.INT32;
            case INT8 -> b == Scalar.INT16 || b == Scalar.INT32;
            case INT16 -> b == Scalar.INT32;
            case FLOAT32 -> b == Scalar.FLOAT64;
            case JSON -> b == Scalar.TEXT;
            case TIMESTAMP -> b == Scalar.TIMESTAMPTZ;
            case TIMESTAMPTZ -> b == Scalar.TIMESTAMP;
            case INT32, INT64, UINT64, FLOAT64, TEXT, BYTES, DATE, TIME, UUID -> false;
        };
    }
}
