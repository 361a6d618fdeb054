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

    @Override
    void close();
}
