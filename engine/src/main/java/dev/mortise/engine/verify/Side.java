package dev.mortise.engine.verify;

import dev.mortise.spi.connect.CanonicalColumn;
import dev.mortise.spi.connect.Digest;
import dev.mortise.spi.connect.Source;
import java.util.List;
import java.util.Set;

/// One of the two sides of a comparison.
interface Side {
    /// One digest a bucket, in one scan.
    List<Digest> digests(Comparison comparison);

    /// The rows of some buckets.
    Source rows(Comparison comparison, Set<Integer> buckets);

    /// What is compared.
    ///
    /// @param columns all of them, with the types in which they are compared
    /// @param key those that identify a row; all of them where nothing else does
    record Comparison(List<CanonicalColumn> columns, List<CanonicalColumn> key, int buckets) {}
}
