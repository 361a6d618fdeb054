package dev.mortise.connectors.file;

import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.spelling.Stamps;
import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Loss;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Type;
import java.nio.charset.StandardCharsets;

/// Finds the narrowest type that every value seen so far has. What looks like a number but is a
/// name stays text: leading zeros, a plus sign, 19 digits and more, phone numbers, and long
/// numbers of one length (identity cards, bank cards, accounts).
final class Guess {
    static final int WHOLE = 1;
    static final int DECIMAL = 2;
    static final int REAL = 4;
    static final int BOOL = 8;
    static final int DATE = 16;
    static final int TIMESTAMP = 32;
    static final int INSTANT = 64;
    static final int TIME = 128;
    static final int JSON = 256;
    private static final int NUMBER = WHOLE | DECIMAL | REAL;
    private static final int ALL = 511;

    private static final int DIGITS_MAX = 18;
    private static final int ID_DIGITS_MIN = 15;
    private static final int PHONE_DIGITS = 11;
    private static final int REAL_CHARS_MAX = 40;

    /// Decimals whose sample leaves this much room are narrow ones, in one long.
    private static final int SHORT_DIGITS_MAX = 15;

    private final Spelling spelling;
    private final boolean names;
    private int possible = ALL;
    private long values;
    private int lengthMin = Integer.MAX_VALUE;
    private int lengthMax;
    private int wholeDigits;
    private int fractionDigits;
    private boolean phones = true;

    Guess(Spelling spelling) {
        this(spelling, true);
    }

    private Guess(Spelling spelling, boolean names) {
        this.spelling = spelling;
        this.names = names;
    }

    /// A guess where numbers and texts are told apart: no number is a name there.
    static Guess ofJson() {
        return new Guess(Spelling.PLAIN, false);
    }

    /// Looks at a value that is not null.
    void see(byte[] b, int start, int end) {
        values++;
        if (possible == 0) {
            return;
        }
        if (spelling.plainNumbers()) {
            possible &= shape(b, start, end);
            return;
        }
        String text = new String(b, start, end - start, StandardCharsets.UTF_8);
        String number = text.replace(String.valueOf(spelling.thousands()), "");
        byte[] plain = number.replace(spelling.decimal(), '.').getBytes(StandardCharsets.UTF_8);
        int fits = shape(plain, 0, plain.length);
        possible &= (fits & NUMBER) != 0 ? fits : shape(b, start, end);
    }

    /// Looks at a value that is known to be text: it may still be a date or a time.
    void seeText(byte[] text) {
        values++;
        possible &= text.length == 0 ? 0 : moment(text, 0, text.length) & ~TIME;
    }

    /// Looks at a value whose kind the format itself tells.
    void see(int kinds) {
        values++;
        possible &= kinds;
    }

    private int shape(byte[] b, int start, int end) {
        int length = end - start;
        if (length == 0 || length > REAL_CHARS_MAX) {
            return 0;
        }
        byte first = b[start];
        if ((first >= '0' && first <= '9') || first == '-' || first == '.') {
            int number = number(b, start, end);
            return number != 0 ? number : moment(b, start, end);
        }
        String text = new String(b, start, length, StandardCharsets.UTF_8);
        boolean bool = text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false");
        return bool ? BOOL : moment(b, start, end);
    }

    private int number(byte[] b, int start, int end) {
        int at = b[start] == '-' ? start + 1 : start;
        int digits = 0;
        int point = -1;
        int exponent = -1;
        for (int i = at; i < end; i++) {
            byte c = b[i];
            if (c >= '0' && c <= '9') {
                digits++;
            } else if (c == '.' && point < 0 && exponent < 0 && i + 1 < end) {
                point = i;
            } else if ((c == 'e' || c == 'E') && exponent < 0 && digits > 0 && i + 1 < end) {
                exponent = i;
            } else if (!(exponent == i - 1 && i + 1 < end && (c == '-' || c == '+'))) {
                return 0;
            }
        }
        boolean padded = digits > 1 && b[at] == '0' && point != at + 1 && exponent != at + 1;
        if (digits == 0 || padded) {
            return 0;
        }
        return exponent >= 0 ? REAL : exact(b, at, end, point);
    }

