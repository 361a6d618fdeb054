package dev.mortise.server.calendar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.server.calendar.WorkCalendar.Kind;
import dev.mortise.server.store.Database;
import dev.mortise.server.store.OpenedDatabase;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The days of China as the notices of the State Council's office name them: of 2024-11-12 for 2025
/// and of 2025-11-04 for 2026.
class OfficialDaysTest {
    private static final List<String> OFF =
            List.of(
                    "2025-01-01..2025-01-01",
                    "2025-01-28..2025-02-04",
                    "2025-04-04..2025-04-06",
                    "2025-05-01..2025-05-05",
                    "2025-05-31..2025-06-02",
                    "2025-10-01..2025-10-08",
                    "2026-01-01..2026-01-03",
                    "2026-02-15..2026-02-23",
                    "2026-04-04..2026-04-06",
                    "2026-05-01..2026-05-05",
                    "2026-06-19..2026-06-21",
                    "2026-09-25..2026-09-27",
                    "2026-10-01..2026-10-07");

    private static final List<String> MOVED =
            List.of(
                    "2025-01-26",
                    "2025-02-08",
                    "2025-04-27",
                    "2025-09-28",
                    "2025-10-11",
                    "2026-01-04",
                    "2026-02-14",
                    "2026-02-28",
                    "2026-05-09",
                    "2026-09-20",
                    "2026-10-10");

    private static WorkCalendar cn(Path home) {
        try (Database database = OpenedDatabase.at(home, "")) {
            return new CalendarStore(database).find("cn").orElseThrow();
        }
    }

    private static Set<LocalDate> named(WorkCalendar calendar, Kind kind) {
        Set<LocalDate> days = new TreeSet<>();
        calendar.days()
                .forEach(
                        (day, is) -> {
                            if (is == kind && day.getYear() < 2027) {
                                days.add(day);
                            }
                        });
        return days;
    }

    @Test
    void areThoseOfTheNotices(@TempDir Path home) {
        WorkCalendar cn = cn(home);
        Set<LocalDate> off = new TreeSet<>();
        for (String span : OFF) {
            LocalDate last = LocalDate.parse(span.substring(12));
            LocalDate.parse(span.substring(0, 10)).datesUntil(last.plusDays(1)).forEach(off::add);
        }
        Set<LocalDate> moved = new TreeSet<>();
        MOVED.forEach(day -> moved.add(LocalDate.parse(day)));
        assertEquals(off, named(cn, Kind.HOLIDAY));
        assertEquals(moved, named(cn, Kind.WORKDAY));
        for (LocalDate day : moved) {
            assertTrue(day.getDayOfWeek().getValue() >= DayOfWeek.SATURDAY.getValue(), "" + day);
        }
    }

    @Test
    void sayWhereTheOfficialListEnds(@TempDir Path home) {
        WorkCalendar cn = cn(home);
        assertFalse(cn.isOpen(LocalDate.parse("2026-12-31")));
        assertTrue(cn.isOpen(LocalDate.parse("2027-01-01")));
        // Set by law, whatever is moved; no workday of a weekend is guessed.
        assertFalse(cn.test(LocalDate.parse("2027-10-01")));
        assertFalse(
                cn.days().entrySet().stream()
                        .anyMatch(
                                day ->
                                        day.getKey().getYear() == 2027
                                                && day.getValue() == Kind.WORKDAY));
    }
}
