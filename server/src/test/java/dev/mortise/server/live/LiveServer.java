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
        return start(home, database, Map.of());
    }

    /// @param environment as in [ServerSettings]
    public static LiveServer start(Path home, String database, Map<String, String> environment) {
        return new LiveServer(
                Server.start(
                        new ServerSettings(
                                home, "127.0.0.1", 0, database, Optional.empty(), environment)));
    }

    public Server server() {
        return server;
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

    /// Somebody new with these grants, signed in; their password is [#PASSWORD].
    public Client person(Client administrator, String name, Map<String, String> grants) {
        Client.Answer made =
                administrator.post(
                        "/api/users", Map.of("name", name, "password", PASSWORD, "grants", grants));
        if (made.status() != 201) {
            throw new IllegalStateException(made.toString());
        }
        return signIn(name);
    }

    /// Somebody there is, in a browser of their own.
    public Client signIn(String name) {
        Client client = client();
        Client.Answer begun =
                client.post("/api/session", Map.of("name", name, "password", PASSWORD));
        if (begun.status() != 200) {
            throw new IllegalStateException(begun.toString());
        }
        return client;
    }

    /// A program that calls with an API token of somebody's.
    public Client token(Client owner, String name, String project, String role) {
        Client.Answer made =
                owner.post("/api/tokens", Map.of("name", name, "project", project, "role", role));
        if (made.status() != 201) {
            throw new IllegalStateException(made.toString());
        }
        return client().with("Authorization", "Bearer " + made.json().path("token").asString());
    }
}
