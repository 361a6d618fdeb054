package dev.mortise.engine.plan;

import dev.mortise.engine.flow.Flow;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.type.Schema;
import java.util.List;
import java.util.Map;

/// What a run of a flow will do.
///
/// @param pipelines one for each write step, in the order of the flow
/// @param problems all that keep it from running; empty means it can run
/// @param sources the columns of the datasets its read steps found, all of them, by
///     `connection.dataset`; also where problems keep it from running
public record Plan(
        Flow flow, List<Pipeline> pipelines, List<Problem> problems, Map<String, Schema> sources) {
    public Plan {
        pipelines = List.copyOf(pipelines);
        problems = List.copyOf(problems);
        sources = Map.copyOf(sources);
    }
}
