package dev.mortise.server.schedule;

import dev.mortise.server.schedule.CronField.Kind;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A cron expression of five fields: minute, hour, day, month, weekday; or `@daily` and its kin.
/// When both day and weekday are given, either matches, as in every cron.
///
/// Where clocks change, an expression with given hours fires once a day: a time that is skipped
/// fires when the clock has jumped, one that comes twice fires the first time. One that fires every
/// hour follows the time that really passes.
record Cron(
        String text,
        CronField minute,
        CronField hour,
        CronField day,
        CronField month,
        CronField weekday) {
    private static final Map<String, String> NAMED =
            Map.of(
                    "@yearly", "0 0 1 1 *",
                    "@annually", "0 0 1 1 *",
                    "@monthly", "0 0 1 * *",
                    "@weekly", "0 0 * * 0",
                    "@daily", "0 0 * * *",
                    "@midnight", "0 0 * * *",
                    "@hourly", "0 * * * *");
    private static final int FIELDS = 5;
    private static final List<Integer> WORKDAYS = List.of(1, 2, 3, 4, 5);

    /// 29 February comes again after eight years at the latest.
    private static final int DAYS_MAX = 366 * 9;

    /// @throws ProblemException VALUE_INVALID
    static Cron parse(String text) {
        String plain = NAMED.getOrDefault(text.strip(), text.strip());
        List<String> fields = Arrays.asList(plain.split("\\s+", -1));
        if (fields.size() != FIELDS) {
            throw problem("a cron expression expects 5 fields, got '" + text + "'", null);
        }
        Map<Kind, CronField> parsed = new EnumMap<>(Kind.class);
        Iterator<String> field = fields.iterator();
        for (Kind kind : Kind.values()) {
            parsed.put(kind, field(kind, field.next(), text));
        }
        return new Cron(
                text.strip(),
                field(parsed, Kind.MINUTE),
                field(parsed, Kind.HOUR),
                field(parsed, Kind.DAY),
                field(parsed, Kind.MONTH),
                field(parsed, Kind.WEEKDAY));
    }

    /// As it counts under a calendar of workdays: "Monday to Friday" means its workdays, so that a
    /// Saturday that is worked for a holiday elsewhere is one, too.
    ///
    /// @param calendar null for none
    static Cron parse(String text, @Nullable String calendar) {
        Cron cron = parse(text);
        boolean workdays = cron.day.open() && cron.weekday.numbers().equals(WORKDAYS);
        return calendar == null || !workdays
                ? cron
                : new Cron(
                        cron.text,
                        cron.minute,
                        cron.hour,
                        cron.day,
                        cron.month,
                        CronField.parse(Kind.WEEKDAY, "*"));
    }

    private static CronField field(Map<Kind, CronField> parsed, Kind kind) {
        return Objects.requireNonNull(parsed.get(kind));
    }

    private static CronField field(Kind kind, String field, String text) {
        try {
            return CronField.parse(kind, field);
        } catch (IllegalArgumentException e) {
            String word = kind.name().toLowerCase(Locale.ROOT);
            throw problem("the %s of '%s': %s".formatted(word, text, e.getMessage()), e);
        }
    }

    private static ProblemException problem(String message, @Nullable Throwable cause) {
        return new ProblemException(
                new Problem(
                        ProblemCode.VALUE_INVALID,
                        message,
                        "cron",
                        "write minute, hour, day, month and weekday, like '30 8 * * 1-5'"),
                cause);
    }

    /// Whether it fires in every hour of a day it fires on.
    boolean hourly() {
        return hour.numbers().size() == 24;
    }

    boolean on(LocalDate date) {
        if (!month.has(date.getMonthValue())) {
            return false;
        }
        boolean dayMatches = day.has(date.getDayOfMonth());
        boolean weekdayMatches = weekday.has(date.getDayOfWeek().getValue() % 7);
        if (day.open() || weekday.open()) {
            return dayMatches && weekdayMatches;
        }
        return dayMatches || weekdayMatches;
    }

    /// The first time behind a moment; empty when there is none.
    ///
    /// @param days which days count besides
    Optional<Instant> next(Instant after, ZoneId zone, Predicate<LocalDate> days) {
        LocalDate date = after.atZone(zone).toLocalDate();
        for (int i = 0; i < DAYS_MAX; i++) {
            LocalDate each = date.plusDays(i);
            if (on(each) && days.test(each)) {
                Optional<Instant> found =
                        hourly() ? passing(after, each, zone) : given(after, each, zone);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Instant> given(Instant after, LocalDate date, ZoneId zone) {
        for (int h : hour.numbers()) {
            for (int m : minute.numbers()) {
                Instant at = instant(date.atTime(h, m), zone);
                if (at.isAfter(after)) {
                    return Optional.of(at);
                }
            }
        }
        return Optional.empty();
    }

    private static Instant instant(LocalDateTime local, ZoneId zone) {
        ZoneOffsetTransition change = zone.getRules().getTransition(local);
        return change != null && change.isGap()
                ? change.getInstant()
                : ZonedDateTime.ofLocal(local, zone, null).toInstant();
    }

    private Optional<Instant> passing(Instant after, LocalDate date, ZoneId zone) {
        Instant midnight = date.atStartOfDay(zone).toInstant();
        Instant start = midnight.isAfter(after) ? midnight : after.plus(1, ChronoUnit.MILLIS);
        Instant end = date.plusDays(1).atStartOfDay(zone).toInstant();
        for (Instant at = up(start); at.isBefore(end); at = at.plus(1, ChronoUnit.MINUTES)) {
            LocalTime time = at.atZone(zone).toLocalTime();
            if (minute.has(time.getMinute())) {
                return Optional.of(at);
            }
        }
        return Optional.empty();
    }

    private static Instant up(Instant at) {
        Instant minute = at.truncatedTo(ChronoUnit.MINUTES);
        return minute.equals(at) ? minute : minute.plus(1, ChronoUnit.MINUTES);
    }
}
