package dev.mortise.engine.run;

import dev.mortise.engine.run.Receipt.Checked;
import dev.mortise.engine.run.Receipt.State;
import dev.mortise.spi.problem.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is known of a run so far. Tables of a copy add to it side by side.
final class Outcome {
    private final List<StepTally> tallies = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private Optional<Checked> checked = Optional.empty();
    private boolean resumed;

    synchronized void add(StepTally tally) {
        tallies.add(tally);
    }

    synchronized void add(Problem problem) {
        problems.add(problem);
    }

    synchronized void add(Optional<Checked> more) {
        checked = more.map(one -> checked.map(one::plus).orElse(one)).or(() -> checked);
    }

    synchronized void resumed(boolean did) {
        resumed |= did;
    }

    synchronized Receipt receipt(String flow, String run, double seconds) {
        Map<String, StepCounts> steps = new LinkedHashMap<>();
        for (StepTally tally : tallies) {
            tally.byStep().forEach((step, counts) -> steps.merge(step, counts, StepCounts::plus));
        }
        return new Receipt(flow, run, state(steps), seconds, resumed, steps, checked, problems);
    }

    private State state(Map<String, StepCounts> steps) {
        if (!problems.isEmpty()) {
            return State.FAILED;
        }
        boolean rejected = steps.values().stream().anyMatch(s -> s.rowsRejected() > 0);
        boolean differs = checked.isPresent() && !checked.get().equal();
        return rejected || differs ? State.REJECTED : State.SUCCEEDED;
    }
}
