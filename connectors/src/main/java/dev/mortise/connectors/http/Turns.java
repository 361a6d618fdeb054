package dev.mortise.connectors.http;

import dev.mortise.api.budget.Budget;
import dev.mortise.api.budget.Permit;
import dev.mortise.api.budget.Ticker;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/// When the calls of one connection may go out: a few at a time in this process, and within the
/// limits that everybody who uses the connection shares. Used by many threads.
final class Turns {
    /// How long a call waits for room in the shared limits. A quota that is used up is told at
    /// once.
    private static final Duration WAIT_MAX = Duration.ofMinutes(15);

    private final Semaphore calls;
    private final Optional<Budget> shared;
    private final Duration patience;
    private final Ticker ticker;
    private long silentUntil;

    private Turns(Endpoint.Limits limits, Optional<Budget> shared, Ticker ticker) {
        this.calls = new Semaphore(limits.concurrency(), true);
        this.patience = limits.patience();
        this.shared = shared;
        this.ticker = ticker;
        this.silentUntil = ticker.nanos();
    }

    static Turns of(Endpoint endpoint, HttpConnector.Surroundings around) {
        Ticker ticker = around.ticker();
        Optional<Budget> shared =
                endpoint.shared()
                        .map(
                                limits ->
                                        Budget.open(
                                                around.connection(),
                                                limits,
                                                around.state().resolve("limits"),
                                                ticker::now));
        return new Turns(endpoint.limits(), shared, ticker);
    }

    /// The turn of one call.
    final class Turn implements AutoCloseable {
        private final AtomicBoolean over = new AtomicBoolean();
        private final boolean counted;
        private final Optional<Permit> permit;

        private Turn(boolean counted, Optional<Permit> permit) {
            this.counted = counted;
            this.permit = permit;
        }

        /// A body that is still coming keeps the turn until it is closed.
        InputStream leftBy(InputStream body) {
            return new FilterInputStream(body) {
                @Override
                public int read(byte[] bytes, int from, int count) throws IOException {
                    return in.read(bytes, from, count);
                }

                @Override
                public void close() throws IOException {
                    Turn.this.close();
                    super.close();
                }
            };
        }

        @Override
        public void close() {
            if (over.getAndSet(true)) {
                return;
            }
            try {
                permit.ifPresent(Permit::close);
            } finally {
                if (counted) {
                    calls.release();
                }
            }
        }
    }

    /// Waits for a turn.
    ///
    /// @param counted whether it is one of the calls at the same time; what signing in calls is
    ///     not, for it may be what all of these wait for
    Turn take(String resource, boolean counted) {
        if (counted) {
            enter();
        }
        boolean taken = false;
        try {
            Duration silence = silence();
            if (silence.compareTo(patience) > 0) {
                throw ProblemException.of(
                        ProblemCode.THROTTLED,
                        "the API asked for silence, %d s of it are left"
                                .formatted(silence.toSeconds()),
                        "run again after that, or raise 'retry_wait'");
            }
            if (silence.isPositive()) {
                ticker.pause(silence);
            }
            Instant deadline = ticker.now().plus(WAIT_MAX);
            Optional<Permit> permit = shared.map(budget -> budget.acquire(resource, deadline));
            taken = true;
            return new Turn(counted, permit);
        } finally {
            if (!taken && counted) {
                calls.release();
            }
        }
    }

    private void enter() {
        try {
            calls.acquire();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw Ticker.cancelled();
        }
    }

    private synchronized Duration silence() {
        return Duration.ofNanos(Math.max(0, silentUntil - ticker.nanos()));
    }

    /// Holds all calls back: the API asked for silence.
    void hold(Duration wait) {
        shared.ifPresent(budget -> budget.throttled(wait));
        synchronized (this) {
            silentUntil = Math.max(silentUntil, ticker.nanos() + wait.toNanos());
        }
    }

    void quotaUsedUp(Instant until) {
        shared.ifPresent(budget -> budget.quotaUsedUp(until));
    }
}
