package dev.mortise.server.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.server.live.Client;
import dev.mortise.server.live.LiveServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@Tag("live")
class AuditTest {
    private final Path home;
    private final LiveServer server;
    private final Client root;

    AuditTest(@TempDir Path home) {
        this.home = home;
        server = LiveServer.start(home);
        root = server.administrator();
        root.post("/api/projects", Map.of("name", "sales"));
        for (int i = 0; i < 5; i++) {
            root.put("/api/projects/sales/secrets/s" + i, Map.of("value", "v"), null);
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void inDatabase(String sql) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection("jdbc:sqlite:" + home.resolve("mortise.db"));
                var statement = connection.createStatement()) {
            assertTrue(statement.executeUpdate(sql) > 0, sql);
        }
    }

    private void inDatabase(String sql, int rows) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection("jdbc:sqlite:" + home.resolve("mortise.db"));
                var statement = connection.createStatement()) {
            assertEquals(rows, statement.executeUpdate(sql), sql);
        }
    }

    private JsonNode verified() {
        return root.get("/api/audit/verify").json();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update audit set actor = 'somebody' where seq = 3",
                "update audit set at = at + 1 where seq = 3",
                "update audit set after = null where seq = 3",
                "update audit set seq = 300 where seq = 3",
                "delete from audit where seq = 3"
            })
    void findsWhatWasTamperedWith(String tamper) throws SQLException {
        assertTrue(verified().path("ok").asBoolean(), verified().toString());
        inDatabase(tamper);
        assertFalse(verified().path("ok").asBoolean(), tamper);
        assertEquals(3, verified().path("broken_at").asInt(), tamper);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "delete from audit where seq = 7",
                "delete from audit where seq >= 6",
                "delete from audit"
            })
    void findsThatTheEndWasCutOff(String cut) throws SQLException {
        inDatabase(cut);
        JsonNode report = verified();
        int left = report.path("last_seq").asInt();
        assertFalse(report.path("ok").asBoolean(), report.toString());
        assertEquals("cut", report.path("because").asString());
        assertEquals(left + 1, report.path("broken_at").asInt());

        // What comes after does not hide it.
        root.put("/api/projects/sales/secrets/later", Map.of("value", "v"), null);
        assertFalse(verified().path("ok").asBoolean(), verified().toString());
        assertEquals(left + 1, verified().path("broken_at").asInt());
    }

    @Test
    void findsThatEntriesChangedPlaces() throws SQLException {
        inDatabase("update audit set seq = -1 where seq = 3");
        inDatabase("update audit set seq = 3 where seq = 4");
        inDatabase("update audit set seq = 4 where seq = -1");
        assertEquals(3, verified().path("broken_at").asInt(), verified().toString());
    }

    @Test
    void findsAHeadThatWasForged() throws SQLException {
        inDatabase("delete from audit where seq = 7");
        inDatabase(
                "update audit_head set seq = 6,"
                        + " hash = (select hash from audit where seq = 6)");
        assertEquals("head", verified().path("because").asString(), verified().toString());
        root.put("/api/projects/sales/secrets/later", Map.of("value", "v"), null);
        assertEquals(7, verified().path("broken_at").asInt(), verified().toString());
    }

    @Test
    void findsAnEarlierDatabaseByTheAnchorsKeptApart() throws SQLException, IOException {
        inDatabase("create table kept_head as select * from audit_head", 0);
        root.put("/api/projects/sales/secrets/hidden", Map.of("value", "v"), null);
        server.close();
        String anchors = Files.readString(home.resolve("audit-anchors.log"));
        assertTrue(anchors.lines().anyMatch(line -> line.startsWith("8 ")), anchors);
        inDatabase("delete from audit where seq = 8");
        inDatabase("delete from audit_head");
        inDatabase("insert into audit_head select * from kept_head");
        try (LiveServer again = LiveServer.start(home)) {
            JsonNode report = again.administrator().get("/api/audit/verify").json();
            assertFalse(report.path("ok").asBoolean(), report.toString());
            assertEquals(8, report.path("broken_at").asInt(), report.toString());
        }
    }

    @Test
    void keepsWhoDidWhat() {
        JsonNode items = root.get("/api/audit?project=sales&action=secret.").json().path("items");
        assertEquals(5, items.size());
        assertEquals("secrets/s4", items.path(0).path("object").asString());
        assertEquals("root", items.path(0).path("actor").asString());
        assertEquals(
                1,
                root.get("/api/projects/sales/audit?object=secrets/s2")
                        .json()
                        .path("items")
                        .size());
        assertEquals(0, root.get("/api/audit?actor=nobody").json().path("items").size());
    }

    @Test
    void pagesThroughAllOnce() {
        StringBuilder seen = new StringBuilder();
        String next = "";
        do {
            JsonNode page = root.get("/api/audit?limit=2&after=" + next).json();
            page.path("items").forEach(one -> seen.append(one.path("seq").asInt()).append(' '));
            next = page.path("next").asString("");
        } while (!next.isEmpty());
        assertEquals("7 6 5 4 3 2 1 ", seen.toString());
    }

    @Test
    void exportsAllInOrder() {
        List<String> lines = root.get("/api/audit/export").body().lines().toList();
        assertEquals(7, lines.size());
        assertTrue(lines.getFirst().startsWith("{\"seq\":1,"), lines.getFirst());
        assertEquals(2, root.get("/api/audit/export?after=5").body().lines().count());
    }

    @Test
    void keepsLoginsAndTheirFailures() {
        server.person(root, "ann", Map.of());
        server.client().post("/api/session", Map.of("name", "ann", "password", "wrong"));
        server.client()
                .post("/api/session", Map.of("name", "my-password-by-mistake", "password", "x"));
        String actions =
                root.get("/api/audit").json().path("items").findValuesAsString("action").toString();
        assertTrue(actions.contains("session.begin"), actions);
        String all = root.get("/api/audit?action=session.refuse").body();
        assertTrue(all.contains("people/ann") && all.contains("people/?"), all);
        assertFalse(all.contains("my-password-by-mistake"), all);
    }

    @Test
    void keepsNoSecretOfADocument() {
        root.put(
                "/api/projects/sales/connections/db",
                Map.of("text", "connection: db\ntype: mysql\npassword: hunter2-canary\n"),
                null);
        String all = root.get("/api/audit?object=connections/db").body();
        assertTrue(all.contains("${secret:db.password}"), all);
        assertFalse(all.contains("hunter2"), all);
    }
}
