package dev.mortise.server.connection;

import dev.mortise.engine.flow.Connection;
import dev.mortise.engine.flow.Project;
import dev.mortise.engine.plan.Connections;
import dev.mortise.engine.plan.Node;
import dev.mortise.engine.sample.Limits;
import dev.mortise.engine.sample.Sample;
import dev.mortise.server.document.Definitions;
import dev.mortise.server.document.ReachRules;
import dev.mortise.server.web.Caller;
import dev.mortise.server.web.ProblemsException;
import dev.mortise.spi.connect.Dataset;
import dev.mortise.spi.connect.Reads;
import dev.mortise.spi.connect.Scan;
import dev.mortise.spi.connect.Verifies;
import dev.mortise.spi.problem.Nearest;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Tries connections and looks into them.
@Component
public final class ConnectionDesk {
    private final Definitions definitions;
    private final OpenConnections open;
    private final Samplings samplings;

    ConnectionDesk(Definitions definitions, OpenConnections open, Samplings samplings) {
        this.definitions = definitions;
        this.open = open;
        this.samplings = samplings;
    }

    /// Tries a text that may not be saved yet.
    ///
    /// @throws ProblemsException what is wrong with it before anything is connected
    Trial test(String project, String name, String text, Caller caller) {
        Project definition = definitions.connection(project, name, text);
        ReachRules.demand(project, definition, List.of(name), caller);
        Connection connection = definition.connections().get(name);
        List<Problem> problems =
                definition.problems().stream()
                        .filter(p -> p.place().startsWith("connections/" + name + ".yaml"))
                        .toList();
        if (!problems.isEmpty()) {
            throw new ProblemsException(problems);
        }
        if (connection == null) {
            throw ProblemException.of(
                    ProblemCode.VALUE_INVALID,
                    "expected a document that starts with 'connection: %s'".formatted(name),
                    "write the name you test it by into its first line");
        }
        return Trial.of(connection);
    }

    /// Asks a connection that is saved.
    private <T> T ask(String project, String connection, Function<Reads, T> question) {
        Project saved = definitions.connections(project);
        var _ = demand(saved, connection);
        return Deadline.within(
                Deadline.QUESTION,
                () -> {
                    try (Connections connections = open.of(project, saved)) {
                        return question.apply(
                                connections.connector(connection, Reads.class, "read from"));
                    }
                });
    }

    /// @throws ProblemsException what is wrong with it, or that there is none
    static Connection demand(Project saved, String connection) {
        Connection found = saved.connections().get(connection);
        if (found != null) {
            return found;
        }
        List<Problem> problems =
                saved.problems().stream()
                        .filter(p -> p.place().startsWith("connections/" + connection + ".yaml"))
                        .toList();
        throw new ProblemsException(
                problems.isEmpty()
                        ? List.of(
                                Problem.of(
                                        ProblemCode.NOT_FOUND,
                                        "no connection is called '" + connection + "'",
                                        Nearest.fix(connection, saved.connections().keySet())))
                        : problems);
    }

    /// A dataset in a list.
    ///
    /// @param rowsEstimate from the system's statistics; null when it has none
    record Line(String name, @Nullable String comment, @Nullable Long rowsEstimate) {
        static Line of(Dataset dataset) {
            long rows = dataset.rowsEstimated();
            return new Line(dataset.name(), dataset.comment(), rows < 0 ? null : rows);
        }
    }

    /// Names that hold a text, in any case, after another. Comments and rows come along where the
    /// system's catalogue tells them of many datasets at once.
    List<Line> datasets(
            String project, String connection, String query, @Nullable String after, int limit) {
        String wanted = query.strip().toLowerCase(Locale.ROOT);
        return ask(
                project,
                connection,
                reads -> {
                    List<String> names =
                            reads.datasets("*").stream()
                                    .filter(n -> n.toLowerCase(Locale.ROOT).contains(wanted))
                                    .sorted()
                                    .filter(n -> after == null || n.compareTo(after) > 0)
                                    .limit(limit)
                                    .toList();
                    return lines(reads, names);
                });
    }

    private static List<Line> lines(Reads reads, List<String> names) {
        if (!(reads instanceof Verifies)) {
            return names.stream().map(name -> new Line(name, null, null)).toList();
        }
        try {
            return reads.describe(names).stream().map(Line::of).toList();
        } catch (ProblemException _) {
            // One that cannot be described, or went away meanwhile, must not hide the others.
            List<Line> lines = new ArrayList<>();
            names.forEach(name -> lines.add(line(reads, name)));
            return lines;
        }
    }

    private static Line line(Reads reads, String name) {
        try {
            return Line.of(reads.describe(name));
        } catch (ProblemException _) {
            return new Line(name, null, null);
        }
    }

    Dataset dataset(String project, String connection, String name) {
        return ask(project, connection, reads -> reads.describe(name));
    }

    /// The first rows of a dataset.
    ///
    /// @param id by which it can be cancelled; may be empty
    Preview preview(String project, String connection, String name, String id, int rows) {
        Project saved = definitions.connections(project);
        var _ = demand(saved, connection);
        try (Connections connections = open.of(project, saved)) {
            Reads reads = connections.connector(connection, Reads.class, "read from");
            Dataset dataset = Deadline.within(Deadline.QUESTION, () -> reads.describe(name));
            Node node =
                    new Node.Reading(name, connection, reads, dataset, Scan.ALL, dataset.schema());
            Sample sample = samplings.take(project, id, node, Limits.rows(rows, Samplings.TIME));
            return Preview.of(sample, false, "");
        }
    }
}
