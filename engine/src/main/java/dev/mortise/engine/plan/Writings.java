package dev.mortise.engine.plan;

import dev.mortise.engine.flow.Flow;
import dev.mortise.engine.flow.Step;
import dev.mortise.engine.operator.Cast;
import dev.mortise.spi.connect.Sink;
import dev.mortise.spi.connect.SinkPlan;
import dev.mortise.spi.connect.Target;
import dev.mortise.spi.connect.Writes;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Loss;
import dev.mortise.spi.type.Schema;
import java.util.List;
import java.util.Optional;

/// Plans `write` steps: asks the sink what it would do and refuses what would lose data unasked.
final class Writings {
    private final Connections connections;
    private final Flow flow;

    Writings(Connections connections, Flow flow) {
        this.connections = connections;
        this.flow = flow;
    }

    /// What a write step would do, and how its rows get there when nothing keeps them from it.
    record Written(SinkPlan sink, Optional<Pipeline> pipeline) {}

    Written plan(Step.Write write, Node input, List<Problem> problems) {
        Writes writes = connections.connector(write.connection(), Writes.class, "written to");
        Target target =
                new Target(
                        flow.task(write),
                        write.dataset(),
                        input.schema(),
                        write.mode(),
                        write.key(),
                        true);
        SinkPlan sink;
        try (Sink probe = writes.sink(target)) {
            sink = probe.plan();
        }
        int before = problems.size();
        String place = write.place().toString();
        sink.problems().forEach(problem -> problems.add(problem.at(place)));
        checkIncremental(write, input, problems);
        if (problems.size() == before) {
            checkLosses(write, input.schema(), sink, problems);
        }
        boolean sound = problems.size() == before;
        return new Written(
                sink,
                sound
                        ? Optional.of(
                                Pipeline.of(
                                        input,
                                        write.name(),
                                        write.connection(),
                                        writes,
                                        target,
                                        sink))
                        : Optional.empty());
    }

    private static void checkLosses(
            Step.Write write, Schema arriving, SinkPlan sink, List<Problem> problems) {
        for (int i = 0; i < arriving.size(); i++) {
            Field field = arriving.field(i);
            Loss cast = Cast.loss(field.type(), sink.schema().field(i).type());
            Loss written = sink.losses().getOrDefault(field.name(), Loss.NONE);
            for (Loss loss : List.of(field.loss(), cast, written)) {
                refused(write, field, loss).ifPresent(problems::add);
            }
        }
    }

    private static Optional<Problem> refused(Step.Write write, Field field, Loss loss) {
        boolean allowed = write.lossy().contains("*") || write.lossy().contains(field.name());
        String place = write.place().toString();
        return switch (loss.kind()) {
            case LOSSLESS, WIDENING -> Optional.empty();
            case LOSSY ->
                    allowed
                            ? Optional.empty()
                            : Optional.of(
                                    new Problem(
                                            ProblemCode.TYPE_LOSSY,
                                            "column '%s' would lose data: %s"
                                                    .formatted(field.name(), loss.reason()),
                                            place,
                                            "convert it in a map step, or say 'lossy: [%s]' here"
                                                    .formatted(field.name())));
            case UNSUPPORTED ->
                    Optional.of(
                            new Problem(
                                    ProblemCode.TYPE_UNSUPPORTED,
                                    "column '%s' cannot be written: %s"
                                            .formatted(field.name(), loss.reason()),
                                    place,
                                    "convert it in a map step, or leave it out"));
        };
    }

    /// A cursor is kept for rows that come straight from their dataset; a query mixes many.
    private static void checkIncremental(Step.Write write, Node input, List<Problem> problems) {
        if (headOf(input) instanceof Node.Querying query && followsCursor(query)) {
            problems.add(
                    new Problem(
                            ProblemCode.MODE_UNSUPPORTED,
                            "step '%s' reads incrementally through the query '%s'"
                                    .formatted(write.name(), query.step()),
                            write.place().toString(),
                            "write the rows to a table incrementally first, and query that"));
        }
    }

    private static Node headOf(Node node) {
        return node instanceof Node.Rowwise row ? headOf(row.input()) : node;
    }

    private static boolean followsCursor(Node node) {
        return switch (node) {
            case Node.Reading reading -> reading.scan().incremental().isPresent();
            case Node.Rowwise row -> followsCursor(row.input());
            case Node.Querying query ->
                    query.inputs().values().stream().anyMatch(Writings::followsCursor);
        };
    }
}
