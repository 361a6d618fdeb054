package dev.mortise.spi.spelling;

import dev.mortise.spi.batch.Times;

/// Dates and times in ISO spelling straight from bytes. Anything unusual answers "none", and the
/// caller looks at it again with patience.
public final class Stamps {
    public static final int NO_DATE = Integer.MIN_VALUE;
    public static final long NONE = Long.MIN_VALUE;

    private static final int DATE_BYTES = 10;
    private static final int MINUTES_BYTES = 16;
    private static final long MICROS_A_MINUTE = 60 * Times.MICROS_A_SECOND;
    private static final int NOT_DIGITS = -1;

    private Stamps() {}

    /// Days since 1970 of `2024-02-29` or `2024/02/29`, or [#NO_DATE].
    public static int date(byte[] b, int start, int end) {
        return end - start == DATE_BYTES ? dateAt(b, start) : NO_DATE;
    }

    private static int dateAt(byte[] b, int start) {
        byte mark = b[start + 4];
        if (mark != b[start + 7] || (mark != '-' && mark != '/')) {
            return NO_DATE;
        }
        int high = two(b, start);
        int low = two(b, start + 2);
        int month = two(b, start + 5);
        int day = two(b, start + 8);
        int year = high * 100 + low;
        if ((high | low | month | day) < 0 || month < 1 || month > 12 || day < 1) {
            return NO_DATE;
        }
        return day > monthDays(year, month) ? NO_DATE : epochDay(year, month, day);
    }

    private static int monthDays(int year, int month) {
        if (month == 2) {
            return (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
        }
        return 30 + ((month + (month >> 3)) & 1);
    }

    /// Days from the civil calendar, counted in years that begin in March.
    private static int epochDay(int year, int month, int day) {
        int y = month <= 2 ? year - 1 : year;
        int era = Math.floorDiv(y, 400);
        int ofEra = y - era * 400;
        int ofYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        return era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468;
    }

    private static int two(byte[] b, int at) {
        int tens = b[at] - '0';
        int ones = b[at + 1] - '0';
        return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? NOT_DIGITS : tens * 10 + ones;
    }

    /// Microseconds of a date with a time and without offset, or [#NONE].
    public static long timestamp(byte[] b, int start, int end) {
        if (end - start < MINUTES_BYTES) {
            return NONE;
        }
        int days = dateAt(b, start);
        byte mark = b[start + DATE_BYTES];
        if (days == NO_DATE || (mark != ' ' && mark != 'T')) {
            return NONE;
        }
        long time = time(b, start + DATE_BYTES + 1, end);
        return time == NONE || time == Times.MICROS_A_DAY ? NONE : days * Times.MICROS_A_DAY + time;
    }

    /// Microseconds since midnight of `23:59`, `23:59:59` or `23:59:59.123456`, or [#NONE].
    public static long time(byte[] b, int start, int end) {
        if (end - start < 5 || b[start + 2] != ':') {
            return NONE;
        }
        int hour = two(b, start);
        int minute = two(b, start + 3);
        int second = 0;
        long fraction = 0;
        if (end - start > 5) {
            if (end - start < 8 || b[start + 5] != ':') {
                return NONE;
            }
            second = two(b, start + 6);
            fraction = fraction(b, start + 8, end);
        }
        if ((hour | minute | second) < 0 || fraction < 0) {
            return NONE;
        }
        if (hour > 23 || minute > 59 || second > 59) {
            return NONE;
        }
        return (hour * 3600L + minute * 60L + second) * Times.MICROS_A_SECOND + fraction;
    }

    /// Microseconds of `.123456`; digits beyond the sixth must be zeros, so that nothing is lost.
    private static long fraction(byte[] b, int start, int end) {
        if (start == end) {
            return 0;
        }
        if (b[start] != '.' || start + 1 == end) {
            return -1;
        }
        long micros = 0;
        long unit = Times.MICROS_A_SECOND / 10;
        for (int i = start + 1; i < end; i++) {
            int digit = b[i] - '0';
            if (digit < 0 || digit > 9 || (unit == 0 && digit != 0)) {
                return -1;
            }
            micros += digit * unit;
            unit /= 10;
        }
        return micros;
    }

    /// Microseconds in UTC of a timestamp with `Z`, `+08`, `+0800` or `+08:00`, or [#NONE].
    public static long instant(byte[] b, int start, int end) {
        if (end - start > MINUTES_BYTES && b[end - 1] == 'Z') {
            return timestamp(b, start, blank(b, end - 1));
        }
        int sign = end - 1;
        while (sign > start + DATE_BYTES && b[sign] != '+' && b[sign] != '-') {
            sign--;
        }
        if (sign < start + MINUTES_BYTES) {
            return NONE;
        }
        long offset = offset(b, sign + 1, end);
        long micros = timestamp(b, start, blank(b, sign));
        if (offset == NONE || micros == NONE) {
            return NONE;
        }
        return b[sign] == '+' ? micros - offset : micros + offset;
    }

    private static int blank(byte[] b, int end) {
        return b[end - 1] == ' ' ? end - 1 : end;
    }

    private static long offset(byte[] b, int start, int end) {
        int length = end - start;
        boolean colon = length == 5 && b[start + 2] == ':';
        if (length != 2 && length != 4 && !colon) {
            return NONE;
        }
        int hours = two(b, start);
        int minutes = length == 2 ? 0 : two(b, end - 2);
        boolean known = (hours | minutes) >= 0 && minutes <= 59 && hours * 60 + minutes <= 18 * 60;
        if (!known) {
            return NONE;
        }
        return (hours * 60L + minutes) * MICROS_A_MINUTE;
    }
}
