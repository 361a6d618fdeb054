package dev.mortise.spi.digest;

import dev.mortise.spi.batch.Times;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A growing buffer of bytes that writes values in the forms of [CanonicalColumn] without making
/// objects: a verification runs through every value of a table.
final class CanonicalText {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final int DIGITS_MAX = 20;

    /// First and last day of the years 1 to 9999, which are written with four digits.
    private static final int DAY_FIRST = -719_162;

    private static final int DAY_LAST = 2_932_896;

    private byte[] bytes = new byte[512];
    private int end;

    byte[] bytes() {
        return bytes;
    }

    int end() {
        return end;
    }

    void clear() {
        end = 0;
    }

    private void reserve(int more) {
        if (end + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(end, more), bytes.length * 2));
        }
    }

    void put(char ascii) {
        reserve(1);
        bytes[end++] = (byte) ascii;
    }

    void put(byte[] from, int start, int length) {
        reserve(length);
        System.arraycopy(from, start, bytes, end, length);
        end += length;
    }

    void put(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        put(utf8, 0, utf8.length);
    }

    /// Puts `V`, the length and `:` before what was written from `start` on.
    void prefix(int start) {
        int length = end - start;
        int room = digits(length) + 2;
        reserve(room);
        System.arraycopy(bytes, start, bytes, start + room, length);
        end = start;
        put('V');
        number(length);
        put(':');
        end += length;
    }

    private static int digits(int number) {
        int digits = 1;
        for (int rest = number; rest >= 10; rest /= 10) {
            digits++;
        }
        return digits;
    }

    void number(long value) {
        if (value == Long.MIN_VALUE) {
            put("-9223372036854775808");
            return;
        }
        if (value < 0) {
            put('-');
        }
        magnitude(Math.abs(value), 1);
    }

    /// Digits of a number that is not negative, filled up with zeros to `least` digits.
    private void magnitude(long value, int least) {
        reserve(Math.max(least, DIGITS_MAX));
        int digits = 1;
        for (long rest = value; rest >= 10; rest /= 10) {
            digits++;
        }
        int width = Math.max(digits, least);
        long rest = value;
        for (int i = end + width - 1; i >= end; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        end += width;
    }

    /// An unscaled value of at most 18 digits, with the point before the last `scale` digits.
    void decimal(long unscaled, int scale) {
        if (unscaled < 0) {
            put('-');
        }
        magnitude(Math.abs(unscaled), scale + 1);
        if (scale > 0) {
            reserve(1);
            System.arraycopy(bytes, end - scale, bytes, end - scale + 1, scale);
            bytes[end - scale] = '.';
            end++;
        }
    }

    /// The lowest `count` hex digits of a number.
    void hex(long value, int count) {
        reserve(count);
        for (int shift = (count - 1) * 4; shift >= 0; shift -= 4) {
            bytes[end++] = HEX[(int) (value >>> shift) & 15];
        }
    }

    void hex(byte[] from, int start, int length) {
        reserve(Math.multiplyExact(length, 2));
        for (int i = start; i < start + length; i++) {
            bytes[end++] = HEX[from[i] >> 4 & 15];
            bytes[end++] = HEX[from[i] & 15];
        }
    }

    void uuid(long high, long low) {
        hex(high >>> 32, 8);
        put('-');
        hex(high >>> 16, 4);
        put('-');
        hex(high, 4);
        put('-');
        hex(low >>> 48, 4);
        put('-');
        hex(low, 12);
    }

    void date(long days) {
        if (days < DAY_FIRST || days > DAY_LAST) {
            put(Times.dateText(Math.toIntExact(days)));
            return;
        }
        // Counts in eras of 400 years from 0000-03-01, so that a leap day ends its year.
        int shifted = (int) days + 719_468;
        int era = shifted / 146_097;
        int dayOfEra = shifted - era * 146_097;
        int yearOfEra =
                (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int monthFromMarch = (5 * dayOfYear + 2) / 153;
        int month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
        magnitude(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), 4);
        put('-');
        magnitude(month, 2);
        put('-');
        magnitude(dayOfYear - (153 * monthFromMarch + 2) / 5 + 1, 2);
    }

    /// A time of day with six fraction digits.
    void time(long micros) {
        long seconds = micros / Times.MICROS_A_SECOND;
        magnitude(seconds / 3_600, 2);
        put(':');
        magnitude(seconds / 60 % 60, 2);
        put(':');
        magnitude(seconds % 60, 2);
        put('.');
        magnitude(micros % Times.MICROS_A_SECOND, 6);
    }

    void timestamp(long micros) {
        if (micros == Long.MAX_VALUE || micros == Long.MIN_VALUE) {
            put(Times.timestampText(micros));
            return;
        }
        date(Math.floorDiv(micros, Times.MICROS_A_DAY));
        put(' ');
        time(Math.floorMod(micros, Times.MICROS_A_DAY));
    }
}