    private int exact(byte[] b, int at, int end, int point) {
        int whole = (point < 0 ? end : point) - at;
        int fraction = point < 0 ? 0 : end - point - 1;
        wholeDigits = Math.max(wholeDigits, whole);
        fractionDigits = Math.max(fractionDigits, fraction);
        if (point >= 0) {
            return wholeDigits + fractionDigits > Decimal.PRECISION_MAX ? REAL : DECIMAL | REAL;
        }
        lengthMin = Math.min(lengthMin, whole);
        lengthMax = Math.max(lengthMax, whole);
        phones &= whole == PHONE_DIGITS && b[at] == '1' && b[at + 1] >= '3';
        return whole > DIGITS_MAX ? 0 : NUMBER;
    }

    private int moment(byte[] b, int start, int end) {
        if (!spelling.dates().isEmpty() || !spelling.timestamps().isEmpty()) {
            int fits = patterned(new String(b, start, end - start, StandardCharsets.UTF_8));
            if (fits != 0) {
                return fits;
            }
        }
        if (Stamps.date(b, start, end) != Stamps.NO_DATE) {
            return DATE | TIMESTAMP;
        }
        if (Stamps.timestamp(b, start, end) != Stamps.NONE) {
            return TIMESTAMP;
        }
        if (Stamps.instant(b, start, end) != Stamps.NONE) {
            return INSTANT;
        }
        return Stamps.time(b, start, end) != Stamps.NONE ? TIME : 0;
    }

    private int patterned(String text) {
        int fits = 0;
        fits |= !spelling.dates().isEmpty() && spelled(Scalar.DATE, text) ? DATE : 0;
        if (!spelling.timestamps().isEmpty()) {
            fits |= spelled(Scalar.TIMESTAMP, text) ? TIMESTAMP : 0;
            fits |= spelled(Scalar.TIMESTAMPTZ, text) ? INSTANT : 0;
        }
        return (fits & INSTANT) != 0 ? INSTANT : fits;
    }

    private boolean spelled(Type type, String text) {
        try {
            spelling.parse(type, text, dev.mortise.spi.batch.Column.of(type, 1), 0);
            return true;
        } catch (ProblemException _) {
            return false;
        }
    }

    Type type() {
        if (values == 0 || possible == 0) {
            return Scalar.TEXT;
        }
        if ((possible & WHOLE) != 0) {
            boolean ids = lengthMin == lengthMax && lengthMax >= ID_DIGITS_MIN;
            return names && (ids || phones) ? Scalar.TEXT : Scalar.INT64;
        }
        if ((possible & DECIMAL) != 0) {
            return decimal();
        }
        return switch (Integer.lowestOneBit(possible)) {
            case REAL -> Scalar.FLOAT64;
            case BOOL -> Scalar.BOOL;
            case DATE -> Scalar.DATE;
            case TIMESTAMP -> Scalar.TIMESTAMP;
            case INSTANT -> Scalar.TIMESTAMPTZ;
            case TIME -> Scalar.TIME;
            default -> Scalar.JSON;
        };
    }

    private Type decimal() {
        int precision =
                wholeDigits + fractionDigits <= SHORT_DIGITS_MAX
                        ? Decimal.PRECISION_LONG_MAX
                        : Decimal.PRECISION_MAX;
        return new Decimal(precision, Math.min(fractionDigits, precision));
    }

    /// The column, saying that its type is a guess.
    Field field(String name) {
        Type type = type();
        return type == Scalar.TEXT
                ? Field.of(name, type)
                : new Field(
                        name,
                        type,
                        true,
                        null,
                        "type guessed from " + values + " values",
                        Loss.widening(
                                "the type is guessed from a sample; a row with a value that does"
                                        + " not fit is rejected"));
    }
}
