package dev.mortise.testkit.vendor;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/// Whether a signed call is of now and comes for the first time.
public final class Freshness {
    private static final int NONCES_MAX = 10_000;

    private final InstantSource clock;
    private final Duration window;
    private final Set<String> seen = new HashSet<>();
    private final Deque<String> order = new ArrayDeque<>();

    /// @param window how far the caller's clock may be off, either way
    public Freshness(InstantSource clock, Duration window) {
        this.clock = clock;
        this.window = window;
    }

    public boolean isNow(Instant at) {
        return Duration.between(at, clock.instant()).abs().compareTo(window) <= 0;
    }

    /// Whether a text of digits is a moment of now.
    ///
    /// @param perSecond 1 for seconds, 1000 for milliseconds
    public boolean isNow(String digits, int perSecond) {
        return digits.matches("[0-9]{1,15}")
                && isNow(Instant.ofEpochMilli(Long.parseLong(digits) * 1_000 / perSecond));
    }

    /// Whether a nonce is new; of the last 10,000 none may come again. Ask only of calls whose
    /// signature was right.
    public synchronized boolean isFirst(String nonce) {
        if (!seen.add(nonce)) {
            return false;
        }
        order.addLast(nonce);
        if (order.size() > NONCES_MAX) {
            seen.remove(order.removeFirst());
        }
        return true;
    }
}
