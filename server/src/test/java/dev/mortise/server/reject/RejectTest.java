package dev.mortise.server.reject;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.server.live.Client;
import dev.mortise.server.live.Client.Answer;
import dev.mortise.server.live.LiveServer;
import dev.mortise.server.run.RunWait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@Tag("live")
class RejectTest {
    private static final String PROJECT = "/api/projects/sales";
    private static final String REJECTS = PROJECT + "/flows/copy/rejects";

    private final Path folder;
    private final LiveServer server;
    private final Client client;

    RejectTest(@TempDir Path home) throws IOException, SQLException {
        folder = home.resolve("projects").resolve("sales");
        Files.createDirectories(folder);
        sql(
                "a.db",
                "create table orders (id integer primary key, amount text)",
                "insert into orders values (1, '5'), (2, 'x'), (3, 'y'), (4, '-1')");
        sql("b.db", "create table copies (id integer primary key, amount integer not null)");
        server = LiveServer.start(home);
        client = server.administrator();
        client.post("/api/projects", Map.of("name", "sales"));
        client.publish(PROJECT, "connections", "db", "connection: db\ntype: sqlite\npath: a.db\n");
        client.publish(
                PROJECT, "connections", "out", "connection: out\ntype: sqlite\npath: b.db\n");
        client.publish(
                PROJECT,
                "flows",
                "copy",
                """
                flow: copy
                steps:
                  in: {read: db.orders}
                  mapped: {from: in, map: {id: id, amount: cast(amount as bigint)}}
                  checked: {from: mapped, expect: [{rule: amount > 0, otherwise: reject}]}
                  out: {from: checked, write: out.copies, mode: append}
                """);
        String id =
                client.post(PROJECT + "/runs", Map.of("flow", "copy")).json().path("id").asString();
        JsonNode run = RunWait.over(client, PROJECT + "/runs/" + id);
        assertEquals("rejected", run.path("state").asString(), run.toString());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void sql(String file, String... statements) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(file));
                Statement statement = connection.createStatement()) {
            for (String one : statements) {
                statement.execute(one);
            }
        }
    }

    private String copies() throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("b.db"));
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "select group_concat(id || '=' || amount, ' ')"
                                        + " from (select * from copies order by id)")) {
            row.next();
            return row.getString(1);
        }
    }

    private JsonNode list() {
        Answer answer = client.get(REJECTS);
        assertEquals(200, answer.status(), answer.body());
        return answer.json();
    }

    private static String id(JsonNode list, String row) {
        for (JsonNode item : list.path("items")) {
            if (item.path("row").path("id").asString().equals(row)) {
                return item.path("id").asString();
            }
        }
        throw new AssertionError("no row " + row + " in " + list);
    }

    @Test
    void followsTheFlowToAnotherName() {
        client.call("POST", PROJECT + "/flows/copy/rename", Map.of("name", "moved"), "*");
        JsonNode moved = client.get(PROJECT + "/flows/moved/rejects").json();
        assertEquals(3, moved.path("items").size(), moved.toString());
        String id = id(moved, "4");
        Answer gone =
                client.post(PROJECT + "/flows/moved/rejects/discard", Map.of("ids", List.of(id)));
        assertEquals(200, gone.status(), gone.body());
        assertEquals(
                2,
                client.get(PROJECT + "/flows/moved/rejects?state=new").json().path("items").size());
    }

    @Test
    void groupsRowsByTheirCause() {
        JsonNode list = list();
        assertEquals(3, list.path("items").size());
        assertEquals(2, list.path("groups").size(), list.toString());
        JsonNode casts = list.path("groups").path(0);
        assertEquals("CAST_FAILED", casts.path("code").asString());
        assertEquals(2, casts.path("count").asInt());
        String cause = casts.path("cause").asString();
        assertEquals(2, client.get(REJECTS + "?cause=" + cause).json().path("items").size());
        JsonNode first = client.get(REJECTS + "?limit=2").json();
        String rest = REJECTS + "?limit=2&after=" + first.path("next").asString();
        assertEquals(1, client.get(rest).json().path("items").size());
    }

    @Test
    void mendsRehearsesAndReplaysARow() throws SQLException {
        String id = id(list(), "2");
        Map<String, Object> row = Map.of("row", Map.of("amount", "20"));
        Answer mended = client.patch(REJECTS + "/" + id, row);
        assertEquals(200, mended.status(), mended.body());
        Map<String, Object> dry = Map.of("ids", List.of(id, id(list(), "3")), "dry_run", true);
        JsonNode rehearsed = client.post(REJECTS + "/replay", dry).json();
        assertEquals(1, rehearsed.path("written").asInt(), rehearsed.toString());
        assertEquals(1, rehearsed.path("rejected").asInt());
        assertEquals("1=5", copies(), "a rehearsal leaves nothing");
        assertEquals(3, list().path("items").size(), "and settles nothing");
        JsonNode replayed = client.post(REJECTS + "/replay", Map.of("ids", List.of(id))).json();
        assertEquals(1, replayed.path("written").asInt(), replayed.toString());
        assertEquals("1=5 2=20", copies());
        assertEquals(2, list().path("items").size());
        JsonNode again = client.post(REJECTS + "/replay", Map.of("ids", List.of(id))).json();
        assertEquals(0, again.path("written").asInt(), "a row is replayed once");
        assertEquals("1=5 2=20", copies());
    }

    @Test
    void rehearsesInTheTarget() throws SQLException {
        sql("b.db", "insert into copies values (2, 9)");
        String id = id(list(), "2");
        client.patch(REJECTS + "/" + id, Map.of("row", Map.of("amount", "20")));
        JsonNode rehearsed =
                client.post(REJECTS + "/replay", Map.of("ids", List.of(id), "dry_run", true))
                        .json();
        assertEquals("KEY_TAKEN", rehearsed.path("results").path(0).path("code").asString());
    }

    @Test
    void tellsWhichFlowsHaveRowsToMend() {
        JsonNode waiting = client.get(PROJECT + "/rejects").json().path("items");
        assertEquals("copy", waiting.path(0).path("flow").asString(), waiting.toString());
        assertEquals(3, waiting.path(0).path("rows").asInt());
        String cause = list().path("groups").path(0).path("cause").asString();
        client.post(REJECTS + "/discard", Map.of("cause", cause));
        waiting = client.get(PROJECT + "/rejects").json().path("items");
        assertEquals(1, waiting.path(0).path("rows").asInt(), waiting.toString());
        assertEquals(204, client.call("DELETE", PROJECT + "/flows/copy", null, "*").status());
        assertEquals(0, client.get(PROJECT + "/rejects").json().path("items").size());
    }

    @Test
    void saysThatAStepIsGone() {
        String id = id(list(), "2");
        String text =
                """
                flow: copy
                steps:
                  in: {read: db.orders}
                  mapped: {from: in, map: {id: id, amount: cast(amount as bigint)}}
                  other: {from: mapped, write: out.copies, mode: append}
                """;
        client.put(PROJECT + "/flows/copy", Map.of("text", text), "*");
        client.call("POST", PROJECT + "/flows/copy/publish", Map.of("revision", 2), "*");
        JsonNode replayed = client.post(REJECTS + "/replay", Map.of("ids", List.of(id))).json();
        assertEquals(1, replayed.path("rejected").asInt(), replayed.toString());
        JsonNode result = replayed.path("results").path(0);
        assertEquals("STEP_UNKNOWN", result.path("code").asString(), replayed.toString());
        assertEquals(3, list().path("items").size(), "it waits on, with its own cause");
        assertEquals("CAST_FAILED", list().path("items").path(0).path("code").asString());
        String known = text.replace("mode: append", "mode: append, formerly: out");
        client.put(PROJECT + "/flows/copy", Map.of("text", known), "*");
        client.call("POST", PROJECT + "/flows/copy/publish", Map.of("revision", 3), "*");
        client.patch(REJECTS + "/" + id, Map.of("row", Map.of("amount", "20")));
        JsonNode mended = client.post(REJECTS + "/replay", Map.of("ids", List.of(id))).json();
        assertEquals(1, mended.path("written").asInt(), mended.toString());
    }

    @Test
    void discardsACauseAtOnce() {
        String cause = list().path("groups").path(0).path("cause").asString();
        Answer answer = client.post(REJECTS + "/discard", Map.of("cause", cause));
        assertEquals(2, answer.json().path("discarded").asInt(), answer.body());
        assertEquals(1, list().path("items").size());
        assertEquals(2, client.get(REJECTS + "?state=discarded").json().path("items").size());
    }

    @Test
    void refusesWhatMakesNoSense() {
        String id = id(list(), "2");
        Answer column = client.patch(REJECTS + "/" + id, Map.of("row", Map.of("amont", "1")));
        assertEquals(422, column.status());
        assertTrue(column.json().path("fix").asString().contains("amount"), column.body());
        assertEquals(404, client.patch(REJECTS + "/x", Map.of("row", Map.of())).status());
        assertEquals(422, client.post(REJECTS + "/replay", Map.of()).status());
        assertEquals(422, client.get(REJECTS + "?state=old").status());
    }
}
