package dev.mortise.engine.operator;

import dev.mortise.spi.batch.BytesColumn;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.batch.DoubleColumn;
import dev.mortise.spi.batch.IntColumn;
import dev.mortise.spi.batch.LongColumn;
import dev.mortise.spi.batch.WideColumn;
import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.UUID;
import org.duckdb.DuckDBWritableVector;

/// Copies rows of a column into a vector, in the type that [Wire#declare] said.
/// Row 0 of the vector is the first of the wanted rows.
final class VectorWriter {
    private final int[] rows;
    private final int from;
    private final int count;

    /// Writes the rows `rows[from]` up to and without `rows[from + count]`.
    VectorWriter(int[] rows, int from, int count) {
        this.rows = rows;
        this.from = from;
        this.count = count;
    }

    void write(Type type, Column column, DuckDBWritableVector vector) {
        switch (type) {
            case Decimal decimal -> writeDecimal(decimal, column, vector);
            case Scalar scalar -> write(scalar, column, vector);
        }
        if (column.hasNulls()) {
            writeNulls(column, vector);
        }
    }

    /// Last, for setting a value marks its row as present.
    private void writeNulls(Column column, DuckDBWritableVector vector) {
        for (int i = 0; i < count; i++) {
            if (column.isNull(rows[from + i])) {
                vector.setNull(i);
            }
        }
    }

    void writeNumbers(DuckDBWritableVector vector) {
        for (int i = 0; i < count; i++) {
            vector.setInt(i, rows[from + i]);
        }
    }

    void writeCount(long first, DuckDBWritableVector vector) {
        for (int i = 0; i < count; i++) {
            vector.setLong(i, first + i);
        }
    }

    private void write(Scalar type, Column column, DuckDBWritableVector vector) {
        switch (type) {
            case BOOL, INT8, INT16, INT32, DATE -> writeInts(type, (IntColumn) column, vector);
            case INT64, TIME, TIMESTAMP, TIMESTAMPTZ -> writeLongs((LongColumn) column, vector);
            case UINT64 -> writeUnsigned((LongColumn) column, vector);
            case FLOAT32, FLOAT64 -> writeDoubles(type, (DoubleColumn) column, vector);
            case TEXT, JSON -> writeTexts((BytesColumn) column, vector);
            case BYTES -> writeHex((BytesColumn) column, vector);
            case UUID -> writeUuids((WideColumn) column, vector);
        }
    }

    private void writeInts(Scalar type, IntColumn column, DuckDBWritableVector vector) {
        int[] values = column.values();
        switch (type) {
            case BOOL -> {
                for (int i = 0; i < count; i++) {
                    vector.setBoolean(i, values[rows[from + i]] != 0);
                }
            }
            case INT8 -> {
                for (int i = 0; i < count; i++) {
                    vector.setByte(i, (byte) values[rows[from + i]]);
                }
            }
            case INT16 -> {
                for (int i = 0; i < count; i++) {
                    vector.setShort(i, (short) values[rows[from + i]]);
                }
            }
            default -> {
                for (int i = 0; i < count; i++) {
                    vector.setInt(i, values[rows[from + i]]);
                }
            }
        }
    }

    private void writeLongs(LongColumn column, DuckDBWritableVector vector) {
        long[] values = column.values();
        for (int i = 0; i < count; i++) {
            vector.setLong(i, values[rows[from + i]]);
        }
    }

    private void writeUnsigned(LongColumn column, DuckDBWritableVector vector) {
        for (int i = 0; i < count; i++) {
            long value = column.value(rows[from + i]);
            vector.setUint64(
                    i,
                    value >= 0
                            ? BigInteger.valueOf(value)
                            : new BigInteger(Long.toUnsignedString(value)));
        }
    }

    private void writeDoubles(Scalar type, DoubleColumn column, DuckDBWritableVector vector) {
        double[] values = column.values();
        if (type == Scalar.FLOAT32) {
            for (int i = 0; i < count; i++) {
                vector.setFloat(i, (float) values[rows[from + i]]);
            }
            return;
        }
        for (int i = 0; i < count; i++) {
            vector.setDouble(i, values[rows[from + i]]);
        }
    }

    private void writeDecimal(Decimal type, Column column, DuckDBWritableVector vector) {
        for (int i = 0; i < count; i++) {
            int row = rows[from + i];
            if (!column.isNull(row)) {
                vector.setBigDecimal(
                        i,
                        column instanceof LongColumn whole
                                ? BigDecimal.valueOf(whole.value(row), type.scale())
                                : new BigDecimal(((WideColumn) column).integer(row), type.scale()));
            }
        }
    }

    private void writeTexts(BytesColumn column, DuckDBWritableVector vector) {
        byte[][] texts = new byte[count][];
        for (int i = 0; i < count; i++) {
            texts[i] = column.value(rows[from + i]);
        }
        vector.setStringUtf8Batch(0, texts);
    }

    private void writeHex(BytesColumn column, DuckDBWritableVector vector) {
        byte[][] texts = new byte[count][];
        for (int i = 0; i < count; i++) {
            String hex = HexFormat.of().formatHex(column.value(rows[from + i]));
            texts[i] = hex.getBytes(StandardCharsets.ISO_8859_1);
        }
        vector.setStringUtf8Batch(0, texts);
    }

    private void writeUuids(WideColumn column, DuckDBWritableVector vector) {
        for (int i = 0; i < count; i++) {
            int row = rows[from + i];
            vector.setString(i, new UUID(column.high(row), column.low(row)).toString());
        }
    }
}
