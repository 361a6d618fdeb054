package dev.mortise.api.token;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Time that stands still until somebody waits or moves it.
final class TestClock implements InstantSource, Pause {
    private Instant now = Instant.parse("2026-03-01T08:00:00Z");

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public synchronized void pause(Duration wait) {
        now = now.plus(wait);
    }
}
