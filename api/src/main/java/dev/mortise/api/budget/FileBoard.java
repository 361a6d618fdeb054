package dev.mortise.api.budget;

import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A board in a small mapped file of fixed size. Byte 0 is locked for a turn, byte 1 + n by the
/// process in place n for as long as it lives: the system takes locks back from the dead.
///
/// A process opens a file once and keeps it: on POSIX systems closing one channel would drop the
/// locks of every other channel to the same file. For the same reason no caller touches the channel
/// itself: an interrupted thread would close it. A thread of the board's own takes the turns.
final class FileBoard implements Board {
    private static final Duration TURN_MAX = Duration.ofSeconds(10);
    private static final long KNOCK_NANOS = 50_000;

    private final Path file;
    private final FileChannel channel;
    private final ByteBuffer bytes;
    private final ExecutorService turns;
    private @Nullable FileLock place;

    private FileBoard(Path file, FileChannel channel, ByteBuffer bytes) {
        this.file = file;
        this.channel = channel;
        this.bytes = bytes;
        this.turns = turns(file);
    }

    private static ExecutorService turns(Path file) {
        ThreadFactory daemons =
                Thread.ofPlatform().daemon().name("budget " + file.getFileName()).factory();
        // Each caller waits for its turn, so the queue is no longer than there are callers.
        ThreadPoolExecutor thread =
                new ThreadPoolExecutor(
                        1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), daemons);
        thread.allowCoreThreadTimeOut(true);
        return thread;
    }

    static FileBoard open(Path file, int size) {
        try {
            Path folder = file.getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            FileChannel channel =
                    FileChannel.open(
                            file,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE);
            ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_WRITE, 0, size);
            return new FileBoard(file, channel, bytes.order(ByteOrder.nativeOrder()));
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    @Override
    public ByteBuffer bytes() {
        return bytes;
    }

    @Override
    public <T> T alone(Supplier<T> work) {
        Future<T> done = turns.submit(() -> locked(work));
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return done.get();
                } catch (InterruptedException _) {
                    // The turn is taken or about to be; it lasts microseconds.
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known
                    ? known
                    : new IllegalStateException(e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private <T> T locked(Supplier<T> work) {
        try (FileLock held = turn()) {
            assert held.isValid() : "the turn is ours";
            return work.get();
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    /// Turns last microseconds; only a process that was stopped in the middle keeps one for long.
    private FileLock turn() throws IOException {
        long end = System.nanoTime() + TURN_MAX.toNanos();
        FileLock held = channel.tryLock(0, 1, false);
        while (held == null) {
            if (System.nanoTime() - end > 0) {
                throw ProblemException.of(
                        ProblemCode.TIMED_OUT,
                        "expected a turn on the budget '%s' within %d s, another process keeps it"
                                .formatted(file.getFileName(), TURN_MAX.toSeconds()),
                        "look for a process of Mortise that was stopped, and end it");
            }
            LockSupport.parkNanos(KNOCK_NANOS);
            held = channel.tryLock(0, 1, false);
        }
        return held;
    }

    @Override
    public boolean joined() {
        return place != null;
    }

    @Override
    public int place() {
        FileLock held = place;
        if (held == null) {
            held = take();
            place = held;
        }
        return (int) held.position() - 1;
    }

    private FileLock take() {
        for (int i = 0; i < PLACES; i++) {
            FileLock held = tryLock(i);
            if (held != null) {
                return held;
            }
        }
        throw ProblemException.of(
                ProblemCode.LIMIT_EXCEEDED,
                "at most %d processes share a budget, one more wants to".formatted(PLACES),
                "end processes that are not needed");
    }

    private @Nullable FileLock tryLock(int index) {
        try {
            return channel.tryLock(1L + index, 1, false);
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    @Override
    public boolean abandoned(int index) {
        if (place != null && place.position() == 1L + index) {
            return false;
        }
        try (FileLock held = tryLock(index)) {
            return held != null;
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    static ProblemException failed(Path file, IOException e) {
        return new ProblemException(
                new Problem(
                        ProblemCode.IO_FAILED,
                        "keeping the budget '%s': %s"
                                .formatted(file.getFileName(), e.getClass().getSimpleName()),
                        "",
                        "check space and permissions of the folder that holds the state"),
                e);
    }
}
