package dev.mortise.spi.digest;

import java.util.List;

/// What of each row goes into a digest.
///
/// @param columns what is compared, in order
/// @param key what buckets are made of; empty puts every row into bucket 0
/// @param buckets how many there are
public record Hashing(List<CanonicalColumn> columns, List<CanonicalColumn> key, int buckets) {
    public Hashing {
        columns = List.copyOf(columns);
        key = List.copyOf(key);
        if (buckets < 1) {
            throw new IllegalArgumentException("expected a bucket at least, got " + buckets);
        }
    }

    /// Whether the hash of a row is also that of its key, and need not be computed twice.
    public boolean whole() {
        return buckets > 1 && key.equals(columns);
    }
}
