package dev.mortise.cli;

import dev.mortise.testkit.live.LocalServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A project in a folder of a test, and ways to call the command line on it.
public record ProjectFolder(Path folder) {
    static final String PASSWORD = "MORTISE_TEST_PASSWORD";

    public ProjectFolder connection(String name, String options) throws IOException {
        return file("connections/" + name + ".yaml", "connection: " + name + "\n" + options);
    }

    public ProjectFolder postgres(String name, LocalServer server, String database)
            throws IOException {
        return postgres(name, server, server.port(), database);
    }

    /// @param port another than the server's own when a proxy stands before it
    public ProjectFolder postgres(String name, LocalServer server, int port, String database)
            throws IOException {
        return connection(
                name,
                """
                type: postgres
                host: %s
                port: %d
                database: %s
                user: %s
                password: ${env:%s}
                """
                        .formatted(server.host(), port, database, server.user(), PASSWORD));
    }

    public ProjectFolder flow(String name, String body) throws IOException {
        return file("flows/" + name + ".yaml", "flow: " + name + "\n" + body);
    }

    public ProjectFolder file(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return this;
    }

    /// Calls the command line inside this JVM.
    public Ended call(LocalServer server, String... args) {
        return call(Map.of(PASSWORD, server.password()), args);
    }

    public Ended call(Map<String, String> environment, String... args) {
        return anywhere(environment, inProject(args).toArray(String[]::new));
    }

    /// Calls it outside of any project.
    public static Ended anywhere(Map<String, String> environment, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream outStream = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream errStream = new PrintStream(err, true, StandardCharsets.UTF_8);
        Terminal terminal = new Terminal(outStream, errStream, environment, false);
        int code = Mortise.run(terminal, args);
        return new Ended(
                code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private List<String> inProject(String... args) {
        List<String> words = new ArrayList<>(List.of(args));
        words.add("--project");
        words.add(folder.toString());
        return words;
    }

    /// Starts the command line in a JVM of its own, as a user does.
    Program start(LocalServer server, String... args) throws IOException {
        return Program.start(Map.of(PASSWORD, server.password()), inProject(args));
    }
}
