package dev.mortise.engine.operator;

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
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;
import org.duckdb.DuckDBReadableVector;

/// Copies the values of a vector, packed by [Wire#packed], behind those a column already holds.
///
/// @param at the row of the column that the first value becomes
/// @param count how many values
record VectorReader(int at, int count) {

    void read(Type type, DuckDBReadableVector vector, Column into) {
        switch (type) {
            case Decimal decimal -> readDecimals(decimal, vector, into);
            case Scalar scalar -> read(scalar, vector, into);
        }
    }

    private void read(Scalar type, DuckDBReadableVector vector, Column into) {
        switch (type) {
            case BOOL, INT8, INT16, INT32, DATE -> readInts(type, vector, (IntColumn) into);
            case INT64, TIME, TIMESTAMP, TIMESTAMPTZ -> readLongs(vector, (LongColumn) into);
            case UINT64 -> readUnsigned(vector, (LongColumn) into);
            case FLOAT32, FLOAT64 -> readDoubles(type, vector, (DoubleColumn) into);
            case TEXT, JSON, BYTES -> readTexts(type, vector, (BytesColumn) into);
            case UUID -> readUuids(vector, into);
        }
    }

    private void readInts(Scalar type, DuckDBReadableVector vector, IntColumn into) {
        for (int i = 0; i < count; i++) {
            if (vector.isNull(i)) {
                into.setNull(at + i);
            } else {
                into.set(at + i, intAt(type, vector, i));
            }
        }
    }

    private static int intAt(Scalar type, DuckDBReadableVector vector, int row) {
        return switch (type) {
            case BOOL -> vector.getBoolean(row) ? 1 : 0;
            case INT8 -> vector.getByte(row);
            case INT16 -> vector.getShort(row);
            case DATE -> (int) vector.getLong(row);
            default -> vector.getInt(row);
        };
    }

    private void readLongs(DuckDBReadableVector vector, LongColumn into) {
        for (int i = 0; i < count; i++) {
            if (vector.isNull(i)) {
                into.setNull(at + i);
            } else {
                into.set(at + i, vector.getLong(i));
            }
        }
    }

    private void readUnsigned(DuckDBReadableVector vector, LongColumn into) {
        for (int i = 0; i < count; i++) {
            if (vector.isNull(i)) {
                into.setNull(at + i);
            } else {
                into.set(at + i, vector.getUint64(i).longValue());
            }
        }
    }

    private void readDoubles(Scalar type, DuckDBReadableVector vector, DoubleColumn into) {
        for (int i = 0; i < count; i++) {
            if (vector.isNull(i)) {
                into.setNull(at + i);
            } else {
                into.set(at + i, type == Scalar.FLOAT32 ? vector.getFloat(i) : vector.getDouble(i));
            }
        }
    }

    private void readDecimals(Decimal type, DuckDBReadableVector vector, Column into) {
        for (int i = 0; i < count; i++) {
            if (vector.isNull(i)) {
                into.setNull(at + i);
                continue;
            }
            // The scale is that of the type, so the unscaled value is what a column holds.
            var unscaled = vector.getBigDecimal(i).setScale(type.scale()).unscaledValue();
            if (into instanceof LongColumn whole) {
                whole.set(at + i, unscaled.longValue());
            } else {
                ((WideColumn) into).set(at + i, unscaled);
            }
        }
    }

    private void readTexts(Scalar type, DuckDBReadableVector vector, BytesColumn into) {
        for (int i = 0; i < count; i++) {
            if (vector.isNull(i)) {
                into.setNull(at + i);
                continue;
            }
            String text = Objects.requireNonNull(vector.getString(i));
            into.set(
                    at + i,
                    type == Scalar.BYTES
                            ? HexFormat.of().parseHex(text)
                            : text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private void readUuids(DuckDBReadableVector vector, Column into) {
        for (int i = 0; i < count; i++) {
            if (vector.isNull(i)) {
                into.setNull(at + i);
            } else {
                String text = Objects.requireNonNull(vector.getString(i));
                Cell.parse(Scalar.UUID, text, into, at + i);
            }
        }
    }
}
