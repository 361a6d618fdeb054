package dev.mortise.server.design;

import dev.mortise.engine.flow.Draft;
import dev.mortise.engine.flow.Project;
import dev.mortise.engine.operator.Expressions;
import dev.mortise.engine.plan.Connections;
import dev.mortise.engine.plan.Outline;
import dev.mortise.engine.plan.Planner;
import dev.mortise.server.connection.OpenConnections;
import dev.mortise.server.document.Definitions;
import dev.mortise.server.store.Ids;
import dev.mortise.server.web.ProblemsException;
import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What one request about a flow holds open.
final class Bench implements AutoCloseable {
    private static final int THREADS = 2;

    private final String name;
    private final Project project;
    private final Connections connections;
    private final Expressions expressions;

    private Bench(String name, Project project, Connections connections, Path spill) {
        this.name = name;
        this.project = project;
        this.connections = connections;
        this.expressions =
                new Expressions(
                        new Expressions.Limits(THREADS, Expressions.Limits.MEMORY_DEFAULT, spill));
    }

    /// @param name of the flow
    static Bench of(
            Definitions definitions,
            OpenConnections open,
            String project,
            String name,
            String text) {
        Project read = definitions.flow(project, name, text, false);
        Path spill =
                definitions
                        .folder(project)
                        .resolve(".mortise")
                        .resolve("design")
                        .resolve(Ids.next());
        return new Bench(name, read, open.of(project, read), spill);
    }

    /// The flow as far as it can be read.
    Optional<Draft> draft() {
        return project.draft(name);
    }

    List<Problem> problems() {
        return project.problemsOf(name);
    }

    /// @throws ProblemsException when the text is no flow at all
    Draft demand() {
        return draft().orElseThrow(() -> new ProblemsException(unreadable()));
    }

    private List<Problem> unreadable() {
        List<Problem> problems = problems();
        return problems.isEmpty()
                ? List.of(
                        Problem.of(
                                ProblemCode.FLOW_UNKNOWN,
                                "expected a document that starts with 'flow: " + name + "'",
                                "write the flow's name into its first line"))
                : problems;
    }

    Outline outline(Draft draft, Map<String, Batch> pins, Duration time) {
        return new Planner(connections, expressions).outline(draft, pins, time);
    }

    Project project() {
        return project;
    }

    Connections connections() {
        return connections;
    }

    Expressions expressions() {
        return expressions;
    }

    @Override
    public void close() {
        expressions.close();
        connections.close();
    }
}
