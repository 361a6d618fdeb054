package dev.mortise.testkit.live;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// What a `FaultProxy` does to the bytes that pass. A cut or a lost reply happens once, to the
/// first connection that meets it; then everything passes again, as after a real hiccup.
public sealed interface Fault {
    /// Which way bytes flow.
    enum Direction {
        TO_SERVER,
        TO_CLIENT
    }

    /// Everything passes.
    record Pass() implements Fault {}

    /// Open connections are reset and new ones refused.
    record Down() implements Fault {}

    /// Connections stay open and new ones are accepted, but nothing ever arrives.
    record BlackHole() implements Fault {}

    /// Every piece waits for `delay` and up to `jitter` more, drawn from the proxy's seed.
    record Latency(Duration delay, Duration jitter) implements Fault {}

    /// Closes the connection right after this many bytes, counted over all connections.
    record CutAfter(Direction direction, long bytes) implements Fault {}

    /// Resets the connection instead of forwarding the piece in which the pattern ends.
    ///
    /// @param nth which meeting of the pattern it is, from 1 and over all connections
    record CutAt(Direction direction, String pattern, int nth) implements Fault {
        public CutAt(Direction direction, String pattern) {
            this(direction, pattern, 1);
        }
    }

    /// Forwards the request with this pattern to the server, waits for the reply, drops it and
    /// resets the connection: the work is done, and the client cannot know.
    record LoseReply(String request) implements Fault {}

    static byte[] bytes(String pattern) {
        return pattern.getBytes(StandardCharsets.UTF_8);
    }
}
