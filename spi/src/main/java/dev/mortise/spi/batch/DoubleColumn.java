package dev.mortise.spi.batch;

/// float32 and float64.
public final class DoubleColumn extends Column {
    private final double[] values;

    public DoubleColumn(int capacity) {
        super(capacity);
        this.values = new double[capacity];
    }

    /// The value of a row; meaningless where the row is null.
    public double value(int row) {
        return values[row];
    }

    public void set(int row, double value) {
        values[row] = value;
    }

    /// The array behind the column, for loops over whole batches.
    public double[] values() {
        return values;
    }

    @Override
    public long bytes(int rows) {
        return 8L * rows;
    }

    @Override
    public DoubleColumn select(int[] rows, int count) {
        DoubleColumn selected = new DoubleColumn(count);
        for (int i = 0; i < count; i++) {
            selected.values[i] = values[rows[i]];
            selected.copyNull(this, rows[i], i);
        }
        return selected;
    }
}
