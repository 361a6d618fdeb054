package dev.mortise.api.answer;

import dev.mortise.api.answer.Condition.Sight;
import dev.mortise.spi.option.TreeReader;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/// How long a throttled caller waits: what the body says, or else a header, or else a fixed time.
///
/// @param at where in the body it stands
/// @param header a number, or a date as in `Retry-After`
/// @param unit what a number counts
record Wait(Duration fallback, Optional<AnswerPath> at, String header, Duration unit) {
    /// The longest that is believed.
    static final Duration MAX = Duration.ofDays(1);

    private static final Duration USUAL = Duration.ofSeconds(60);

    /// Reads `wait, wait_at, wait_header` and `wait_unit` of a rule.
    static Wait read(TreeReader reader) {
        return new Wait(
                Span.read(reader, "wait", USUAL),
                AnswerPath.read(reader, "wait_at"),
                reader.text("wait_header", "retry-after"),
                Span.read(reader, "wait_unit", Duration.ofSeconds(1)));
    }

    Duration of(Sight sight) {
        Duration told =
                at.flatMap(sight.document()::text)
                        .flatMap(this::count)
                        .or(() -> headed(sight.answer()))
                        .orElse(fallback);
        return told.compareTo(MAX) > 0 ? MAX : told;
    }

    private Optional<Duration> count(String text) {
        if (!text.matches("\\d{1,12}(\\.\\d{1,9})?")) {
            return Optional.empty();
        }
        double nanos = Double.parseDouble(text) * unit.toNanos();
        return Optional.of(Duration.ofNanos((long) Math.min(nanos, (double) MAX.toNanos())));
    }

    /// RFC 9110 section 10.2.3: a number, or a date.
    private Optional<Duration> headed(Answer answer) {
        Optional<String> value = answer.header(header).map(String::strip);
        Optional<Duration> number = value.flatMap(this::count);
        return number.isPresent() ? number : value.flatMap(v -> until(v, answer.at()));
    }

    private static Optional<Duration> until(String date, Instant now) {
        try {
            Instant then =
                    ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
            return Optional.of(then.isAfter(now) ? Duration.between(now, then) : Duration.ZERO);
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
