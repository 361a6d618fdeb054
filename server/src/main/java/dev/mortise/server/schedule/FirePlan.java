package dev.mortise.server.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What a schedule that is due has to do now. Pure: the same schedule at the same moment is the
/// same plan on every server.
///
/// @param runs times for which a run starts
/// @param missed times for which none does
/// @param next when it is due again; null for never
record FirePlan(List<Instant> runs, List<Instant> missed, @Nullable Instant next) {
    /// A time is missed when it is later than this: servers look more often.
    static final Duration LATE = Duration.ofMinutes(1);

    /// Of a time that passed long ago in great numbers, so many are made up for or noted.
    static final int TIMES_MAX = 100;

    FirePlan {
        runs = List.copyOf(runs);
        missed = List.copyOf(missed);
    }

    /// @param days which days count
    static FirePlan of(Schedule schedule, Predicate<LocalDate> days, Instant now) {
        List<Instant> times = times(schedule, days, now);
        Instant next = schedule.cron() == null ? null : next(schedule, days, now);
        if (times.isEmpty()) {
            return new FirePlan(List.of(), List.of(), next);
        }
        int kept =
                switch (schedule.missed()) {
                    case ALL -> times.size();
                    case ONCE -> 1;
                    case SKIP -> isLate(times.getLast(), now) ? 0 : 1;
                };
        int split = times.size() - kept;
        return new FirePlan(times.subList(split, times.size()), times.subList(0, split), next);
    }

    private static boolean isLate(Instant time, Instant now) {
        return time.plus(LATE).isBefore(now);
    }

    /// The times from when it is due up to now; of very many, the last.
    private static List<Instant> times(Schedule schedule, Predicate<LocalDate> days, Instant now) {
        List<Instant> times = new ArrayList<>();
        if (schedule.cron() == null) {
            return times;
        }
        Cron cron = Cron.parse(schedule.cron(), schedule.calendar());
        ZoneId zone = ZoneId.of(schedule.zone());
        Instant at = schedule.nextAt();
        while (at != null && !at.isAfter(now)) {
            times.add(at);
            if (times.size() > TIMES_MAX) {
                times.removeFirst();
            }
            at = cron.next(at, zone, days).orElse(null);
        }
        return times;
    }

    static @Nullable Instant next(Schedule schedule, Predicate<LocalDate> days, Instant after) {
        return schedule.cron() == null
                ? null
                : Cron.parse(schedule.cron(), schedule.calendar())
                        .next(after, ZoneId.of(schedule.zone()), days)
                        .orElse(null);
    }

    /// The next times, at most so many.
    static List<Instant> upcoming(
            Cron cron, ZoneId zone, Predicate<LocalDate> days, Instant after, int most) {
        List<Instant> times = new ArrayList<>();
        Instant at = after;
        while (times.size() < most && at != null) {
            at = cron.next(at, zone, days).orElse(null);
            if (at != null) {
                times.add(at);
            }
        }
        return times;
    }
}
