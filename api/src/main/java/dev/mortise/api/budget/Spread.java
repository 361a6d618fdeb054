package dev.mortise.api.budget;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Keeps connections from all calling at the full hour, when every schedule in the country fires:
/// each waits for a moment of its own in the minutes after it.
///
/// @param width over how long after the hour; zero for no spread
/// @param name decides the moment, always the same one
record Spread(Duration width, String name) {
    /// How long a call at this time has to wait.
    Duration wait(Instant now) {
        if (width.isZero()) {
            return Duration.ZERO;
        }
        Instant hour = now.truncatedTo(ChronoUnit.HOURS);
        // Spread the bits: hash codes of similar names lie close together.
        long mixed = name.hashCode() * 0x9e3779b97f4a7c15L;
        Instant moment = hour.plusMillis(Math.floorMod(mixed >>> 16, width.toMillis()));
        return now.isBefore(moment) ? Duration.between(now, moment) : Duration.ZERO;
    }
}
