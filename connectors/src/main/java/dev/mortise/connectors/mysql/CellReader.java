package dev.mortise.connectors.mysql;

import dev.mortise.connectors.mysql.MySqlTable.MySqlColumn;
import dev.mortise.spi.batch.BytesColumn;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.batch.DoubleColumn;
import dev.mortise.spi.batch.IntColumn;
import dev.mortise.spi.batch.LongColumn;
import dev.mortise.spi.batch.WideColumn;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Type;

/// Decodes the cells of one column from rows of the binary protocol. Called for every cell: no
/// objects are made unless the cell is bad.
abstract sealed class CellReader
        permits CellReader.UuidReader,
                CellReader.Whole,
                CellReader.Big,
                CellReader.Real,
                CellReader.Text,
                CellReader.Bit,
                DecimalReader,
                TimeReader {

    /// Hears of cells that no value of our type stands for.
    interface BadCells {
        void bad(int row, String value, String why);
    }

    /// Chooses the column of the next batch.
    abstract void into(Column column);

    abstract void setNull(int row);

    /// Decodes the cell at `at` into a row and tells where the next cell starts.
    abstract int read(byte[] b, int at, int row);

    static CellReader of(MySqlColumn column, BadCells bad) {
        Type type = column.type();
        return switch (column.dataType()) {
            case "tinyint" -> new Whole(1, column.unsigned(), type == Scalar.BOOL, bad);
            case "smallint" -> new Whole(2, column.unsigned(), false, bad);
            case "year" -> new Whole(2, true, false, bad);
            case "mediumint" -> new Whole(4, false, false, bad);
            case "int" -> column.unsigned() ? new Big(4) : new Whole(4, false, false, bad);
            case "bigint" -> new Big(8);
            case "float" -> new Real(4);
            case "double" -> new Real(8);
            case "decimal" -> new DecimalReader(type, bad);
            case "date", "datetime", "timestamp", "time" -> new TimeReader((Scalar) type, bad);
            case "uuid" -> new UuidReader();
            case "bit" -> type == Scalar.BOOL ? new Bit() : new Text();
            default -> new Text();
        };
    }

    static final class Whole extends CellReader {
        private final int width;
        private final boolean unsigned;
        private final boolean bool;
        private final BadCells bad;
        private IntColumn column = new IntColumn(0);

        Whole(int width, boolean unsigned, boolean bool, BadCells bad) {
            this.width = width;
            this.unsigned = unsigned;
            this.bool = bool;
            this.bad = bad;
        }

        @Override
        void into(Column next) {
            column = (IntColumn) next;
        }

        @Override
        void setNull(int row) {
            column.setNull(row);
        }

        @Override
        int read(byte[] b, int at, int row) {
            int value =
                    switch (width) {
                        case 1 -> unsigned ? b[at] & 0xff : b[at];
                        case 2 -> unsigned ? Wire.int16(b, at) & 0xffff : Wire.int16(b, at);
                        default -> Wire.int32(b, at);
                    };
            if (bool && (value & ~1) != 0) {
                bad.bad(row, Integer.toString(value), "a bool is 0 or 1");
            }
            column.set(row, value);
            return at + width;
        }
    }

    static final class Big extends CellReader {
        private final int width;
        private LongColumn column = new LongColumn(0);

        Big(int width) {
            this.width = width;
        }

        @Override
        void into(Column next) {
            column = (LongColumn) next;
        }

        @Override
        void setNull(int row) {
            column.setNull(row);
        }

        @Override
        int read(byte[] b, int at, int row) {
            column.set(row, width == 8 ? Wire.int64(b, at) : Wire.int32(b, at) & 0xffff_ffffL);
            return at + width;
        }
    }

    static final class Real extends CellReader {
        private final int width;
        private DoubleColumn column = new DoubleColumn(0);

        Real(int width) {
            this.width = width;
        }

        @Override
        void into(Column next) {
            column = (DoubleColumn) next;
        }

        @Override
        void setNull(int row) {
            column.setNull(row);
        }

        @Override
        int read(byte[] b, int at, int row) {
            column.set(
                    row,
                    width == 8
                            ? Double.longBitsToDouble(Wire.int64(b, at))
                            : Float.intBitsToFloat(Wire.int32(b, at)));
            return at + width;
        }
    }

    /// Text, bytes and json: the bytes as they are.
    static final class Text extends CellReader {
        private BytesColumn column = new BytesColumn(0);

        @Override
        void into(Column next) {
            column = (BytesColumn) next;
        }

        @Override
        void setNull(int row) {
            column.setNull(row);
        }

        @Override
        int read(byte[] b, int at, int row) {
            int start = at + Wire.lengthSize(b, at);
            int length = Wire.length(b, at);
            column.set(row, b, start, length);
            return start + length;
        }
    }

    /// `bit(1)`: one byte behind its length.
    static final class Bit extends CellReader {
        private IntColumn column = new IntColumn(0);

        @Override
        void into(Column next) {
            column = (IntColumn) next;
        }

        @Override
        void setNull(int row) {
            column.setNull(row);
        }

        @Override
        int read(byte[] b, int at, int row) {
            column.set(row, b[at + 1] & 1);
            return at + 2;
        }
    }

    /// MariaDB's uuid comes as 36 characters.
    static final class UuidReader extends CellReader {
        private static final int HALF = 16;

        private WideColumn column = new WideColumn(0);

        @Override
        void into(Column next) {
            column = (WideColumn) next;
        }

        @Override
        void setNull(int row) {
            column.setNull(row);
        }

        @Override
        int read(byte[] b, int at, int row) {
            long high = 0;
            long low = 0;
            int digits = 0;
            int end = at + 1 + b[at];
            for (int i = at + 1; i < end; i++) {
                if (b[i] == '-') {
                    continue;
                }
                if (digits++ < HALF) {
                    high = high << 4 | Character.digit(b[i], 16);
                } else {
                    low = low << 4 | Character.digit(b[i], 16);
                }
            }
            column.set(row, high, low);
            return end;
        }
    }

    /// Numbers in the server's byte order, and lengths in front of text.
    static final class Wire {
        private Wire() {}

        static int int16(byte[] b, int at) {
            return (b[at] & 0xff) | b[at + 1] << 8;
        }

        static int int32(byte[] b, int at) {
            return (b[at] & 0xff)
                    | (b[at + 1] & 0xff) << 8
                    | (b[at + 2] & 0xff) << 16
                    | b[at + 3] << 24;
        }

        static long int64(byte[] b, int at) {
            return (int32(b, at) & 0xffff_ffffL) | (long) int32(b, at + 4) << 32;
        }

        /// How many bytes the length in front of a text takes.
        static int lengthSize(byte[] b, int at) {
            return switch (b[at]) {
                case (byte) 252 -> 3;
                case (byte) 253 -> 4;
                case (byte) 254 -> 9;
                default -> 1;
            };
        }

        static int length(byte[] b, int at) {
            return switch (b[at]) {
                case (byte) 252 -> int16(b, at + 1) & 0xffff;
                case (byte) 253 -> int32(b, at) >>> 8;
                case (byte) 254 -> Math.toIntExact(int64(b, at + 1));
                default -> b[at] & 0xff;
            };
        }
    }
}
