package dev.mortise.testkit.vendor;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;

/// Counts calls in a moving window.
public final class Rate {
    private final InstantSource clock;
    private final int callsMax;
    private final Duration window;
    private final Deque<Instant> calls = new ArrayDeque<>();

    public Rate(InstantSource clock, int callsMax, Duration window) {
        this.clock = clock;
        this.callsMax = callsMax;
        this.window = window;
    }

    /// Notes a call, unless it is one too many.
    public synchronized boolean allows() {
        Instant now = clock.instant();
        while (!calls.isEmpty() && !calls.peekFirst().isAfter(now.minus(window))) {
            calls.removeFirst();
        }
        if (calls.size() >= callsMax) {
            return false;
        }
        calls.addLast(now);
        return true;
    }
}
