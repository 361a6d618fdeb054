package dev.mortise.engine.operator.cast;

import dev.mortise.spi.batch.Times;
import java.time.LocalDate;
import java.time.YearMonth;

/// Reads `2024-02-29` and `2024-02-29 23:59:59.123456` from ASCII.
final class TextTime {
    /// What is given for any other spelling. No date and no timestamp of these is as small.
    static final long NONE = Long.MIN_VALUE;

    static final int DATE_LENGTH = 10;
    private static final int SECONDS_LENGTH = 19;
    private static final int MICROS_LENGTH = 26;
    private static final int MONTHS = 12;

    private TextTime() {}

    /// Days since 1970-01-01 of the ten bytes from `start` on.
    static long days(byte[] bytes, int start) {
        int year = digits(bytes, start, 4);
        int month = digits(bytes, start + 5, 2);
        int day = digits(bytes, start + 8, 2);
        boolean dashes = bytes[start + 4] == '-' && bytes[start + 7] == '-';
        if (!dashes || year < 0 || month < 1 || month > MONTHS || day < 1) {
            return NONE;
        }
        if (day > 28 && day > YearMonth.of(year, month).lengthOfMonth()) {
            return NONE;
        }
        return LocalDate.of(year, month, day).toEpochDay();
    }

    /// Microseconds since 1970-01-01 00:00.
    static long micros(byte[] bytes, int start, int end) {
        int length = end - start;
        if (length == DATE_LENGTH) {
            long days = days(bytes, start);
            return days == NONE ? NONE : days * Times.MICROS_A_DAY;
        }
        if (length < SECONDS_LENGTH || length > MICROS_LENGTH || length == SECONDS_LENGTH + 1) {
            return NONE;
        }
        long days = days(bytes, start);
        long seconds = seconds(bytes, start + DATE_LENGTH);
        long fraction = fraction(bytes, start + SECONDS_LENGTH, end);
        return days == NONE || seconds < 0 || fraction < 0
                ? NONE
                : days * Times.MICROS_A_DAY + seconds * Times.MICROS_A_SECOND + fraction;
    }

    private static long seconds(byte[] bytes, int start) {
        int hour = digits(bytes, start + 1, 2);
        int minute = digits(bytes, start + 4, 2);
        int second = digits(bytes, start + 7, 2);
        boolean marks =
                (bytes[start] == ' ' || bytes[start] == 'T')
                        && bytes[start + 3] == ':'
                        && bytes[start + 6] == ':';
        boolean fits = hour >= 0 && hour < 24 && minute >= 0 && minute < 60;
        return marks && fits && second >= 0 && second < 60
                ? (hour * 60L + minute) * 60 + second
                : -1;
    }

    private static long fraction(byte[] bytes, int start, int end) {
        if (start == end) {
            return 0;
        }
        int count = end - start - 1;
        int value = digits(bytes, start + 1, count);
        return bytes[start] == '.' && value >= 0 ? value * NumberCasts.power(6 - count) : -1;
    }

    /// The number that `count` digits make, or -1.
    private static int digits(byte[] bytes, int start, int count) {
        int value = 0;
        for (int i = start; i < start + count; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
