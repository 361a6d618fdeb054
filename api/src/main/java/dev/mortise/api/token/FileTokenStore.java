package dev.mortise.api.token;

import dev.mortise.spi.option.Secret;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Keeps the tokens of a connection in one sealed file that only its owner may read. The turn is a
/// lock on a file beside it, which the system takes back from a process that dies.
public final class FileTokenStore implements TokenStore {
    private static final Map<Path, ReentrantLock> TURNS = new ConcurrentHashMap<>();
    private static final Duration KNOCK = Duration.ofMillis(5);

    private final SealedFile file;
    private final Path home;
    private final String name;
    private final String connection;

    /// @param folder made when it is missing; shared by all processes that use the connection
    /// @param secret the connection's own, which seals the file: a client secret, a password
    public FileTokenStore(Path folder, String connection, Secret secret) {
        this.home = folder.toAbsolutePath().normalize();
        this.name = SealedFile.name(connection);
        this.connection = connection;
        this.file = new SealedFile(home.resolve(name + ".token"), connection, secret);
    }

    @Override
    public <T> T alone(Duration waitMax, Function<Slot, T> work) {
        long end = System.nanoTime() + waitMax.toNanos();
        Path guard = guard();
        ReentrantLock turn = TURNS.computeIfAbsent(guard, _ -> new ReentrantLock());
        try {
            if (!turn.tryLock(waitMax.toNanos(), TimeUnit.NANOSECONDS)) {
                throw late(waitMax);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw Pause.cancelled();
        }
        try (FileChannel channel = open(guard);
                FileLock held = lock(channel, end)) {
            if (held == null) {
                throw late(waitMax);
            }
            return work.apply(slot());
        } catch (IOException e) {
            throw failed(e);
        } finally {
            turn.unlock();
        }
    }

    @Override
    public <T> Optional<T> ifIdle(Function<Slot, T> work) {
        Path guard = guard();
        ReentrantLock turn = TURNS.computeIfAbsent(guard, _ -> new ReentrantLock());
        if (!turn.tryLock()) {
            return Optional.empty();
        }
        try (FileChannel channel = open(guard);
                FileLock held = channel.tryLock()) {
            return held == null ? Optional.empty() : Optional.of(work.apply(slot()));
        } catch (IOException e) {
            throw failed(e);
        } finally {
            turn.unlock();
        }
    }

    /// Null when another process kept the lock to the end.
    private static @Nullable FileLock lock(FileChannel channel, long end) throws IOException {
        FileLock held = channel.tryLock();
        while (held == null && end - System.nanoTime() > 0) {
            Pause.REAL.pause(KNOCK);
            held = channel.tryLock();
        }
        return held;
    }

    /// The file with the lock under its own name: were it open twice, closing one would drop the
    /// locks of both.
    private Path guard() {
        try {
            if (!Files.isDirectory(home)) {
                Files.createDirectories(home);
                ownerOnly();
            }
            return home.toRealPath().resolve(name + ".lock");
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /// Not even the names of what is kept are for others. Where there are no such permissions, the
    /// folder has those of the one around it.
    private void ownerOnly() throws IOException {
        var posix = Files.getFileAttributeView(home, PosixFileAttributeView.class);
        if (posix != null) {
            posix.setPermissions(PosixFilePermissions.fromString("rwx------"));
        }
    }

    private static FileChannel open(Path guard) throws IOException {
        return FileChannel.open(guard, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private Slot slot() {
        return new Slot() {
            @Override
            public TokenState read() {
                try {
                    return StateJson.parse(file.read());
                } catch (NoSuchFileException _) {
                    return TokenState.EMPTY;
                } catch (IOException e) {
                    throw failed(e);
                }
            }

            @Override
            public void save(TokenState state) {
                try {
                    file.write(StateJson.write(state));
                } catch (IOException e) {
                    throw failed(e);
                }
            }
        };
    }

    private ProblemException late(Duration waitMax) {
        return ProblemException.of(
                ProblemCode.TIMED_OUT,
                "expected the token of connection '%s' within %d s, another process still asks"
                        .formatted(connection, waitMax.toSeconds()),
                "run again; if it stays, check that the token endpoint answers");
    }

    private ProblemException failed(IOException e) {
        return new ProblemException(
                new Problem(
                        ProblemCode.IO_FAILED,
                        "keeping the token of connection '%s': %s"
                                .formatted(connection, e.getClass().getSimpleName()),
                        "",
                        "check space and permissions of the folder that holds the state"),
                e);
    }
}
