package dev.mortise.server.live;

import dev.mortise.testkit.live.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A server in a process of its own, which a test may pause and kill.
public final class ServerProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Process process;
    private final String url;
    private final String setupLink;

    private ServerProcess(Process process, String url, String setupLink) {
        this.process = process;
        this.url = url;
        this.setupLink = setupLink;
    }

    /// Starts one and waits until it answers.
    ///
    /// @param port 0 for any free one
    /// @param environment on top of this process's
    public static ServerProcess start(
            Path home, int port, String database, Map<String, String> environment) {
        try {
            Files.createDirectories(home);
            Path output = Files.createTempFile(home, "server", ".log");
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(
                    List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m", "-cp"));
            command.add(
                    System.getProperty(
                            "surefire.test.class.path", System.getProperty("java.class.path")));
            command.add(ServerMain.class.getName());
            command.addAll(List.of(home.toString(), "" + port, database));
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            try {
                return ready(process, output);
            } catch (AssertionError e) {
                process.destroyForcibly();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ServerProcess ready(Process process, Path output) {
        Await.until(
                "the server is ready",
                PATIENCE,
                () -> {
                    if (!process.isAlive()) {
                        throw new AssertionError("the server died: " + Files.readString(output));
                    }
                    return line(output).length > 0;
                });
        String[] words = line(output);
        return new ServerProcess(process, words[1], words[2]);
    }

    private static String[] line(Path output) {
        try (var lines = Files.lines(output)) {
            return lines.filter(line -> line.startsWith(ServerMain.READY))
                    .map(line -> line.split(" "))
                    .filter(words -> words.length == 3)
                    .findFirst()
                    .orElse(new String[0]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return Integer.parseInt(url.substring(url.lastIndexOf(':') + 1));
    }

    /// The first administrator, called `root`, signed in; made when there is none.
    public Client administrator() {
        Client client = new Client(url);
        if (setupLink.equals("-")) {
            client.post("/api/session", Map.of("name", "root", "password", LiveServer.PASSWORD));
        } else {
            String token = setupLink.substring(setupLink.indexOf('=') + 1);
            client.post(
                    "/api/setup",
                    Map.of("token", token, "name", "root", "password", LiveServer.PASSWORD));
        }
        return client;
    }

    /// As a power cut does.
    public void kill() {
        process.destroyForcibly();
        join();
    }

    /// Stops it in the middle of whatever it does, until [#thaw].
    public void freeze() {
        signal("STOP");
    }

    public void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, "" + process.pid()).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void join() {
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thaw();
        kill();
    }
}
