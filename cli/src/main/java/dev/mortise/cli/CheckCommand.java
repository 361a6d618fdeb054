package dev.mortise.cli;

import dev.mortise.engine.flow.Project;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "check", description = "Shows every problem in a project's documents.")
final class CheckCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin private ProjectOptions options = new ProjectOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "DIR",
            descriptionKey = "DIR",
            description = "the project's folder")
    private java.nio.file.@org.jspecify.annotations.Nullable Path folder;

    CheckCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Project project =
                folder == null ? options.load(terminal) : options.at(folder).load(terminal);
        terminal.problems(project.problems());
        if (!project.problems().isEmpty()) {
            return Exit.WRONG;
        }
        terminal.out(
                terminal.word("checked", project.connections().size(), project.flows().size()));
        return Exit.DONE;
    }
}
