package dev.mortise.bench.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// The real product in a process of its own, cold, at its own heap: what `./mortise` starts. Where
/// there is no such script, as in a test, the same main class from our own class path.
public final class Product {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<String> command;

    private Product(List<String> command) {
        this.command = List.copyOf(command);
    }

    /// The entry of a repository that is built.
    public static Product script(Path root) {
        return new Product(List.of(root.resolve("mortise").toString()));
    }

    /// The product from our own class path, without the script's cache of loaded classes.
    public static Product fromClassPath() {
        List<String> words = new ArrayList<>(Java.command());
        words.add("dev.mortise.cli.Mortise");
        return new Product(words);
    }

    /// Runs the flow of a project and reads the receipt.
    public Launched run(Project project) throws IOException, InterruptedException {
        Pipe pipe = call(project, "run", Project.FLOW, "--project", project.folder(), "--json");
        Launched launched = pipe.run();
        JsonNode receipt = JSON.readTree(pipe.lastLine());
        String state = receipt.path("state").asString("");
        if (!state.equals("succeeded")) {
            throw new BenchException("expected a run that succeeded, got " + receipt);
        }
        return new Launched(receipt.path("seconds").asDouble(Double.NaN), launched.rssBytes());
    }

    /// Compares source and target of the flow; a difference is a failure.
    public Launched verify(Project project) throws IOException, InterruptedException {
        return call(project, "verify", Project.FLOW, "--project", project.folder()).run();
    }

    public Launched check(Project project) throws IOException, InterruptedException {
        return call(project, "check", project.folder()).run();
    }

    private Pipe call(Project project, Object... words) throws IOException {
        List<String> whole = new ArrayList<>(command);
        for (Object word : words) {
            whole.add(word.toString());
        }
        Path log = Files.createDirectories(project.folder().resolve("log"));
        ProcessBuilder builder = new ProcessBuilder(whole);
        builder.environment().remove("MORTISE_HEAP");
        return new Pipe(log, builder);
    }
}
