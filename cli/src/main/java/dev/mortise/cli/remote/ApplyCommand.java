package dev.mortise.cli.remote;

import dev.mortise.cli.Exit;
import dev.mortise.cli.ProjectOptions;
import dev.mortise.cli.Terminal;
import dev.mortise.spi.problem.Problem;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

@Command(
        name = "apply",
        description = "Makes a project on a server what the folder says: all of it, or nothing.")
public final class ApplyCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin private ProjectOptions options = new ProjectOptions();
    @Mixin private RemoteOptions remote = new RemoteOptions();

    @Option(names = "--dry-run", description = "tell what would change, and change nothing")
    private boolean dryRun;

    @Option(names = "--publish", description = "let runs use it; then nothing may be wrong with it")
    private boolean publish;

    @Option(names = "--remove", description = "take away what the folder does not have")
    private boolean remove;

    @Option(names = "--diff", description = "show the lines that change")
    private boolean diff;

    public ApplyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        String path =
                "%s/import?dry_run=%b&publish=%b&remove=%b"
                        .formatted(remote.project(), dryRun, publish, remove);
        RemoteServer.Answer answer =
                remote.server(terminal)
                        .post(path, "application/zip", ProjectZip.of(options.folder()));
        if (!answer.problems().isEmpty()) {
            terminal.problems(answer.problems());
            return Exit.of(answer.problems());
        }
        return show(answer.json());
    }

    private int show(JsonNode imported) {
        int changed = 0;
        int same = 0;
        for (JsonNode change : imported.path("changes")) {
            String word = change.path("change").asString("");
            if (word.equals("same")) {
                same++;
                continue;
            }
            changed++;
            terminal.out(
                    sign(word)
                            + " "
                            + change.path("kind").asString("")
                            + "/"
                            + change.path("name").asString("")
                            + ".yaml");
            if (diff) {
                terminal.out(change.path("diff").asString("").stripTrailing());
            }
        }
        terminal.out(terminal.word(dryRun ? "apply.would" : "apply.done", changed, same));
        List<Problem> problems = RemoteServer.problems(imported);
        terminal.problems(problems);
        return dryRun && publish && !problems.isEmpty() ? Exit.of(problems) : Exit.DONE;
    }

    private static String sign(String word) {
        return switch (word) {
            case "added" -> "+";
            case "removed" -> "-";
            default -> "~";
        };
    }
}
