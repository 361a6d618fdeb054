package dev.mortise.connectors.postgres;

import dev.mortise.spi.batch.Cell;
import dev.mortise.spi.batch.WideColumn;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Decimal;
import java.math.BigDecimal;
import java.math.BigInteger;

/// PostgreSQL's numeric on the wire: count of base-10000 digits, weight of the first, sign, display
/// scale, and the digits; and a decimal of ours in the same form.
final class NumericForm {
    /// Stands for a value that does not fit; no decimal of 18 digits equals it.
    static final long NO_FIT = Long.MIN_VALUE;

    static final int HEADER = 8;

    private static final int BASE = 10_000;
    private static final int NEGATIVE = 0x4000;
    private static final int NAN = 0xC000;
    private static final int INFINITY = 0xD000;
    private static final int GROUPS_SHORT = 4;
    private static final int GROUP = 4;

    /// Powers of ten that fit in a long.
    static final long[] POWERS = powers();

    private final Decimal type;
    private final int scale;

    private final boolean constrained;

    NumericForm(Decimal type) {
        this(type, true);
    }

    /// @param constrained whether the column declares its scale; else no zeros are shown for it
    NumericForm(Decimal type, boolean constrained) {
        this.type = type;
        this.scale = type.scale();
        this.constrained = constrained;
    }

