package dev.mortise.engine.flow;

import dev.mortise.spi.option.Place;
import dev.mortise.spi.problem.Nearest;
import dev.mortise.spi.problem.ProblemCode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Who takes rows from whom: finds steps that are not there, circles, and rows nobody writes.
final class StepGraph {
    /// @param word what names the input: `from`, `union`, `sql`
    private record Link(String step, String input, String word, Place place) {}

    private final Map<String, Place> steps = new LinkedHashMap<>();
    private final Set<String> writes = new HashSet<>();
    private final List<Link> links = new ArrayList<>();
    private boolean open;

    void add(String step, Place place) {
        steps.put(step, place);
    }

    void write(String step) {
        writes.add(step);
    }

    /// Some step could not be understood, so nobody can say whose rows it would take.
    void leaveOpen() {
        open = true;
    }

    void link(String step, String input, String word, Place place) {
        links.add(new Link(step, input, word, place));
    }

    /// The step a table name in SQL means: SQL does not tell upper from lower case.
    Optional<String> named(String table) {
        return steps.keySet().stream().filter(table::equalsIgnoreCase).findFirst();
    }

    /// @param flow where the flow itself stands
    void check(Place flow, Problems problems) {
        links.forEach(link -> checkInput(link, problems));
        checkCircles(problems);
        if (open) {
            return;
        }
        if (writes.isEmpty()) {
            problems.add(
                    ProblemCode.DOCUMENT_INVALID,
                    flow,
                    "the flow writes nothing: it has no 'write' step",
                    "add a step such as '{from: "
                            + last()
                            + ", write: crm.customer, mode: append}'");
            return;
        }
        Set<String> used = new HashSet<>(writes);
        for (Link link : links) {
            used.add(
                    steps.containsKey(link.input)
                            ? link.input
                            : Nearest.of(link.input, others(link.step)).orElse(""));
        }
        steps.forEach(
                (step, place) -> {
                    if (!used.contains(step)) {
                        problems.add(
                                ProblemCode.DOCUMENT_INVALID,
                                place,
                                "nothing takes the rows of step '" + step + "'",
                                "write them with a 'write' step, or remove the step");
                    }
                });
    }

    private String last() {
        String last = "";
        for (String step : steps.keySet()) {
            last = step;
        }
        return last;
    }

    private void checkInput(Link link, Problems problems) {
        if (!steps.containsKey(link.input)) {
            problems.add(
                    ProblemCode.STEP_UNKNOWN,
                    link.place,
                    "'"
                            + link.word
                            + "' of step '"
                            + link.step
                            + "' names '"
                            + link.input
                            + "', which is no step of this flow",
                    Nearest.fix(link.input, others(link.step)));
        } else if (writes.contains(link.input) && !link.input.equals(link.step)) {
            problems.add(
                    ProblemCode.VALUE_INVALID,
                    link.place,
                    "step '" + link.input + "' writes and hands no rows on to '" + link.step + "'",
                    "take them from the step before it" + before(link.input));
        }
    }

    private List<String> others(String step) {
        return steps.keySet().stream()
                .filter(name -> !name.equals(step) && !writes.contains(name))
                .toList();
    }

    private String before(String step) {
        return links.stream()
                .filter(link -> link.step.equals(step))
                .findFirst()
                .map(link -> ": 'from: " + link.input + "'")
                .orElse("");
    }

    private void checkCircles(Problems problems) {
        Set<String> done = new HashSet<>();
        for (String step : steps.keySet()) {
            follow(step, new ArrayList<>(), done, problems);
        }
    }

    /// Goes up from a step to its inputs; the recursion is as deep as the flow is long.
    private void follow(String step, List<String> path, Set<String> done, Problems problems) {
        int start = path.indexOf(step);
        if (start >= 0) {
            circle(path.subList(start, path.size()), problems);
        }
        if (start >= 0 || !done.add(step)) {
            return;
        }
        path.add(step);
        for (Link link : links) {
            if (link.step.equals(step) && steps.containsKey(link.input)) {
                follow(link.input, path, done, problems);
            }
        }
        path.removeLast();
    }

    /// @param upward each step before the one it takes rows from
    private void circle(List<String> upward, Problems problems) {
        List<String> way = new ArrayList<>();
        way.add(upward.getFirst());
        way.addAll(upward.reversed());
        problems.add(
                ProblemCode.STEP_CYCLE,
                steps.getOrDefault(upward.getFirst(), Place.NOWHERE),
                "steps wait for each other: " + String.join(" → ", way),
                "let one of them take its rows from another step");
    }
}
