package dev.mortise.engine.run;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Adds up what the units of one pipeline saw, unit by unit as they commit, so that work that was
/// rolled back and done again counts once.
final class StepTally {
    /// The ledger has room for 4,000 letters, and the cursor stands beside the counts.
    private static final int TEXT_MAX = 1_500;

    private final List<String> steps;
    private final StepCounts[] counts;
    private long committed;

    /// @param steps names in the order rows meet them: head, row-wise steps, sink
    StepTally(List<String> steps) {
        this.steps = steps;
        this.counts = new StepCounts[steps.size()];
        Arrays.fill(counts, StepCounts.NONE);
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

    /// All counts as one word. Of very many steps only the first and the last.
    synchronized String text() {
        String all = text(List.of(counts));
        return all.length() <= TEXT_MAX ? all : text(List.of(counts[0], counts[counts.length - 1]));
    }

    private static String text(List<StepCounts> counts) {
        return counts.stream().map(StepCounts::text).collect(Collectors.joining(","));
    }

    /// Takes the counts of a write that had finished before this attempt. When the flow has another
    /// number of steps by now, those of the first and of the last.
    synchronized void finished(String text) {
        if (text.isEmpty()) {
            return;
        }
        List<StepCounts> known = Arrays.stream(text.split(",")).map(StepCounts::parse).toList();
        reset();
        boolean same = known.size() == counts.length;
        for (int i = 0; i < counts.length && same; i++) {
            counts[i] = known.get(i);
        }
        if (!same) {
            counts[0] = known.getFirst();
            counts[counts.length - 1] = known.getLast();
        }
    }

    synchronized void reset() {
        Arrays.fill(counts, StepCounts.NONE);
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
