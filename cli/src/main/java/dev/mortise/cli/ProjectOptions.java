package dev.mortise.cli;

import dev.mortise.engine.flow.Connectors;
import dev.mortise.engine.flow.Flow;
import dev.mortise.engine.flow.Project;
import dev.mortise.spi.problem.Problem;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The options of every command that works on a project.
public final class ProjectOptions {
    @Option(
            names = "--project",
            paramLabel = "DIR",
            description = "the project's folder; default: this one")
    private Path folder = Path.of("");

    @Option(
            names = "--param",
            paramLabel = "K=V",
            description = "a value for $${param:K} in documents")
    private Map<String, String> params = new LinkedHashMap<>();

    public Path folder() {
        return folder.toAbsolutePath().normalize();
    }

    /// The same options for another folder.
    ProjectOptions at(Path other) {
        folder = other;
        return this;
    }

    public Path state() {
        return folder().resolve(".mortise");
    }

    public Project load(Terminal terminal) {
        return Project.load(folder(), terminal.environment(), params, Connectors.installed());
    }

    /// The project, when nothing is wrong with one flow of it; else its problems are shown.
    Optional<Project> sound(Terminal terminal, String flow) {
        Project project = load(terminal);
        List<Problem> problems = problems(project, flow);
        terminal.problems(problems);
        return problems.isEmpty() ? Optional.of(project) : Optional.empty();
    }

    List<Problem> problems(Project project, String flow) {
        return project.problemsOf(bare(flow));
    }

    /// A flow by name, or by the path of its file, of a sound project.
    static Flow flow(Project project, String name) {
        return java.util.Objects.requireNonNull(project.flows().get(bare(name)));
    }

    static String bare(String name) {
        return Path.of(name).getFileName().toString().replaceFirst("\\.ya?ml$", "");
    }
}
