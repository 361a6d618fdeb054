package dev.mortise.api.budget;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/// A process of its own that calls through a budget shared with others, and notes when each call
/// would have arrived at the vendor.
public final class BudgetProcess {
    static final Limits LIMITS =
            new Limits(
                    List.of(
                            new Limits.Group(
                                    "shared",
                                    false,
                                    List.of(
                                            new Limit.Moving(60, Duration.ofMillis(250)),
                                            new Limit.Moving(200, Duration.ofSeconds(1)),
                                            new Limit.Concurrency(12)))),
                    Map.of(),
                    Duration.ZERO);

    private BudgetProcess() {}

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        Path out = Path.of(args[1]);
        int threads = Integer.parseInt(args[2]);
        Instant end = Instant.now().plus(Duration.parse(args[3]));
        Budget budget = Budget.open("c", LIMITS, folder, InstantSource.system());
        try (FileChannel arrivals =
                        FileChannel.open(
                                out,
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE,
                                StandardOpenOption.APPEND);
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(callers.submit(() -> call(budget, end, arrivals)));
            }
            for (Future<?> caller : running) {
                caller.get();
            }
        }
    }

    private static void call(Budget budget, Instant end, FileChannel arrivals) {
        while (Instant.now().isBefore(end)) {
            try (Permit permit = budget.acquire(1, Instant.now().plusSeconds(30))) {
                assert permit != null : "a permit or a problem";
                LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(3_000_000));
                ByteBuffer time = ByteBuffer.allocate(8).putLong(Limit.micros(Instant.now()));
                arrivals.write(time.flip());
                LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(2_000_000));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
