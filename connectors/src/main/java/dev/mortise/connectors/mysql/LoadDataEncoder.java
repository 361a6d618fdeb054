package dev.mortise.connectors.mysql;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.BytesColumn;
import dev.mortise.spi.batch.Cell;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.batch.DoubleColumn;
import dev.mortise.spi.batch.IntColumn;
import dev.mortise.spi.batch.LongColumn;
import dev.mortise.spi.batch.Times;
import dev.mortise.spi.batch.WideColumn;
import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Type;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A batch as LOAD DATA reads it, written while the driver sends it: the server parses the first
/// rows while the last are not written yet.
final class LoadDataEncoder extends InputStream {
    /// The driver sends what it gets in one packet, from a buffer of 8 KiB that starts with a head
    /// of four bytes. A byte more, and it makes a buffer of 128 KiB for every packet.
    private static final int PACKET = 8_192 - 4;

    /// Rows are encoded so far ahead.
    private static final int CHUNK = 4 * PACKET;

    private final Batch batch;
    private final Type[] types;
    private final ByteText text = new ByteText();
    private int row;
    private int sent;

    LoadDataEncoder(Batch batch) {
        this.batch = batch;
        this.types = new Type[batch.schema().size()];
        for (int i = 0; i < types.length; i++) {
            types[i] = batch.field(i).type();
        }
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        if (sent == text.size() && !fill()) {
            return -1;
        }
        int count = Math.min(Math.min(length, PACKET), text.size() - sent);
        System.arraycopy(text.bytes(), sent, into, offset, count);
        sent += count;
        return count;
    }

    private boolean fill() {
        text.clear();
        sent = 0;
        while (row < batch.rows() && text.size() < CHUNK) {
            encode(row++);
        }
        return text.size() > 0;
    }

    private void encode(int at) {
        for (int i = 0; i < types.length; i++) {
            if (i > 0) {
                text.put('\t');
            }
            Column column = batch.column(i);
            if (column.isNull(at)) {
                text.put('\\');
                text.put('N');
            } else {
                encode(types[i], column, at);
            }
        }
        text.put('\n');
    }

    private void encode(Type type, Column column, int at) {
        switch (column) {
            case IntColumn ints -> encode(type, ints.value(at));
            case LongColumn longs -> encode(type, longs.value(at));
            case DoubleColumn reals ->
                    text.ascii(
                            type == Scalar.FLOAT32
                                    ? Float.toString((float) reals.value(at))
                                    : Double.toString(reals.value(at)));
            case BytesColumn bytes -> {
                if (type == Scalar.BYTES) {
                    text.hex(bytes.bytes(), bytes.start(at), bytes.length(at));
                } else {
                    text.escaped(bytes.bytes(), bytes.start(at), bytes.length(at));
                }
            }
            case WideColumn _ -> text.ascii(Cell.text(type, column, at));
        }
    }

    private void encode(Type type, int value) {
        if (type == Scalar.DATE) {
            text.date(value);
        } else {
            text.number(value);
        }
    }

    private void encode(Type type, long value) {
        if (type instanceof Decimal decimal) {
            text.decimal(value, decimal.scale(), power(decimal.scale()));
        } else if (type == Scalar.TIME) {
            text.time(value);
        } else if (type == Scalar.TIMESTAMP || type == Scalar.TIMESTAMPTZ) {
            text.timestamp(value);
        } else if (type == Scalar.UINT64 && value < 0) {
            text.ascii(Long.toUnsignedString(value));
        } else {
            text.number(value);
        }
    }

