package dev.mortise.api.token;

import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// How a thread lets time pass; a test lets its own clock run on instead.
@FunctionalInterface
interface Pause {
    Pause REAL =
            wait -> {
                long end = System.nanoTime() + wait.toNanos();
                for (long left = wait.toNanos(); left > 0; left = end - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                    if (Thread.currentThread().isInterrupted()) {
                        throw cancelled();
                    }
                }
            };

    /// @throws ProblemException with `CANCELLED` when the thread is interrupted
    void pause(Duration wait);

    static ProblemException cancelled() {
        return ProblemException.of(
                ProblemCode.CANCELLED, "the run was cancelled while it waited for a token", "");
    }
}
