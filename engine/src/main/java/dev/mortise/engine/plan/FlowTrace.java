package dev.mortise.engine.plan;

import dev.mortise.engine.flow.Flow;
import dev.mortise.engine.flow.Step;
import dev.mortise.engine.lineage.How;
import dev.mortise.engine.lineage.Origin;
import dev.mortise.engine.lineage.SqlLineage;
import dev.mortise.engine.lineage.Trace;
import dev.mortise.engine.operator.Expressions;
import dev.mortise.engine.operator.Planned;
import dev.mortise.engine.operator.Query;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Schema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// Follows the columns of one flow of steps from its reads to its writes. Types every step as the
/// planner does, but asks no target and reads no row; a step that cannot be typed, and what takes
/// rows from it, is left out with its problems.
///
/// Rows that are set aside because a value is refused are no part of lineage: any column can do
/// that.
final class FlowTrace {
    private final Expressions expressions;
    private final SqlLineage sql;
    private final Function<DatasetRef, Schema> schemas;
    private final Map<DatasetRef, Schema> seen = new LinkedHashMap<>();
    private final Map<String, Schema> typed = new HashMap<>();
    private final Map<String, Trace> traces = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    private FlowTrace(Expressions expressions, Function<DatasetRef, Schema> schemas) {
        this.expressions = expressions;
        this.sql = new SqlLineage(expressions);
        this.schemas = schemas;
    }

    /// @param steps by name, in an order in which each comes after its inputs
    /// @param datasets what was read or called, with its columns
    record Traced(
            Map<String, Trace> steps, Map<DatasetRef, Schema> datasets, List<Problem> problems) {}

    static Traced of(Flow flow, Expressions expressions, Function<DatasetRef, Schema> schemas) {
        FlowTrace trace = new FlowTrace(expressions, schemas);
        for (Step step : StepOrder.of(flow.steps())) {
            try {
                trace.follow(step);
            } catch (ProblemException e) {
                trace.problems.add(e.problem().at(step.place().toString()));
            }
        }
        return new Traced(trace.traces, trace.seen, trace.problems);
    }

    private void follow(Step step) {
        if (!typed.keySet().containsAll(step.inputs())) {
            return;
        }
        switch (step) {
            case Step.Read read -> read(read);
            case Step.Mapping map -> map(map);
            case Step.Where where -> where(where);
            case Step.Expect expect -> expect(expect);
            case Step.Call call -> call(call);
            case Step.Sql query -> query(query);
            case Step.Dedupe dedupe -> dedupe(dedupe);
            case Step.Union union -> union(union);
            case Step.Write write -> write(write);
        }
    }

    private void read(Step.Read read) {
        DatasetRef dataset = new DatasetRef(read.connection(), read.dataset());
        Schema full = schema(dataset);
        Trace whole = new Trace(columns(dataset, full.names()), Set.of());
        List<String> wanted = read.columns().isEmpty() ? full.names() : read.columns();
        wanted.forEach(column -> Lineage.require(dataset, full, column));
        Trace trace = new Trace(columns(dataset, wanted), Set.of());
        if (read.where().isPresent()) {
            String where = read.where().get();
            typed(read, expressions.where(where, read.name(), read.place(), full));
            Trace visible = whole.named(Expressions.visible(full));
            Set<Origin> named = sql.expression(where, read.name(), visible);
            trace = trace.decidedBy(named, How.FILTERED_BY);
        }
        if (read.incremental().isPresent()) {
            String cursor = read.incremental().get().by();
            Lineage.require(dataset, full, cursor);
            trace = trace.decidedBy(whole.values(cursor), How.CURSOR);
        }
        put(read, full.project(wanted), trace);
    }

    private Schema schema(DatasetRef dataset) {
        return seen.computeIfAbsent(dataset, schemas);
    }

    private static List<Trace.Column> columns(DatasetRef dataset, Collection<String> names) {
        return names.stream()
                .map(name -> new Trace.Column(name, Set.of(dataset.origin(name))))
                .toList();
    }

    private void map(Step.Mapping map) {
        Schema input = schema(map.from());
        Schema schema = typed(map, expressions.map(map, input));
        List<Trace.Column> columns = new ArrayList<>();
        for (String name : schema.names()) {
            String expression = map.columns().get(name);
            Set<Origin> origins =
                    expression == null
                            ? trace(map.from()).values(name)
                            : mapped(map, expression, input);
            columns.add(new Trace.Column(name, origins));
        }
        put(map, schema, new Trace(columns, trace(map.from()).rows()));
    }

