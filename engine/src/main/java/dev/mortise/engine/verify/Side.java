package dev.mortise.engine.verify;

import dev.mortise.spi.connect.Rejects;
import dev.mortise.spi.connect.Source;
import dev.mortise.spi.digest.DigestForm;
import dev.mortise.spi.digest.Hashing;
import java.util.Map;
import java.util.Set;

/// One of the two sides of a comparison.
interface Side {
    /// The forms in which it can be digested, and what each costs: reading all rows and hashing
    /// them here in the plain form costs [dev.mortise.spi.connect.Digests#READING].
    Map<DigestForm, Integer> costs(Hashing hashing);

    /// Opens it to be digested, part by part.
    Parts open(Comparison comparison);

    /// The rows of some buckets.
    ///
    /// @param rejects hears of rows the flow sets aside, unless digesting has told of them
    Source rows(Comparison comparison, Set<Integer> buckets, Rejects rejects);
}
