package dev.mortise.server.design;

import static java.util.Objects.requireNonNull;

import dev.mortise.engine.plan.Node;
import dev.mortise.engine.sample.Limits;
import dev.mortise.engine.sample.Sample;
import dev.mortise.server.connection.OpenConnections;
import dev.mortise.server.connection.Samplings;
import dev.mortise.server.design.Evaluated.Value;
import dev.mortise.server.document.Definitions;
import dev.mortise.server.web.ProblemBody;
import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Shows what expressions make of the first rows of a step.
@Component
final class EvaluateDesk {
    static final int ROWS_MAX = 20;
    private static final int EXPRESSIONS_MAX = 1_000;
    private static final int READ_MAX = 1_000;

    private final Definitions definitions;
    private final OpenConnections open;
    private final Samplings samplings;

    EvaluateDesk(Definitions definitions, OpenConnections open, Samplings samplings) {
        this.definitions = definitions;
        this.open = open;
        this.samplings = samplings;
    }

    /// What is asked for.
    ///
    /// @param step whose rows the expressions see
    /// @param expressions DuckDB SQL by column
    /// @param types the values are to have, by column; the expression's own for the others
    record Wanted(
            String name,
            String text,
            String step,
            Map<String, String> expressions,
            Map<String, String> types,
            int rows) {}

    Evaluated evaluate(String project, Wanted wanted, Map<String, Batch> pins) {
        if (wanted.expressions().size() > EXPRESSIONS_MAX) {
            throw ProblemException.of(
                    ProblemCode.LIMIT_EXCEEDED,
                    "at most %d expressions are evaluated at once, got %d"
                            .formatted(EXPRESSIONS_MAX, wanted.expressions().size()),
                    "send them in parts");
        }
        try (Bench bench = Bench.of(definitions, open, project, wanted.name(), wanted.text())) {
            Node node = StepSample.node(bench, wanted.step(), pins);
            Limits limits = new Limits(wanted.rows(), READ_MAX, Limits.BYTES_MAX, Samplings.TIME);
            Sample sample = samplings.take(project, "", node, limits);
            return evaluated(bench, wanted, sample);
        }
    }

    private static Evaluated evaluated(Bench bench, Wanted wanted, Sample sample) {
        List<Map<String, Value>> rows = new ArrayList<>();
        Map<String, String> types = new LinkedHashMap<>();
        List<ProblemBody.One> problems = new ArrayList<>();
        for (int i = 0; i < sample.rows(); i++) {
            rows.add(new LinkedHashMap<>());
        }
        wanted.expressions()
                .forEach(
                        (column, given) -> {
                            String sql = given == null ? "" : given;
                            Trying.Result result = tried(bench, wanted, column, sql, sample);
                            result.type().ifPresent(type -> types.put(column, type.text()));
                            result.problems().forEach(p -> problems.add(ProblemBody.One.of(p)));
                            for (int i = 0; i < result.values().size(); i++) {
                                rows.get(i).put(column, result.values().get(i));
                            }
                        });
        return new Evaluated(rows, types, problems);
    }

    private static Trying.Result tried(
            Bench bench, Wanted wanted, String column, String sql, Sample sample) {
        String text = wanted.types().get(column);
        Type target;
        try {
            target = text == null ? null : Type.parse(text);
        } catch (IllegalArgumentException _) {
            Problem problem =
                    new Problem(
                            ProblemCode.VALUE_INVALID,
                            "expected a type, got '" + text + "'",
                            "target_types." + column,
                            "write it like 'int64' or 'decimal(18,2)'");
            return new Trying.Result(List.of(), Optional.empty(), List.of(problem));
        }
        Trying trying = new Trying(bench.expressions(), wanted.step(), column, sql, target);
        List<Value> values = new ArrayList<>();
        List<Batch> batches =
                sample.batches().isEmpty() ? List.of(empty(sample)) : sample.batches();
        Trying.Result last = null;
        for (Batch batch : batches) {
            last = trying.over(batch);
            values.addAll(last.values());
        }
        return new Trying.Result(
                values, requireNonNull(last).type(), requireNonNull(last).problems());
    }

    private static Batch empty(Sample sample) {
        return new Batch(sample.schema(), Batch.columns(sample.schema(), 1), 0);
    }
}
