package dev.mortise.api.budget;

import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/// Time as whoever calls an API sees it, so that tests need not wait.
public interface Ticker {
    Ticker SYSTEM =
            new Ticker() {
                @Override
                public long nanos() {
                    return System.nanoTime();
                }

                @Override
                public Instant now() {
                    return Instant.now();
                }

                @Override
                public void pause(Duration wait) {
                    long end = System.nanoTime() + wait.toNanos();
                    while (end - System.nanoTime() > 0) {
                        LockSupport.parkNanos(end - System.nanoTime());
                        if (Thread.currentThread().isInterrupted()) {
                            throw cancelled();
                        }
                    }
                }
            };

    /// Time that stands still, in which no wait takes any.
    static Ticker still(Instant moment) {
        return new Ticker() {
            @Override
            public long nanos() {
                return 0;
            }

            @Override
            public Instant now() {
                return moment;
            }

            @Override
            public void pause(Duration wait) {
                // The time that an answer took was kept with nobody.
            }
        };
    }

    long nanos();

    Instant now();

    /// Waits, or ends with CANCELLED when the thread is interrupted.
    void pause(Duration wait);

    static ProblemException cancelled() {
        return ProblemException.of(
                ProblemCode.CANCELLED, "the call was cancelled while it waited", "run again");
    }
}
