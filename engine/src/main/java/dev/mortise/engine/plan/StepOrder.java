package dev.mortise.engine.plan;

import dev.mortise.engine.flow.Step;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Steps so that each comes after those it takes rows from, otherwise as written.
final class StepOrder {
    private StepOrder() {}

    /// @param steps without cycles: the flow's check saw to that
    static List<Step> of(Map<String, Step> steps) {
        Set<Step> ordered = new LinkedHashSet<>();
        steps.values().forEach(step -> add(step, steps, ordered));
        return new ArrayList<>(ordered);
    }

    private static void add(Step step, Map<String, Step> steps, Collection<Step> ordered) {
        for (String input : step.inputs()) {
            Step from = steps.get(input);
            if (from != null && !ordered.contains(from)) {
                add(from, steps, ordered);
            }
        }
        ordered.add(step);
    }
}
