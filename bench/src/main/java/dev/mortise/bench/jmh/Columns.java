package dev.mortise.bench.jmh;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.BytesColumn;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.batch.DoubleColumn;
import dev.mortise.spi.batch.IntColumn;
import dev.mortise.spi.batch.LongColumn;
import dev.mortise.spi.batch.WideColumn;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Schema;
import dev.mortise.spi.type.Type;
import java.nio.charset.StandardCharsets;

/// Columns with values of some variety, made without any connector.
final class Columns {
    static final int ROWS = Batch.ROWS_MAX;

    private static final byte[][] TEXTS = new byte[64][];

    static {
        for (int i = 0; i < TEXTS.length; i++) {
            TEXTS[i] = ("note for order " + i * 7919).getBytes(StandardCharsets.UTF_8);
        }
    }

    private Columns() {}

    /// A batch of one column.
    static Batch batch(Type type) {
        Column column = Column.of(type, ROWS);
        fill(column);
        return new Batch(Schema.of(Field.of("value", type)), new Column[] {column}, ROWS);
    }

    static void fill(Column column) {
        switch (column) {
            case IntColumn ints -> {
                for (int row = 0; row < ROWS; row++) {
                    ints.set(row, row & 1);
                }
            }
            case LongColumn longs -> {
                for (int row = 0; row < ROWS; row++) {
                    longs.set(row, row * 31L);
                }
            }
            case WideColumn wides -> {
                for (int row = 0; row < ROWS; row++) {
                    wides.set(row, 0, row * 31L);
                }
            }
            case DoubleColumn doubles -> {
                for (int row = 0; row < ROWS; row++) {
                    doubles.set(row, row / 7.0);
                }
            }
            case BytesColumn bytes -> {
                for (int row = 0; row < ROWS; row++) {
                    bytes.set(row, TEXTS[row & 63]);
                }
            }
        }
    }

    /// Touches every value, so that reading cannot be left out.
    static long sum(Column column) {
        long sum = 0;
        switch (column) {
            case IntColumn ints -> {
                for (int row = 0; row < ROWS; row++) {
                    sum += ints.value(row);
                }
            }
            case LongColumn longs -> {
                for (int row = 0; row < ROWS; row++) {
                    sum += longs.value(row);
                }
            }
            case WideColumn wides -> {
                for (int row = 0; row < ROWS; row++) {
                    sum += wides.high(row) ^ wides.low(row);
                }
            }
            case DoubleColumn doubles -> {
                for (int row = 0; row < ROWS; row++) {
                    sum += (long) doubles.value(row);
                }
            }
            case BytesColumn bytes -> {
                for (int row = 0; row < ROWS; row++) {
                    sum += bytes.bytes()[bytes.start(row)] + bytes.length(row);
                }
            }
        }
        return sum;
    }
}
