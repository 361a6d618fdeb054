package dev.mortise.connectors.invoice;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A time as invoices write it: `2026-02-28 10:22:33`, `2026年02月28日`, `20260228102233`. Without a
/// zone; offsets, which no invoice seen carries, are ignored.
///
/// @param time null when only the day is written
record WrittenTime(LocalDate day, @Nullable LocalTime time) {
    private static final Pattern FORM =
            Pattern.compile(
                    "(\\d{4})[-/.年]?(\\d{1,2})[-/.月]?(\\d{1,2})日?"
                            + "(?:[T\\s]*(\\d{2}):?(\\d{2})(?::?(\\d{2}))?.*)?");

    static Optional<WrittenTime> parse(@Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            return Optional.empty();
        }
        try {
            LocalDate day = LocalDate.of(number(form, 1), number(form, 2), number(form, 3));
            LocalTime time =
                    form.group(4) == null
                            ? null
                            : LocalTime.of(number(form, 4), number(form, 5), number(form, 6));
            return Optional.of(new WrittenTime(day, time));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private static int number(Matcher form, int group) {
        String digits = form.group(group);
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    /// Microseconds since 1970 of the instant it was in a zone; null when only the day is written.
    @Nullable Long instant(ZoneId zone) {
        return time == null
                ? null
                : Math.multiplyExact(day.atTime(time).atZone(zone).toEpochSecond(), 1_000_000L);
    }
}
