package dev.mortise.api.budget;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One limit of a vendor. All limits of a group hold at once.
public sealed interface Limit {
    /// How much fits; of a window or a quota in units of weight, of concurrency in calls.
    long max();

    /// What it is called in messages: `20 per 1s`.
    String label();

    /// At most so much in any stretch of time of the given length, wherever it begins.
    record Moving(long max, Duration window) implements Windowed {
        /// A window is counted in so many parts, rounded to the safe side by one of them.
        static final int PARTS = 128;

        private long part() {
            return Math.ceilDiv(micros(window), PARTS);
        }

        @Override
        public String label() {
            return max + " per " + shown(window);
        }

        @Override
        public int kept() {
            return PARTS + 1;
        }

        @Override
        public long index(long micros) {
            return Math.floorDiv(micros, part());
        }

        @Override
        public long start(long index) {
            return index * part();
        }
    }

    /// At most so much from one full second, minute or hour to the next, as clocks show them.
    record Fixed(long max, Duration window) implements Windowed {
        @Override
        public String label() {
            return max + " per full " + shown(window);
        }

        @Override
        public int kept() {
            return 1;
        }

        @Override
        public long index(long micros) {
            return Math.floorDiv(micros, micros(window));
        }

        @Override
        public long start(long index) {
            return index * micros(window);
        }
    }

    /// At most so much from midnight to midnight in the vendor's time zone.
    record Daily(long max, ZoneId zone) implements Windowed {
        @Override
        public String label() {
            return max + " a day in " + zone;
        }

        @Override
        public int kept() {
            return 1;
        }

        @Override
        public long index(long micros) {
            return LocalDate.ofInstant(instant(micros), zone).toEpochDay();
        }

        @Override
        public long start(long index) {
            return micros(LocalDate.ofEpochDay(index).atStartOfDay(zone).toInstant());
        }
    }

    /// At most so much from the first of a month to the next, in the vendor's time zone.
    record Monthly(long max, ZoneId zone) implements Windowed {
        private static final YearMonth FIRST = YearMonth.of(1970, 1);

        @Override
        public String label() {
            return max + " a month in " + zone;
        }

        @Override
        public int kept() {
            return 1;
        }

        @Override
        public long index(long micros) {
            YearMonth month = YearMonth.from(LocalDate.ofInstant(instant(micros), zone));
            return ChronoUnit.MONTHS.between(FIRST, month);
        }

        @Override
        public long start(long index) {
            return micros(FIRST.plusMonths(index).atDay(1).atStartOfDay(zone).toInstant());
        }
    }

    /// At most so many calls on their way at once.
    record Concurrency(long max) implements Limit {
        @Override
        public String label() {
            return max + " at once";
        }
    }

    /// A limit over time. Time is cut into parts with whole numbers; the last few parts count.
    sealed interface Windowed extends Limit permits Moving, Fixed, Daily, Monthly {
        /// How many parts count, the one of now among them.
        int kept();

        /// The part a time is in, in microseconds since 1970.
        long index(long micros);

        /// When a part begins.
        long start(long index);

        /// Whether it is worth a forecast: a limit that fills over hours, not over seconds.
        default boolean quota() {
            return this instanceof Daily || this instanceof Monthly;
        }
    }

    /// The smallest of each kind that several say.
    static List<Limit> strictest(Collection<List<Limit>> stated) {
        Map<Long, Limit> least = new LinkedHashMap<>();
        stated.forEach(
                limits ->
                        limits.forEach(
                                limit ->
                                        least.merge(
                                                kind(limit),
                                                limit,
                                                (a, b) -> a.max() <= b.max() ? a : b)));
        return List.copyOf(least.values());
    }

    /// The same for limits that count the same.
    private static long kind(Limit limit) {
        return switch (limit) {
            case Concurrency _ -> 0;
            case Windowed windowed -> Row.key(windowed);
        };
    }

    private static String shown(Duration window) {
        if (window.toMillis() % 1_000 != 0) {
            return window.toMillis() + "ms";
        }
        long seconds = window.toSeconds();
        if (seconds % 3_600 == 0) {
            return seconds / 3_600 + "h";
        }
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }

    static long micros(Duration span) {
        return span.toNanos() / 1_000;
    }

    static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
