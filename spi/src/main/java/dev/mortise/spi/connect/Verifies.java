package dev.mortise.spi.connect;

import java.util.List;
import java.util.Optional;

/// The role of a connector that can compute checksums where the data is.
public interface Verifies extends Connector {
    /// Checksums of a dataset, one a hash bucket of the key, in one scan. Equal rows give equal
    /// digests whatever the system: the encoding is fixed by [CanonicalColumn].
    ///
    /// @param filter only these rows
    /// @param buckets how many; bucket of a row = first 60 bits of md5 of the encoded key, modulo
    /// @return `buckets` digests; or empty when some column's form cannot be computed there, and
    ///     the caller reads the rows instead
    Optional<List<Digest>> digests(
            Dataset dataset,
            List<CanonicalColumn> columns,
            List<CanonicalColumn> key,
            Optional<Predicate> filter,
            int buckets);
}
