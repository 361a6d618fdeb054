package dev.mortise.engine.plan;

import dev.mortise.engine.flow.Flow;
import dev.mortise.engine.flow.Step;
import dev.mortise.engine.operator.Expressions;
import dev.mortise.engine.operator.Planned;
import dev.mortise.engine.operator.Query;
import dev.mortise.engine.operator.RowOperator;
import dev.mortise.engine.operator.call.CallPlan;
import dev.mortise.spi.connect.Calls;
import dev.mortise.spi.connect.Dataset;
import dev.mortise.spi.option.Place;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

    /// @param known what is known of datasets already, by the name of the step that reads one
    Plan plan(Flow flow, Map<String, Dataset> known) {
        return new Planning(flow, known).plan();
    }

    /// The planning of one flow.
    private final class Planning {
        private final Flow flow;
        private final List<Problem> problems = new ArrayList<>();
        private final Map<String, Node> nodes = new HashMap<>();
        private final List<Pipeline> pipelines = new ArrayList<>();
        private final Readings readings;
        private final Writings writings;

        Planning(Flow flow, Map<String, Dataset> known) {
            this.flow = flow;
            this.readings = new Readings(connections, expressions, flow, known);
            this.writings = new Writings(connections, flow);
        }

        Plan plan() {
            for (Step step : StepOrder.of(flow.steps())) {
                try {
                    plan(step);
                } catch (ProblemException e) {
                    problems.add(e.problem().at(step.place().toString()));
                }
            }
            return new Plan(flow, pipelines, problems);
        }

        private void plan(Step step) {
            if (step.inputs().stream().allMatch(nodes::containsKey)) {
                node(step).ifPresent(node -> nodes.put(step.name(), node));
            }
        }

        private Optional<Node> node(Step step) {
            return switch (step) {
                case Step.Read read -> readings.plan(read, problems);
                case Step.Mapping map ->
                        rowwise(map, input(map.from()), expressions.map(map, schema(map.from())));
                case Step.Where where ->
                        rowwise(
                                where,
                                input(where.from()),
                                expressions.where(where, schema(where.from())));
                case Step.Expect expect ->
                        rowwise(
                                expect,
                                input(expect.from()),
                                expressions.expect(expect, schema(expect.from())));
                case Step.Call call -> rowwise(call, input(call.from()), planned(call));
                case Step.Sql sql -> querying(sql, Query.sql(expressions, sql, inputs(sql)));
                case Step.Dedupe dedupe ->
                        querying(dedupe, Query.dedupe(expressions, dedupe, inputs(dedupe)));
                case Step.Union union ->
                        querying(union, Query.union(expressions, union, inputs(union)));
                case Step.Write write -> {
                    writings.plan(write, input(write.from()), problems).ifPresent(pipelines::add);
                    yield Optional.empty();
                }
            };
        }

        private Planned<RowOperator> planned(Step.Call call) {
            Calls calls = connections.connector(call.connection(), Calls.class, "called");
            return CallPlan.of(call, calls, schema(call.from()));
        }

        private Node input(String name) {
            return java.util.Objects.requireNonNull(nodes.get(name));
        }

        private Schema schema(String name) {
            return input(name).schema();
        }

        private Map<String, Schema> inputs(Step step) {
            Map<String, Schema> schemas = new LinkedHashMap<>();
            step.inputs().forEach(name -> schemas.put(name, schema(name)));
            return schemas;
        }

        private Optional<Node> rowwise(Step step, Node input, Planned<RowOperator> planned) {
            return usable(planned.problems(), step.place())
                    ? Optional.of(
                            new Node.Rowwise(step.name(), input, planned.schema(), planned::open))
                    : Optional.empty();
        }

        private Optional<Node> querying(Step step, Planned<Query> planned) {
            Map<String, Node> inputs = new LinkedHashMap<>();
            step.inputs().forEach(name -> inputs.put(name, input(name)));
            return usable(planned.problems(), step.place())
                    ? Optional.of(
                            new Node.Querying(
                                    step.name(),
                                    inputs,
                                    planned.schema(),
                                    (sources, rejects) -> planned.open().open(sources, rejects)))
                    : Optional.empty();
        }

        private boolean usable(List<Problem> found, Place place) {
            found.forEach(problem -> problems.add(problem.at(place.toString())));
            return found.isEmpty();
        }
    }
}
