package dev.mortise.spi.connect;

/// One configured connection to a system. What it can do is what it implements: [Reads],
/// [Writes], [Verifies]. Used by many threads at once; what it hands out ([Source], [Lane]) is
/// used by one thread at a time.
public interface Connector extends AutoCloseable {
    /// Tries the connection step by step and names the first step that does not work.
    Health check();

    /// How many sources and lanes of this connection may be open at once; the engine opens no more.
    default int sessionsMax() {
        return Integer.MAX_VALUE;
    }

    /// Cancels at the system what is under way on this connector's connections, for somebody has
    /// given it up; whoever waits for it hears a problem. Called from another thread, also more
    /// than once. Nothing where the system knows no such order.
    default void stop() {}

    @Override
    void close();
}
