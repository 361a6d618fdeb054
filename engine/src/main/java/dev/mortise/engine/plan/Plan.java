package dev.mortise.engine.plan;

import dev.mortise.engine.flow.Flow;
import dev.mortise.spi.problem.Problem;
import java.util.List;

/// What a run of a flow will do.
///
/// @param pipelines one for each write step, in the order of the flow
/// @param problems all that keep it from running; empty means it can run
public record Plan(Flow flow, List<Pipeline> pipelines, List<Problem> problems) {
    public Plan {
        pipelines = List.copyOf(pipelines);
        problems = List.copyOf(problems);
    }
}
