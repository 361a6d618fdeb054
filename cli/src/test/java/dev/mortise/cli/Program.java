package dev.mortise.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The command line running as a process of its own, which can be stopped, thawed and killed.
final class Program {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Process process;
    private final Path out;
    private final Path err;

    private Program(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    static Program start(Map<String, String> environment, List<String> args) throws IOException {
        return start(System.getProperty("java.class.path"), environment, args);
    }

    static Program start(String classPath, Map<String, String> environment, List<String> args)
            throws IOException {
        Path out = Files.createTempFile("mortise", ".out");
        Path err = Files.createTempFile("mortise", ".err");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of("--sun-misc-unsafe-memory-access=allow"));
        command.addAll(List.of("-cp", classPath));
        command.add("dev.mortise.cli.Mortise");
        command.addAll(args);
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
        builder.environment().put("MORTISE_LANG", "en");
        builder.environment().putAll(environment);
        return new Program(builder.start(), out, err);
    }

    boolean alive() {
        return process.isAlive();
    }

    /// Waits so long, or until it ends by itself.
    ///
    /// @return whether it has ended
    boolean endsWithin(Duration time) throws InterruptedException {
        return process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    void kill9() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /// Tells it to stop, as Ctrl-C does.
    void terminate() throws IOException, InterruptedException {
        signal("TERM");
    }

    /// What it has said so far.
    String said() throws IOException {
        return Files.readString(out);
    }

    /// The process and all that it has started.
    List<ProcessHandle> family() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
    }

    /// Whether a process does anything still; one that nobody has buried does not.
    static boolean runs(ProcessHandle one) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(one.pid()), "stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException _) {
            return one.isAlive();
        }
    }

    void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    void thaw() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        String kill = "kill -" + name + " " + process.pid();
        new ProcessBuilder("sh", "-c", kill).start().waitFor();
    }

    @Override
    public String toString() {
        try {
            return ended().toString();
        } catch (IOException e) {
            return e.toString();
        }
    }

    Ended await() throws IOException, InterruptedException {
        if (!endsWithin(PATIENCE)) {
            kill9();
            throw new AssertionError("it did not end: " + ended());
        }
        return ended();
    }

    /// What it has said; for a killed one too.
    Ended ended() throws IOException {
        Ended ended =
                new Ended(
                        process.isAlive() ? -1 : process.exitValue(),
                        Files.readString(out),
                        Files.readString(err));
        if (!process.isAlive()) {
            Files.deleteIfExists(out);
            Files.deleteIfExists(err);
        }
        return ended;
    }
}
