package dev.mortise.engine.verify;

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

    /// Rows met so far that the flow itself sets aside, each counted once.
    long setAside();
}
