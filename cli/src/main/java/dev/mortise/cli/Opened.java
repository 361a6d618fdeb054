package dev.mortise.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/// What a command has opened, closed in reverse: at its end, or when the process is told to stop.
final class Opened implements AutoCloseable {
    private final Deque<AutoCloseable> things = new ArrayDeque<>();
    private final Thread hook = new Thread(this::closeAll, "close-what-is-open");
    private boolean closed;

    Opened() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /// What comes after the end is closed at once.
    synchronized <T extends AutoCloseable> T add(T thing) {
        things.push(thing);
        if (closed) {
            closeAll();
        }
        return thing;
    }

    /// A folder that goes with everything in it.
    Path temporary(String prefix) throws IOException {
        Path folder = Files.createTempDirectory(prefix);
        add(() -> remove(folder));
        return folder;
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private synchronized void closeAll() {
        closed = true;
        // One that fails must not keep the others open.
        for (AutoCloseable thing : List.copyOf(things)) {
            things.remove(thing);
            close(thing);
        }
    }

    private static void close(AutoCloseable thing) {
        try {
            thing.close();
        } catch (Exception e) {
            System.Logger log = System.getLogger(Opened.class.getName());
            log.log(System.Logger.Level.WARNING, "not closed: " + e);
        }
    }

    @Override
    public void close() {
        closeAll();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // The process is on its way down and runs the hook itself.
        }
    }
}
