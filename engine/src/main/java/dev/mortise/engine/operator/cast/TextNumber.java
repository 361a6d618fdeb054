package dev.mortise.engine.operator.cast;

import dev.mortise.spi.type.Decimal;

/// Reads plain numbers of at most 18 digits from ASCII: `-12`, `0.50`. One instance reads many, so
/// that nothing is allocated for a value.
final class TextNumber {
    private long unscaled;
    private int scale;

    /// Whether the bytes are such a number; if so, it can be asked for.
    boolean parse(byte[] bytes, int start, int end) {
        int at = start;
        boolean negative = at < end && bytes[at] == '-';
        if (negative || (at < end && bytes[at] == '+')) {
            at++;
        }
        long value = 0;
        int digits = 0;
        int point = -1;
        for (; at < end; at++) {
            int c = bytes[at];
            if (c >= '0' && c <= '9') {
                value = value * 10 + (c - '0');
                digits++;
            } else if (c == '.' && point < 0) {
                point = digits;
            } else {
                return false;
            }
        }
        unscaled = negative ? -value : value;
        scale = point < 0 ? 0 : digits - point;
        // A point needs digits on both sides; the lenient spellings are read elsewhere.
        boolean whole = point < 0 || (point > 0 && scale > 0);
        return whole && digits > 0 && digits <= Decimal.PRECISION_LONG_MAX;
    }

    long unscaled() {
        return unscaled;
    }

    /// How many of the digits stood after the point.
    int scale() {
        return scale;
    }
}
