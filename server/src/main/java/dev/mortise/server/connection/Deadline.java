package dev.mortise.server.connection;

import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Waits for a system no longer than a person would.
public final class Deadline {
    /// For one question to a system.
    public static final Duration QUESTION = Duration.ofSeconds(15);

    private Deadline() {}

    /// The answer, or TIMED_OUT; then the thread that asks is interrupted, which ends what it waits
    /// for.
    public static <T> T within(Duration time, Callable<T> question) {
        FutureTask<T> task = new FutureTask<>(question);
        Thread.ofVirtual().name("question").start(task);
        try {
            return task.get(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            task.cancel(true);
            throw new ProblemException(late(time), e);
        } catch (InterruptedException e) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            throw new ProblemException(late(time), e);
        }
    }

    private static Problem late(Duration time) {
        return Problem.of(
                ProblemCode.TIMED_OUT,
                "the system did not answer within %d s".formatted(time.toSeconds()),
                "test the connection, and see what the system is busy with");
    }
}
