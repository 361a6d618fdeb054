package dev.mortise.engine.run;

import dev.mortise.spi.problem.Fault;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// Tries again what failed for a passing reason, from the committed position, with waits that
/// double and jitter. Progress fills the budget up again: a run may meet any number of short
/// outages, but not one long one.
final class Retry {
    private static final Duration WAIT_FIRST = Duration.ofMillis(500);
    private static final Duration WAIT_MAX = Duration.ofSeconds(10);

    private final int attemptsMax;
    private final RandomGenerator random;

    /// @param attemptsMax attempts without progress, the first included
    Retry(int attemptsMax, RandomGenerator random) {
        this.attemptsMax = attemptsMax;
        this.random = random;
    }

    /// One try.
    @FunctionalInterface
    interface Attempt {
        /// @param first whether nothing was tried before
        void run(boolean first);
    }

    /// @param progress a figure that grows with every commit
    /// @param onRetry hears of each failure that is tried again
    void run(Attempt attempt, LongSupplier progress, OnRetry onRetry) {
        int failures = 0;
        boolean first = true;
        while (true) {
            long before = progress.getAsLong();
            try {
                attempt.run(first);
                return;
            } catch (ProblemException e) {
                failures = progress.getAsLong() > before ? 1 : failures + 1;
                if (e.problem().fault() != Fault.TRANSIENT || failures >= attemptsMax) {
                    throw e;
                }
                onRetry.failed(e.problem(), failures);
                pause(failures);
            }
            first = false;
        }
    }

    /// Hears of failures.
    @FunctionalInterface
    interface OnRetry {
        void failed(Problem problem, int failures);
    }

    private void pause(int failures) {
        long doubled = WAIT_FIRST.toNanos() << Math.min(failures - 1, 10);
        long wait = Math.min(doubled, WAIT_MAX.toNanos());
        long until = System.nanoTime() + wait / 2 + random.nextLong(wait / 2);
        for (long left = wait; left > 0; left = until - System.nanoTime()) {
            if (Thread.interrupted()) {
                throw ProblemException.of(
                        ProblemCode.CANCELLED, "the run was cancelled", "run again: it resumes");
            }
            LockSupport.parkNanos(left);
        }
    }
}
