package dev.mortise.connectors.duckdb;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.BytesColumn;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.batch.DoubleColumn;
import dev.mortise.spi.batch.IntColumn;
import dev.mortise.spi.batch.LongColumn;
import dev.mortise.spi.batch.WideColumn;
import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Type;
import java.sql.SQLException;
import org.duckdb.DuckDBAppender;

/// Hands batches to DuckDB's appender, value by value and without objects for the common types.
final class DuckDbAppend {
    /// Appends the value of a row, which is not null.
    private interface Cells {
        void append(DuckDBAppender to, int row) throws SQLException;
    }

    private DuckDbAppend() {}

    /// Appends all rows and flushes them into the open transaction.
    ///
    /// @param number given to the first row in one more column, the next to the next; -1 for none
    static void rows(DuckDBAppender to, Batch batch, long number) throws SQLException {
        int width = batch.schema().size();
        Cells[] cells = new Cells[width];
        Column[] columns = new Column[width];
        for (int i = 0; i < width; i++) {
            columns[i] = batch.column(i);
            cells[i] = cells(batch.field(i), columns[i]);
        }
        for (int row = 0; row < batch.rows(); row++) {
            to.beginRow();
            for (int i = 0; i < width; i++) {
                if (columns[i].isNull(row)) {
                    to.appendNull();
                } else {
                    cells[i].append(to, row);
                }
            }
            if (number >= 0) {
                to.append(number + row);
            }
            to.endRow();
        }
        to.flush();
    }

    private static Cells cells(Field field, Column column) {
        Type type = field.type();
        return switch (column) {
            case IntColumn ints -> ints(type, ints.values());
            case LongColumn longs -> longs(type, longs.values());
            case DoubleColumn doubles ->
                    type == Scalar.FLOAT32
                            ? (to, row) -> to.append((float) doubles.value(row))
                            : (to, row) -> to.append(doubles.value(row));
            case WideColumn wide ->
                    type instanceof Decimal
                            ? (to, row) -> to.appendDecimal(wide.low(row), wide.high(row))
                            : (to, row) -> to.appendUUID(wide.high(row), wide.low(row));
            case BytesColumn bytes -> (to, row) -> to.append(bytes.value(row));
        };
    }

    private static Cells ints(Type type, int[] values) {
        if (type == Scalar.BOOL) {
            return (to, row) -> to.append(values[row] != 0);
        }
        if (type == Scalar.INT8) {
            return (to, row) -> to.append((byte) values[row]);
        }
        if (type == Scalar.INT16) {
            return (to, row) -> to.append((short) values[row]);
        }
        return type == Scalar.DATE
                ? (to, row) -> to.appendEpochDays(values[row])
                : (to, row) -> to.append(values[row]);
    }

    private static Cells longs(Type type, long[] values) {
        return switch (type) {
            case Decimal decimal -> decimal(decimal, values);
            case Scalar scalar ->
                    switch (scalar) {
                        case TIME -> (to, row) -> to.appendDayMicros(values[row]);
                        case TIMESTAMP, TIMESTAMPTZ ->
                                (to, row) -> to.appendEpochMicros(micros(values[row]));
                        case INT64,
                                UINT64,
                                BOOL,
                                INT8,
                                INT16,
                                INT32,
                                FLOAT32,
                                FLOAT64,
                                TEXT,
                                BYTES,
                                DATE,
                                UUID,
                                JSON ->
                                (to, row) -> to.append(values[row]);
                    };
        };
    }

    /// The appender wants an unscaled value in the width that DuckDB stores.
    private static Cells decimal(Decimal type, long[] values) {
        if (type.precision() <= 4) {
            return (to, row) -> to.appendDecimal((short) values[row]);
        }
        return type.precision() <= 9
                ? (to, row) -> to.appendDecimal((int) values[row])
                : (to, row) -> to.appendDecimal(values[row]);
    }

    /// DuckDB's minus infinity is one above ours.
    private static long micros(long value) {
        return value == Long.MIN_VALUE ? -Long.MAX_VALUE : value;
    }
}
