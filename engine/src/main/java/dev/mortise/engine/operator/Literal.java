package dev.mortise.engine.operator;

import dev.mortise.spi.batch.Cell;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Type;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A constant that needs no DuckDB to be understood: `'erp'`, `42`, `-1.50`. Its type is the one
/// DuckDB would give it.
///
/// @param text canonical text
record Literal(Type type, String text) {
    private static final Pattern STRING = Pattern.compile("'((?:[^']|'')*)'");
    private static final Pattern NUMBER = Pattern.compile("-?(\\d{1,18})(?:\\.(\\d{1,18}))?");
    private static final int INT32_DIGITS = 9;

    static Optional<Literal> of(String sql) {
        String text = sql.strip();
        Matcher string = STRING.matcher(text);
        if (string.matches()) {
            return Optional.of(new Literal(Scalar.TEXT, string.group(1).replace("''", "'")));
        }
        Matcher number = NUMBER.matcher(text);
        return number.matches() ? number(text, number) : Optional.empty();
    }

    private static Optional<Literal> number(String text, Matcher number) {
        String whole = number.group(1);
        String fraction = number.group(2);
        if (fraction == null) {
            Scalar type = whole.length() <= INT32_DIGITS ? Scalar.INT32 : Scalar.INT64;
            return type == Scalar.INT32 || Long.parseLong(whole) > Integer.MAX_VALUE
                    ? Optional.of(new Literal(type, text))
                    : Optional.empty();
        }
        int digits = whole.length() + fraction.length();
        return digits <= Decimal.PRECISION_LONG_MAX
                ? Optional.of(new Literal(new Decimal(digits, fraction.length()), text))
                : Optional.empty();
    }

    /// The constant in every row.
    Column column(int rows) {
        Column column = Column.of(type, rows);
        for (int i = 0; i < rows; i++) {
            Cell.parse(type, text, column, i);
        }
        return column;
    }
}