    private static final long[] POWERS = new long[Decimal.PRECISION_LONG_MAX + 1];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
    }

    private static long power(int scale) {
        return POWERS[scale];
    }

    /// A growing array of bytes that values are written into as text, without objects in between.
    static final class ByteText {
        private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
        private static final int DIGITS_MAX = 20;
        private static final int YEAR_MAX = 9_999;

        private byte[] bytes = new byte[1 << 14];
        private int size;

        byte[] bytes() {
            return bytes;
        }

        int size() {
            return size;
        }

        void clear() {
            size = 0;
        }

        private void room(int more) {
            if (size + more > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
            }
        }

        void put(char ascii) {
            room(1);
            bytes[size++] = (byte) ascii;
        }

        void ascii(String text) {
            room(text.length());
            for (int i = 0; i < text.length(); i++) {
                bytes[size++] = (byte) text.charAt(i);
            }
        }

        void number(long value) {
            if (value == Long.MIN_VALUE) {
                ascii(Long.toString(value));
                return;
            }
            room(DIGITS_MAX + 1);
            long rest = value;
            if (rest < 0) {
                bytes[size++] = '-';
                rest = -rest;
            }
            int end = size + digits(rest);
            size = end;
            do {
                bytes[--end] = (byte) ('0' + rest % 10);
                rest /= 10;
            } while (rest > 0);
        }

        private static int digits(long value) {
            int digits = 1;
            for (long power = 10; digits < 19 && value >= power; power *= 10) {
                digits++;
            }
            return digits;
        }

        /// Exactly `width` digits, with zeros in front.
        private void padded(long value, int width) {
            room(width);
            long rest = value;
            for (int i = size + width - 1; i >= size; i--) {
                bytes[i] = (byte) ('0' + rest % 10);
                rest /= 10;
            }
            size += width;
        }

        void decimal(long unscaled, int scale, long power) {
            if (scale == 0 || unscaled == Long.MIN_VALUE) {
                number(unscaled);
                return;
            }
            long rest = Math.abs(unscaled);
            if (unscaled < 0) {
                put('-');
            }
            number(rest / power);
            put('.');
            padded(rest % power, scale);
        }

        void date(int days) {
            // The year starts in March, so that the leap day is its last.
            int shifted = days + 719_468;
            int era = Math.floorDiv(shifted, 146_097);
            int ofEra = shifted - era * 146_097;
            int yearOfEra = (ofEra - ofEra / 1_460 + ofEra / 36_524 - ofEra / 146_096) / 365;
            int ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
            int shiftedMonth = (5 * ofYear + 2) / 153;
            int month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
            int year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
            if (year < 0 || year > YEAR_MAX) {
                ascii(Times.dateText(days));
                return;
            }
            padded(year, 4);
            put('-');
            padded(month, 2);
            put('-');
            padded(ofYear - (153 * shiftedMonth + 2) / 5 + 1, 2);
        }

        void time(long micros) {
            long seconds = micros / Times.MICROS_A_SECOND;
            long fraction = micros % Times.MICROS_A_SECOND;
            padded(seconds / 3_600, 2);
            put(':');
            padded(seconds / 60 % 60, 2);
            put(':');
            padded(seconds % 60, 2);
            if (fraction != 0) {
                put('.');
                padded(fraction, 6);
            }
        }

        void timestamp(long micros) {
            date((int) Math.floorDiv(micros, Times.MICROS_A_DAY));
            put(' ');
            time(Math.floorMod(micros, Times.MICROS_A_DAY));
        }

        void hex(byte[] from, int start, int length) {
            room(2 * length);
            for (int i = start; i < start + length; i++) {
                bytes[size++] = HEX[from[i] >> 4 & 15];
                bytes[size++] = HEX[from[i] & 15];
            }
        }

        /// Text in which the signs that end fields and lines, and the escape itself, are escaped.
        void escaped(byte[] from, int start, int length) {
            room(2 * length);
            byte[] to = bytes;
            int at = size;
            for (int i = start; i < start + length; i++) {
                byte b = from[i];
                if (b == '\\' || b == '\t' || b == '\n' || b == 0) {
                    to[at++] = '\\';
                    to[at++] = escape(b);
                } else {
                    to[at++] = b;
                }
            }
            size = at;
        }

        private static byte escape(byte b) {
            return switch (b) {
                case '\t' -> 't';
                case '\n' -> 'n';
                case 0 -> '0';
                default -> b;
            };
        }
    }
}
