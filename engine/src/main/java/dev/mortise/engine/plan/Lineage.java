package dev.mortise.engine.plan;

import dev.mortise.engine.flow.Copy;
import dev.mortise.engine.flow.Flow;
import dev.mortise.engine.flow.Project;
import dev.mortise.engine.lineage.How;
import dev.mortise.engine.lineage.Origin;
import dev.mortise.engine.lineage.Trace;
import dev.mortise.engine.operator.Expressions;
import dev.mortise.spi.connect.Calls;
import dev.mortise.spi.connect.Connector;
import dev.mortise.spi.connect.Reads;
import dev.mortise.spi.problem.Nearest;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Schema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// Which columns of which flows have to do with a column of a dataset, and the other way round.
/// Exact: read from what is planned and from DuckDB's own parse trees, never from names that look
/// alike; where a query does not tell, it says [How#MAY]. Reads no row and changes nothing.
///
/// A copy takes every column under its name, so its tables are not looked at.
public final class Lineage {
    private final Map<String, FlowTrace.Traced> flows = new LinkedHashMap<>();
    private final Map<String, Copy> copies = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    private Lineage() {}

    /// Of all sound flows of a project. Each dataset they read is described by its connector: one
    /// whose columns are declared answers without connecting to anything, others connect. What
    /// cannot be described is among the [#problems].
    public static Lineage of(Project project) {
        try (Connections connections = new Connections(project.connections())) {
            return of(project, described(connections));
        }
    }

    /// Of all sound flows of a project, without connecting to anything.
    ///
    /// @param schemas the columns of a dataset that is read, or of the answers of one that is
    ///     called; may throw a [ProblemException], which is then among the [#problems]
    public static Lineage of(Project project, Function<DatasetRef, Schema> schemas) {
        Expressions.Limits limits =
                Expressions.Limits.spillingTo(project.folder().resolve(".mortise/spill"));
        try (Expressions expressions = new Expressions(limits)) {
            return of(project.flows().values(), expressions, schemas);
        }
    }

    /// Of some flows.
    public static Lineage of(
            Collection<Flow> flows, Expressions expressions, Function<DatasetRef, Schema> schemas) {
        Lineage lineage = new Lineage();
        for (Flow flow : flows) {
            FlowTrace.Traced traced = FlowTrace.of(flow, expressions, schemas);
            lineage.flows.put(flow.name(), traced);
            lineage.problems.addAll(traced.problems());
            flow.copy().ifPresent(copy -> lineage.copies.put(flow.name(), copy));
        }
        return lineage;
    }

    /// Columns as the connectors describe them.
    public static Function<DatasetRef, Schema> described(Connections connections) {
        return ref -> {
            Connector connector = connections.connector(ref.connection());
            if (connector instanceof Reads reads) {
                return reads.describe(ref.dataset()).schema();
            }
            return connections
                    .connector(ref.connection(), Calls.class, "read from")
                    .callee(ref.dataset())
                    .answer();
        };
    }

    /// What keeps flows, or steps of them, from being followed. Of those nothing is known.
    public List<Problem> problems() {
        return List.copyOf(problems);
    }

    /// Every column of every step that a column of a dataset has to do with, in the order of the
    /// flows and their steps. Empty when no flow reads it.
    ///
    /// @param dataset as the flows write it
    /// @throws ProblemException COLUMN_MISSING with the nearest name, when a flow reads the dataset
    ///     and it has no such column
    public List<Touched> touched(String connection, String dataset, String column) {
        DatasetRef ref = new DatasetRef(connection, dataset);
        Set<Touched> touched = new LinkedHashSet<>();
        flows.forEach(
                (flow, traced) -> {
                    Schema schema = traced.datasets().get(ref);
                    if (schema != null) {
                        require(ref, schema, column);
                    }
                    traced.steps()
                            .forEach((step, trace) -> add(flow, step, trace, ref, column, touched));
                });
        copies.forEach(
                (flow, copy) -> {
                    if (takes(copy, ref)) {
                        touched.add(new Touched(flow, dataset, column, How.COPIED));
                    }
                });
        return List.copyOf(touched);
    }

    private static void add(
            String flow,
            String step,
            Trace trace,
            DatasetRef ref,
            String column,
            Set<Touched> touched) {
        for (Trace.Column one : trace.columns()) {
            List.of(one.origins(), trace.rows()).stream()
                    .flatMap(Set::stream)
                    .filter(origin -> isOf(origin, ref) && origin.column().equals(column))
                    .forEach(o -> touched.add(new Touched(flow, step, one.name(), o.how())));
        }
    }

    private static boolean isOf(Origin origin, DatasetRef ref) {
        return origin.connection().equals(ref.connection())
                && origin.dataset().equals(ref.dataset());
    }

    private static boolean takes(Copy copy, DatasetRef ref) {
        return copy.from().equals(ref.connection())
                && (copy.include().isEmpty() || matches(copy.include(), ref.dataset()))
                && !matches(copy.exclude(), ref.dataset());
    }

    private static boolean matches(List<String> patterns, String dataset) {
        return patterns.stream().anyMatch(p -> CopyPlanner.glob(p).matcher(dataset).matches());
    }

    /// What a column of a step comes from: first where its values do, then what decides over the
    /// rows of the step.
    ///
    /// @param step any step; of a copy, the dataset
    /// @throws ProblemException FLOW_UNKNOWN, STEP_UNKNOWN or COLUMN_MISSING with the nearest name
    public List<Origin> sources(String flow, String step, String column) {
        Copy copy = copies.get(flow);
        if (copy != null) {
            require(takes(copy, new DatasetRef(copy.from(), step)), step, List.of());
            return List.of(new Origin(copy.from(), step, column, How.COPIED));
        }
        Trace trace = trace(flow, step);
        List<String> names = trace.columns().stream().map(Trace.Column::name).toList();
        if (!names.contains(column)) {
            throw missing("step '" + step + "'", column, names);
        }
        Set<Origin> all = new LinkedHashSet<>(trace.values(column));
        all.addAll(trace.rows());
        return List.copyOf(all);
    }

    /// The columns of a step and what they come from.
    ///
    /// @throws ProblemException FLOW_UNKNOWN or STEP_UNKNOWN with the nearest name
    public Trace trace(String flow, String step) {
        FlowTrace.Traced traced = flows.get(flow);
        if (traced == null) {
            throw ProblemException.of(
                    ProblemCode.FLOW_UNKNOWN,
                    "no sound flow is called '" + flow + "'",
                    Nearest.fix(flow, flows.keySet()));
        }
        Trace trace = traced.steps().get(step);
        require(trace != null, step, traced.steps().keySet());
        return java.util.Objects.requireNonNull(trace);
    }

    private static void require(boolean there, String step, Collection<String> steps) {
        if (!there) {
            throw ProblemException.of(
                    ProblemCode.STEP_UNKNOWN,
                    "no step '" + step + "' could be followed",
                    Nearest.fix(step, steps));
        }
    }

    static void require(DatasetRef dataset, Schema schema, String column) {
        if (!schema.has(column)) {
            throw missing("'" + dataset + "'", column, schema.names());
        }
    }

    private static ProblemException missing(String owner, String column, List<String> names) {
        return ProblemException.of(
                ProblemCode.COLUMN_MISSING,
                owner + " has no column '" + column + "'",
                Nearest.fix(column, names));
    }
}
