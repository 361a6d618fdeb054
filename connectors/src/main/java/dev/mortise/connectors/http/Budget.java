package dev.mortise.connectors.http;

import dev.mortise.connectors.http.Endpoint.Limits;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/// How often and how many at a time the calls of one connection may go out. Calls are spaced
/// evenly: a burst at the turn of a second would pass the vendor's count of that second.
final class Budget {
    private static final long NANOS_A_SECOND = 1_000_000_000L;

    private final Ticker ticker;
    private final Semaphore calls;
    private final long spacing;
    private long nextAt;

    Budget(Limits limits, Ticker ticker) {
        this.ticker = ticker;
        this.calls = new Semaphore(limits.concurrency(), true);
        this.spacing = limits.rate() == 0 ? 0 : NANOS_A_SECOND / limits.rate() + 1;
        this.nextAt = ticker.nanos();
    }

    /// Waits for a turn. Each turn ends with [#leave].
    void enter() {
        try {
            calls.acquire();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw Ticker.cancelled();
        }
        try {
            long wait = reserve();
            if (wait > 0) {
                ticker.pause(Duration.ofNanos(wait));
            }
        } catch (RuntimeException e) {
            calls.release();
            throw e;
        }
    }

    private synchronized long reserve() {
        long now = ticker.nanos();
        long turn = Math.max(now, nextAt);
        nextAt = turn + spacing;
        return turn - now;
    }

    void leave() {
        calls.release();
    }

    /// Holds all calls back: the API asked for silence.
    synchronized void hold(Duration wait) {
        nextAt = Math.max(nextAt, ticker.nanos() + wait.toNanos());
    }
}
