package dev.mortise.connectors.invoice;

/// Amounts as whole minor units (fen), so that sums are exact and cheap: -1234 is -12.34.
final class Money {
    /// No amount: absent, or a text that is none.
    static final long NONE = Long.MIN_VALUE;

    static final int SCALE = 2;

    /// The largest that decimal(18,2) holds.
    static final long MAX = 999_999_999_999_999_999L;

    private static final int DIGITS_MAX = 18;

    private Money() {}

    /// Parses `1,234.50`, `-3`, `¥0.1`.
    ///
    /// @return NONE when the text is no amount, has more than two decimals that are not 0, or does
    ///     not fit decimal(18,2)
    static long parse(String text) {
        return scaled(text.replace("¥", "").replace("￥", "").replace(",", ""), SCALE);
    }

    /// A plain decimal number times ten to the power of `scale`, or NONE when that is not whole.
    static long scaled(String text, int scale) {
        String digits = text.strip();
        boolean minus = digits.startsWith("-");
        if (minus || digits.startsWith("+")) {
            digits = digits.substring(1);
        }
        int point = digits.indexOf('.');
        String whole = point < 0 ? digits : digits.substring(0, point);
        String decimals = point < 0 ? "" : stripZeros(digits.substring(point + 1));
        boolean fits = whole.length() + scale <= DIGITS_MAX && decimals.length() <= scale;
        if (!fits || (whole + decimals).isEmpty() || !areDigits(whole + decimals)) {
            return NONE;
        }
        long value = Long.parseLong("0" + whole + decimals + "0".repeat(scale - decimals.length()));
        return minus ? -value : value;
    }

    private static String stripZeros(String decimals) {
        int end = decimals.length();
        while (end > 1 && decimals.charAt(end - 1) == '0') {
            end--;
        }
        return decimals.substring(0, end).equals("0") ? "" : decimals.substring(0, end);
    }

    private static boolean areDigits(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /// `-12.34`; a question mark for NONE.
    static String text(long minor) {
        if (minor == NONE) {
            return "?";
        }
        long abs = Math.abs(minor);
        return "%s%d.%02d".formatted(minor < 0 ? "-" : "", abs / 100, abs % 100);
    }
}
