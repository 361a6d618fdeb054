package dev.mortise.engine.operator.cast;

import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Loss;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Type;

/// Which conversions there are and what they lose.
public final class CastLoss {
    private static final int FLOAT32_DIGITS = 6;
    private static final int FLOAT64_DIGITS = 15;
    private static final Loss CHECKED = Loss.widening("a value that does not fit is rejected");

    private CastLoss() {}

    /// What becomes of values between two types.
    public static Loss of(Type from, Type to) {
        if (from.equals(to)) {
            return Loss.NONE;
        }
        if (to == Scalar.TEXT) {
            return from == Scalar.BYTES
                    ? Loss.widening("written as hexadecimal digits")
                    : Loss.NONE;
        }
        if (from == Scalar.TEXT) {
            return Loss.widening("text that is no " + to.text() + " is rejected");
        }
        if (NumberCasts.isNumber(from) && NumberCasts.isNumber(to)) {
            return number(from, to);
        }
        return from instanceof Scalar a && to instanceof Scalar b
                ? time(a, b)
                : unsupported(from, to);
    }

    private static Loss number(Type from, Type to) {
        if (from == Scalar.FLOAT64 && to == Scalar.FLOAT32) {
            return Loss.lossy("rounded to about 7 digits");
        }
        if (isFloat(from)) {
            return from == Scalar.FLOAT32 && to == Scalar.FLOAT64 ? Loss.NONE : CHECKED;
        }
        if (isFloat(to)) {
            int exact = to == Scalar.FLOAT32 ? FLOAT32_DIGITS : FLOAT64_DIGITS;
            return whole(from) + scale(from) <= exact ? Loss.NONE : CHECKED;
        }
        boolean fits =
                to instanceof Decimal decimal
                        ? decimal.scale() >= scale(from)
                                && decimal.precision() - decimal.scale() >= whole(from)
                        : scale(from) == 0 && wholeInto((Scalar) to, from);
        return fits ? Loss.NONE : CHECKED;
    }

    private static boolean isFloat(Type type) {
        return type == Scalar.FLOAT32 || type == Scalar.FLOAT64;
    }

    private static int scale(Type type) {
        return type instanceof Decimal decimal ? decimal.scale() : 0;
    }

    /// How many digits values may have before the point.
    static int whole(Type type) {
        if (type instanceof Decimal decimal) {
            return decimal.precision() - decimal.scale();
        }
        return switch ((Scalar) type) {
            case BOOL -> 1;
            case INT8 -> 3;
            case INT16 -> 5;
            case INT32 -> 10;
            case INT64 -> 19;
            case UINT64 -> 20;
            default -> throw new IllegalArgumentException(type.text() + " is no whole number");
        };
    }

    private static boolean wholeInto(Scalar to, Type from) {
        if (to == Scalar.BOOL || to == Scalar.UINT64) {
            return to == Scalar.UINT64 && from == Scalar.BOOL;
        }
        // A decimal of as many digits as the largest value may exceed it; an integer that is
        // narrower by its digits never does.
        return whole(from) < whole(to) && from != Scalar.UINT64;
    }

    private static Loss time(Scalar from, Scalar to) {
        return switch (from) {
            case DATE ->
                    switch (to) {
                        case TIMESTAMP -> Loss.NONE;
                        case TIMESTAMPTZ -> Loss.lossy("taken as midnight UTC");
                        default -> unsupported(from, to);
                    };
            case TIMESTAMP ->
                    switch (to) {
                        case DATE -> Loss.lossy("the time of day is cut off");
                        case TIMESTAMPTZ -> Loss.lossy("taken as UTC");
                        default -> unsupported(from, to);
                    };
            case TIMESTAMPTZ ->
                    switch (to) {
                        case DATE -> Loss.lossy("the time of day, in UTC, is cut off");
                        case TIMESTAMP -> Loss.lossy("the wall clock of UTC, without its zone");
                        default -> unsupported(from, to);
                    };
            default -> unsupported(from, to);
        };
    }

    private static Loss unsupported(Type from, Type to) {
        return Loss.unsupported("expected " + to.text() + ", got " + from.text());
    }
}
