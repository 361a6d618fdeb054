package dev.mortise.server.calendar;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Which days are workdays. A day that is not named is one from Monday to Friday.
///
/// @param note where the days come from, and as of when
/// @param days the days that differ from the week
/// @param officialUntil the last day of the official list they are from; null when nobody said.
///     Who counts days after it may be wrong about those that are moved
public record WorkCalendar(
        String name,
        String title,
        String note,
        Map<LocalDate, Kind> days,
        @Nullable LocalDate officialUntil,
        int revision)
        implements Predicate<LocalDate> {
    public WorkCalendar {
        days = Collections.unmodifiableMap(new TreeMap<>(days));
    }

    public enum Kind {
        HOLIDAY,
        WORKDAY;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Kind of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /// Whether no official list says yet what a day is.
    public boolean isOpen(LocalDate date) {
        return officialUntil != null && date.isAfter(officialUntil);
    }

    /// Whether a day is a workday.
    @Override
    public boolean test(LocalDate date) {
        Kind named = days.get(date);
        if (named != null) {
            return named == Kind.WORKDAY;
        }
        return date.getDayOfWeek() != DayOfWeek.SATURDAY && date.getDayOfWeek() != DayOfWeek.SUNDAY;
    }
}
