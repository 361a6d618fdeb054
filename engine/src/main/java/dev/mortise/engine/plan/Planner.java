package dev.mortise.engine.plan;

import dev.mortise.engine.flow.Draft;
import dev.mortise.engine.flow.Flow;
import dev.mortise.engine.operator.Expressions;
import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.Dataset;
import java.time.Duration;
import java.util.Map;

/// Turns a flow of steps into pipelines: looks every dataset up, types every expression, and asks
/// every sink what it would do. Finds all problems it can: a step whose inputs failed is passed
/// over, the others are still looked at. Changes nothing anywhere.
public final class Planner {
    private final Connections connections;
    private final Expressions expressions;

    public Planner(Connections connections, Expressions expressions) {
        this.connections = connections;
        this.expressions = expressions;
    }

    public Plan plan(Flow flow) {
        return plan(flow, Map.of());
    }

    /// What can be found out of a flow that is still being written: each step for itself, whatever
    /// is wrong with the others. What takes longer than it may is left out, and a problem tells.
    ///
    /// @param rows given for some steps, by name, which are then not planned and read nothing
    public Outline outline(Draft draft, Map<String, Batch> rows, Duration within) {
        return new Outlining(connections, expressions, draft, rows).within(within);
    }

    /// @param known what is known of datasets already, by the name of the step that reads one
    Plan plan(Flow flow, Map<String, Dataset> known) {
        Planning planning = new Planning(connections, expressions, flow, name -> known.get(name));
        StepOrder.of(flow.steps()).forEach(planning::plan);
        return new Plan(flow, planning.pipelines(), planning.problems(), planning.sources());
    }
}
