package dev.mortise.engine.run;

import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Threads that stand and fall together: the first failure interrupts all others, and [#join]
/// throws it. Used by one thread; not reusable after join.
final class Crew {
    private final Thread.Builder builder;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    private Crew(Thread.Builder builder) {
        this.builder = builder;
    }

    /// Threads that mostly wait, however many.
    static Crew ofVirtual() {
        return new Crew(Thread.ofVirtual());
    }

    /// Threads that work: DuckDB's calls would pin virtual ones to their carriers.
    static Crew ofPlatform() {
        return new Crew(Thread.ofPlatform().daemon());
    }

    /// Work that may be interrupted.
    @FunctionalInterface
    interface Work {
        void run() throws InterruptedException;
    }

    synchronized void fork(String name, Work work) {
        threads.add(builder.name(name).start(() -> guard(work)));
    }

    private void guard(Work work) {
        try {
            if (failure.get() == null) {
                work.run();
            }
        } catch (InterruptedException e) {
            fail(new ProblemException(cancelled(), e));
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    private static dev.mortise.spi.problem.Problem cancelled() {
        return dev.mortise.spi.problem.Problem.of(
                ProblemCode.CANCELLED, "the run was cancelled", "run again: it resumes");
    }

    private void fail(Throwable error) {
        if (failure.compareAndSet(null, error)) {
            stop();
        }
    }

    private synchronized void stop() {
        threads.forEach(Thread::interrupt);
    }

    /// Waits for all threads, then throws the first failure.
    void join() {
        boolean interrupted = false;
        for (Thread thread : List.copyOf(threads)) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException _) {
                    interrupted = true;
                    fail(new ProblemException(cancelled()));
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        rethrow(failure.get());
    }

    private static void rethrow(@Nullable Throwable error) {
        switch (error) {
            case null -> {}
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException(error);
        }
    }
}
