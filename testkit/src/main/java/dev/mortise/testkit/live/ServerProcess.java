package dev.mortise.testkit.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// One running server, known by its own process id. A watchdog, a shell that waits for the
/// end of our pipe, kills it when this JVM dies too suddenly for a shutdown hook.
final class ServerProcess {
    private static final Duration DEATH = Duration.ofSeconds(30);
    private static final Duration SETUP = Duration.ofMinutes(3);
    // Ctrl-C reaches the whole terminal group; the watchdog has to outlive it to clean up.
    private static final String WATCHDOG =
            "trap '' INT TERM HUP; read _ && exit 0; kill -$2 $1; i=0;"
                    + " while kill -0 $1 && [ $i -lt 100 ]; do i=$((i+1)); sleep 0.1; done;"
                    + " [ -z \"$3\" ] || rm -rf \"$3\"";

    private final Process process;
    private final Process watchdog;

    private ServerProcess(Process process, Process watchdog) {
        this.process = process;
        this.watchdog = watchdog;
    }

    /// Starts a server. If we die without stopping it, `lastSignal` ends it, and a temporary folder
    /// goes too.
    static ServerProcess start(
            List<String> command, ServerFolder folder, Account account, Signal lastSignal)
            throws IOException {
        var process = process(command, folder.log(), account).start();
        var leftover = folder.temporary() ? folder.root().toString() : "";
        var pid = Long.toString(process.pid());
        var watchdog =
                new ProcessBuilder(
                                "sh", "-c", WATCHDOG, "watchdog", pid, lastSignal.name(), leftover)
                        .directory(Path.of("/").toFile())
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        return new ServerProcess(process, watchdog);
    }

    /// Runs a command that ends by itself, such as `initdb`, under the server's account.
    static void run(List<String> command, Path input, Path log, Account account)
            throws IOException {
        var process = process(command, log, account).redirectInput(input.toFile()).start();
        try {
            if (process.waitFor(SETUP) && process.exitValue() == 0) return;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroyForcibly();
        }
        throw new LocalServerException(
                "'%s' failed:\n%s".formatted(command.getFirst(), ServerFolder.tail(log)));
    }

    private static ProcessBuilder process(List<String> command, Path log, Account account) {
        var builder =
                new ProcessBuilder(account.command(command))
                        .directory(Path.of("/").toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put("LC_ALL", "C");
        builder.environment().put("TZ", "UTC");
        return builder;
    }

    boolean alive() {
        return process.isAlive();
    }

    List<Long> pids() {
        var pids = new ArrayList<Long>();
        if (process.isAlive()) pids.add(process.pid());
        process.descendants().map(ProcessHandle::pid).forEach(pids::add);
        return pids;
    }

    /// Sends a signal to the server and waits until it and its children are gone.
    void end(Signal signal) {
        var children = process.descendants().toList();
        if (process.isAlive()) signal.send(process.pid());
        awaitDeath(signal);
        for (var child : children) {
            child.destroyForcibly();
        }
        var deadline = System.nanoTime() + DEATH.toNanos();
        while (children.stream().anyMatch(child -> runs(child.pid()))
                && System.nanoTime() < deadline) {
            Pause.shortly();
        }
        dismissWatchdog();
    }

    // Where process 1 does not bury its dead, an orphan stays visible as a zombie.
    static boolean runs(long pid) {
        try {
            var stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException _) {
            return false;
        }
    }

    private void awaitDeath(Signal signal) {
        try {
            if (process.waitFor(DEATH)) return;
            process.destroyForcibly();
            if (signal != Signal.KILL && process.waitFor(DEATH)) return;
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return;
        }
        throw new LocalServerException("process " + process.pid() + " does not die");
    }

    private void dismissWatchdog() {
        try (var pipe = watchdog.getOutputStream()) {
            pipe.write('\n');
        } catch (IOException _) {
            watchdog.destroyForcibly();
        }
        watchdog.onExit().completeOnTimeout(watchdog, DEATH.toSeconds(), TimeUnit.SECONDS).join();
    }
}
