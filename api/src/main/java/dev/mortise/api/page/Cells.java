package dev.mortise.api.page;

import dev.mortise.spi.batch.BytesColumn;
import dev.mortise.spi.batch.Cell;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.batch.DoubleColumn;
import dev.mortise.spi.batch.IntColumn;
import dev.mortise.spi.batch.LongColumn;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.spelling.CellReader;
import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Type;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// JSON values into cells of one type. Leaves the parser at the value, or at its end. Used by one
/// thread.
final class Cells {
    /// Longer values are no number and no time in a usual spelling.
    private static final int QUICK_CHARS = 40;

    /// What the exponent of a number may be, either way.
    private static final int EXPONENT_MAX = 1_000;

    private static final Pattern LONG_EXPONENT =
            Pattern.compile("\\s*[+-]?[0-9.]+[eE][+-]?0*[1-9]\\d{3,}\\s*");

    private final Type type;
    private final TimeForm form;
    private final CellReader quick;
    private final byte[] digits = new byte[QUICK_CHARS];

    /// @param form of a time
    Cells(Type type, TimeForm form) {
        this.type = type;
        this.form = form;
        boolean usual = form.usual() || !TimeForm.writes(type);
        this.quick = CellReader.of(usual ? type : Scalar.BYTES, true);
    }

    /// @throws ProblemException of fault ROW when the value is none of the type
    void set(Records page, Column column, int row) {
        JsonParser parser = page.parser();
        JsonToken token = parser.currentToken();
        if (type == Scalar.JSON) {
            raw(page, (BytesColumn) column, row);
        } else if (token == JsonToken.VALUE_STRING) {
            string(parser, column, row);
        } else if (type == Scalar.TEXT) {
            raw(page, (BytesColumn) column, row);
        } else if (token.isStructStart()) {
            throw new ProblemException(expected(type.text(), token));
        } else if (token.isNumeric()) {
            number(parser, column, row);
        } else if (type == Scalar.BOOL) {
            ((IntColumn) column).set(row, token == JsonToken.VALUE_TRUE ? 1 : 0);
        } else {
            throw new ProblemException(expected(type.text(), token));
        }
    }

    static Problem expected(String what, @Nullable JsonToken token) {
        String got =
                switch (token) {
                    case START_OBJECT, END_OBJECT -> "an object";
                    case START_ARRAY, END_ARRAY -> "an array";
                    case VALUE_STRING -> "a string";
                    case VALUE_TRUE -> "'true'";
                    case VALUE_FALSE -> "'false'";
                    case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
                    case null, default -> "nothing";
                };
        return Problem.of(
                ProblemCode.CAST_FAILED,
                "expected " + what + ", got " + got,
                "mend the value, or give the column another type in the resource");
    }

    /// The value as it stands in the page.
    private static void raw(Records page, BytesColumn column, int row) {
        JsonParser parser = page.parser();
        long start = parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        parser.finishToken();
        int length = (int) (parser.currentLocation().getByteOffset() - start);
        if (parser.currentToken().isNumeric()) {
            column.set(row, parser.getString());
            return;
        }
        column.set(row, page.bytes(), page.at(start), length);
    }

    private void string(JsonParser parser, Column column, int row) {
        if (type == Scalar.TEXT) {
            text(parser, (BytesColumn) column, row);
            return;
        }
        if (quickly(parser, column, row)) {
            return;
        }
        if (TimeForm.writes(type)) {
            form.set(type, parser.getString(), column, row);
        } else {
            String text = parser.getString();
            if (type instanceof Decimal) {
                checkExponent(type, text);
            }
            Cell.parse(type, text, column, row);
            if (column instanceof DoubleColumn reals) {
                checkFinite(type, text, reals.value(row));
            }
        }
    }

    /// Sets the cell from the parser's own buffer, when the value is spelled as most are.
    private boolean quickly(JsonParser parser, Column column, int row) {
        char[] chars = parser.getStringCharacters();
        int start = parser.getStringOffset();
        int length = parser.getStringLength();
        if (length > QUICK_CHARS) {
            return false;
        }
        int all = 0;
        for (int i = 0; i < length; i++) {
            char c = chars[start + i];
            all |= c;
            digits[i] = (byte) c;
        }
        return all < 0x80 && quick.read(digits, 0, length, column, row);
    }

    /// Only what is written as infinite may be so.
    private static void checkFinite(Type type, String text, double value) {
        if (Double.isInfinite(value) && !text.contains("Infinity")) {
            throw new ProblemException(outOfRange(type, text));
        }
    }

    /// A few characters may stand for billions of digits.
    private static void checkExponent(Type type, String text) {
        if (LONG_EXPONENT.matcher(text).matches()) {
            throw new ProblemException(outOfRange(type, text));
        }
    }

    private static BigDecimal written(BigDecimal value) {
        if (Math.abs((long) value.scale()) > EXPONENT_MAX) {
            throw new ArithmeticException("too many digits");
        }
        return value;
    }

    private static Problem outOfRange(Type type, String text) {
        return Problem.of(
                ProblemCode.VALUE_OUT_OF_RANGE,
                "expected %s, got '%s'".formatted(type.text(), text),
                "mend the value, or widen the column");
    }

    /// Most text is ASCII and goes from the parser's buffer into the column as it is.
    private static void text(JsonParser parser, BytesColumn column, int row) {
        char[] chars = parser.getStringCharacters();
        int start = parser.getStringOffset();
        int length = parser.getStringLength();
        byte[] bytes = column.reserve(row, length);
        int at = column.start(row);
        for (int i = 0; i < length; i++) {
            char c = chars[start + i];
            if (c >= 0x80) {
                column.set(row, new String(chars, start, length));
                return;
            }
            bytes[at + i] = (byte) c;
        }
        column.close(row, length);
    }

    private void number(JsonParser parser, Column column, int row) {
        if (quickly(parser, column, row)) {
            return;
        }
        try {
            if (type instanceof Decimal decimal) {
                Cell.setDecimal(decimal, written(parser.getDecimalValue()), column, row);
            } else if (column instanceof DoubleColumn reals) {
                real(parser, reals, row);
            } else if (column instanceof LongColumn longs
                    && type == Scalar.INT64
                    && parser.isExpectedNumberIntToken()) {
                longs.set(row, parser.getLongValue());
            } else if (TimeForm.writes(type)) {
                form.set(type, parser.getString(), column, row);
            } else {
                Cell.parse(type, whole(parser), column, row);
            }
        } catch (JacksonException | ArithmeticException e) {
            throw new ProblemException(outOfRange(type, parser.getString()), e);
        }
    }

    private void real(JsonParser parser, DoubleColumn column, int row) {
        double value = parser.getDoubleValue();
        double kept = type == Scalar.FLOAT32 ? (float) value : value;
        if (Double.isInfinite(kept)) {
            throw new ArithmeticException("too large");
        }
        column.set(row, kept);
    }

    /// A number without fraction as digits; any other as it is written, which no whole type
    /// takes.
    private static String whole(JsonParser parser) {
        if (parser.isExpectedNumberIntToken()) {
            return parser.getString();
        }
        BigDecimal value = parser.getDecimalValue();
        boolean small = Math.abs((long) value.scale()) < 400;
        return small && value.stripTrailingZeros().scale() <= 0
                ? value.toBigIntegerExact().toString()
                : parser.getString();
    }
}
