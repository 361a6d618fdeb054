package dev.mortise.engine.operator.cast;

import dev.mortise.spi.batch.Column;
import dev.mortise.spi.batch.IntColumn;
import dev.mortise.spi.batch.LongColumn;
import dev.mortise.spi.batch.Times;
import dev.mortise.spi.type.Scalar;

/// Conversions between dates and timestamps.
final class TimeCasts {
    private TimeCasts() {}

    static CastKernel of(Scalar from, Scalar to) {
        if (from == Scalar.DATE) {
            return TimeCasts::toMidnight;
        }
        if (to == Scalar.DATE) {
            return TimeCasts::toDate;
        }
        throw new IllegalStateException("no way from " + from.text() + " to " + to.text());
    }

    private static Column toMidnight(Column from, int rows, CastFailures failures) {
        LongColumn into = new LongColumn(rows);
        for (int row = 0; row < rows; row++) {
            if (from.isNull(row)) {
                into.setNull(row);
                continue;
            }
            int days = ((IntColumn) from).value(row);
            if (Math.abs((long) days) > Long.MAX_VALUE / Times.MICROS_A_DAY) {
                into.setNull(row);
                failures.outOfRange(row, Times.dateText(days));
            } else {
                into.set(row, days * Times.MICROS_A_DAY);
            }
        }
        return into;
    }

    private static Column toDate(Column from, int rows, CastFailures failures) {
        IntColumn into = new IntColumn(rows);
        for (int row = 0; row < rows; row++) {
            if (from.isNull(row)) {
                into.setNull(row);
                continue;
            }
            long micros = ((LongColumn) from).value(row);
            if (micros == Long.MAX_VALUE || micros == Long.MIN_VALUE) {
                into.setNull(row);
                failures.outOfRange(row, Times.timestampText(micros));
            } else {
                into.set(row, (int) Math.floorDiv(micros, Times.MICROS_A_DAY));
            }
        }
        return into;
    }
}
