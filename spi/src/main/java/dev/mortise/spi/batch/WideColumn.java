package dev.mortise.spi.batch;

import java.math.BigInteger;

/// Two longs a row: unscaled decimals of 19 to 38 digits (two's complement, high and low), uuid.
public final class WideColumn extends Column {
    private final long[] high;
    private final long[] low;

    public WideColumn(int capacity) {
        super(capacity);
        this.high = new long[capacity];
        this.low = new long[capacity];
    }

    public long high(int row) {
        return high[row];
    }

    public long low(int row) {
        return low[row];
    }

    public void set(int row, long highBits, long lowBits) {
        high[row] = highBits;
        low[row] = lowBits;
    }

    /// The value as a signed 128-bit integer. Allocates: not for inner loops.
    public BigInteger integer(int row) {
        BigInteger lower = BigInteger.valueOf(low[row] >>> 1).shiftLeft(1);
        lower = (low[row] & 1L) == 0 ? lower : lower.setBit(0);
        return BigInteger.valueOf(high[row]).shiftLeft(Long.SIZE).or(lower);
    }

    /// Sets a value of at most 128 bits.
    public void set(int row, BigInteger value) {
        set(row, value.shiftRight(Long.SIZE).longValue(), value.longValue());
    }

    @Override
    public long bytes(int rows) {
        return 16L * rows;
    }

    @Override
    public WideColumn select(int[] rows, int count) {
        WideColumn selected = new WideColumn(count);
        for (int i = 0; i < count; i++) {
            selected.set(i, high[rows[i]], low[rows[i]]);
            selected.copyNull(this, rows[i], i);
        }
        return selected;
    }
}
