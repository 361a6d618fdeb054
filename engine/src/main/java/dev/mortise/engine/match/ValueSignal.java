package dev.mortise.engine.match;

import dev.mortise.engine.match.Reason.Kind;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Compares sampled values: what they look like, which ones both have, how numbers are spread.
/// Where one side has no sample, values of a telling form are held against what the other side
/// is called.
final class ValueSignal implements Signal {
    private static final double SAME_FORM = 0.8;
    private static final double OTHER_FORM = 0.15;
    private static final double NOTHING_COMMON = 0.4;
    private static final int QUANTILES = 16;

    @Override
    public Kind kind() {
        return Kind.VALUES;
    }

    @Override
    public double weight() {
        return 0.20;
    }

    @Override
    public double score(Column source, Column target) {
        Patterns from = source.patterns();
        Patterns to = target.patterns();
        if (from.known() && to.known()) {
            return compared(from, to);
        }
        if (from.known()) {
            return told(from, target);
        }
        return to.known() ? told(to, source) : MISSING;
    }

    private static double told(Patterns patterns, Column named) {
        Set<String> told = patterns.told();
        Set<String> concepts = named.concepts();
        if (told.isEmpty() || concepts.isEmpty()) {
            return MISSING;
        }
        return concepts.stream().anyMatch(told::contains) ? 1 : OTHER_FORM;
    }

    private static double compared(Patterns from, Patterns to) {
        double overlap = overlap(from.values(), to.values());
        if (overlap > 0) {
            return Math.min(1, SAME_FORM + overlap);
        }
        if (from.numbers() && to.numbers()) {
            return 1 - distance(quantiles(from.values()), quantiles(to.values()));
        }
        if (from.forms().isEmpty() && to.forms().isEmpty()) {
            return NOTHING_COMMON;
        }
        return from.forms().equals(to.forms()) ? SAME_FORM : OTHER_FORM;
    }

    private static double overlap(List<String> one, List<String> other) {
        Set<String> common = new HashSet<>(one);
        common.retainAll(new HashSet<>(other));
        Set<String> all = new HashSet<>(one);
        all.addAll(other);
        return (double) common.size() / all.size();
    }

    private static double[] quantiles(List<String> values) {
        double[] sorted =
                values.stream()
                        .mapToDouble(v -> new BigDecimal(v).doubleValue())
                        .sorted()
                        .toArray();
        double[] quantiles = new double[QUANTILES];
        for (int i = 0; i < QUANTILES; i++) {
            quantiles[i] = sorted[i * (sorted.length - 1) / (QUANTILES - 1)];
        }
        return quantiles;
    }

    /// The mean distance of the quantiles by the spread of both, from 0 to 1.
    private static double distance(double[] one, double[] other) {
        double low = Math.min(one[0], other[0]);
        double high = Math.max(one[QUANTILES - 1], other[QUANTILES - 1]);
        double sum = 0;
        for (int i = 0; i < QUANTILES; i++) {
            sum += Math.abs(one[i] - other[i]);
        }
        return high > low ? sum / QUANTILES / (high - low) : 0;
    }
}
