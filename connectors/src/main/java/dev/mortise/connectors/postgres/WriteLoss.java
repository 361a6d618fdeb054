package dev.mortise.connectors.postgres;

import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Loss;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Type;

/// What is lost when values of one type are written into a column of another. A value that does not
/// fit is rejected, so that only what changes silently is lossy.
final class WriteLoss {
    private WriteLoss() {}

    static Loss of(Type from, Type to) {
        if (from.equals(to) || to == Scalar.TEXT) {
            return Loss.NONE;
        }
        if (to == Scalar.FLOAT32 && from != Scalar.INT8 && from != Scalar.INT16) {
            return Loss.lossy("a real holds about 6 digits");
        }
        if (to == Scalar.FLOAT64
                && (from instanceof Decimal || from == Scalar.INT64 || from == Scalar.UINT64)) {
            return Loss.lossy("a double precision holds about 15 digits");
        }
        if (to == Scalar.DATE && (from == Scalar.TIMESTAMP || from == Scalar.TIMESTAMPTZ)) {
            return Loss.lossy("the time of day is cut off");
        }
        if (to == Scalar.TIMESTAMP && from == Scalar.TIMESTAMPTZ) {
            return Loss.lossy("an instant becomes the wall clock of UTC");
        }
        if (to == Scalar.TIMESTAMPTZ && from == Scalar.TIMESTAMP) {
            return Loss.lossy("a wall clock is taken for that of UTC");
        }
        return wider(from, to)
                ? Loss.NONE
                : Loss.widening("a value that is no " + to.text() + " is rejected");
    }

    private static boolean wider(Type from, Type to) {
        int digits = digits(from);
        if (to instanceof Decimal(int precision, int scale)) {
            int own = from instanceof Decimal(int _, int s) ? s : 0;
            return digits > 0 && scale >= own && precision - scale >= digits - own;
        }
        return digits > 0
                && !(from instanceof Decimal)
                && (to == Scalar.FLOAT64 || digits <= digits(to));
    }

    /// Digits of the largest whole number, or of a decimal; 0 for what is no number.
    private static int digits(Type type) {
        return switch (type) {
            case Decimal(int precision, int _) -> precision;
            case Scalar scalar ->
                    switch (scalar) {
                        case INT8 -> 3;
                        case INT16 -> 5;
                        case INT32 -> 10;
                        case INT64 -> 19;
                        case UINT64 -> 20;
                        case BOOL, FLOAT32, FLOAT64, TEXT, BYTES, DATE -> 0;
                        case TIME, TIMESTAMP, TIMESTAMPTZ, UUID, JSON -> 0;
                    };
        };
    }
}
