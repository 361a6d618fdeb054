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
import dev.mortise.spi.connect.SinkPlan;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The planning of one flow, step after step. One thread plans; others may look at what is there.
final class Planning {
    private final Connections connections;
    private final Expressions expressions;
    private final Readings readings;
    private final Writings writings;
    private final Map<String, Node> nodes = new ConcurrentHashMap<>();
    private final Map<String, Schema> schemas = new ConcurrentHashMap<>();
    private final Map<String, SinkPlan> sinks = new ConcurrentHashMap<>();
    private final Map<String, List<Problem>> found = new ConcurrentHashMap<>();
    private final List<Problem> problems = new CopyOnWriteArrayList<>();
    private final List<Pipeline> pipelines = new CopyOnWriteArrayList<>();

    /// @param known what is known of datasets already, by the name of the step that reads one; null
    ///     for those to be asked about
    Planning(
            Connections connections,
            Expressions expressions,
            Flow flow,
            Function<String, @Nullable Dataset> known) {
        this.connections = connections;
        this.expressions = expressions;
        this.readings = new Readings(connections, expressions, flow, known);
        this.writings = new Writings(connections, flow);
    }

    /// Plans a step of which all inputs have been; passes over one whose inputs could not be.
    void plan(Step step) {
        if (!step.inputs().stream().allMatch(nodes::containsKey)) {
            return;
        }
        List<Problem> own = new ArrayList<>();
        try {
            node(step, own).ifPresent(node -> give(step.name(), node));
        } catch (ProblemException e) {
            own.add(e.problem().at(step.place().toString()));
        }
        problems.addAll(own);
        found.put(step.name(), List.copyOf(own));
    }

    /// Has a step stand for these rows instead of what it does.
    void give(String step, Node node) {
        nodes.put(step, node);
        schemas.put(step, node.schema());
    }

    Map<String, Node> nodes() {
        return nodes;
    }

    /// What steps give, also such as have problems.
    Map<String, Schema> schemas() {
        return schemas;
    }

    /// What write steps would do.
    Map<String, SinkPlan> sinks() {
        return sinks;
    }

    /// By step; steps that were passed over are missing.
    Map<String, List<Problem>> found() {
        return found;
    }

    /// What read steps found, by `connection.dataset`.
    Map<String, Schema> sources() {
        return readings.found();
    }

    List<Problem> problems() {
        return problems;
    }

    List<Pipeline> pipelines() {
        return pipelines;
    }

    private Optional<Node> node(Step step, List<Problem> own) {
        return switch (step) {
            case Step.Read read -> readings.plan(read, own);
            case Step.Mapping map ->
                    rowwise(map, own, input(map.from()), expressions.map(map, schema(map.from())));
            case Step.Where where ->
                    rowwise(
                            where,
                            own,
                            input(where.from()),
                            expressions.where(where, schema(where.from())));
            case Step.Expect expect ->
                    rowwise(
                            expect,
                            own,
                            input(expect.from()),
                            expressions.expect(expect, schema(expect.from())));
            case Step.Call call -> rowwise(call, own, input(call.from()), planned(call));
            case Step.Sql sql -> querying(sql, own, Query.sql(expressions, sql, inputs(sql)));
            case Step.Dedupe dedupe ->
                    querying(dedupe, own, Query.dedupe(expressions, dedupe, inputs(dedupe)));
            case Step.Union union ->
                    querying(union, own, Query.union(expressions, union, inputs(union)));
            case Step.Write write -> {
                Writings.Written written = writings.plan(write, input(write.from()), own);
                sinks.put(write.name(), written.sink());
                written.pipeline().ifPresent(pipelines::add);
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

    private Optional<Node> rowwise(
            Step step, List<Problem> own, Node input, Planned<RowOperator> planned) {
        return usable(step, planned, own)
                ? Optional.of(new Node.Rowwise(step.name(), input, planned.schema(), planned::open))
                : Optional.empty();
    }

    private Optional<Node> querying(Step step, List<Problem> own, Planned<Query> planned) {
        Map<String, Node> inputs = new LinkedHashMap<>();
        step.inputs().forEach(name -> inputs.put(name, input(name)));
        return usable(step, planned, own)
                ? Optional.of(
                        new Node.Querying(
                                step.name(),
                                inputs,
                                planned.schema(),
                                (sources, rejects) -> planned.open().open(sources, rejects)))
                : Optional.empty();
    }

    private boolean usable(Step step, Planned<?> planned, List<Problem> own) {
        planned.problems().forEach(problem -> own.add(problem.at(step.place().toString())));
        schemas.put(step.name(), planned.schema());
        return planned.problems().isEmpty();
    }
}
