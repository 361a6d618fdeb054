package dev.mortise.server.design;

import dev.mortise.engine.flow.Draft;
import dev.mortise.engine.flow.Step;
import dev.mortise.engine.plan.Node;
import dev.mortise.engine.plan.Outline;
import dev.mortise.server.web.ProblemsException;
import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.problem.Nearest;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Finds what gives the rows of one step of a draft.
final class StepSample {
    private StepSample() {}

    /// What gives the rows; of a step that writes, those that reach it.
    ///
    /// @throws ProblemsException all that keeps it from giving any
    static Node node(Bench bench, String step, Map<String, Batch> pins) {
        Draft draft = bench.demand();
        Step found = draft.flow().steps().get(step);
        if (found == null && !pins.containsKey(step)) {
            throw new ProblemsException(missing(draft, step));
        }
        String giving = found instanceof Step.Write write ? write.from() : step;
        Outline outline = bench.outline(draft.upTo(giving), pins, CheckDesk.TIME);
        Node node = outline.nodes().get(giving);
        if (node == null) {
            throw new ProblemsException(reasons(outline, giving));
        }
        return node;
    }

    private static List<Problem> missing(Draft draft, String step) {
        List<Problem> own =
                draft.problems().stream()
                        .filter(p -> draft.stepOf(p).filter(step::equals).isPresent())
                        .toList();
        return own.isEmpty()
                ? List.of(
                        Problem.of(
                                ProblemCode.STEP_UNKNOWN,
                                "no step is called '" + step + "'",
                                Nearest.fix(step, draft.places().keySet())))
                : own;
    }

    private static List<Problem> reasons(Outline outline, String step) {
        Set<Problem> found = new LinkedHashSet<>();
        outline.problems().values().forEach(found::addAll);
        Draft draft = outline.draft();
        Set<String> chain = draft.flow().steps().keySet();
        draft.problems().stream()
                .filter(p -> draft.stepOf(p).filter(chain::contains).isPresent())
                .forEach(found::add);
        return found.isEmpty()
                ? List.of(
                        Problem.of(
                                ProblemCode.STEP_CYCLE,
                                "step '" + step + "' waits for itself, or for one that is missing",
                                "let it take its rows from another step"))
                : new ArrayList<>(found);
    }
}
