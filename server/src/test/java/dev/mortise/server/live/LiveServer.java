package dev.mortise.server.live;

import dev.mortise.server.Server;
import dev.mortise.server.settings.ServerSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// A real server on a free port of loopback.
public final class LiveServer implements AutoCloseable {
    public static final String PASSWORD = "three words and one";

    private final Server server;

    private LiveServer(Server server) {
        this.server = server;
    }

    /// With SQLite in a home of its own.
    public static LiveServer start(Path home) {
        return start(home, "");
    }

    /// @param database as in [ServerSettings]
    public static LiveServer start(Path home, String database) {
        return new LiveServer(
                Server.start(
                        new ServerSettings(
                                home, "127.0.0.1", 0, database, Optional.empty(), Map.of())));
    }

    public String url() {
        return server.url();
    }

    /// The token of the one-time link; fails when there is an administrator already.
    public String setupToken() {
        String link = server.setupLink().orElseThrow();
        return link.substring(link.indexOf('=') + 1);
    }

    /// Nobody yet.
    public Client client() {
        return new Client(url());
    }

    /// The first administrator, called `root`, signed in; made when there is none.
    public Client administrator() {
        Client client = client();
        if (server.setupLink().isPresent()) {
            client.post(
                    "/api/setup",
                    Map.of("token", setupToken(), "name", "root", "password", PASSWORD));
        } else {
            client.post("/api/session", Map.of("name", "root", "password", PASSWORD));
        }
        return client;
    }

    @Override
    public void close() {
        server.close();
    }
}
