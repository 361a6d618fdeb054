package dev.mortise.server.design;

import dev.mortise.engine.match.FieldProfile;
import dev.mortise.engine.match.History;
import dev.mortise.engine.match.Matcher;
import dev.mortise.engine.match.Profiles;
import dev.mortise.engine.match.Proposal;
import dev.mortise.engine.plan.Node;
import dev.mortise.engine.sample.Limits;
import dev.mortise.engine.sample.Sample;
import dev.mortise.server.connection.Deadline;
import dev.mortise.server.connection.OpenConnections;
import dev.mortise.server.connection.Samplings;
import dev.mortise.server.document.Definitions;
import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.Dataset;
import dev.mortise.spi.connect.Reads;
import dev.mortise.spi.connect.Scan;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Proposes a mapping between a step or a dataset and a dataset.
@Component
final class ProposeDesk {
    private static final int SAMPLE_ROWS = 200;

    private final Definitions definitions;
    private final OpenConnections open;
    private final Samplings samplings;
    private @Nullable Matcher matcher;

    ProposeDesk(Definitions definitions, OpenConnections open, Samplings samplings) {
        this.definitions = definitions;
        this.open = open;
        this.samplings = samplings;
    }

    /// What is asked for: exactly one of step and dataset.
    ///
    /// @param target as in a document: `connection.dataset`
    record Wanted(String name, String text, String step, String dataset, String target) {}

    Proposed propose(String project, Wanted wanted, Map<String, Batch> pins) {
        if (wanted.step().isEmpty() == wanted.dataset().isEmpty()) {
            throw ProblemException.of(
                    ProblemCode.CALL_INVALID,
                    "expected either a step or a dataset as the source",
                    "name the one whose columns are to be mapped");
        }
        try (Bench bench = Bench.of(definitions, open, project, wanted.name(), wanted.text())) {
            Node from =
                    wanted.dataset().isEmpty()
                            ? StepSample.node(bench, wanted.step(), pins)
                            : reading(bench, wanted.dataset());
            Node to = reading(bench, wanted.target());
            List<FieldProfile> source = profiles(project, from);
            List<FieldProfile> target = profiles(project, to);
            String name = wanted.dataset().isEmpty() ? wanted.step() : wanted.dataset();
            Path file = definitions.folder(project).resolve(".mortise").resolve("mappings.jsonl");
            History history = History.read(file, name, wanted.target());
            return Proposed.of(source, target, match(source, target, history));
        }
    }

    /// The word lists are large: they are read at the first use, and used by one at a time.
    private synchronized List<Proposal> match(
            List<FieldProfile> source, List<FieldProfile> target, History history) {
        Matcher ready = matcher == null ? new Matcher() : matcher;
        matcher = ready;
        return ready.match(source, target, history);
    }

    private static Node reading(Bench bench, String name) {
        int dot = name.indexOf('.');
        if (dot <= 0 || dot == name.length() - 1) {
            throw ProblemException.of(
                    ProblemCode.CALL_INVALID,
                    "expected 'connection.dataset', got '" + name + "'",
                    "name both, such as erp.sales.sales_order");
        }
        String connection = name.substring(0, dot);
        Reads reads = bench.connections().connector(connection, Reads.class, "read from");
        Dataset dataset =
                Deadline.within(Deadline.QUESTION, () -> reads.describe(name.substring(dot + 1)));
        return new Node.Reading(name, connection, reads, dataset, Scan.ALL, dataset.schema());
    }

    /// Rows that cannot be read leave the profiles with what the catalogue says.
    private List<FieldProfile> profiles(String project, Node node) {
        List<Batch> rows;
        try {
            Limits limits =
                    new Limits(SAMPLE_ROWS, SAMPLE_ROWS * 5, Limits.BYTES_MAX, Samplings.TIME);
            Sample sample = samplings.take(project, "", node, limits);
            rows = sample.batches();
        } catch (ProblemException e) {
            if (e.problem().code() == ProblemCode.THROTTLED) {
                throw e;
            }
            rows = List.of();
        }
        return Profiles.of(dataset(node), rows);
    }

    private static Dataset dataset(Node node) {
        return node instanceof Node.Reading reading && reading.scan().columns().isEmpty()
                ? reading.dataset()
                : Dataset.of(node.step(), node.schema(), List.of());
    }
}
