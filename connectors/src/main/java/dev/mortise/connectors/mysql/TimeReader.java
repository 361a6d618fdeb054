package dev.mortise.connectors.mysql;

import dev.mortise.connectors.mysql.CellReader.Wire;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.batch.IntColumn;
import dev.mortise.spi.batch.LongColumn;
import dev.mortise.spi.batch.Times;
import dev.mortise.spi.type.Scalar;

/// Dates, times and both together. The wire leaves out trailing parts that are zero.
final class TimeReader extends CellReader {
    private static final long SECOND = Times.MICROS_A_SECOND;

    private final Scalar type;
    private final BadCells bad;
    private IntColumn days = new IntColumn(0);
    private LongColumn micros = new LongColumn(0);

    TimeReader(Scalar type, BadCells bad) {
        this.type = type;
        this.bad = bad;
    }

    @Override
    void into(Column column) {
        if (type == Scalar.DATE) {
            days = (IntColumn) column;
        } else {
            micros = (LongColumn) column;
        }
    }

    @Override
    void setNull(int row) {
        if (type == Scalar.DATE) {
            days.setNull(row);
        } else {
            micros.setNull(row);
        }
    }

    @Override
    int read(byte[] b, int at, int row) {
        int length = b[at];
        if (type == Scalar.TIME) {
            micros.set(row, time(b, at + 1, length, row));
        } else if (length == 0 || b[at + 3] == 0 || b[at + 4] == 0) {
            bad.bad(row, dateText(b, at + 1, length), "a zero date is no date");
            setZero(row);
        } else if (type == Scalar.DATE) {
            days.set(row, day(b, at + 1));
        } else {
            micros.set(row, day(b, at + 1) * Times.MICROS_A_DAY + clock(b, at + 5, length - 4));
        }
        return at + 1 + length;
    }

    private void setZero(int row) {
        if (type == Scalar.DATE) {
            days.set(row, 0);
        } else {
            micros.set(row, 0);
        }
    }

    /// Hours, minutes, seconds and microseconds, as far as they are there.
    private static long clock(byte[] b, int at, int length) {
        if (length < 3) {
            return 0;
        }
        long seconds = b[at] * 3_600L + b[at + 1] * 60L + b[at + 2];
        return seconds * SECOND + (length >= 7 ? Wire.int32(b, at + 3) : 0);
    }

    /// Days since 1970 in the proleptic Gregorian calendar: years start in March, so that the leap
    /// day is their last.
    private static int day(byte[] b, int at) {
        int month = b[at + 2];
        int year = (Wire.int16(b, at) & 0xffff) - (month <= 2 ? 1 : 0);
        int era = Math.floorDiv(year, 400);
        int ofEra = year - era * 400;
        int ofYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + b[at + 3] - 1;
        return era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468;
    }

    private long time(byte[] b, int at, int length, int row) {
        if (length == 0) {
            return 0;
        }
        long value = Wire.int32(b, at + 1) * Times.MICROS_A_DAY + clock(b, at + 5, length - 5);
        if ((b[at] != 0 && value != 0) || value > Times.MICROS_A_DAY) {
            long seconds = value / SECOND;
            String text =
                    "%s%02d:%02d:%02d.%06d"
                            .formatted(
                                    b[at] == 0 ? "" : "-",
                                    seconds / 3_600,
                                    seconds / 60 % 60,
                                    seconds % 60,
                                    value % SECOND);
            bad.bad(row, text, "a time lies within one day");
        }
        return value;
    }

    private static String dateText(byte[] b, int at, int length) {
        return length == 0
                ? "0000-00-00"
                : "%04d-%02d-%02d".formatted(Wire.int16(b, at) & 0xffff, b[at + 2], b[at + 3]);
    }
}
