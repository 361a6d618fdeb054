package dev.mortise.spi.digest;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.type.Schema;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Digests computed here, for systems that cannot, and the measure of those that can. Used by one
/// thread; the sums of several add up with [Digest#plus].
public final class RowDigest {
    private final RowHash row;
    private final @Nullable RowHash key;
    private final long[] counts;
    private final long[] sums;
    private @Nullable Batch keysOf;

    /// @param form [DigestForm#CANONICAL] or [DigestForm#PLAIN]
    /// @param schema of the batches that will come
    public RowDigest(DigestForm form, Schema schema, Hashing hashing) {
        int buckets = hashing.buckets();
        this.row = hash(form, schema, hashing.columns());
        this.key =
                buckets == 1 || hashing.key().isEmpty()
                        ? null
                        : hashing.whole() ? row : hash(form, schema, hashing.key());
        this.counts = new long[buckets];
        this.sums = new long[buckets];
    }

    private static RowHash hash(DigestForm form, Schema schema, List<CanonicalColumn> columns) {
        if (form.equals(DigestForm.PLAIN)) {
            return new PlainHash(schema, columns);
        }
        if (form.equals(DigestForm.CANONICAL)) {
            return new CanonicalHash(schema, columns);
        }
        throw new IllegalArgumentException("form '" + form.name() + "' is not computed here");
    }

    static int[] places(Schema schema, List<CanonicalColumn> columns) {
        return columns.stream().mapToInt(column -> place(schema, column.name())).toArray();
    }

    private static int place(Schema schema, String column) {
        int place = schema.indexOf(column);
        if (place < 0) {
            throw new IllegalArgumentException(
                    "no column '" + column + "' among " + schema.names());
        }
        return place;
    }

    public void add(Batch batch) {
        row.turnTo(batch);
        keysOf = key == row ? batch : keysOf;
        for (int i = 0; i < batch.rows(); i++) {
            int bucket = bucket(batch, i);
            counts[bucket]++;
            sums[bucket] += row.of(i);
        }
    }

    /// The bucket that a row's key falls into.
    public int bucket(Batch batch, int place) {
        RowHash keys = key;
        if (keys == null) {
            return 0;
        }
        if (keysOf != batch) {
            keys.turnTo(batch);
            keysOf = batch;
        }
        return (int) ((keys.of(place) >>> 4) % counts.length);
    }

    /// One digest a bucket, of all rows added so far.
    public List<Digest> digests() {
        return IntStream.range(0, counts.length)
                .mapToObj(i -> new Digest(counts[i], sums[i]))
                .toList();
    }
}
