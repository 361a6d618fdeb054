package dev.mortise.engine.plan;

import dev.mortise.engine.flow.Flow;
import dev.mortise.engine.flow.Step;
import dev.mortise.engine.operator.Expressions;
import dev.mortise.engine.operator.Planned;
import dev.mortise.engine.operator.RowOperator;
import dev.mortise.spi.connect.Dataset;
import dev.mortise.spi.connect.Incremental;
import dev.mortise.spi.connect.Predicate;
import dev.mortise.spi.connect.Reads;
import dev.mortise.spi.connect.Scan;
import dev.mortise.spi.connect.WriteMode;
import dev.mortise.spi.problem.Nearest;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.type.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Plans `read` steps: looks the dataset up and pushes columns and simple filters down.
final class Readings {
    private final Connections connections;
    private final Expressions expressions;
    private final Flow flow;
    private final Function<String, @Nullable Dataset> known;
    private final Map<String, Schema> found = new ConcurrentHashMap<>();

    /// @param known what is known of datasets already, by step
    Readings(
            Connections connections,
            Expressions expressions,
            Flow flow,
            Function<String, @Nullable Dataset> known) {
        this.connections = connections;
        this.expressions = expressions;
        this.flow = flow;
        this.known = known;
    }

    Optional<Node> plan(Step.Read read, List<Problem> problems) {
        Reads reads = connections.connector(read.connection(), Reads.class, "read from");
        Dataset described = known.apply(read.name());
        Dataset dataset = described == null ? reads.describe(read.dataset()) : described;
        found.put(read.connection() + "." + dataset.name(), dataset.schema());
        int before = problems.size();
        checkColumns(read, dataset, problems);
        if (problems.size() > before) {
            return Optional.empty();
        }
        return filtered(read, reads, dataset, problems);
    }

    /// The columns of each dataset that was looked up, by `connection.dataset`.
    Map<String, Schema> found() {
        return found;
    }

    private static void checkColumns(Step.Read read, Dataset dataset, List<Problem> problems) {
        for (String column : read.columns()) {
            check(column, read, dataset, problems);
        }
        read.incremental().ifPresent(cursor -> check(cursor.by(), read, dataset, problems));
    }

    private static void check(
            String column, Step.Read read, Dataset dataset, List<Problem> problems) {
        if (!dataset.schema().has(column)) {
            problems.add(
                    new Problem(
                            ProblemCode.COLUMN_MISSING,
                            "'%s.%s' has no column '%s'"
                                    .formatted(read.connection(), dataset.name(), column),
                            read.place().toString(),
                            Nearest.fix(column, dataset.schema().names())));
        }
    }

    /// A filter the source understands goes with the scan; any other is a row-wise step after it.
    private Optional<Node> filtered(
            Step.Read read, Reads reads, Dataset dataset, List<Problem> problems) {
        Schema full = dataset.schema();
        Optional<Predicate> pushed =
                read.where().flatMap(condition -> expressions.predicate(condition, full));
        boolean stays = read.where().isPresent() && pushed.isEmpty();
        List<String> columns = stays ? List.of() : read.columns();
        Scan scan = new Scan(columns, pushed, incremental(read));
        Schema schema = columns.isEmpty() ? full : full.project(columns);
        Node reading =
                new Node.Reading(read.name(), read.connection(), reads, dataset, scan, schema);
        if (!stays) {
            return Optional.of(reading);
        }
        Planned<RowOperator> where =
                expressions.where(read.where().get(), read.name(), read.place(), schema);
        problems.addAll(where.problems());
        return where.problems().isEmpty()
                ? Optional.of(
                        wanted(read, new Node.Rowwise(read.name(), reading, schema, where::open)))
                : Optional.empty();
    }

    /// The columns asked for, where the filter above needed others too.
    private Node wanted(Step.Read read, Node filtered) {
        if (read.columns().isEmpty()) {
            return filtered;
        }
        Map<String, String> columns = new LinkedHashMap<>();
        read.columns().forEach(name -> columns.put(name, quoted(name)));
        Step.Mapping pick =
                new Step.Mapping(
                        read.name(), read.name(), columns, false, 0, Set.of(), read.place());
        Planned<RowOperator> map = expressions.map(pick, filtered.schema());
        return new Node.Rowwise(read.name(), filtered, map.schema(), map::open);
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private Optional<Incremental> incremental(Step.Read read) {
        return read.incremental()
                .map(
                        cursor ->
                                new Incremental(
                                        cursor.by(),
                                        Optional.empty(),
                                        cursor.lookback(),
                                        !appends()));
    }

    private boolean appends() {
        return flow.steps().values().stream()
                .anyMatch(step -> step instanceof Step.Write w && w.mode() == WriteMode.APPEND);
    }
}
