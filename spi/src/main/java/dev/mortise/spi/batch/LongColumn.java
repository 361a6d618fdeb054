package dev.mortise.spi.batch;

/// int64, uint64, time and timestamps in microseconds, unscaled decimals of up to 18 digits.
public final class LongColumn extends Column {
    private final long[] values;

    public LongColumn(int capacity) {
        super(capacity);
        this.values = new long[capacity];
    }

    /// The value of a row; meaningless where the row is null.
    public long value(int row) {
        return values[row];
    }

    public void set(int row, long value) {
        values[row] = value;
    }

    /// The array behind the column, for loops over whole batches.
    public long[] values() {
        return values;
    }

    @Override
    public long bytes(int rows) {
        return 8L * rows;
    }

    @Override
    public LongColumn select(int[] rows, int count) {
        LongColumn selected = new LongColumn(count);
        for (int i = 0; i < count; i++) {
            selected.values[i] = values[rows[i]];
            selected.copyNull(this, rows[i], i);
        }
        return selected;
    }
}
