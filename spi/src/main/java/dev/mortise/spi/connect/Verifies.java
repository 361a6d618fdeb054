package dev.mortise.spi.connect;

import dev.mortise.spi.digest.Hashing;
import java.util.Optional;

/// The role of a connector that can compute checksums where the data is.
public interface Verifies extends Connector {
    /// Prepares the digests of a dataset.
    ///
    /// @param filter only these rows
    Digests digests(Dataset dataset, Hashing hashing, Optional<Predicate> filter);
}
