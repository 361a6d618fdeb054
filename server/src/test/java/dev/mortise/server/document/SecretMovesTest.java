package dev.mortise.server.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.mortise.server.live.Client;
import dev.mortise.server.live.Client.Answer;
import dev.mortise.server.live.LiveServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The vault follows a connection that is renamed, so that the next one of its old name takes
/// nothing of it.
@Tag("live")
class SecretMovesTest {
    private static final String P = "/api/projects/sales";

    private LiveServer server;
    private Client root;
    private HttpServer api;

    @BeforeEach
    void start(@TempDir Path home) throws IOException {
        server = LiveServer.start(home);
        root = server.administrator();
        root.post("/api/projects", Map.of("name", "sales"));
        api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        // Below /old and /new each lets in the password of its own name alone.
        api.createContext(
                "/",
                exchange -> {
                    String wanted = exchange.getRequestURI().getPath().split("/", -1)[1];
                    String user = "app:" + wanted + "-password";
                    String header =
                            "Basic "
                                    + Base64.getEncoder()
                                            .encodeToString(user.getBytes(StandardCharsets.UTF_8));
                    boolean fits =
                            header.equals(exchange.getRequestHeaders().getFirst("Authorization"));
                    byte[] body = "[{\"id\": 1}]".getBytes(StandardCharsets.UTF_8);
                    exchange.getResponseHeaders().set("Content-Type", "application/json");
                    exchange.sendResponseHeaders(fits ? 200 : 401, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        api.start();
    }

    @AfterEach
    void stop() {
        api.stop(0);
        server.close();
    }

    private String text(String name, String system, String password) {
        return """
        connection: %s
        type: http
        base_url: http://127.0.0.1:%d/%s
        reach: any
        auth: {kind: basic, user: app, password: %s}   # kept in the vault
        resources: {orders: {path: /orders, records: $}}
        """
                .formatted(name, api.getAddress().getPort(), system, password);
    }

    private Answer save(String name, String text, String version) {
        String path = P + "/connections/" + name;
        return root.put(path, Map.of("text", text), version.isEmpty() ? null : version);
    }

    private String kept(String name) {
        return root.get(P + "/connections/" + name).json().path("text").asString();
    }

    private void rename(String name, String to) {
        Answer renamed =
                root.call("POST", P + "/connections/" + name + "/rename", Map.of("name", to), "*");
        assertEquals(200, renamed.status(), renamed.body());
    }

    private void connects(String name) {
        Answer tried = root.post(P + "/connections/test", Map.of("name", name, "text", kept(name)));
        assertTrue(tried.json().path("ok").asBoolean(), tried.body());
    }

    private boolean isSecret(String name) {
        return root.get(P + "/secrets?limit=200").body().contains('"' + name + '"');
    }

    @Test
    void aNewConnectionOfTheOldNameTakesNothing() {
        assertEquals(200, save("erp", text("erp", "old", "old-password"), "").status());
        connects("erp");
        String before = kept("erp");
        rename("erp", "sap");
        assertEquals(
                before.replace("connection: erp", "connection: sap")
                        .replace("erp.auth.password", "sap.auth.password"),
                kept("sap"));
        assertFalse(isSecret("erp.auth.password"));
        assertEquals(200, save("erp", text("erp", "new", "new-password"), "").status());
        connects("erp");
        connects("sap");
    }

    @Test
    void bothTheDraftAndWhatRunsUseFollow() {
        save("erp", text("erp", "old", "old-password"), "");
        root.post(P + "/connections/erp/publish", Map.of("revision", 1));
        save("erp", kept("erp") + "# a note\n", "\"1\"");
        rename("erp", "sap");
        var document = root.get(P + "/connections/sap").json();
        assertEquals("changed", document.path("state").asString());
        int used = document.path("published_revision").asInt();
        for (int revision : new int[] {used, document.path("revision").asInt()}) {
            String text = root.get(P + "/connections/sap/revisions/" + revision).body();
            assertTrue(text.contains("${secret:sap.auth.password}"), text);
        }
        connects("sap");
    }

    @Test
    void othersThatReferToTheSecretFollow() {
        save("erp", text("erp", "old", "old-password"), "");
        save("twin", text("twin", "old", "'${secret:erp.auth.password}'"), "");
        root.post(P + "/connections/twin/publish", Map.of("revision", 1));
        save("twin", kept("twin") + "# a note\n", "\"1\"");
        Map<String, Object> channel =
                Map.of(
                        "name", "robot",
                        "kind", "feishu",
                        "language", "en",
                        "settings", Map.of("token", "${secret:erp.auth.password}"));
        Answer made = root.post(P + "/channels", channel);
        assertEquals(201, made.status(), made.body());
        rename("erp", "sap");
        save("erp", text("erp", "new", "new-password"), "");
        assertTrue(kept("twin").contains("'${secret:sap.auth.password}'"), kept("twin"));
        int used = root.get(P + "/connections/twin").json().path("published_revision").asInt();
        String running = root.get(P + "/connections/twin/revisions/" + used).body();
        assertTrue(running.contains("${secret:sap.auth.password}"), running);
        assertFalse(running.contains("a note"), running);
        String channels = root.get(P + "/channels").body();
        assertTrue(channels.contains("${secret:sap.auth.password}"), channels);
        for (String name : List.of("erp", "sap", "twin")) {
            connects(name);
        }
    }

    @Test
    void nothingIsRenamedWhileSomebodyEditsWhatRefersToIt() {
        save("erp", text("erp", "old", "old-password"), "");
        save("twin", text("twin", "old", "'${secret:erp.auth.password}'"), "");
        Client other = server.person(root, "other", Map.of("sales", "developer"));
        other.put(P + "/connections/twin/lock", Map.of(), null);
        Answer refused =
                root.call("POST", P + "/connections/erp/rename", Map.of("name", "sap"), "*");
        assertEquals("LOCKED", refused.code(), refused.body());
        assertTrue(isSecret("erp.auth.password"));
        connects("erp");
    }

    @Test
    void nothingKeptUnderTheNewNameIsOverwritten() {
        root.put(P + "/secrets/sap.auth.password", Map.of("value", "of somebody"), null);
        save("erp", text("erp", "old", "old-password"), "");
        rename("erp", "sap");
        assertTrue(kept("sap").contains("${secret:sap.auth.password-2}"), kept("sap"));
        connects("sap");
    }

    @Test
    void anOlderRevisionComesBackUnderTheNewName() {
        save("erp", text("erp", "old", "old-password"), "");
        rename("erp", "sap");
        save("erp", text("erp", "new", "new-password"), "");
        Answer reverted = root.post(P + "/connections/sap/revert", Map.of("revision", 1));
        assertEquals(200, reverted.status(), reverted.body());
        assertTrue(kept("sap").contains("${secret:sap.auth.password}"), kept("sap"));
        connects("sap");
    }
}
