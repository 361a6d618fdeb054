package dev.mortise.bench.tool;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    /// Starts the studio's server on an empty home and ends it as soon as it says where it listens.
    ///
    /// @return the seconds until then as its own, and the most memory it held
    public Launched serve(Path home, Map<String, String> environment)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(words("serve", "--home", home, "--port", 0));
        builder.environment().remove("MORTISE_HEAP");
        builder.environment().putAll(environment);
        builder.redirectError(Redirect.DISCARD);
        long begun = System.nanoTime();
        Process process = builder.start();
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.contains("http://")) {
                    double seconds = (System.nanoTime() - begun) / 1e9;
                    return new Launched(seconds, ProcessorTime.peakRss(process.pid()));
                }
            }
            throw new BenchException("expected a server, got a process that ended");
        } finally {
            process.destroyForcibly();
            process.waitFor();
        }
    }

    /// Has the script make what a server's later starts use, which the first one would wait for.
    public void prepareServe() throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(words("serve", "--help"));
        builder.environment().remove("MORTISE_LOCKED");
        builder.redirectOutput(Redirect.DISCARD).redirectError(Redirect.DISCARD);
        if (builder.start().waitFor() != 0) {
            throw new BenchException("the server is not there: './mortise serve --help' failed");
        }
    }

    private List<String> words(Object... words) {
        List<String> whole = new ArrayList<>(command);
        for (Object word : words) {
            whole.add(word.toString());
        }
        return whole;
    }

    private Pipe call(Project project, Object... words) throws IOException {
        Path log = Files.createDirectories(project.folder().resolve("log"));
        ProcessBuilder builder = new ProcessBuilder(words(words));
        builder.environment().remove("MORTISE_HEAP");
        return new Pipe(log, builder);
    }
}
