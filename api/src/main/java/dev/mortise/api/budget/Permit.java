package dev.mortise.api.budget;

/// The right to make one call. Closed when the answer is there, or when there will be none: until
/// then the call counts as on its way, and from then on against every window. Closing it twice
/// does no more than once.
public interface Permit extends AutoCloseable {
    @Override
    void close();

    /// Gives the permit back because the call was not made.
    void unused();
}
