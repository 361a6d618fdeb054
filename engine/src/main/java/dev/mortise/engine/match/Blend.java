package dev.mortise.engine.match;

import dev.mortise.engine.match.Reason.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Makes one score of the signals.
final class Blend {
    /// Without a name or values that agree, type and place alone are no reason.
    private static final double NAME_MIN = 0.5;

    /// Values alone may suggest a pair, never decide it.
    private static final double VALUES_MIN = 0.8;

    private static final double VALUES_WORTH = 0.7;

    private final NameSignal name;
    private final ValueSignal values = new ValueSignal();
    private final TypeSignal type = new TypeSignal();
    private final List<Signal> signals;

    Blend(Meaning meaning) {
        name = new NameSignal(meaning);
        signals =
                List.of(
                        name,
                        new CommentSignal(meaning),
                        type,
                        values,
                        new ConstraintSignal(),
                        new Position());
    }

    double score(Column source, Column target, History history) {
        double prior = history.prior(source.profile().name(), target.profile().name());
        if (type.score(source, target) == TypeSignal.IMPOSSIBLE) {
            return 0;
        }
        return Math.max(prior, blended(source, target));
    }

    private double blended(Column source, Column target) {
        double named = name.score(source, target);
        if (named == 0 && !mute(source, target)) {
            return 0;
        }
        double sum = 0;
        double weights = 0;
        for (Signal signal : signals) {
            double score = signal == name ? named : signal.score(source, target);
            if (score != Signal.MISSING) {
                sum += score * signal.weight();
                weights += signal.weight();
            }
        }
        if (named == 0) {
            boolean alike = values.score(source, target) >= VALUES_MIN;
            return alike ? Math.min(VALUES_WORTH, sum / (weights - name.weight())) : 0;
        }
        return sum / weights * Math.min(1, named / NAME_MIN);
    }

    /// Whether the name of one tells nothing: then it is no proof against the pair either.
    private static boolean mute(Column source, Column target) {
        return source.concepts().isEmpty() || target.concepts().isEmpty();
    }

    /// What spoke for a pair, by what it added.
    List<Reason> reasons(Column source, Column target, History history) {
        List<Reason> reasons = new ArrayList<>();
        for (Signal signal : signals) {
            double score = signal.score(source, target);
            if (score != Signal.MISSING) {
                reasons.add(new Reason(kind(signal, source, target), score, ""));
            }
        }
        reasons.sort(Comparator.comparingDouble(Reason::score).reversed());
        double prior = history.prior(source.profile().name(), target.profile().name());
        if (prior > 0) {
            reasons.addFirst(new Reason(Kind.ACCEPTED, prior, ""));
        }
        return reasons;
    }

    /// A name that was understood by its sound is told as such.
    private Kind kind(Signal signal, Column source, Column target) {
        boolean heard =
                signal == name
                        && name.bySound(source, target) > name.byMeaning(source, target)
                        && !source.bare().equals(target.bare());
        return heard ? Kind.PINYIN : signal.kind();
    }

    /// Columns of one thing often stand in the same order.
    private static final class Position implements Signal {
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
}
