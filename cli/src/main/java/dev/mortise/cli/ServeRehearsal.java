package dev.mortise.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Starts a server as `mortise serve` does, signs in, opens what the studio opens first and stops
/// it, so that a cache of classes can be made of what was loaded. Leaves nothing behind.
final class ServeRehearsal {
    private static final Pattern LINK =
            Pattern.compile("(http://127\\.0\\.0\\.1:\\d+)/setup\\?token=(\\S+)");
    private static final Duration WAIT = Duration.ofMillis(50);
    private static final String ADMINISTRATOR =
            "{\"token\":\"%s\",\"name\":\"rehearsal\",\"password\":\"three words and one\"}";
    private static final List<String> FIRST = List.of("/", "/api/session");
    private static final List<String> SIGNED_IN =
            List.of("/api/session", "/api/projects", "/api/connectors", "/api/me", "/api/problems");

    private final CookieManager cookies = new CookieManager();
    private final HttpClient http = HttpClient.newBuilder().cookieHandler(cookies).build();
    private final URI server;

    private ServeRehearsal(URI server) {
        this.server = server;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        Path home = Files.createTempDirectory("mortise-rehearsal");
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        Terminal terminal =
                new Terminal(
                        new PrintStream(said, true, StandardCharsets.UTF_8),
                        System.err,
                        Map.of(),
                        false);
        Thread serving =
                Thread.ofPlatform()
                        .start(
                                () ->
                                        Mortise.run(
                                                terminal,
                                                "serve",
                                                "--port",
                                                "0",
                                                "--home",
                                                home.toString()));
        while (serving.isAlive() && !LINK.matcher(said.toString(StandardCharsets.UTF_8)).find()) {
            serving.join(WAIT);
        }
        Matcher link = LINK.matcher(said.toString(StandardCharsets.UTF_8));
        if (link.find()) {
            new ServeRehearsal(URI.create(link.group(1))).ask(link.group(2));
        }
        serving.interrupt();
        serving.join();
        remove(home);
    }

    private void ask(String token) throws IOException, InterruptedException {
        for (String path : FIRST) {
            send(HttpRequest.newBuilder(server.resolve(path)));
        }
        HttpRequest.Builder setup =
                HttpRequest.newBuilder(server.resolve("/api/setup"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(ADMINISTRATOR.formatted(token)));
        for (HttpCookie cookie : cookies.getCookieStore().getCookies()) {
            if (cookie.getName().equals("XSRF-TOKEN")) {
                setup.header("X-XSRF-TOKEN", cookie.getValue());
            }
        }
        send(setup);
        for (String path : SIGNED_IN) {
            send(HttpRequest.newBuilder(server.resolve(path)));
        }
    }

    private void send(HttpRequest.Builder request) throws IOException, InterruptedException {
        http.send(request.build(), BodyHandlers.discarding());
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