    private static long[] powers() {
        long[] powers = new long[19];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = powers[i - 1] * 10;
        }
        return powers;
    }

    /// The value of a decimal of at most 18 digits, or [#NO_FIT].
    long unscaled(byte[] from, int at) {
        int groups = Bytes.int16(from, at);
        int weight = Bytes.int16(from, at + 2);
        int sign = Bytes.int16(from, at + 4) & 0xffff;
        if (sign > NEGATIVE || 4 * (weight + 1) + scale > 21) {
            return sign > NEGATIVE ? NO_FIT : slow(from, at);
        }
        if (groups == 0) {
            return 0;
        }
        long sum = 0;
        int last = at + HEADER + 2 * (groups - 1);
        for (int i = at + HEADER; i < last; i += 2) {
            sum = sum * BASE + Bytes.int16(from, i);
        }
        // The last group may reach below our scale: then its low digits must be zeros.
        int exponent = GROUP * (weight - groups + 1) + scale;
        int digit = Bytes.int16(from, last);
        if (exponent < 0) {
            if (exponent <= -GROUP || digit % POWERS[-exponent] != 0) {
                return NO_FIT;
            }
            sum = sum * POWERS[GROUP + exponent] + digit / POWERS[-exponent];
        } else {
            sum = (sum * BASE + digit) * POWERS[exponent];
        }
        return sum < 0 || sum >= POWERS[type.precision()] ? NO_FIT : sign == 0 ? sum : -sum;
    }

    private long slow(byte[] from, int at) {
        WideColumn one = new WideColumn(1);
        return slow(from, at, one, 0) ? one.low(0) : NO_FIT;
    }

    /// Sets a decimal of 19 to 38 digits.
    ///
    /// @return false when it does not fit
    boolean wide(byte[] from, int at, WideColumn column, int row) {
        int groups = Bytes.int16(from, at);
        int weight = Bytes.int16(from, at + 2);
        int sign = Bytes.int16(from, at + 4) & 0xffff;
        int exponent = GROUP * (weight - groups + 1) + scale;
        boolean quick = groups <= GROUPS_SHORT && exponent >= 0 && exponent < POWERS.length;
        if (!quick || sign > NEGATIVE || GROUP * (weight + 1) + scale > type.precision()) {
            return slow(from, at, column, row);
        }
        long sum = 0;
        for (int i = 0; i < groups; i++) {
            sum = sum * BASE + Bytes.int16(from, at + HEADER + 2 * i);
        }
        sum = sign == 0 ? sum : -sum;
        long power = POWERS[exponent];
        column.set(row, Math.multiplyHigh(sum, power), sum * power);
        return true;
    }

    private boolean slow(byte[] from, int at, WideColumn column, int row) {
        int sign = Bytes.int16(from, at + 4) & 0xffff;
        if (sign > NEGATIVE) {
            return false;
        }
        try {
            Cell.setDecimal(type, value(from, at), column, row);
            return true;
        } catch (ProblemException _) {
            return false;
        }
    }

    /// The value as an object; for numbers no fast path takes.
    private static BigDecimal value(byte[] from, int at) {
        int groups = Bytes.int16(from, at);
        int weight = Bytes.int16(from, at + 2);
        BigInteger sum = BigInteger.ZERO;
        for (int i = 0; i < groups; i++) {
            int digit = Bytes.int16(from, at + HEADER + 2 * i);
            sum = sum.multiply(BigInteger.valueOf(BASE)).add(BigInteger.valueOf(digit));
        }
        BigDecimal value = new BigDecimal(sum, -GROUP * (weight - groups + 1));
        return Bytes.int16(from, at + 4) == 0 ? value : value.negate();
    }

    /// The text of a value, for a dead letter.
    static String text(byte[] from, int at) {
        int sign = Bytes.int16(from, at + 4) & 0xffff;
        if (sign <= NEGATIVE) {
            BigDecimal value = value(from, at);
            int shown = Bytes.int16(from, at + 6);
            return (value.scale() < shown ? value.setScale(shown) : value).toPlainString();
        }
        return sign == NAN ? "NaN" : sign == INFINITY ? "Infinity" : "-Infinity";
    }

    /// How many bytes [#write] needs at most.
    static final int BYTES_MAX = HEADER + 2 * 22;

    /// Writes an unscaled value of at most 18 digits.
    ///
    /// @return the number of bytes written
    int write(long unscaled, byte[] to, int at) {
        long value = Math.abs(unscaled);
        long whole = scale == 0 ? value : value / POWERS[scale];
        long rest = scale == 0 ? 0 : value - whole * POWERS[scale];
        int wholeGroups = groups(whole);
        int digits = at + HEADER;
        for (int i = wholeGroups - 1; i >= 0; i--) {
            Bytes.int16(to, digits + 2 * i, (int) (whole % BASE));
            whole /= BASE;
        }
        int place = digits + 2 * wholeGroups;
        for (int left = scale; rest != 0; left -= GROUP) {
            // From the point outwards; the last group is filled up with zeros.
            long group = left >= GROUP ? rest / POWERS[left - GROUP] : rest * POWERS[GROUP - left];
            Bytes.int16(to, place, (int) group);
            rest = left >= GROUP ? rest - group * POWERS[left - GROUP] : 0;
            place += 2;
        }
        return close(to, at, place, wholeGroups, unscaled < 0);
    }

    private int close(byte[] to, int at, int last, int wholeGroups, boolean negative) {
        int point = at + HEADER + 2 * wholeGroups;
        int end = last;
        while (end > point && Bytes.int16(to, end - 2) == 0) {
            end -= 2;
        }
        Bytes.int16(to, at, (end - at - HEADER) / 2);
        Bytes.int16(to, at + 2, wholeGroups - 1);
        Bytes.int16(to, at + 4, negative ? NEGATIVE : 0);
        Bytes.int16(to, at + 6, constrained ? scale : shown(to, point, end));
        return end - at;
    }

    /// How many digits after the point are not zeros at the end.
    private static int shown(byte[] to, int point, int end) {
        int shown = GROUP * (end - point) / 2;
        if (shown > 0) {
            for (int digit = Bytes.int16(to, end - 2); digit % 10 == 0; digit /= 10) {
                shown--;
            }
        }
        return shown;
    }

    private static int groups(long whole) {
        int groups = 0;
        for (long left = whole; left != 0; left /= BASE) {
            groups++;
        }
        return groups;
    }

    /// Writes a value of 19 to 38 digits.
    int write(WideColumn column, int row, byte[] to, int at) {
        if (column.high(row) == column.low(row) >> 63 && scale < POWERS.length) {
            long low = column.low(row);
            if (low > -POWERS[18] && low < POWERS[18]) {
                return write(low, to, at);
            }
        }
        BigInteger value = column.integer(row);
        BigInteger[] parts = value.abs().divideAndRemainder(BigInteger.TEN.pow(scale));
        int wholeGroups = (parts[0].signum() == 0 ? 0 : parts[0].toString().length() + 3) / GROUP;
        int place = at + HEADER + 2 * wholeGroups;
        group(parts[0], to, place - 2, wholeGroups);
        int restGroups = (scale + GROUP - 1) / GROUP;
        BigInteger rest = parts[1].multiply(BigInteger.TEN.pow(restGroups * GROUP - scale));
        int end = place + 2 * restGroups;
        group(rest, to, end - 2, restGroups);
        return close(to, at, end, wholeGroups, value.signum() < 0);
    }

    /// Writes base-10000 digits backwards from a place.
    private static void group(BigInteger value, byte[] to, int lastPlace, int groups) {
        BigInteger left = value;
        for (int i = 0; i < groups; i++) {
            BigInteger[] step = left.divideAndRemainder(BigInteger.valueOf(BASE));
            Bytes.int16(to, lastPlace - 2 * i, step[1].intValue());
            left = step[0];
        }
    }
}
