package dev.mortise.connectors.postgres;

import dev.mortise.spi.batch.BytesColumn;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.batch.DoubleColumn;
import dev.mortise.spi.batch.IntColumn;
import dev.mortise.spi.batch.LongColumn;
import dev.mortise.spi.batch.WideColumn;
import dev.mortise.spi.type.Decimal;
import java.sql.SQLException;

/// Encodes the cells of one column into binary `COPY`: length and value. The mirror image of
/// [CellReader]. A number the column's type cannot hold is refused as the server would refuse it.
abstract sealed class CellWriter {
    private static final String OUT_OF_RANGE = "22003";

    /// A timestamp that the server refuses, for those too early to be told from its epoch.
    private static final long NO_TIMESTAMP = Long.MIN_VALUE + 1;

    /// Turns to the column of the next batch.
    abstract void turn(Column column);

    /// Encodes a cell that is not null.
    abstract void write(int row, CopyBuffer to) throws SQLException;

    static CellWriter of(PostgresColumn column) {
        return switch (column.form()) {
            case BOOL -> new Ints(1, 0, 1);
            case INT2 -> new Ints(2, Short.MIN_VALUE, Short.MAX_VALUE);
            case INT4 -> new Ints(4, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case INT8, TIME -> new Longs();
            case OID -> new Oids();
            case FLOAT4 -> new Floats();
            case FLOAT8 -> new Doubles();
            case NUMERIC -> numeric((Decimal) column.type());
            case DATE -> new Dates();
            case TIMESTAMP -> new Timestamps();
            case UUID -> new Uuids();
            case TEXT, BPCHAR, BYTEA, JSON, CAST_TEXT, CAST_JSON -> new Raw();
            case JSONB -> new Jsonb();
        };
    }

    private static CellWriter numeric(Decimal type) {
        NumericForm form = new NumericForm(type, !type.equals(PostgresTypes.UNCONSTRAINED));
        return type.precision() <= Decimal.PRECISION_LONG_MAX
                ? new Numerics(form)
                : new WideNumerics(form);
    }

    private static final class Ints extends CellWriter {
        private final int width;
        private final int min;
        private final int max;
        private IntColumn column = new IntColumn(0);

        Ints(int width, int min, int max) {
            this.width = width;
            this.min = min;
            this.max = max;
        }

        @Override
        void turn(Column next) {
            column = (IntColumn) next;
        }

        @Override
        void write(int row, CopyBuffer to) throws SQLException {
            int value = column.value(row);
            if (value < min || value > max) {
                throw new SQLException(value + " is out of range", OUT_OF_RANGE);
            }
            byte[] bytes = to.reserve(8);
            int at = to.end;
            Bytes.int32(bytes, at, width);
            switch (width) {
                case 4 -> Bytes.int32(bytes, at + 4, value);
                case 2 -> Bytes.int16(bytes, at + 4, value);
                default -> bytes[at + 4] = (byte) value;
            }
            to.end = at + 4 + width;
        }
    }

    private static final class Dates extends CellWriter {
        private IntColumn column = new IntColumn(0);

        @Override
        void turn(Column next) {
            column = (IntColumn) next;
        }

        @Override
        void write(int row, CopyBuffer to) {
            byte[] bytes = to.reserve(8);
            Bytes.int32(bytes, to.end, 4);
            Bytes.int32(bytes, to.end + 4, column.value(row) - CellReader.EPOCH_DAYS);
            to.end += 8;
        }
    }

    /// Writers of eight bytes differ only in which.
    private abstract static sealed class Eights extends CellWriter {
        abstract long bits(int row);

        @Override
        final void write(int row, CopyBuffer to) {
            byte[] bytes = to.reserve(12);
            Bytes.int32(bytes, to.end, 8);
            Bytes.int64(bytes, to.end + 4, bits(row));
            to.end += 12;
        }
    }

    private static final class Longs extends Eights {
        private LongColumn column = new LongColumn(0);

        @Override
        void turn(Column next) {
            column = (LongColumn) next;
        }

        @Override
        long bits(int row) {
            return column.value(row);
        }
    }

    private static final class Timestamps extends Eights {
        private LongColumn column = new LongColumn(0);

        @Override
        void turn(Column next) {
            column = (LongColumn) next;
        }

        @Override
        long bits(int row) {
            long micros = column.value(row);
            if (micros == Long.MAX_VALUE || micros == Long.MIN_VALUE) {
                return micros;
            }
            return micros < Long.MIN_VALUE + CellReader.EPOCH_MICROS
                    ? NO_TIMESTAMP
                    : micros - CellReader.EPOCH_MICROS;
        }
    }

    private static final class Doubles extends Eights {
        private DoubleColumn column = new DoubleColumn(0);

        @Override
        void turn(Column next) {
            column = (DoubleColumn) next;
        }

        @Override
        long bits(int row) {
            return Double.doubleToRawLongBits(column.value(row));
        }
    }

    private static final class Floats extends CellWriter {
        private DoubleColumn column = new DoubleColumn(0);

        @Override
        void turn(Column next) {
            column = (DoubleColumn) next;
        }

        @Override
        void write(int row, CopyBuffer to) {
            byte[] bytes = to.reserve(8);
            Bytes.int32(bytes, to.end, 4);
            Bytes.int32(bytes, to.end + 4, Float.floatToRawIntBits((float) column.value(row)));
            to.end += 8;
        }
    }

    private static final class Oids extends CellWriter {
        private static final long OID_MAX = 0xffff_ffffL;
        private LongColumn column = new LongColumn(0);

        @Override
        void turn(Column next) {
            column = (LongColumn) next;
        }

        @Override
        void write(int row, CopyBuffer to) throws SQLException {
            long value = column.value(row);
            if (value < 0 || value > OID_MAX) {
                throw new SQLException(value + " is out of range for type oid", OUT_OF_RANGE);
            }
            to.int32(4);
            to.int32((int) value);
        }
    }

    private static final class Uuids extends CellWriter {
        private WideColumn column = new WideColumn(0);

        @Override
        void turn(Column next) {
            column = (WideColumn) next;
        }

        @Override
        void write(int row, CopyBuffer to) {
            byte[] bytes = to.reserve(20);
            Bytes.int32(bytes, to.end, 16);
            Bytes.int64(bytes, to.end + 4, column.high(row));
            Bytes.int64(bytes, to.end + 12, column.low(row));
            to.end += 20;
        }
    }

    private static final class Raw extends CellWriter {
        private BytesColumn column = new BytesColumn(0);

        @Override
        void turn(Column next) {
            column = (BytesColumn) next;
        }

        @Override
        void write(int row, CopyBuffer to) {
            int length = column.length(row);
            byte[] bytes = to.reserve(4 + length);
            Bytes.int32(bytes, to.end, length);
            System.arraycopy(column.bytes(), column.start(row), bytes, to.end + 4, length);
            to.end += 4 + length;
        }
    }

    private static final class Jsonb extends CellWriter {
        private static final byte VERSION = 1;
        private BytesColumn column = new BytesColumn(0);

        @Override
        void turn(Column next) {
            column = (BytesColumn) next;
        }

        @Override
        void write(int row, CopyBuffer to) {
            int length = column.length(row);
            byte[] bytes = to.reserve(5 + length);
            Bytes.int32(bytes, to.end, 1 + length);
            bytes[to.end + 4] = VERSION;
            System.arraycopy(column.bytes(), column.start(row), bytes, to.end + 5, length);
            to.end += 5 + length;
        }
    }

    private static final class Numerics extends CellWriter {
        private final NumericForm form;
        private LongColumn column = new LongColumn(0);

        Numerics(NumericForm form) {
            this.form = form;
        }

        @Override
        void turn(Column next) {
            column = (LongColumn) next;
        }

        @Override
        void write(int row, CopyBuffer to) {
            byte[] bytes = to.reserve(4 + NumericForm.BYTES_MAX);
            int length = form.write(column.value(row), bytes, to.end + 4);
            Bytes.int32(bytes, to.end, length);
            to.end += 4 + length;
        }
    }

    private static final class WideNumerics extends CellWriter {
        private final NumericForm form;
        private WideColumn column = new WideColumn(0);

        WideNumerics(NumericForm form) {
            this.form = form;
        }

        @Override
        void turn(Column next) {
            column = (WideColumn) next;
        }

        @Override
        void write(int row, CopyBuffer to) {
            byte[] bytes = to.reserve(4 + NumericForm.BYTES_MAX);
            int length = form.write(column, row, bytes, to.end + 4);
            Bytes.int32(bytes, to.end, length);
            to.end += 4 + length;
        }
    }
}
