package dev.mortise.connectors.mysql;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.BytesColumn;
import dev.mortise.spi.batch.Cell;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.batch.DoubleColumn;
import dev.mortise.spi.batch.IntColumn;
import dev.mortise.spi.batch.LongColumn;
import dev.mortise.spi.batch.WideColumn;
import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Type;
import java.io.InputStream;

/// A batch as LOAD DATA reads it, written while the driver sends it: the server parses the first
/// rows while the last are not written yet.
final class LoadDataEncoder extends InputStream {
    /// The driver sends packets of this size.
    private static final int CHUNK = 8_192;

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
        int count = Math.min(length, text.size() - sent);
        System.arraycopy(text.bytes(), sent, into, offset, count);
        sent += count;
        return count;
    }

    private boolean fill() {
        text.clear();
        sent = 0;
        while (row < batch.rows() && text.size() < 4 * CHUNK) {
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
}