    /// A column named exactly is meant before one whose name only looks alike.
    private Set<Origin> mapped(Step.Mapping map, String expression, Schema input) {
        return input.has(expression)
                ? trace(map.from()).values(expression)
                : expression(expression, map.from());
    }

    private void where(Step.Where where) {
        typed(where, expressions.where(where, schema(where.from())));
        Set<Origin> named = expression(where.condition(), where.from());
        through(where, trace(where.from()).decidedBy(named, How.FILTERED_BY));
    }

    /// A rule that only warns leaves every row.
    private void expect(Step.Expect expect) {
        typed(expect, expressions.expect(expect, schema(expect.from())));
        Trace trace = trace(expect.from());
        for (Step.Rule rule : expect.rules()) {
            if (rule.otherwise() != Step.Rule.Otherwise.WARN) {
                Set<Origin> named = expression(rule.condition(), expect.from());
                trace = trace.decidedBy(named, How.FILTERED_BY);
            }
        }
        through(expect, trace);
    }

    private void call(Step.Call call) {
        Schema answer = schema(new DatasetRef(call.connection(), call.dataset()));
        CallTrace traced = CallTrace.of(call, answer, schema(call.from()), trace(call.from()));
        put(call, traced.schema(), traced.trace());
    }

    private void query(Step.Sql query) {
        Map<String, Schema> inputs = new LinkedHashMap<>();
        Map<String, Trace> tables = new LinkedHashMap<>();
        for (String name : query.inputs()) {
            inputs.put(name, schema(name));
            tables.put(name, visible(name));
        }
        Schema schema = typed(query, Query.sql(expressions, query, inputs));
        put(query, schema, sql.query(query.query(), tables, schema.names()));
    }

    private void dedupe(Step.Dedupe dedupe) {
        typed(
                dedupe,
                Query.dedupe(expressions, dedupe, Map.of(dedupe.from(), schema(dedupe.from()))));
        Trace trace = trace(dedupe.from());
        Set<Origin> key = values(trace, dedupe.key());
        Trace visible = visible(dedupe.from());
        Set<Origin> order =
                dedupe.order().map(o -> sql.order(o, dedupe.from(), visible)).orElse(Set.of());
        through(dedupe, trace.decidedBy(key, How.GROUPED_BY).decidedBy(order, How.FILTERED_BY));
    }

    private void union(Step.Union union) {
        Map<String, Schema> inputs = new LinkedHashMap<>();
        union.inputs().forEach(name -> inputs.put(name, schema(name)));
        Schema schema = typed(union, Query.union(expressions, union, inputs));
        Set<Origin> rows = new LinkedHashSet<>();
        union.inputs().forEach(input -> rows.addAll(trace(input).rows()));
        List<Trace.Column> columns = new ArrayList<>();
        for (String name : schema.names()) {
            Set<Origin> origins = new LinkedHashSet<>();
            union.inputs().forEach(input -> origins.addAll(trace(input).values(name)));
            columns.add(new Trace.Column(name, origins));
        }
        put(union, schema, new Trace(columns, rows));
    }

    private void write(Step.Write write) {
        Trace trace = trace(write.from());
        through(write, trace.decidedBy(values(trace, write.key()), How.KEY));
    }

    private static Set<Origin> values(Trace trace, List<String> columns) {
        Set<Origin> all = new LinkedHashSet<>();
        columns.forEach(column -> all.addAll(trace.values(column)));
        return all;
    }

    private Set<Origin> expression(String expression, String from) {
        return sql.expression(expression, from, visible(from));
    }

    private Trace visible(String step) {
        return trace(step).named(Expressions.visible(schema(step)));
    }

    private Schema typed(Step step, Planned<?> planned) {
        if (!planned.problems().isEmpty()) {
            List<Problem> found = planned.problems();
            found.subList(1, found.size())
                    .forEach(problem -> problems.add(problem.at(step.place().toString())));
            throw new ProblemException(found.getFirst());
        }
        return planned.schema();
    }

    /// A step that gives the columns it takes.
    private void through(Step step, Trace trace) {
        put(step, schema(step.inputs().getFirst()), trace);
    }

    private void put(Step step, Schema schema, Trace trace) {
        typed.put(step.name(), schema);
        traces.put(step.name(), trace);
    }

    private Schema schema(String step) {
        return java.util.Objects.requireNonNull(typed.get(step));
    }

    private Trace trace(String step) {
        return java.util.Objects.requireNonNull(traces.get(step));
    }
}
