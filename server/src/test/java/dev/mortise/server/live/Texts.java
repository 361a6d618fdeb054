package dev.mortise.server.live;

import dev.mortise.testkit.live.LocalServer;

/// Documents for tests.
public final class Texts {
    private Texts() {}

    /// A connection to a database of a server.
    ///
    /// @param type `postgres` or `mysql`
    public static String connection(String name, String type, LocalServer server, String database) {
        return """
        connection: %s
        type: %s
        host: %s
        port: %d
        database: %s
        user: %s
        password: %s
        """
                .formatted(
                        name,
                        type,
                        server.host(),
                        server.port(),
                        database,
                        server.user(),
                        server.password());
    }
}
