package dev.mortise.spi.spelling;

import dev.mortise.spi.batch.BytesColumn;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.batch.DoubleColumn;
import dev.mortise.spi.batch.IntColumn;
import dev.mortise.spi.batch.LongColumn;
import dev.mortise.spi.batch.WideColumn;
import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Type;

/// Reads values of one type from bytes into a column, without an object a value. Knows the usual
/// spellings only: what it refuses may still be a value, which the caller looks at with patience.
public abstract sealed class CellReader {

    /// Sets the row and answers true, or leaves it alone and answers false.
    ///
    /// @param end behind the last byte of the value
    public abstract boolean read(byte[] b, int start, int end, Column out, int row);

    /// The reader of a type; one that refuses everything where there is no quick way.
    ///
    /// @param plainNumbers whether numbers are digits with a point at most
    public static CellReader of(Type type, boolean plainNumbers) {
        return switch (type) {
            case Decimal decimal -> plainNumbers ? decimal(decimal) : new Nothing();
            case Scalar scalar -> scalar(scalar, plainNumbers);
        };
    }

    private static CellReader decimal(Decimal type) {
        return type.precision() <= Decimal.PRECISION_LONG_MAX
                ? new Narrow(type.precision(), type.scale())
                : new Wide(type.scale());
    }

    private static CellReader scalar(Scalar type, boolean plainNumbers) {
        return switch (type) {
            case INT8 -> number(new Small(Byte.MIN_VALUE, Byte.MAX_VALUE), plainNumbers);
            case INT16 -> number(new Small(Short.MIN_VALUE, Short.MAX_VALUE), plainNumbers);
            case INT32 -> number(new Small(Integer.MIN_VALUE, Integer.MAX_VALUE), plainNumbers);
            case INT64 -> number(new Whole(), plainNumbers);
            case FLOAT64 -> number(new Real(), plainNumbers);
            case BOOL -> new Bool();
            case DATE -> new Date();
            case TIME -> new Time();
            case TIMESTAMP -> new Timestamp();
            case TIMESTAMPTZ -> new Instant();
            case TEXT, JSON -> new Text();
            case UINT64, FLOAT32, BYTES, UUID -> new Nothing();
        };
    }

    private static CellReader number(CellReader reader, boolean plainNumbers) {
        return plainNumbers ? reader : new Nothing();
    }

    private static final class Nothing extends CellReader {
        @Override
        public boolean read(byte[] b, int start, int end, Column out, int row) {
            return false;
        }
    }

    private static final class Small extends CellReader {
        private final long min;
        private final long max;

        Small(long min, long max) {
            this.min = min;
            this.max = max;
        }

        @Override
        public boolean read(byte[] b, int start, int end, Column out, int row) {
            long value = Numbers.whole(b, start, end);
            if (value < min || value > max) {
                return false;
            }
            ((IntColumn) out).set(row, (int) value);
            return true;
        }
    }

    private static final class Whole extends CellReader {
        @Override
        public boolean read(byte[] b, int start, int end, Column out, int row) {
            long value = Numbers.whole(b, start, end);
            if (value == Numbers.NONE) {
                return false;
            }
            ((LongColumn) out).set(row, value);
            return true;
        }
    }

    /// Decimals that fit in one long.
    private static final class Narrow extends CellReader {
        private final int precision;
        private final int scale;

        Narrow(int precision, int scale) {
            this.precision = precision;
            this.scale = scale;
        }

        @Override
        public boolean read(byte[] b, int start, int end, Column out, int row) {
            long value = Numbers.decimal(b, start, end, precision, scale);
            if (value == Numbers.NONE) {
                return false;
            }
            ((LongColumn) out).set(row, value);
            return true;
        }
    }

    /// Decimals of a wide column whose value is short, as most are.
    private static final class Wide extends CellReader {
        private final int scale;

        Wide(int scale) {
            this.scale = scale;
        }

        @Override
        public boolean read(byte[] b, int start, int end, Column out, int row) {
            if (scale > Decimal.PRECISION_LONG_MAX) {
                return false;
            }
            long value = Numbers.decimal(b, start, end, Decimal.PRECISION_LONG_MAX, scale);
            if (value == Numbers.NONE) {
                return false;
            }
            ((WideColumn) out).set(row, value >> 63, value);
            return true;
        }
    }

    private static final class Real extends CellReader {
        @Override
        public boolean read(byte[] b, int start, int end, Column out, int row) {
            double value = Numbers.real(b, start, end);
            if (Double.isNaN(value)) {
                return false;
            }
            ((DoubleColumn) out).set(row, value);
            return true;
        }
    }

    private static final class Bool extends CellReader {
        @Override
        public boolean read(byte[] b, int start, int end, Column out, int row) {
            int length = end - start;
            int value = length == 4 && is(b, start, "true") ? 1 : -1;
            value = length == 5 && is(b, start, "false") ? 0 : value;
            if (length == 1) {
                value = "ft".indexOf(b[start]);
                value = value < 0 ? "01".indexOf(b[start]) : value;
            }
            if (value < 0) {
                return false;
            }
            ((IntColumn) out).set(row, value);
            return true;
        }

        private static boolean is(byte[] b, int start, String word) {
            for (int i = 0; i < word.length(); i++) {
                if (b[start + i] != word.charAt(i)) {
                    return false;
                }
            }
            return true;
        }
    }

    private static final class Date extends CellReader {
        @Override
        public boolean read(byte[] b, int start, int end, Column out, int row) {
            int days = Stamps.date(b, start, end);
            if (days == Stamps.NO_DATE) {
                return false;
            }
            ((IntColumn) out).set(row, days);
            return true;
        }
    }

    private static final class Time extends CellReader {
        @Override
        public boolean read(byte[] b, int start, int end, Column out, int row) {
            return set(Stamps.time(b, start, end), out, row);
        }
    }

    private static final class Timestamp extends CellReader {
        @Override
        public boolean read(byte[] b, int start, int end, Column out, int row) {
            return set(Stamps.timestamp(b, start, end), out, row);
        }
    }

    private static final class Instant extends CellReader {
        @Override
        public boolean read(byte[] b, int start, int end, Column out, int row) {
            return set(Stamps.instant(b, start, end), out, row);
        }
    }

    private static boolean set(long micros, Column out, int row) {
        if (micros == Stamps.NONE) {
            return false;
        }
        ((LongColumn) out).set(row, micros);
        return true;
    }

    private static final class Text extends CellReader {
        @Override
        public boolean read(byte[] b, int start, int end, Column out, int row) {
            ((BytesColumn) out).set(row, b, start, end - start);
            return true;
        }
    }
}
