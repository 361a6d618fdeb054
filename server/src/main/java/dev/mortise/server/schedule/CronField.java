package dev.mortise.server.schedule;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// One field of a cron expression: which of its numbers match.
///
/// @param open whether it was written as `*`
record CronField(long bits, boolean open) {
    /// What the fields of an expression are, in their order.
    enum Kind {
        MINUTE(0, 59, ""),
        HOUR(0, 23, ""),
        DAY(1, 31, ""),
        MONTH(1, 12, "jan feb mar apr may jun jul aug sep oct nov dec"),
        /// Sunday is 0, and 7 as well.
        WEEKDAY(0, 7, "sun mon tue wed thu fri sat");

        private final int min;
        private final int max;
        private final String names;

        Kind(int min, int max, String names) {
            this.min = min;
            this.max = max;
            this.names = names;
        }

        private int number(String text) {
            int name = List.of(names.split(" ")).indexOf(text.toLowerCase(Locale.ROOT));
            if (name >= 0 && !text.isEmpty()) {
                return name + (this == MONTH ? 1 : 0);
            }
            if (!text.matches("\\d{1,2}")) {
                throw new IllegalArgumentException("'" + text + "' is no number here");
            }
            int number = Integer.parseInt(text);
            if (number < min || number > max) {
                throw new IllegalArgumentException(
                        "expected %d to %d, got %d".formatted(min, max, number));
            }
            return number;
        }
    }

    boolean has(int number) {
        return (bits & (1L << number)) != 0;
    }

    /// The matching numbers in order.
    List<Integer> numbers() {
        return IntStream.range(0, 60).filter(this::has).boxed().toList();
    }

    /// @throws IllegalArgumentException saying what is wrong with it
    static CronField parse(Kind kind, String text) {
        long bits = 0;
        for (String item : text.split(",", -1)) {
            bits |= item(kind, item);
        }
        if (kind == Kind.WEEKDAY && (bits & (1L << 7)) != 0) {
            bits = (bits | 1) & ~(1L << 7);
        }
        return new CronField(bits, text.equals("*"));
    }

    private static long item(Kind kind, String item) {
        String[] stepped = item.split("/", -1);
        if (stepped.length > 2 || item.isEmpty()) {
            throw new IllegalArgumentException("'" + item + "' cannot be read");
        }
        int step = stepped.length == 1 ? 1 : step(stepped[1]);
        int last = kind == Kind.WEEKDAY ? 6 : kind.max;
        int from = kind.min;
        int to = last;
        if (!stepped[0].equals("*")) {
            String[] range = stepped[0].split("-", -1);
            if (range.length > 2) {
                throw new IllegalArgumentException("'" + item + "' cannot be read");
            }
            from = kind.number(range[0]);
            boolean open = range.length == 1 && stepped.length == 2;
            to = range.length == 2 ? kind.number(range[1]) : open ? last : from;
        }
        if (to < from) {
            throw new IllegalArgumentException("'" + item + "' runs backwards");
        }
        long bits = 0;
        for (int i = from; i <= to; i += step) {
            bits |= 1L << i;
        }
        return bits;
    }

    private static int step(String text) {
        if (!text.matches("[1-9]\\d?")) {
            throw new IllegalArgumentException("a step expects 1 to 99, got '" + text + "'");
        }
        return Integer.parseInt(text);
    }
}
