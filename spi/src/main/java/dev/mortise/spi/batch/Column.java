package dev.mortise.spi.batch;

import dev.mortise.spi.type.Type;
import org.jspecify.annotations.Nullable;

/// The values of one column of a batch, over primitive arrays. Rows are filled in order from 0 by
/// one thread and only read afterwards. A column does not know its type: [Type#storage] says which
/// kind it is, the schema of the batch says what the numbers mean.
///
/// These methods are called from the innermost loops: subclasses stay final, fields plain arrays.
public abstract sealed class Column
        permits IntColumn, LongColumn, WideColumn, DoubleColumn, BytesColumn {

    /// One bit a row, set when the row is null; absent while no row is.
    private long @Nullable [] nulls;

    private int capacity;

    Column(int capacity) {
        this.capacity = capacity;
    }

    /// An empty column for a type, with room for `capacity` rows.
    public static Column of(Type type, int capacity) {
        return switch (type.storage()) {
            case INT -> new IntColumn(capacity);
            case LONG -> new LongColumn(capacity);
            case WIDE -> new WideColumn(capacity);
            case DOUBLE -> new DoubleColumn(capacity);
            case BYTES -> new BytesColumn(capacity);
        };
    }

    public final boolean isNull(int row) {
        return nulls != null && (nulls[row >> 6] >>> row & 1L) != 0;
    }

    public final boolean hasNulls() {
        return nulls != null;
    }

    /// Marks a row as null. In a bytes column this also closes the row.
    public void setNull(int row) {
        if (nulls == null) {
            nulls = new long[(capacity + 63) >> 6];
        }
        nulls[row >> 6] |= 1L << row;
    }

    /// How many rows there is room for.
    public final int capacity() {
        return capacity;
    }

    /// About how many bytes the first `rows` rows hold.
    public abstract long bytes(int rows);

    /// A new column with the given rows, in that order.
    public abstract Column select(int[] rows, int count);

    final void copyNull(Column from, int fromRow, int row) {
        if (from.isNull(fromRow)) {
            setNull(row);
        }
    }
}
