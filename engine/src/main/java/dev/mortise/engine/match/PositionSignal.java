package dev.mortise.engine.match;

import dev.mortise.engine.match.Reason.Kind;

/// Columns of one thing often stand in the same order.
final class PositionSignal implements Signal {
    @Override
    public Kind kind() {
        return Kind.POSITION;
    }

    @Override
    public double weight() {
        return 0.05;
    }

    @Override
    public double score(Column source, Column target) {
        boolean few = source.at() < 0 || target.at() < 0;
        return few ? MISSING : 1 - Math.abs(source.at() - target.at());
    }
}
