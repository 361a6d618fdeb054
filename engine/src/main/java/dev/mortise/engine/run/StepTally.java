package dev.mortise.engine.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Adds up what the units of one pipeline saw, unit by unit as they commit, so that work that was
/// rolled back and done again counts once.
final class StepTally {
    private final List<String> steps;
    private final StepCounts[] counts;
    private long committed;

    /// @param steps names in the order rows meet them: head, row-wise steps, sink
    StepTally(List<String> steps) {
        this.steps = steps;
        this.counts = new StepCounts[steps.size()];
        java.util.Arrays.fill(counts, StepCounts.NONE);
    }

    /// The stages of a unit are the steps, with the cast to the sink's types as one more before the
    /// last: what the cast rejects is the sink's.
    synchronized void add(Unit unit) {
        committed++;
        int last = steps.size() - 1;
        for (int i = 0; i < last; i++) {
            counts[i] = counts[i].plus(unit.counts(i));
        }
        long castRejected = unit.counts(last).rowsRejected();
        counts[last] =
                counts[last]
                        .plus(unit.counts(last + 1))
                        .plus(new StepCounts(castRejected, 0, castRejected, 0));
    }

    /// Counts parts that an earlier attempt had committed.
    synchronized void resumed(long written, long rejected) {
        int last = steps.size() - 1;
        counts[0] = counts[0].plus(new StepCounts(written + rejected, written + rejected, 0, 0));
        counts[last] = counts[last].plus(new StepCounts(written + rejected, written, rejected, 0));
    }

    synchronized void reset() {
        java.util.Arrays.fill(counts, StepCounts.NONE);
    }

    synchronized Map<String, StepCounts> byStep() {
        Map<String, StepCounts> result = new LinkedHashMap<>();
        for (int i = 0; i < steps.size(); i++) {
            result.merge(steps.get(i), counts[i], StepCounts::plus);
        }
        return result;
    }

    /// How many units were ever added: grows with every commit, also across attempts.
    synchronized long committed() {
        return committed;
    }
}
