package dev.mortise.cli.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.cli.Ended;
import dev.mortise.cli.ProjectFolder;
import dev.mortise.server.Server;
import dev.mortise.server.settings.ServerSettings;
import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A folder and a project on a server, each made what the other is, by `apply` and `export`.
class RemoteProjectTest {
    private static final Pattern TOKEN = Pattern.compile("\"token\":\"([^\"]+)\"");
    private static final Pattern HAN = Pattern.compile("\\p{IsHan}");
    private static final String LAKE = "connection: lake\ntype: sqlite\npath: lake.db\n";
    private static final String FLOW =
            """
            # 订单 goes daily
            flow: orders
            steps:
              in: {read: lake.orders}
              out: {from: in, write: lake.copies, mode: append}
            """;

    private final CookieManager cookies = new CookieManager();
    private final HttpClient http = HttpClient.newBuilder().cookieHandler(cookies).build();

    private final Path folder;
    private final Path other;
    private final Server server;
    private Map<String, String> environment;

    RemoteProjectTest(@TempDir Path home, @TempDir Path folder, @TempDir Path other)
            throws IOException, InterruptedException {
        this.folder = folder;
        this.other = other;
        server =
                Server.start(
                        new ServerSettings(home, "127.0.0.1", 0, "", Optional.empty(), Map.of()));
        String link = server.setupLink().orElseThrow();
        send("GET", "/api/session", "");
        send(
                "POST",
                "/api/setup",
                "{\"token\":\"%s\",\"name\":\"root\",\"password\":\"three words and one\"}"
                        .formatted(link.substring(link.indexOf('=') + 1)));
        send("POST", "/api/projects", "{\"name\":\"sales\"}");
        String made =
                send(
                        "POST",
                        "/api/tokens",
                        "{\"name\":\"ci\",\"project\":\"sales\",\"role\":\"developer\"}");
        Matcher token = TOKEN.matcher(made);
        assertTrue(token.find(), made);
        environment = Map.of("MORTISE_SERVER", server.url() + "/", "MORTISE_TOKEN", token.group(1));
        write(folder, "connections/lake.yaml", LAKE);
        write(folder, "flows/orders.yml", FLOW);
    }

    @AfterEach
    void stop() {
        server.close();
        http.close();
    }

    private String send(String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(server.url() + path))
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body));
        for (HttpCookie cookie : cookies.getCookieStore().getCookies()) {
            if (cookie.getName().equals("XSRF-TOKEN")) {
                request.setHeader("X-XSRF-TOKEN", cookie.getValue());
            }
        }
        return http.send(request.build(), BodyHandlers.ofString()).body();
    }

    private static void write(Path folder, String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private Ended call(Path where, String... args) {
        return new ProjectFolder(where).call(environment, args);
    }

    @Test
    void aFolderComesBackAsItWentUp() throws IOException, InterruptedException {
        Ended tried = call(folder, "apply", "sales", "--publish", "--dry-run", "--diff");
        assertEquals(0, tried.code(), tried.toString());
        assertTrue(tried.out().contains("+ flows/orders.yaml"), tried.out());
        assertTrue(tried.out().contains("+# 订单 goes daily"), tried.out());
        assertFalse(send("GET", "/api/projects/sales/flows", "").contains("orders"));

        Ended applied = call(folder, "apply", "sales", "--publish");
        assertEquals(0, applied.code(), applied.toString());
        assertTrue(applied.out().contains("2 documents changed, 0 did not"), applied.out());
        Ended again = call(folder, "apply", "sales", "--publish");
        assertTrue(again.out().contains("no document changed, 2 did not"), again.out());

        write(other, "flows/gone.yaml", FLOW);
        write(other, "notes.txt", "mine");
        Ended exported = call(other, "export", "sales", "--remove");
        assertEquals(0, exported.code(), exported.toString());
        assertEquals(FLOW, Files.readString(other.resolve("flows/orders.yaml")));
        assertEquals(LAKE, Files.readString(other.resolve("connections/lake.yaml")));
        assertFalse(Files.exists(other.resolve("flows/gone.yaml")), exported.out());
        assertEquals("mine", Files.readString(other.resolve("notes.txt")));
        // A file keeps the ending it has.
        call(folder, "export", "sales");
        assertFalse(Files.exists(folder.resolve("flows/orders.yaml")));
    }

    @Test
    void aServerSpeaksTheLanguageOfTheTerminal() throws IOException {
        write(folder, "flows/orders.yml", FLOW.replace("lake.orders", "pond.orders"));
        environment = new HashMap<>(environment);
        environment.put("MORTISE_LANG", "zh");
        Ended chinese = call(folder, "apply", "sales", "--publish");
        assertEquals(2, chinese.code(), chinese.toString());
        assertTrue(chinese.err().contains("没有名为 'pond' 的连接"), chinese.err());
        environment.put("MORTISE_LANG", "en");
        Ended english = call(folder, "apply", "sales", "--publish");
        assertTrue(english.err().contains("'pond'"), english.err());
        assertFalse(HAN.matcher(english.err()).find(), english.err());
    }

    @Test
    void whatIsWrongIsToldWithItsPlaceAndChangesNothing() throws IOException, InterruptedException {
        write(folder, "flows/orders.yml", FLOW.replace("lake.orders", "pond.orders"));
        Ended applied = call(folder, "apply", "sales", "--publish");
        assertEquals(2, applied.code(), applied.toString());
        assertTrue(applied.err().contains("flows/orders.yaml:4"), applied.err());
        assertTrue(applied.err().contains("CONNECTION_UNKNOWN"), applied.err());
        assertFalse(send("GET", "/api/projects/sales/connections", "").contains("lake"));
    }

    @Test
    void whoMayNotIsRefusedAndNobodyThereIsSaid() {
        environment = Map.of("MORTISE_SERVER", server.url(), "MORTISE_TOKEN", "wrong");
        Ended refused = call(folder, "apply", "sales");
        assertEquals(2, refused.code(), refused.toString());
        assertTrue(refused.err().contains("NOT_SIGNED_IN"), refused.err());
        assertFalse(refused.err().contains("wrong"), refused.err());
        environment = Map.of("MORTISE_TOKEN", "any");
        Ended nobody = call(folder, "apply", "sales", "--server", "http://127.0.0.1:1");
        assertEquals(1, nobody.code(), nobody.toString());
        assertTrue(nobody.err().contains("CONNECTION_REFUSED"), nobody.err());
        environment = Map.of();
        assertTrue(call(folder, "export", "sales").err().contains("SECRET_MISSING"));
    }
}
