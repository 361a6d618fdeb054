package dev.mortise.connectors.postgres;

import dev.mortise.spi.batch.BytesColumn;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.batch.DoubleColumn;
import dev.mortise.spi.batch.IntColumn;
import dev.mortise.spi.batch.LongColumn;
import dev.mortise.spi.batch.Times;
import dev.mortise.spi.batch.WideColumn;
import dev.mortise.spi.type.Decimal;

/// Decodes the cells of one column from binary `COPY`. Chosen once a column; called once a cell, so
/// subclasses are final and do as little as can be.
abstract sealed class CellReader {
    /// Days and microseconds from 1970 to PostgreSQL's epoch, 2000-01-01.
    static final int EPOCH_DAYS = 10_957;

    static final long EPOCH_MICROS = EPOCH_DAYS * Times.MICROS_A_DAY;

    /// Turns to the column of the next batch.
    abstract void fill(Column column);

    /// Decodes a cell that is not null.
    ///
    /// @return false when the value does not fit our type; then the cell is left unset
    abstract boolean read(byte[] from, int at, int length, int row);

    static CellReader of(PostgresColumn column) {
        return switch (column.form()) {
            case BOOL, INT2, INT4 -> new Ints();
            case DATE -> new Dates();
            case INT8, OID, TIME -> new Longs();
            case TIMESTAMP -> new Timestamps();
            case FLOAT4, FLOAT8 -> new Doubles();
            case NUMERIC -> numeric((Decimal) column.type());
            case UUID -> new Uuids();
            case TEXT, BYTEA, JSON, CAST_TEXT -> new Raw(0);
            case JSONB, CAST_JSON -> new Raw(1);
            case BPCHAR -> new Padded();
        };
    }

    private static CellReader numeric(Decimal type) {
        return type.precision() <= Decimal.PRECISION_LONG_MAX
                ? new Numerics(type)
                : new WideNumerics(type);
    }

    private static final class Ints extends CellReader {
        private IntColumn column = new IntColumn(0);

        @Override
        void fill(Column next) {
            column = (IntColumn) next;
        }

        @Override
        boolean read(byte[] from, int at, int length, int row) {
            int value =
                    switch (length) {
                        case 4 -> Bytes.int32(from, at);
                        case 2 -> Bytes.int16(from, at);
                        default -> from[at];
                    };
            column.set(row, value);
            return true;
        }
    }

    private static final class Dates extends CellReader {
        private IntColumn column = new IntColumn(0);

        @Override
        void fill(Column next) {
            column = (IntColumn) next;
        }

        @Override
        boolean read(byte[] from, int at, int length, int row) {
            int days = Bytes.int32(from, at);
            if (days == Integer.MAX_VALUE || days == Integer.MIN_VALUE) {
                return false;
            }
            column.set(row, days + EPOCH_DAYS);
            return true;
        }
    }

    private static final class Longs extends CellReader {
        private LongColumn column = new LongColumn(0);

        @Override
        void fill(Column next) {
            column = (LongColumn) next;
        }

        @Override
        boolean read(byte[] from, int at, int length, int row) {
            // An oid is the only one of four bytes, and has no sign.
            column.set(
                    row,
                    length == 8
                            ? Bytes.int64(from, at)
                            : Integer.toUnsignedLong(Bytes.int32(from, at)));
            return true;
        }
    }

    private static final class Timestamps extends CellReader {
        private LongColumn column = new LongColumn(0);

        @Override
        void fill(Column next) {
            column = (LongColumn) next;
        }

        @Override
        boolean read(byte[] from, int at, int length, int row) {
            long micros = Bytes.int64(from, at);
            boolean infinite = micros == Long.MAX_VALUE || micros == Long.MIN_VALUE;
            column.set(row, infinite ? micros : micros + EPOCH_MICROS);
            return true;
        }
    }

    private static final class Doubles extends CellReader {
        private DoubleColumn column = new DoubleColumn(0);

        @Override
        void fill(Column next) {
            column = (DoubleColumn) next;
        }

        @Override
        boolean read(byte[] from, int at, int length, int row) {
            column.set(
                    row,
                    length == 8
                            ? Double.longBitsToDouble(Bytes.int64(from, at))
                            : Float.intBitsToFloat(Bytes.int32(from, at)));
            return true;
        }
    }

    private static final class Uuids extends CellReader {
        private WideColumn column = new WideColumn(0);

        @Override
        void fill(Column next) {
            column = (WideColumn) next;
        }

        @Override
        boolean read(byte[] from, int at, int length, int row) {
            column.set(row, Bytes.int64(from, at), Bytes.int64(from, at + 8));
            return true;
        }
    }

    private static final class Raw extends CellReader {
        private final int skipped;
        private BytesColumn column = new BytesColumn(0);

        /// @param skipped bytes before the value: jsonb has one for its version
        Raw(int skipped) {
            this.skipped = skipped;
        }

        @Override
        void fill(Column next) {
            column = (BytesColumn) next;
        }

        @Override
        boolean read(byte[] from, int at, int length, int row) {
            column.set(row, from, at + skipped, length - skipped);
            return true;
        }
    }

    private static final class Padded extends CellReader {
        private BytesColumn column = new BytesColumn(0);

        @Override
        void fill(Column next) {
            column = (BytesColumn) next;
        }

        @Override
        boolean read(byte[] from, int at, int length, int row) {
            int kept = length;
            while (kept > 0 && from[at + kept - 1] == ' ') {
                kept--;
            }
            column.set(row, from, at, kept);
            return true;
        }
    }

    private static final class Numerics extends CellReader {
        private final NumericForm form;
        private LongColumn column = new LongColumn(0);

        Numerics(Decimal type) {
            this.form = new NumericForm(type);
        }

        @Override
        void fill(Column next) {
            column = (LongColumn) next;
        }

        @Override
        boolean read(byte[] from, int at, int length, int row) {
            long unscaled = form.unscaled(from, at);
            column.set(row, unscaled);
            return unscaled != NumericForm.NO_FIT;
        }
    }

    private static final class WideNumerics extends CellReader {
        private final NumericForm form;
        private WideColumn column = new WideColumn(0);

        WideNumerics(Decimal type) {
            this.form = new NumericForm(type);
        }

        @Override
        void fill(Column next) {
            column = (WideColumn) next;
        }

        @Override
        boolean read(byte[] from, int at, int length, int row) {
            return form.wide(from, at, column, row);
        }
    }
}
