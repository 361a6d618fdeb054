package dev.mortise.server.safety;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.server.live.Client;
import dev.mortise.server.live.Client.Answer;
import dev.mortise.server.live.Client.Raw;
import dev.mortise.server.live.LiveServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Passwords that somebody writes into a document: kept by the vault and by nothing else, and where
/// an older server has left one, shown to nobody who may not write it.
@Tag("live")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlainSecretTest {
    private static final String P = "/api/projects/sales";
    private static final String CANARY = "cAnArY7";

    private Path home;
    private LiveServer server;
    private Client root;
    private final Map<String, Client> people = new LinkedHashMap<>();

    @BeforeAll
    void start(@TempDir Path folder) {
        home = folder;
        server = LiveServer.start(home);
        root = server.administrator();
        root.post("/api/projects", Map.of("name", "sales"));
        for (String role : List.of("viewer", "operator", "developer", "administrator")) {
            people.put(role, server.person(root, role, Map.of("sales", role)));
        }
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private Client as(String role) {
        return java.util.Objects.requireNonNull(people.get(role));
    }

    private Answer save(String name, String rest) {
        String text = "connection: " + name + "\n" + rest;
        return as("developer").put(P + "/connections/" + name, Map.of("text", text), null);
    }

    private void inDatabase(String sql) throws SQLException {
        try (var connection =
                        DriverManager.getConnection("jdbc:sqlite:" + home.resolve("mortise.db"));
                var statement = connection.createStatement()) {
            assertEquals(1, statement.executeUpdate(sql), sql);
        }
    }

    /// Every door through which the text of a document comes out.
    private String allDoors(Client who, String name) {
        StringBuilder all = new StringBuilder();
        String path = P + "/connections/" + name;
        for (String door :
                List.of(
                        P + "/connections",
                        P + "/connections?query=" + CANARY.toLowerCase(java.util.Locale.ROOT),
                        path,
                        path + "/revisions",
                        path + "/revisions/1",
                        P + "/audit?limit=200",
                        "/api/audit/export",
                        P + "/export")) {
            all.append(who.get(door).body()).append('\n');
        }
        return all.toString();
    }

    /// Connections by their names, each with the canary where a secret stands.
    private static Map<String, String> forms() {
        Map<String, String> forms = new LinkedHashMap<>();
        forms.put("plain", "type: postgres\npassword: cAnArY7 a\nhost: h\n");
        forms.put("single", "type: postgres\npassword: 'cAnArY7''b'\nhost: h\n");
        forms.put("double", "type: mysql\npassword: \"cAnArY7\\nc\"\nhost: h\n");
        forms.put("block", "type: mysql\npassword: |\n  cAnArY7\n  d\nhost: h\n");
        forms.put("mistyped", "type: mysql\npasswrd: cAnArY7\nhost: h\n");
        forms.put("nobody", "type: nothing\nclient_secret: cAnArY7\n");
        forms.put(
                "api",
                """
                type: http
                base_url: https://api.example.com
                auth: {kind: oauth2, token_url: /t, client_id: me, client_secret: cAnArY7}
                headers: {X-Token: cAnArY7e, Accept: text/plain}
                resources: {orders: {path: /orders}}
                """);
        forms.put(
                "key",
                """
                type: http
                base_url: https://api.example.com
                auth: {kind: api_key, name: X-Key, value: cAnArY7}
                resources: {orders: {path: /orders}}
                """);
        String api = "type: http\nbase_url: https://api.example.com\n";
        String orders = "resources: {orders: {path: /orders}}\n";
        forms.put("seal", api + "sign: {recipe: leqi, sm4_key: cAnArY7}\n" + orders);
        forms.put("event", api + "sign: {recipe: feishu-event, encrypt_key: cAnArY7}\n" + orders);
        forms.put(
                "ids",
                api
                        + "sign: {recipe: wecom-callback, token: cAnArY7, receiver: ww1,"
                        + " aes_key: {old: cAnArY7a, new: cAnArY7b}}\n"
                        + orders);
        forms.put("dashed", api + "headers: {X-Api-Key: cAnArY7}\n" + orders);
        return forms;
    }

    @Test
    void aPasswordThatIsSavedGoesIntoTheVault() throws IOException {
        Map<String, String> forms = forms();
        for (Map.Entry<String, String> form : forms.entrySet()) {
            String name = form.getKey();
            Answer saved = save(name, form.getValue());
            assertEquals(200, saved.status(), saved.body());
            assertFalse(saved.body().contains(CANARY), saved.body());
            String text = saved.json().path("text").asString();
            assertTrue(text.contains("${secret:" + name + "."), text);
            for (Client who : people.values()) {
                assertFalse(allDoors(who, name).contains(CANARY), name);
            }
            assertFalse(allDoors(root, name).contains(CANARY), name);
        }
        assertTrue(as("developer").get(P + "/secrets").body().contains("api.auth.client_secret"));
        assertTrue(save("api", "").status() >= 400, "nothing is overwritten unseen");
        try (var files = Files.walk(home)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                assertFalse(content.contains(CANARY), file.toString());
            }
        }
    }

    @Test
    void whatIsNoSecretStaysInTheText() {
        String rest =
                """
                type: http
                base_url: https://api.example.com
                auth: none
                sign: {recipe: kingdee, app_id: shown, acct_id: shown, user: shown, org_num: '100'}
                tls: {ca: {file: keys/ca.pem}, key: {file: keys/app.key}}
                headers: {Accept-Language: zh-CN}
                resources: {orders: {path: /orders}}
                """;
        Answer saved = save("open", rest);
        assertEquals("connection: open\n" + rest, saved.json().path("text").asString());
    }

    @Test
    void theSameSavedAgainChangesNothing() {
        String text = "type: postgres\nhost: h\npassword: first\n";
        Answer saved = save("again", text);
        assertEquals("\"1\"", saved.etag());
        Answer same =
                as("developer")
                        .put(
                                P + "/connections/again",
                                Map.of("text", "connection: again\n" + text),
                                "\"1\"");
        assertEquals("\"1\"", same.etag(), same.body());
        assertEquals(1, version("again.password"));
        String other = "connection: again\n" + text.replace("first", "second");
        as("developer").put(P + "/connections/again", Map.of("text", other), "\"1\"");
        assertEquals(2, version("again.password"));
    }

    private int version(String secret) {
        for (var one : as("developer").get(P + "/secrets?limit=200").json().path("items")) {
            if (one.path("name").asString().equals(secret)) {
                return one.path("version").asInt();
            }
        }
        return 0;
    }

    @Test
    void whatCannotBeTakenOutIsRefused() {
        Answer broken = save("broken", "type: postgres\npassword: 'cAnArY7\n");
        assertEquals(422, broken.status(), broken.body());
        assertEquals("YAML_INVALID", broken.code());
        Answer masked = save("masked", "type: postgres\npassword: '***'\n");
        assertEquals("VALUE_INVALID", masked.code(), masked.body());
        Answer url = save("url", "type: http\nbase_url: https://me:cAnArY7@h.example.com/\n");
        assertEquals("VALUE_INVALID", url.code(), url.body());
        assertFalse((broken.body() + masked.body() + url.body()).contains(CANARY));
        assertEquals(404, as("developer").get(P + "/connections/url").status());
    }

    @Test
    void whatAnOlderServerLeftIsShownToThoseWhoMayWriteItAlone() throws SQLException {
        save("old", "type: postgres\nhost: h\n");
        String text =
                """
                connection: old
                type: postgres
                host: h
                password: cAnArY7
                # see https://me:cAnArY7@h.example.com/
                """;
        for (String table : List.of("document", "revision")) {
            inDatabase("update " + table + " set text = '" + text + "' where name = 'old'");
        }
        for (String role : List.of("viewer", "operator")) {
            String seen = allDoors(as(role), "old");
            assertFalse(seen.contains(CANARY), role);
            String shown = as(role).get(P + "/connections/old").json().path("text").asString();
            assertTrue(shown.contains("password: \"***\"\n"), shown);
            assertTrue(shown.contains("https://me:***@h.example.com/"), shown);
        }
        for (String role : List.of("developer", "administrator")) {
            String shown = as(role).get(P + "/connections/old").json().path("text").asString();
            assertEquals(text, shown, role);
        }
        // Nobody finds it by its letters, and the audit does not keep it.
        for (Client who : people.values()) {
            String found =
                    who.get(P + "/connections?query=canary7").json().path("items").toString();
            assertEquals("[]", found);
        }
        as("developer").delete(P + "/connections/old", "\"1\"");
        assertFalse(root.get("/api/audit/export").body().contains(CANARY));
    }

    @Test
    void aViewerHasNoTextCheckedButTheSavedOne() {
        save("db", "type: postgres\nhost: 127.0.0.1\nport: 1\ndatabase: a\nuser: u\n");
        String saved =
                """
                flow: look
                steps:
                  a: {read: db.t}
                  b: {from: a, write: db.u, mode: append}
                """;
        as("developer").put(P + "/flows/look", Map.of("text", saved), null);
        String other = saved.replace("db.t", "db.secrets");
        for (String role : List.of("viewer", "operator")) {
            assertEquals(200, check(role, saved).status(), role);
            Answer refused = check(role, other);
            assertEquals(403, refused.status(), refused.body());
            assertEquals("NOT_ALLOWED", refused.code());
        }
        assertEquals(200, check("developer", other).status());
    }

    private Answer check(String role, String text) {
        return as(role).post(P + "/flows/check", Map.of("name", "look", "text", text));
    }

    @Test
    void noBodyIsTakenForAnother() {
        // A list where a text is expected must not pass by the intake.
        Answer answer =
                as("developer")
                        .put(
                                P + "/connections/list",
                                new Raw("{\"text\": [\"password: cAnArY7\"]}"),
                                null);
        assertEquals(400, answer.status(), answer.body());
        assertFalse(answer.body().contains(CANARY), answer.body());
    }
}
