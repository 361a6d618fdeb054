package dev.mortise.engine.match;

import dev.mortise.engine.match.Reason.Kind;
import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Type;
import java.util.EnumSet;
import java.util.Set;

/// Whether values of the source's type can become values of the target's.
final class TypeSignal implements Signal {
    /// A type that no cast leads to: the pair is out.
    static final double IMPOSSIBLE = 0;

    private static final double LOSSLESS = 1;
    private static final double WIDENING = 0.9;
    private static final double PARSED = 0.7;
    private static final double LOSSY = 0.3;

    private static final Set<Scalar> WHOLE =
            EnumSet.of(Scalar.INT8, Scalar.INT16, Scalar.INT32, Scalar.INT64, Scalar.UINT64);
    private static final Set<Scalar> REAL = EnumSet.of(Scalar.FLOAT32, Scalar.FLOAT64);
    private static final Set<Scalar> WHEN =
            EnumSet.of(Scalar.DATE, Scalar.TIMESTAMP, Scalar.TIMESTAMPTZ);

    @Override
    public Kind kind() {
        return Kind.TYPE;
    }

    @Override
    public double weight() {
        return 0.15;
    }

    @Override
    public double score(Column source, Column target) {
        Type from = source.profile().type();
        Type to = target.profile().type();
        if (from.equals(to)) {
            return LOSSLESS;
        }
        if (to == Scalar.TEXT) {
            return from == Scalar.BYTES ? IMPOSSIBLE : WIDENING;
        }
        if (from == Scalar.TEXT) {
            return fromText(source.patterns(), to);
        }
        return between(from, to);
    }

    private static double fromText(Patterns patterns, Type to) {
        if (to == Scalar.BYTES) {
            return LOSSY;
        }
        if (!patterns.known()) {
            return to == Scalar.JSON ? LOSSY : PARSED;
        }
        return parses(patterns, to) ? WIDENING : IMPOSSIBLE;
    }

    private static boolean parses(Patterns patterns, Type to) {
        Set<Patterns.Form> forms = patterns.forms();
        if (number(to)) {
            return patterns.numbers();
        }
        return switch ((Scalar) to) {
            case BOOL ->
                    forms.contains(Patterns.Form.TRUTH)
                            || patterns.values().size() < 2
                            || patterns.values().stream().distinct().count() <= 2;
            case DATE, TIMESTAMP, TIMESTAMPTZ ->
                    forms.contains(Patterns.Form.DATE) || forms.contains(Patterns.Form.MOMENT);
            case TIME -> forms.contains(Patterns.Form.CLOCK);
            case UUID -> patterns.values().stream().allMatch(v -> v.length() >= 32);
            case JSON -> patterns.values().stream().allMatch(v -> v.matches("[\\[{].*"));
            case INT8, INT16, INT32, INT64, UINT64, FLOAT32, FLOAT64, TEXT, BYTES -> true;
        };
    }

    private static boolean number(Type type) {
        return type instanceof Decimal || WHOLE.contains(type) || REAL.contains(type);
    }

    private static double between(Type from, Type to) {
        if (number(from) && number(to)) {
            return numbers(from, to);
        }
        if (WHEN.contains(from) && WHEN.contains(to)) {
            return from == Scalar.DATE || to != Scalar.DATE ? WIDENING : LOSSY;
        }
        if (to == Scalar.BOOL || from == Scalar.BOOL) {
            boolean whole = WHOLE.contains(from) || WHOLE.contains(to);
            return whole ? WIDENING : IMPOSSIBLE;
        }
        boolean day = WHOLE.contains(from) && WHEN.contains(to);
        return day ? LOSSY : IMPOSSIBLE;
    }

    private static double numbers(Type from, Type to) {
        if (WHOLE.contains(from) || !WHOLE.contains(to)) {
            return WIDENING;
        }
        return from instanceof Decimal decimal && decimal.scale() == 0 ? WIDENING : LOSSY;
    }
}
