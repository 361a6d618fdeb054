package dev.mortise.spi.batch;

import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Schema;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Rows on their way through a flow, held as columns. Immutable once built: whoever is handed a
/// batch may keep it, nobody writes into it. Bounded by [#ROWS_MAX] rows and about [#BYTES_MAX]
/// bytes; a single row may be larger than that and then stands alone.
///
/// A batch on its way between two systems of one kind may still be [Encoded]; its columns are made
/// when somebody asks for one, and it belongs to one thread at a time.
public final class Batch {
    /// A source closes a batch at this many rows.
    public static final int ROWS_MAX = 8_192;

    /// A source closes a batch once it holds this many bytes.
    public static final int BYTES_MAX = 2 * 1024 * 1024;

    private final Schema schema;
    private final int rows;
    private final @Nullable Encoded encoded;
    private Column @Nullable [] columns;

    public Batch(Schema schema, Column[] columns, int rows) {
        if (columns.length != schema.size()) {
            throw new IllegalArgumentException(
                    "a schema of %d fields needs as many columns, got %d"
                            .formatted(schema.size(), columns.length));
        }
        this.schema = schema;
        this.columns = columns;
        this.rows = rows;
        this.encoded = null;
    }

    public Batch(Schema schema, Encoded encoded) {
        this.schema = schema;
        this.rows = encoded.rows();
        this.encoded = encoded;
    }

    /// Empty columns for a schema, to be filled row by row.
    public static Column[] columns(Schema schema, int capacity) {
        Column[] columns = new Column[schema.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = Column.of(schema.field(i).type(), capacity);
        }
        return columns;
    }

    public Schema schema() {
        return schema;
    }

    public int rows() {
        return rows;
    }

    public Column column(int place) {
        return columns()[place];
    }

    private Column[] columns() {
        Column[] made = columns;
        if (made == null) {
            made = Objects.requireNonNull(encoded).decode();
            columns = made;
        }
        return made;
    }

    /// The rows as their system sent them; null when they were taken apart.
    public @Nullable Encoded encoded() {
        return encoded;
    }

    public Field field(int place) {
        return schema.field(place);
    }

    /// About how many bytes the rows hold.
    public long bytes() {
        if (encoded != null) {
            return encoded.bytes();
        }
        long sum = 0;
        for (Column column : columns()) {
            sum += column.bytes(rows);
        }
        return sum;
    }

    /// A batch of the given rows, in that order.
    public Batch select(int[] wanted, int count) {
        Column[] selected = new Column[schema.size()];
        for (int i = 0; i < selected.length; i++) {
            selected[i] = column(i).select(wanted, count);
        }
        return new Batch(schema, selected, count);
    }

    /// The rows from `start` up to and without `end`.
    public Batch slice(int start, int end) {
        if (start == 0 && end == rows) {
            return this;
        }
        if (encoded != null) {
            return new Batch(schema, encoded.slice(start, end));
        }
        int[] wanted = new int[end - start];
        for (int i = 0; i < wanted.length; i++) {
            wanted[i] = start + i;
        }
        return select(wanted, wanted.length);
    }

    /// The same columns under another schema of as many fields with the same storages.
    public Batch as(Schema other) {
        return encoded == null ? new Batch(other, columns(), rows) : new Batch(other, encoded);
    }
}
