package dev.mortise.api.token;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// How an answer says when its token ends.
public sealed interface Expiry {
    List<String> WORDS = List.of("seconds", "ms", "at_seconds", "at_ms", "at");

    /// From now on, in units of the given length: `expires_in: 7200`.
    record In(Duration unit) implements Expiry {}

    /// At a time since 1970, in units of the given length: 合思 gives milliseconds.
    record At(Duration unit) implements Expiry {}

    /// At a time written out. Without an offset of its own it is a time in the zone; without a
    /// pattern it is ISO 8601.
    record Text(Optional<String> pattern, ZoneId zone) implements Expiry {}

    /// A count, such as `7200`, `7200.5` or `7.2E3`.
    Pattern NUMBER = Pattern.compile("[0-9]{1,30}(\\.[0-9]{1,30})?([eE][+]?[0-9]{1,2})?");

    /// The longest life believed; what is beyond is as good as for ever.
    Duration LIFE_MAX = Duration.ofDays(3_650);

    /// When the token ends; empty when the text does not say it, and then a life is assumed.
    default Optional<Instant> parse(String text, Instant now) {
        try {
            Instant end =
                    switch (this) {
                        case In(var unit) -> now.plusMillis(millis(text, unit));
                        case At(var unit) -> Instant.ofEpochMilli(millis(text, unit));
                        case Text(var pattern, var zone) -> written(text, pattern, zone);
                    };
            Instant last = now.plus(LIFE_MAX);
            return Optional.of(end.isAfter(last) ? last : end);
        } catch (DateTimeException | ArithmeticException | NumberFormatException _) {
            return Optional.empty();
        }
    }

    /// A count that is not above zero says nothing: some vendors mean "for ever" by it.
    private static long millis(String text, Duration unit) {
        String count = text.strip();
        double millis = NUMBER.matcher(count).matches() ? Double.parseDouble(count) : 0;
        if (millis <= 0) {
            throw new NumberFormatException("no time above zero");
        }
        return (long) Math.min(millis * unit.toMillis(), 1e15);
    }

    private static Instant written(String text, Optional<String> pattern, ZoneId zone) {
        DateTimeFormatter format =
                pattern.map(DateTimeFormatter::ofPattern).orElse(DateTimeFormatter.ISO_DATE_TIME);
        var time = format.parseBest(text.strip(), ZonedDateTime::from, LocalDateTime::from);
        return time instanceof ZonedDateTime zoned
                ? zoned.toInstant()
                : LocalDateTime.from(time).atZone(zone).toInstant();
    }
}
