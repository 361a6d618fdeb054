package dev.mortise.spi.batch;

/// bool as 0 and 1, int8, int16, int32, date as days since 1970-01-01.
public final class IntColumn extends Column {
    private final int[] values;

    public IntColumn(int capacity) {
        super(capacity);
        this.values = new int[capacity];
    }

    /// The value of a row; meaningless where the row is null.
    public int value(int row) {
        return values[row];
    }

    public void set(int row, int value) {
        values[row] = value;
    }

    /// The array behind the column, for loops over whole batches.
    public int[] values() {
        return values;
    }

    @Override
    public long bytes(int rows) {
        return 4L * rows;
    }

    @Override
    public IntColumn select(int[] rows, int count) {
        IntColumn selected = new IntColumn(count);
        for (int i = 0; i < count; i++) {
            selected.values[i] = values[rows[i]];
            selected.copyNull(this, rows[i], i);
        }
        return selected;
    }
}
