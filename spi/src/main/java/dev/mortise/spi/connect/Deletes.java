package dev.mortise.spi.connect;

/// The role of a connector that rows can be deleted from. Only a repair deletes.
public interface Deletes extends Connector {
    /// Deletes the rows for which a predicate is true, in one transaction.
    ///
    /// @return how many there were
    long delete(Dataset dataset, Predicate rows);
}
