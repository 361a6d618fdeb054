package dev.mortise.engine.operator.cast;

import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Loss;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Type;
import java.util.Optional;

/// The narrowest type that holds every value of two types exactly.
public final class Widening {
    private Widening() {}

    /// Empty when there is none, or none that is meant.
    public static Optional<Type> of(Type a, Type b) {
        if (harmless(a, b)) {
            return Optional.of(b);
        }
        if (harmless(b, a)) {
            return Optional.of(a);
        }
        return exact(a) && exact(b) ? decimal(a, b) : Optional.empty();
    }

    /// Text would hold everything, but a union of numbers and text is rarely meant.
    private static boolean harmless(Type from, Type to) {
        boolean textual = to == Scalar.TEXT && from != Scalar.TEXT && from != Scalar.JSON;
        boolean truth = from == Scalar.BOOL && to != Scalar.BOOL;
        return !textual && !truth && CastLoss.of(from, to).kind() == Loss.Kind.LOSSLESS;
    }

    private static boolean exact(Type type) {
        return NumberCasts.isNumber(type)
                && type != Scalar.BOOL
                && type != Scalar.FLOAT32
                && type != Scalar.FLOAT64;
    }

    private static Optional<Type> decimal(Type a, Type b) {
        int scale = Math.max(scale(a), scale(b));
        int precision = Math.max(CastLoss.whole(a), CastLoss.whole(b)) + scale;
        return precision <= Decimal.PRECISION_MAX
                ? Optional.of(new Decimal(precision, scale))
                : Optional.empty();
    }

    private static int scale(Type type) {
        return type instanceof Decimal decimal ? decimal.scale() : 0;
    }
}
