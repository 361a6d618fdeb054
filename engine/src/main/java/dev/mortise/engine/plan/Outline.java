package dev.mortise.engine.plan;

import dev.mortise.engine.flow.Draft;
import dev.mortise.spi.connect.SinkPlan;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.type.Schema;
import java.util.List;
import java.util.Map;

/// What was found out of a flow that is still being written, step by step.
///
/// @param nodes the steps that can give rows
/// @param schemas the columns steps give, as far as they are known
/// @param sinks what write steps would do
/// @param problems by step, what planning it met; steps whose inputs could not be planned are
///     missing
/// @param sources the columns of the datasets read steps found, by `connection.dataset`
public record Outline(
        Draft draft,
        Map<String, Node> nodes,
        Map<String, Schema> schemas,
        Map<String, SinkPlan> sinks,
        Map<String, List<Problem>> problems,
        Map<String, Schema> sources) {
    public Outline {
        nodes = Map.copyOf(nodes);
        schemas = Map.copyOf(schemas);
        sinks = Map.copyOf(sinks);
        problems = Map.copyOf(problems);
        sources = Map.copyOf(sources);
    }
}
