package dev.mortise.connectors.file;

import dev.mortise.spi.batch.BytesColumn;
import dev.mortise.spi.batch.Cell;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.batch.IntColumn;
import dev.mortise.spi.batch.LongColumn;
import dev.mortise.spi.batch.Times;
import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Type;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Growing bytes that values are written into as text, the frequent types without objects. Writes
/// the canonical text of [Cell], only faster.
final class TextBuffer {
    private static final int DIGITS_MAX = 20;
    private static final int STAMP_BYTES = 40;

    /// Years that have four digits, as days and as microseconds.
    private static final int DAY_MIN = -719_162;

    private static final int DAY_MAX = 2_932_896;

    private byte[] bytes = new byte[64 << 10];
    private int size;

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    void size(int shorter) {
        size = shorter;
    }

    void writeTo(java.io.OutputStream out) throws java.io.IOException {
        out.write(bytes, 0, size);
    }

    ByteBuffer view() {
        return ByteBuffer.wrap(bytes, 0, size);
    }

    private void reserve(int more) {
        if (more > bytes.length - size) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), bytes.length * 2));
        }
    }

    void put(int one) {
        reserve(1);
        bytes[size++] = (byte) one;
    }

    void put(byte[] from, int start, int length) {
        reserve(length);
        System.arraycopy(from, start, bytes, size, length);
        size += length;
    }

    void put(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        put(utf8, 0, utf8.length);
    }

    /// A value that is not null, as canonical text.
    void put(Type type, Column column, int row) {
        switch (type) {
            case Decimal decimal -> {
                if (column instanceof LongColumn longs) {
                    decimal(longs.value(row), decimal.scale());
                } else {
                    put(Cell.text(type, column, row));
                }
            }
            case Scalar scalar -> put(scalar, column, row);
        }
    }

    private void put(Scalar type, Column column, int row) {
        switch (type) {
            case BOOL -> put(((IntColumn) column).value(row) == 0 ? "false" : "true");
            case INT8, INT16, INT32 -> whole(((IntColumn) column).value(row));
            case INT64 -> whole(((LongColumn) column).value(row));
            case TEXT, JSON -> {
                BytesColumn text = (BytesColumn) column;
                put(text.bytes(), text.start(row), text.length(row));
            }
            case DATE -> date(((IntColumn) column).value(row));
            case TIMESTAMP -> timestamp(((LongColumn) column).value(row), false);
            case TIMESTAMPTZ -> timestamp(((LongColumn) column).value(row), true);
            case UINT64, FLOAT32, FLOAT64, BYTES, TIME, UUID -> put(Cell.text(type, column, row));
        }
    }

    void whole(long value) {
        if (value == Long.MIN_VALUE) {
            put(Long.toString(value));
            return;
        }
        reserve(DIGITS_MAX);
        long left = value;
        if (left < 0) {
            bytes[size++] = '-';
            left = -left;
        }
        int count = digits(left);
        for (int at = size + count - 1; at >= size; at--) {
            bytes[at] = (byte) ('0' + left % 10);
            left /= 10;
        }
        size += count;
    }

    private static int digits(long value) {
        int count = 1;
        for (long left = value; left >= 10; left /= 10) {
            count++;
        }
        return count;
    }

    private void decimal(long unscaled, int scale) {
        if (scale == 0 || unscaled == Long.MIN_VALUE) {
            whole(unscaled);
            return;
        }
        long left = Math.abs(unscaled);
        if (unscaled < 0) {
            put('-');
        }
        int count = Math.max(digits(left), scale + 1);
        reserve(count + 1);
        int point = size + count - scale;
        for (int at = size + count; at >= size; at--) {
            if (at == point) {
                bytes[at] = '.';
            } else {
                bytes[at] = (byte) ('0' + left % 10);
                left /= 10;
            }
        }
        size += count + 1;
    }

    private void date(int days) {
        if (days < DAY_MIN || days > DAY_MAX) {
            put(Times.dateText(days));
            return;
        }
        reserve(STAMP_BYTES);
        civil(days);
    }

    /// Year, month and day of a count of days, in years that begin in March.
    private void civil(int days) {
        int shifted = days + 719_468;
        int era = shifted / 146_097;
        int ofEra = shifted - era * 146_097;
        int yearOfEra = (ofEra - ofEra / 1_460 + ofEra / 36_524 - ofEra / 146_096) / 365;
        int ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int shiftedMonth = (5 * ofYear + 2) / 153;
        int month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
        int year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
        two(year / 100);
        two(year % 100);
        bytes[size++] = '-';
        two(month);
        bytes[size++] = '-';
        two(ofYear - (153 * shiftedMonth + 2) / 5 + 1);
    }

    private void two(int value) {
        bytes[size++] = (byte) ('0' + value / 10);
        bytes[size++] = (byte) ('0' + value % 10);
    }

    private void timestamp(long micros, boolean utc) {
        long days = Math.floorDiv(micros, Times.MICROS_A_DAY);
        if (days < DAY_MIN || days > DAY_MAX) {
            put(utc ? Times.instantText(micros) : Times.timestampText(micros));
            return;
        }
        reserve(STAMP_BYTES);
        civil((int) days);
        bytes[size++] = ' ';
        long ofDay = micros - days * Times.MICROS_A_DAY;
        int seconds = (int) (ofDay / Times.MICROS_A_SECOND);
        two(seconds / 3600);
        bytes[size++] = ':';
        two(seconds / 60 % 60);
        bytes[size++] = ':';
        two(seconds % 60);
        fraction((int) (ofDay % Times.MICROS_A_SECOND));
        if (utc) {
            bytes[size++] = 'Z';
        }
    }

    private void fraction(int micros) {
        if (micros == 0) {
            return;
        }
        bytes[size++] = '.';
        int left = micros;
        for (int unit = 100_000; left > 0; unit /= 10) {
            bytes[size++] = (byte) ('0' + left / unit);
            left %= unit;
        }
    }
}
