package dev.mortise.spi.connect;

/// Where rows go that cannot be read, converted or written. May be called by one thread per part.
public interface Rejects {
    /// Takes one row. The row counts as rejected once its part commits.
    void reject(RejectedRow row);
}
