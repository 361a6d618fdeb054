package dev.mortise.server.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.server.live.Client;
import dev.mortise.server.live.Client.Answer;
import dev.mortise.server.live.LiveServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("live")
class VaultTest {
    private static final String SECRETS = "/api/projects/sales/secrets";
    private static final String VALUE = "k9-Zebra-canary-47";

    private final Path home;

    VaultTest(@TempDir Path home) {
        this.home = home;
    }

    private Path keyFile() {
        return home.resolve("keys").resolve("vault.json");
    }

    private static Client inSales(LiveServer server) {
        Client root = server.administrator();
        root.post("/api/projects", Map.of("name", "sales"));
        return root;
    }

    private static Answer set(Client client, String name) {
        return client.put(SECRETS + "/" + name, Map.of("value", VALUE), null);
    }

    /// Whether a connection that refers to the secret is sound: what the value is shows nowhere.
    private static Answer connection(Client client, String secret) {
        client.delete("/api/projects/sales/connections/db", "*");
        return client.put(
                "/api/projects/sales/connections/db",
                Map.of(
                        "text",
                        "connection: db\ntype: postgres\nhost: 127.0.0.1\ndatabase: a\nuser: b\n"
                                + "password: ${secret:"
                                + secret
                                + "}\n"),
                null);
    }

    private void inDatabase(String sql) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection("jdbc:sqlite:" + home.resolve("mortise.db"));
                var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    @Test
    void givesNoSecretBack() throws IOException {
        try (LiveServer server = LiveServer.start(home)) {
            Client root = inSales(server);
            Answer answer = set(root, "erp.password");
            assertEquals(200, answer.status(), answer.toString());
            assertEquals(2, set(root, "erp.password").json().path("version").asInt());
            String list = root.get(SECRETS).body();
            assertTrue(list.contains("\"erp.password\"") && list.contains("\"root\""), list);
            Answer used = connection(root, "erp.password");
            assertEquals("[]", used.json().path("problems").toString(), used.toString());
            assertEquals(
                    "SECRET_MISSING", connection(root, "other").json().findPath("code").asString());
            String all = list + used + root.get("/api/audit").body();
            assertFalse(all.contains(VALUE));
            assertEquals(204, root.delete(SECRETS + "/erp.password", null).status());
            assertEquals(404, root.delete(SECRETS + "/erp.password", null).status());
            for (String name : new String[] {"UPPER", "a%20b", "x".repeat(101)}) {
                assertEquals(422, set(root, name).status(), name);
            }
            assertEquals(422, root.put(SECRETS + "/a", Map.of("value", ""), null).status());
        }
        assertFalse(holds(home, VALUE));
    }

    private static boolean holds(Path folder, String text) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .anyMatch(file -> content(file).contains(text));
        }
    }

    private static String content(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void keepsItsKeyToItself() throws IOException {
        try (LiveServer server = LiveServer.start(home)) {
            assertTrue(Files.exists(keyFile()), "made at the first start");
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(keyFile())));
            Client root = inSales(server);
            String text = "connection: x\ntype: sqlite\npath: ${env:MORTISE_KEY}\n";
            String path = "/api/projects/sales/connections/x";
            String variables = root.put(path, Map.of("text", text), null).body();
            assertTrue(variables.contains("MORTISE_KEY' is not set"), variables);
        }
    }

    @Test
    void turnsItsKeysOver() throws IOException, SQLException {
        try (LiveServer server = LiveServer.start(home)) {
            Client root = inSales(server);
            for (int i = 0; i < 20; i++) {
                set(root, "s" + i);
            }
            String before = Files.readString(keyFile());
            Answer rotated = root.post("/api/vault/rotate", Map.of());
            assertEquals(
                    "{\"secrets\":20,\"master_key\":true}", rotated.body(), rotated.toString());
            assertNotEquals(before, Files.readString(keyFile()));
            assertEquals("[]", connection(root, "s7").json().path("problems").toString());

            // Whoever had stolen the old key opens nothing any more.
            Files.writeString(keyFile(), before);
            assertEquals("VAULT_LOCKED", connection(root, "s7").json().findPath("code").asString());
        }
    }

    @Test
    void startsWithAWrongKeyAndOverwritesNothing() throws IOException {
        try (LiveServer server = LiveServer.start(home)) {
            set(inSales(server), "pw");
        }
        String right = Files.readString(keyFile());
        String wrong = wrongKey();
        for (boolean isMissing : new boolean[] {true, false}) {
            if (isMissing) {
                Files.delete(keyFile());
            } else {
                Files.writeString(keyFile(), wrong);
            }
            try (LiveServer server = LiveServer.start(home)) {
                Client root = server.administrator();
                assertEquals(200, root.get(SECRETS).status());
                Answer refused = set(root, "pw");
                assertEquals(503, refused.status(), refused.toString());
                assertEquals("VAULT_LOCKED", refused.code());
                assertEquals("VAULT_LOCKED", root.post("/api/vault/rotate", Map.of()).code());
                assertEquals(
                        "VAULT_LOCKED", connection(root, "pw").json().findPath("code").asString());
                assertEquals(!isMissing, Files.exists(keyFile()));

                Files.writeString(keyFile(), right);
                assertEquals("[]", connection(root, "pw").json().path("problems").toString());
            }
        }
    }

    private String wrongKey() throws IOException {
        Path other = Files.createDirectory(home.resolve("other"));
        try (LiveServer server = LiveServer.start(other)) {
            assertTrue(server.url().startsWith("http"));
            return Files.readString(other.resolve("keys").resolve("vault.json"));
        }
    }

    @Test
    void takesItsKeyFromTheEnvironment() throws IOException {
        String one = key(1);
        String two = key(2);
        try (LiveServer server = LiveServer.start(home, "", Map.of("MORTISE_KEY", one))) {
            set(inSales(server), "pw");
            assertFalse(Files.exists(keyFile()));
        }
        try (LiveServer server =
                LiveServer.start(home, "", Map.of("MORTISE_KEY", two + "," + one))) {
            Client root = server.administrator();
            assertEquals("[]", connection(root, "pw").json().path("problems").toString());
            assertEquals(
                    "{\"secrets\":1,\"master_key\":false}",
                    root.post("/api/vault/rotate", Map.of()).body());
        }
        try (LiveServer server = LiveServer.start(home, "", Map.of("MORTISE_KEY", two))) {
            Client root = server.administrator();
            assertEquals("[]", connection(root, "pw").json().path("problems").toString());
        }
        try (LiveServer server = LiveServer.start(home, "", Map.of("MORTISE_KEY", key(3)))) {
            assertEquals("VAULT_LOCKED", set(server.administrator(), "pw").code());
        }
    }

    private static String key(int of) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) of);
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Test
    void opensNoSecretThatWasMoved() throws SQLException {
        try (LiveServer server = LiveServer.start(home)) {
            Client root = inSales(server);
            set(root, "mine");
            root.post("/api/projects", Map.of("name", "stock"));
            root.put("/api/projects/stock/secrets/theirs", Map.of("value", "t"), null);
            inDatabase(
                    "update secret set sealed = (select sealed from secret where name = 'theirs')"
                            + " where name = 'mine'");
            assertEquals(
                    "VAULT_LOCKED", connection(root, "mine").json().findPath("code").asString());
        }
    }
}
