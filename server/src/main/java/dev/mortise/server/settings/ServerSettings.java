package dev.mortise.server.settings;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How a server is started.
///
/// @param home the folder that holds all state; made when it is missing
/// @param host the address it listens on
/// @param port 0 for any free one
/// @param database empty for SQLite in the home, or `postgres://user:password@host:port/name`
/// @param studio the folder with the studio's files as they were built; empty for the API alone
/// @param environment where `${env:NAME}` of documents is looked up
public record ServerSettings(
        Path home,
        String host,
        int port,
        String database,
        Optional<Path> studio,
        Map<String, String> environment) {
    public static final int PORT = 8470;

    /// Names how much the log tells: `DEBUG`, `INFO`, `WARN` or `ERROR`.
    public static final String LOG = "MORTISE_LOG";

    private static final Set<String> LEVELS = Set.of("DEBUG", "INFO", "WARN", "ERROR");

    public ServerSettings {
        environment = Map.copyOf(environment);
    }

    /// What documents may refer to: not the server's own settings, among them its master key.
    public Map<String, String> documentEnvironment() {
        Map<String, String> left = new HashMap<>(environment);
        left.keySet().removeIf(name -> name.startsWith("MORTISE_"));
        return left;
    }

    /// How much the log tells; `INFO` unless [#LOG] names another level.
    public String logLevel() {
        String said = environment.getOrDefault(LOG, "");
        return LEVELS.contains(said) ? said : "INFO";
    }

    @Override
    public String toString() {
        return "ServerSettings[home=%s, host=%s, port=%d]".formatted(home, host, port);
    }
}
