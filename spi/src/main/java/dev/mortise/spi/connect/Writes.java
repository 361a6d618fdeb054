package dev.mortise.spi.connect;

/// The role of a connector that rows can be written to.
public interface Writes extends Connector {
    /// Prepares writing without changing anything.
    ///
    /// @throws dev.mortise.spi.problem.ProblemException DATASET_MISSING when the dataset does not
    ///     exist and may not be made
    Sink sink(Target target);
}
