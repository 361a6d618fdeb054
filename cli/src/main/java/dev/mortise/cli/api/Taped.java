package dev.mortise.cli.api;

import dev.mortise.cli.Exit;
import dev.mortise.cli.ProjectOptions;
import dev.mortise.cli.Terminal;
import dev.mortise.engine.flow.Project;
import dev.mortise.engine.plan.Connections;
import dev.mortise.spi.connect.Reads;
import dev.mortise.spi.connect.Tapes;
import dev.mortise.spi.problem.Nearest;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/// What `CONNECTION[.RESOURCE]` names: resources whose answers can be kept.
///
/// @param named whether one was named; of all, those that cannot be read alone are passed over
record Taped(Project project, String connection, List<String> resources, boolean named) {
    /// @throws ProblemException CONNECTION_UNKNOWN, ROLE_MISSING or what is wrong with the
    ///     connection
    static Taped of(ProjectOptions options, Terminal terminal, String target) {
        Project project = options.load(terminal);
        int dot = target.indexOf('.');
        String connection = dot < 0 ? target : target.substring(0, dot);
        if (!project.connections().containsKey(connection)) {
            throw new ProblemException(unknown(project, connection));
        }
        try (Connections connections = new Connections(project.connections())) {
            Tapes tapes = tapes(connections, connection);
            List<String> all = tapes instanceof Reads reads ? reads.datasets("*") : List.of();
            String resource = target.substring(dot + 1);
            boolean there = dot < 0 || all.contains(resource);
            if (!there) {
                throw ProblemException.of(
                        ProblemCode.DATASET_MISSING,
                        "connection '%s' has no resource '%s' that is read from"
                                .formatted(connection, resource),
                        Nearest.fix(resource, all));
            }
            return new Taped(project, connection, dot < 0 ? all : List.of(resource), dot >= 0);
        }
    }

    /// A connection that is there but wrong is told with what is wrong.
    private static Problem unknown(Project project, String connection) {
        return project.problems().stream()
                .filter(problem -> problem.place().contains("/" + connection + ".y"))
                .findFirst()
                .orElseGet(
                        () ->
                                Problem.of(
                                        ProblemCode.CONNECTION_UNKNOWN,
                                        "the project has no connection '" + connection + "'",
                                        Nearest.fix(connection, project.connections().keySet())));
    }

    /// Those of them of which there is a cassette.
    ///
    /// @throws ProblemException FILE_MISSING when there is none
    Taped recorded(Shelf shelf) {
        List<String> there =
                resources.stream()
                        .filter(resource -> Files.exists(shelf.file(connection, resource)))
                        .toList();
        if (there.isEmpty()) {
            throw ProblemException.of(
                    ProblemCode.FILE_MISSING,
                    "nothing of connection '%s' was recorded yet".formatted(connection),
                    "record it first: mortise record " + connection);
        }
        return new Taped(project, connection, there, named);
    }

    private static Tapes tapes(Connections connections, String connection) {
        return connections.connector(connection, Tapes.class, "recorded");
    }

    /// What is done with one resource.
    interface Work {
        /// @return an exit code
        int on(Tapes tapes, String resource) throws IOException;
    }

    /// Does it with each resource; a problem of one does not keep the others from theirs.
    ///
    /// @return the gravest of their exit codes
    int each(Terminal terminal, Work work) throws IOException {
        List<Integer> codes = new ArrayList<>();
        try (Connections connections = new Connections(project.connections())) {
            Tapes tapes = tapes(connections, connection);
            for (String resource : resources) {
                codes.add(one(terminal, work, tapes, resource));
            }
        }
        for (int code : List.of(Exit.FAILED, Exit.WRONG, Exit.REJECTED)) {
            if (codes.contains(code)) {
                return code;
            }
        }
        return Exit.DONE;
    }

    private int one(Terminal terminal, Work work, Tapes tapes, String resource) throws IOException {
        try {
            return work.on(tapes, resource);
        } catch (ProblemException e) {
            terminal.problem(e.problem());
            // A resource that needs the values of a row cannot be read, and need not.
            boolean passed = !named && e.problem().code() == ProblemCode.ROLE_MISSING;
            return passed ? Exit.DONE : Exit.of(List.of(e.problem()));
        }
    }
}
