package dev.mortise.spi.spelling;

/// Numbers straight from bytes, for the spellings that nearly every value has.
final class Numbers {
    /// No number, or one that needs the slow way.
    static final long NONE = Long.MIN_VALUE;

    private static final int DIGITS_MAX = 18;
    private static final double[] TENS = new double[23];
    private static final long[] POWERS = new long[DIGITS_MAX + 1];
    private static final long MANTISSA_MAX = 1L << 53;

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
        TENS[0] = 1;
        for (int i = 1; i < TENS.length; i++) {
            TENS[i] = TENS[i - 1] * 10;
        }
    }

    private Numbers() {}

    /// A whole number of at most 18 digits, or [#NONE].
    static long whole(byte[] b, int start, int end) {
        int at = start;
        boolean negative = at < end && b[at] == '-';
        at += negative || (at < end && b[at] == '+') ? 1 : 0;
        if (at == end || end - at > DIGITS_MAX) {
            return NONE;
        }
        long value = 0;
        for (; at < end; at++) {
            int digit = b[at] - '0';
            if (digit < 0 || digit > 9) {
                return NONE;
            }
            value = value * 10 + digit;
        }
        return negative ? -value : value;
    }

    /// A decimal as a whole number of units of the scale, or [#NONE]. Digits beyond the scale must
    /// be zeros.
    ///
    /// @param precision at most 18
    static long decimal(byte[] b, int start, int end, int precision, int scale) {
        int at = start;
        boolean negative = at < end && b[at] == '-';
        at += negative || (at < end && b[at] == '+') ? 1 : 0;
        if (at == end || end - at > DIGITS_MAX + 1) {
            return NONE;
        }
        long value = 0;
        int first = at;
        int point = -1;
        for (; at < end; at++) {
            int digit = b[at] - '0';
            if (digit >= 0 && digit <= 9) {
                value = value * 10 + digit;
            } else if (b[at] == '.' && point < 0) {
                point = at;
            } else {
                return NONE;
            }
        }
        int digits = end - first - (point < 0 ? 0 : 1);
        if (digits == 0 || digits > DIGITS_MAX) {
            return NONE;
        }
        long scaled = scaled(value, point < 0 ? 0 : end - point - 1, scale);
        if (scaled == NONE || scaled >= POWERS[precision]) {
            return NONE;
        }
        return negative ? -scaled : scaled;
    }

    private static long scaled(long value, int fraction, int scale) {
        if (fraction > scale) {
            long unit = POWERS[fraction - scale];
            return value % unit == 0 ? value / unit : NONE;
        }
        long unit = POWERS[scale - fraction];
        return value > Long.MAX_VALUE / unit ? NONE : value * unit;
    }

    /// A number with at most 15 digits and a small exponent, which one multiplication or division
    /// gives exactly; NaN stands for everything else.
    static double real(byte[] b, int start, int end) {
        int at = start;
        boolean negative = at < end && b[at] == '-';
        at += negative ? 1 : 0;
        long mantissa = 0;
        int digits = 0;
        int fraction = 0;
        boolean point = false;
        for (; at < end; at++) {
            int digit = b[at] - '0';
            if (digit >= 0 && digit <= 9 && digits < DIGITS_MAX) {
                mantissa = mantissa * 10 + digit;
                digits++;
                fraction += point ? 1 : 0;
            } else if (b[at] == '.' && !point) {
                point = true;
            } else {
                return Double.NaN;
            }
        }
        if (digits == 0 || mantissa > MANTISSA_MAX) {
            return Double.NaN;
        }
        double value = mantissa / TENS[fraction];
        return negative ? -value : value;
    }
}
