package dev.mortise.engine.flow;

import dev.mortise.spi.option.Place;
import dev.mortise.spi.problem.Problem;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A flow as far as it can be read, whatever is wrong with it: what an author sees while writing.
///
/// @param flow its steps may have gaps, take rows from steps that are not there, or wait for each
///     other
/// @param places where each step's name stands, also of steps that could not be read
/// @param end the line of the first word after the steps; [Integer#MAX_VALUE] when there is none
/// @param problems of the flow's file and of the connections it uses
public record Draft(Flow flow, Map<String, Place> places, int end, List<Problem> problems) {
    public Draft {
        places = Collections.unmodifiableMap(new LinkedHashMap<>(places));
        problems = List.copyOf(problems);
    }

    /// One step and those its rows come from, alone. A step that is not there gives none.
    public Draft upTo(String step) {
        Map<String, Step> kept = new LinkedHashMap<>();
        follow(step, kept);
        return new Draft(flow.with(kept), places, end, problems);
    }

    private void follow(String name, Map<String, Step> kept) {
        Step step = flow.steps().get(name);
        if (step != null && kept.putIfAbsent(name, step) == null) {
            step.inputs().forEach(input -> follow(input, kept));
        }
    }

    /// The step a problem stands in; empty when it is none of a step's.
    public Optional<String> stepOf(Problem problem) {
        Optional<Place> place = Place.parse(problem.place());
        if (place.isEmpty() || !place.get().file().equals(flow.place().file())) {
            return Optional.empty();
        }
        int line = place.get().line();
        String found = null;
        int nearest = 0;
        for (Map.Entry<String, Place> step : places.entrySet()) {
            int start = step.getValue().line();
            if (start <= line && start > nearest) {
                found = step.getKey();
                nearest = start;
            }
        }
        return line < end ? Optional.ofNullable(found) : Optional.empty();
    }

    /// Whether a step has gaps: something is wrong with its words, not only with what others make
    /// of it.
    public boolean broken(String step) {
        String own = String.valueOf(places.get(step));
        return problems.stream()
                .filter(problem -> !problem.place().equals(own))
                .anyMatch(problem -> stepOf(problem).filter(step::equals).isPresent());
    }
}
