package dev.mortise.api.budget;

import java.time.Instant;
import java.util.Optional;

/// How far a limit is used, for people to look at.
///
/// @param limit what it is called
/// @param used in units of weight, calls on their way counted
/// @param resetsAt when a fixed window or a quota begins anew; empty for a moving window
/// @param runsOutAt when nothing will be left if it goes on as since the window began; empty when
///     it will last
public record Usage(
        String limit,
        long used,
        long max,
        Optional<Instant> resetsAt,
        Optional<Instant> runsOutAt) {
    /// Too short a time tells nothing.
    private static final long FORECAST_MICROS_MIN = 60_000_000L;

    public long left() {
        return Math.max(0, max - used);
    }

    static Usage of(Row row, long outstanding, long micros) {
        Limit.Windowed limit = row.limit();
        long used = row.used() + outstanding;
        if (limit.kept() > 1) {
            return new Usage(limit.label(), used, limit.max(), Optional.empty(), Optional.empty());
        }
        long reset = limit.start(row.head() + 1);
        Optional<Instant> runsOut =
                limit.quota()
                        ? runsOut(limit.start(row.head()), reset, used, limit.max(), micros)
                        : Optional.empty();
        Optional<Instant> resets = Optional.of(Limit.instant(reset));
        return new Usage(limit.label(), used, limit.max(), resets, runsOut);
    }

    private static Optional<Instant> runsOut(
            long start, long reset, long used, long max, long micros) {
        if (used >= max) {
            return Optional.of(Limit.instant(micros));
        }
        long elapsed = micros - start;
        if (used == 0 || elapsed < FORECAST_MICROS_MIN) {
            return Optional.empty();
        }
        double then = micros + (double) (max - used) * elapsed / used;
        return then < reset ? Optional.of(Limit.instant((long) then)) : Optional.empty();
    }
}
