package dev.mortise.cli.serve;

import dev.mortise.server.Server;
import dev.mortise.server.settings.ServerSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Starts a server, asks it a little and stops it, so that a cache of classes can be made of what
/// was loaded. Leaves nothing behind.
public final class ServeRehearsal {
    private static final List<String> ASKED =
            List.of("/", "/api/session", "/api/projects", "/api/connectors", "/api/nothing");

    private ServeRehearsal() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Path home = Files.createTempDirectory("mortise-rehearsal");
        ServerSettings settings =
                new ServerSettings(home, "127.0.0.1", 0, "", Optional.empty(), Map.of());
        try (Server server = Server.start(settings);
                HttpClient client = HttpClient.newHttpClient()) {
            for (String path : ASKED) {
                URI uri = URI.create(server.url() + path);
                client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding());
            }
        } finally {
            remove(home);
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
