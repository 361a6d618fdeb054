package dev.mortise.testkit.vendor;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A clock that is moved by hand.
public final class TestClock implements InstantSource {
    private Instant now = Instant.parse("2024-11-25T08:00:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    public void move(Duration time) {
        now = now.plus(time);
    }
}
