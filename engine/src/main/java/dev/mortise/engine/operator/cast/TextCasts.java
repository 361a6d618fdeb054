package dev.mortise.engine.operator.cast;

import dev.mortise.spi.batch.BytesColumn;
import dev.mortise.spi.batch.Cell;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.batch.IntColumn;
import dev.mortise.spi.batch.LongColumn;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Type;

/// Conversions between text and everything else. The common spellings of whole numbers, decimals,
/// dates and timestamps are read straight from the bytes; all others, and all mistakes, go through
/// [Cell], which knows every spelling.
final class TextCasts {
    private TextCasts() {}

    static CastKernel fromText(Type to) {
        return (column, rows, failures) -> {
            BytesColumn texts = (BytesColumn) column;
            Column into = Column.of(to, rows);
            TextNumber number = new TextNumber();
            for (int row = 0; row < rows; row++) {
                if (column.isNull(row)) {
                    into.setNull(row);
                } else if (!quick(to, texts, row, into, number)) {
                    slow(to, texts, row, into, failures);
                }
            }
            return into;
        };
    }

    private static boolean quick(
            Type to, BytesColumn texts, int row, Column into, TextNumber number) {
        byte[] bytes = texts.bytes();
        int start = texts.start(row);
        int end = start + texts.length(row);
        return switch (to) {
            case Decimal decimal ->
                    into instanceof LongColumn longs
                            && number.parse(bytes, start, end)
                            && setDecimal(decimal, number, longs, row);
            case Scalar scalar ->
                    switch (scalar) {
                        case INT8, INT16, INT32 ->
                                number.parse(bytes, start, end)
                                        && setInt(scalar, number, (IntColumn) into, row);
                        case INT64 ->
                                number.parse(bytes, start, end)
                                        && setLong(number, (LongColumn) into, row);
                        case DATE -> setDate(bytes, start, end, (IntColumn) into, row);
                        case TIMESTAMP -> setTimestamp(bytes, start, end, (LongColumn) into, row);
                        case TIMESTAMPTZ ->
                                end > start
                                        && bytes[end - 1] == 'Z'
                                        && setTimestamp(
                                                bytes, start, end - 1, (LongColumn) into, row);
                        case BOOL, UINT64, FLOAT32, FLOAT64, TEXT, BYTES, TIME, UUID, JSON -> false;
                    };
        };
    }

    private static boolean setDecimal(Decimal type, TextNumber number, LongColumn into, int row) {
        int shift = type.scale() - number.scale();
        if (shift < 0) {
            return false;
        }
        long largest = (NumberCasts.power(type.precision()) - 1) / NumberCasts.power(shift);
        if (Math.abs(number.unscaled()) > largest) {
            return false;
        }
        into.set(row, number.unscaled() * NumberCasts.power(shift));
        return true;
    }

    private static boolean setInt(Scalar type, TextNumber number, IntColumn into, int row) {
        long value = number.unscaled();
        long narrow =
                switch (type) {
                    case INT8 -> (byte) value;
                    case INT16 -> (short) value;
                    default -> (int) value;
                };
        into.set(row, (int) value);
        return number.scale() == 0 && narrow == value;
    }

    private static boolean setLong(TextNumber number, LongColumn into, int row) {
        into.set(row, number.unscaled());
        return number.scale() == 0;
    }

    private static boolean setDate(byte[] bytes, int start, int end, IntColumn into, int row) {
        long days =
                end - start == TextTime.DATE_LENGTH ? TextTime.days(bytes, start) : TextTime.NONE;
        if (days == TextTime.NONE) {
            return false;
        }
        into.set(row, (int) days);
        return true;
    }

    private static boolean setTimestamp(
            byte[] bytes, int start, int end, LongColumn into, int row) {
        long micros = TextTime.micros(bytes, start, end);
        into.set(row, micros);
        return micros != TextTime.NONE;
    }

    private static void slow(
            Type to, BytesColumn texts, int row, Column into, CastFailures failures) {
        try {
            String text = texts.text(row);
            if (to == Scalar.JSON) {
                JsonText.check(text);
            }
            Cell.parse(to, text, into, row);
        } catch (ProblemException e) {
            into.setNull(row);
            failures.add(row, e.problem());
        }
    }

    static CastKernel toText(Type from) {
        return (column, rows, failures) -> {
            BytesColumn into = new BytesColumn(rows);
            for (int row = 0; row < rows; row++) {
                if (column.isNull(row)) {
                    into.setNull(row);
                } else {
                    into.set(row, Cell.text(from, column, row));
                }
            }
            return into;
        };
    }
}
