package dev.mortise.cli.api;

import dev.mortise.api.draft.Documents;
import dev.mortise.api.draft.Draft;
import dev.mortise.api.draft.DraftDiff;
import dev.mortise.api.draft.Hint;
import dev.mortise.cli.Exit;
import dev.mortise.cli.ProjectOptions;
import dev.mortise.cli.Terminal;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "import",
        description = "Makes a connection of an OpenAPI, Postman, HAR or cURL document.")
public final class ImportCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin private ProjectOptions options = new ProjectOptions();

    @Parameters(
            index = "0",
            paramLabel = "FILE",
            descriptionKey = "FILE",
            description = "the document; - for the input")
    private String file = "";

    @Parameters(
            index = "1",
            paramLabel = "NAME",
            descriptionKey = "NAME",
            description = "name of the connection")
    private String name = "";

    @Option(
            names = "--base-url",
            paramLabel = "URL",
            description = "replaces the address the document names; of a HAR it picks the host")
    private Optional<String> baseUrl = Optional.empty();

    @Option(
            names = "--apply",
            description = "takes the changes over into a connection that is there already")
    private boolean apply;

    public ImportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        if (!name.matches("[A-Za-z0-9_-]+")) {
            return refused(
                    "expected a name of letters, digits, '_' and '-', got '" + name + "'",
                    "call it, for example, 'shop'");
        }
        Hint hint = Hint.of(name, file).with(beside());
        byte[] bytes = bytes();
        Draft draft = Draft.of(bytes, baseUrl.map(hint::withBaseUrl).orElse(hint));
        Path target = options.folder().resolve("connections").resolve(name + ".yaml");
        if (!Files.exists(target)) {
            Files.createDirectories(target.getParent());
            Files.writeString(target, draft.yaml());
            terminal.out(
                    terminal.word(
                            "import.made",
                            shown(target),
                            Integer.toString(draft.resources().size())));
        } else {
            update(target, draft);
        }
        draft.findings().forEach(finding -> terminal.out("  - " + finding.line(terminal::told)));
        return Exit.DONE;
    }

    private byte[] bytes() throws IOException {
        if (file.equals("-")) {
            return System.in.readNBytes(Draft.BYTES_MAX + 1);
        }
        if (!Files.isRegularFile(Path.of(file))) {
            throw ProblemException.of(
                    ProblemCode.FILE_MISSING,
                    "expected a document at '" + file + "', there is none",
                    "check the path, or pipe the document in and write '-'");
        }
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            return in.readNBytes(Draft.BYTES_MAX + 1);
        }
    }

    /// Files the document refers to lie beside it or below.
    private Documents beside() {
        if (file.equals("-")) {
            return Documents.NONE;
        }
        Path absolute = Path.of(file).toAbsolutePath().normalize();
        Path home = java.util.Objects.requireNonNull(absolute.getParent());
        return wanted -> {
            Path path = home.resolve(wanted).normalize();
            if (!path.startsWith(home) || !Files.isRegularFile(path)) {
                return Optional.empty();
            }
            try {
                boolean large = Files.size(path) > Draft.BYTES_MAX;
                return large ? Optional.empty() : Optional.of(Files.readString(path));
            } catch (IOException _) {
                // The draft says which reference leads nowhere.
                return Optional.empty();
            }
        };
    }

    private void update(Path target, Draft draft) throws IOException {
        DraftDiff diff = DraftDiff.between(Files.readString(target), draft);
        diff.changes().stream().map(each -> each.line(terminal::told)).forEach(terminal::out);
        if (diff.isEmpty()) {
            terminal.out(terminal.word("import.same", shown(target)));
            return;
        }
        if (apply) {
            Path beside = target.resolveSibling(name + ".yaml.new");
            Files.writeString(beside, diff.merged());
            Files.move(
                    beside,
                    target,
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING,
                    java.nio.file.StandardCopyOption.ATOMIC_MOVE);
        }
        terminal.out(terminal.word(apply ? "import.applied" : "import.differs", shown(target)));
    }

    private String shown(Path path) {
        return options.folder().relativize(path).toString();
    }

    private int refused(String message, String fix) {
        Problem problem = Problem.of(ProblemCode.CALL_INVALID, message, fix);
        terminal.problem(problem);
        return Exit.of(List.of(problem));
    }
}
