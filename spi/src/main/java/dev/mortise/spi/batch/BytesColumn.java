package dev.mortise.spi.batch;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Text and json in UTF-8, and bytes as they are: one array with an offset a row. Every row must
/// be set or nulled exactly once, in order: row `n` starts where row `n - 1` ended.
public final class BytesColumn extends Column {
    private static final int BYTES_A_ROW = 16;

    private byte[] bytes;
    private final int[] offsets;

    public BytesColumn(int capacity) {
        this(capacity, capacity * BYTES_A_ROW);
    }

    /// An empty column with room for about so many bytes in all, for who knows what is coming.
    public BytesColumn(int capacity, int bytesExpected) {
        super(capacity);
        this.bytes = new byte[Math.max(BYTES_A_ROW, bytesExpected)];
        this.offsets = new int[capacity + 1];
    }

    /// Where the value of a row starts in [#bytes].
    public int start(int row) {
        return offsets[row];
    }

    /// How many bytes the value of a row has.
    public int length(int row) {
        return offsets[row + 1] - offsets[row];
    }

    /// The array behind the column. It is replaced when the column grows.
    public byte[] bytes() {
        return bytes;
    }

    public void set(int row, byte[] from, int start, int length) {
        reserve(row, length);
        System.arraycopy(from, start, bytes, offsets[row], length);
        offsets[row + 1] = offsets[row] + length;
    }

    public void set(int row, byte[] value) {
        set(row, value, 0, value.length);
    }

    public void set(int row, String value) {
        set(row, value.getBytes(StandardCharsets.UTF_8));
    }

    /// Makes room for `length` bytes at a row, for decoders that write into [#bytes] themselves
    /// from [#start] on and then call [#close].
    public byte[] reserve(int row, int length) {
        int end = Math.addExact(offsets[row], length);
        if (end > bytes.length) {
            bytes =
                    Arrays.copyOf(
                            bytes,
                            Math.max(
                                    end, (int) Math.min(Integer.MAX_VALUE - 8, bytes.length * 2L)));
        }
        return bytes;
    }

    /// Ends a row of `length` bytes written after [#reserve].
    public void close(int row, int length) {
        offsets[row + 1] = offsets[row] + length;
    }

    @Override
    public void setNull(int row) {
        super.setNull(row);
        offsets[row + 1] = offsets[row];
    }

    public byte[] value(int row) {
        return Arrays.copyOfRange(bytes, offsets[row], offsets[row + 1]);
    }

    public String text(int row) {
        return new String(bytes, offsets[row], length(row), StandardCharsets.UTF_8);
    }

    @Override
    public long bytes(int rows) {
        return offsets[rows] + 4L * rows;
    }

    @Override
    public BytesColumn select(int[] rows, int count) {
        BytesColumn selected = new BytesColumn(count);
        for (int i = 0; i < count; i++) {
            if (isNull(rows[i])) {
                selected.setNull(i);
            } else {
                selected.set(i, bytes, offsets[rows[i]], length(rows[i]));
            }
        }
        return selected;
    }
}
