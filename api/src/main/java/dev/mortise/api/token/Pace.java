package dev.mortise.api.token;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// How often a vendor lets a token be asked for, failed grants counted, over all processes.
///
/// @param intervalMin least time between two grants
/// @param perMinute grants in any 60 seconds, at most [#PER_MINUTE_MAX]; 0 for no such limit
public record Pace(Duration intervalMin, int perMinute) {
    /// How many grants are remembered.
    public static final int PER_MINUTE_MAX = 60;

    private static final Duration MINUTE = Duration.ofMinutes(1);

    public Pace {
        if (perMinute < 0 || perMinute > PER_MINUTE_MAX || intervalMin.isNegative()) {
            throw new IllegalArgumentException("pace " + intervalMin + ", " + perMinute);
        }
    }

    /// How long the next grant has to wait.
    ///
    /// @param attempts when grants began, oldest first
    Duration wait(List<Instant> attempts, Instant now) {
        if (attempts.isEmpty()) {
            return Duration.ZERO;
        }
        Instant next = attempts.getLast().plus(intervalMin);
        if (perMinute > 0 && attempts.size() >= perMinute) {
            Instant full = attempts.get(attempts.size() - perMinute).plus(MINUTE);
            next = full.isAfter(next) ? full : next;
        }
        // A clock that was set back must not lock us out for longer than the rule says.
        Duration wait = Duration.between(now, next);
        Duration most = perMinute > 0 && MINUTE.compareTo(intervalMin) > 0 ? MINUTE : intervalMin;
        wait = wait.compareTo(most) > 0 ? most : wait;
        return wait.isNegative() ? Duration.ZERO : wait;
    }
}
