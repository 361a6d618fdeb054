package dev.mortise.engine.match;

import dev.mortise.engine.match.Reason.Kind;

/// Whether keys, nulls and lengths agree.
final class ConstraintSignal implements Signal {
    private static final double ONE_KEY = 0.5;
    private static final double NULLS = 0.7;
    private static final double LONGER = 0.7;

    @Override
    public Kind kind() {
        return Kind.CONSTRAINT;
    }

    @Override
    public double weight() {
        return 0.10;
    }

    @Override
    public double score(Column source, Column target) {
        FieldProfile from = source.profile();
        FieldProfile to = target.profile();
        double key = from.key() == to.key() ? 1 : ONE_KEY;
        double nulls = from.nullable() && !to.nullable() && !to.key() ? NULLS : 1;
        boolean longer = to.length() > 0 && from.length() > to.length();
        return (key + nulls + (longer ? LONGER : 1)) / 3;
    }
}
