package dev.mortise.cli.remote;

import dev.mortise.cli.Exit;
import dev.mortise.cli.ProjectOptions;
import dev.mortise.cli.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "export",
        description = "Makes the folder what a project on a server is; other files stay.")
public final class ExportCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin private ProjectOptions options = new ProjectOptions();
    @Mixin private RemoteOptions remote = new RemoteOptions();

    @Option(names = "--remove", description = "delete documents the project does not have")
    private boolean remove;

    public ExportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        RemoteServer.Answer answer = remote.server(terminal).get(remote.project() + "/export");
        if (!answer.problems().isEmpty()) {
            terminal.problems(answer.problems());
            return Exit.of(answer.problems());
        }
        SortedMap<String, byte[]> files = ProjectZip.read(answer.body());
        SortedMap<String, Path> there = ProjectZip.files(options.folder());
        int changed = 0;
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            // A document keeps the ending it has here.
            Path path = there.getOrDefault(file.getKey(), options.folder().resolve(file.getKey()));
            changed += write(path, file) ? 1 : 0;
        }
        int removed = remove ? removed(there, files.keySet()) : 0;
        terminal.out(terminal.word("export.done", changed, removed, files.size() - changed));
        return Exit.DONE;
    }

    private boolean write(Path path, Map.Entry<String, byte[]> file) throws IOException {
        boolean isNew = !Files.exists(path);
        if (!isNew && Arrays.equals(Files.readAllBytes(path), file.getValue())) {
            return false;
        }
        Path home = Objects.requireNonNull(path.getParent());
        Files.createDirectories(home);
        // A file is either the old one or the new one, whatever happens meanwhile.
        Path beside = Files.createTempFile(home, ".mortise", ".new");
        Files.write(beside, file.getValue());
        Files.move(beside, path, StandardCopyOption.REPLACE_EXISTING);
        terminal.out((isNew ? "+ " : "~ ") + file.getKey());
        return true;
    }

    private int removed(SortedMap<String, Path> there, Set<String> kept) throws IOException {
        int removed = 0;
        for (Map.Entry<String, Path> file : there.entrySet()) {
            if (!kept.contains(file.getKey())) {
                Files.delete(file.getValue());
                terminal.out("- " + file.getKey());
                removed++;
            }
        }
        return removed;
    }
}
