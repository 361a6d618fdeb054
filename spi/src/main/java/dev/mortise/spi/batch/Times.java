package dev.mortise.spi.batch;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/// Dates and times as the numbers that columns hold, and as text.
public final class Times {
    public static final long MICROS_A_SECOND = 1_000_000L;
    public static final long MICROS_A_DAY = 86_400L * MICROS_A_SECOND;

    private static final String MIDNIGHT = "24:00(:00(\\.0+)?)?";
    private static final String INFINITY = "infinity";
    private static final String MINUS_INFINITY = "-infinity";

    private Times() {}

    public static String dateText(int days) {
        return LocalDate.ofEpochDay(days).toString();
    }

    public static String timeText(long micros) {
        return micros == MICROS_A_DAY
                ? "24:00:00"
                : timeText(LocalTime.ofNanoOfDay(micros * 1_000));
    }

    private static String timeText(LocalTime time) {
        String text = time.toString();
        return text.length() == 5 ? text + ":00" : trimmed(text);
    }

    /// `LocalTime` writes fractions in groups of three digits; we write no trailing zeros.
    private static String trimmed(String text) {
        int end = text.length();
        while (text.indexOf('.') > 0 && text.charAt(end - 1) == '0') {
            end--;
        }
        return text.substring(0, end);
    }

    public static String timestampText(long micros) {
        if (micros == Long.MAX_VALUE || micros == Long.MIN_VALUE) {
            return micros > 0 ? INFINITY : MINUS_INFINITY;
        }
        LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(micros, MICROS_A_DAY));
        long ofDay = Math.floorMod(micros, MICROS_A_DAY);
        return date + " " + timeText(LocalTime.ofNanoOfDay(ofDay * 1_000));
    }

    public static String instantText(long micros) {
        String text = timestampText(micros);
        return text.endsWith(INFINITY) ? text : text + "Z";
    }

    public static int parseDate(String text) {
        return Math.toIntExact(LocalDate.parse(text).toEpochDay());
    }

    public static long parseTime(String text) {
        return text.startsWith("24") && text.matches(MIDNIGHT)
                ? MICROS_A_DAY
                : micros(LocalTime.parse(text));
    }

    private static long micros(LocalTime time) {
        return time.toNanoOfDay() / 1_000;
    }

    /// Parses `2024-02-29 23:59:59.123456`; a date alone means midnight.
    public static long parseTimestamp(String text) {
        if (text.equals(INFINITY) || text.equals(MINUS_INFINITY)) {
            return text.equals(INFINITY) ? Long.MAX_VALUE : Long.MIN_VALUE;
        }
        if (text.indexOf(':') < 0) {
            return Math.multiplyExact(parseDate(text), MICROS_A_DAY);
        }
        return micros(LocalDateTime.parse(iso(text)));
    }

    public static long parseInstant(String text) {
        if (text.endsWith(INFINITY)) {
            return parseTimestamp(text);
        }
        String iso = iso(text);
        int offset = Math.max(iso.lastIndexOf('+'), iso.lastIndexOf('-'));
        if (!iso.endsWith("Z") && offset < iso.indexOf('T')) {
            throw new DateTimeException("an instant needs an offset or Z, got '" + text + "'");
        }
        OffsetDateTime time =
                OffsetDateTime.parse(iso.endsWith("Z") ? iso : withColon(iso, offset));
        return micros(time.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime());
    }

    /// Offsets are also written as `+08` and `+0800`.
    private static String withColon(String iso, int offset) {
        String after = iso.substring(Math.min(offset + 3, iso.length()));
        return switch (after.length()) {
            case 0 -> iso + ":00";
            case 2 -> iso.substring(0, offset + 3) + ":" + after;
            default -> iso;
        };
    }

    private static String iso(String text) {
        int blank = text.indexOf('T') < 0 ? text.indexOf(' ') : -1;
        String joined =
                blank < 0 ? text : text.substring(0, blank) + "T" + text.substring(blank + 1);
        return joined.replace(" ", "");
    }

    /// Microseconds since 1970 of a wall-clock time; nanoseconds are cut off.
    public static long micros(LocalDateTime time) {
        return Math.addExact(
                Math.multiplyExact(time.toLocalDate().toEpochDay(), MICROS_A_DAY),
                micros(time.toLocalTime()));
    }

    public static LocalDateTime dateTime(long micros) {
        return LocalDateTime.ofEpochSecond(
                        Math.floorDiv(micros, MICROS_A_SECOND), 0, ZoneOffset.UTC)
                .plus(Math.floorMod(micros, MICROS_A_SECOND), ChronoUnit.MICROS);
    }
}
