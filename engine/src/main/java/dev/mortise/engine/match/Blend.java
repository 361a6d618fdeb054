package dev.mortise.engine.match;

import dev.mortise.engine.match.Reason.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Makes one score of the signals.
final class Blend {
    /// Without a name or values that agree, type and place alone are no reason.
    private static final double NAME_MIN = 0.5;

    private final NameSignal name;
    private final TypeSignal type = new TypeSignal();
    private final List<Signal> signals;

    Blend(Meaning meaning) {
        name = new NameSignal(meaning);
        signals =
                List.of(
                        name,
                        new CommentSignal(meaning),
                        type,
                        new ValueSignal(),
                        new ConstraintSignal(),
                        new PositionSignal());
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
        double sum = 0;
        double weights = 0;
        for (Signal signal : signals) {
            double score = signal == name ? named : signal.score(source, target);
            if (score != Signal.MISSING) {
                sum += score * signal.weight();
                weights += signal.weight();
            }
        }
        return sum / weights * Math.min(1, named / NAME_MIN);
    }

    /// What spoke for a pair, by what it added.
    List<Reason> reasons(Column source, Column target, History history) {
        List<Reason> reasons = new ArrayList<>();
        double prior = history.prior(source.profile().name(), target.profile().name());
        if (prior > 0) {
            reasons.add(new Reason(Kind.ACCEPTED, prior, ""));
        }
        for (Signal signal : signals) {
            double score = signal.score(source, target);
            if (score != Signal.MISSING) {
                reasons.add(new Reason(signal.kind(), score, ""));
            }
        }
        reasons.sort(Comparator.comparingDouble(Reason::score).reversed());
        return reasons;
    }
}
