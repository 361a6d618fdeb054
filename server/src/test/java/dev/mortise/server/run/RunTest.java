package dev.mortise.server.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.server.live.Client;
import dev.mortise.server.live.Client.Answer;
import dev.mortise.server.live.LiveServer;
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
class RunTest {
    private static final String PROJECT = "/api/projects/sales";
    private static final String RUNS = PROJECT + "/runs";
    private static final String FLOW =
            """
            flow: copy
            steps:
              orders: {read: from.orders}
              whole: {from: orders, expect: [{rule: amount > 0, otherwise: reject}]}
              copies: {from: whole, write: to.copies, mode: upsert, key: [id]}
            verify: {after: full}
            """;

    private final Path home;
    private final LiveServer server;
    private final Client client;

    RunTest(@TempDir Path home) throws java.io.IOException, SQLException {
        this.home = home;
        Files.createDirectories(folder());
        sql("from.db", "create table orders (id integer primary key, amount integer)");
        server = LiveServer.start(home);
        client = server.administrator();
        client.post("/api/projects", Map.of("name", "sales"));
        client.publish(
                PROJECT, "connections", "from", "connection: from\ntype: sqlite\npath: from.db\n");
        client.publish(PROJECT, "connections", "to", "connection: to\ntype: sqlite\npath: to.db\n");
        client.publish(PROJECT, "flows", "copy", FLOW);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Path folder() {
        return home.resolve("projects").resolve("sales");
    }

    private void sql(String file, String... statements) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection("jdbc:sqlite:" + folder().resolve(file));
                Statement statement = connection.createStatement()) {
            for (String one : statements) {
                statement.execute(one);
            }
        }
    }

    private long count(String file, String query) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection("jdbc:sqlite:" + folder().resolve(file));
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    private String start(Map<String, Object> wish) {
        Answer answer = client.post(RUNS, wish);
        assertEquals(202, answer.status(), answer.body());
        return answer.json().path("id").asString();
    }

    private JsonNode run(Map<String, Object> wish) {
        return RunWait.over(client, RUNS + "/" + start(wish));
    }

    @Test
    void runsThePublishedRevisionAndKeepsWhatItSays() throws SQLException {
        sql("from.db", "insert into orders values (1, 5), (2, 0), (3, 7)");
        JsonNode run = run(Map.of("flow", "copy"));
        assertEquals("rejected", run.path("state").asString(), run.toString());
        assertEquals(2, run.path("rows_written").asLong());
        assertEquals(1, run.path("rows_rejected").asLong());
        assertEquals(3, run.path("rows_read").asLong());
        JsonNode receipt = run.path("receipt");
        assertEquals(2, receipt.path("steps").path("copies").path("rows_out").asLong());
        assertEquals(0, receipt.path("verification").path("missing").asLong());
        assertEquals("write", run.path("steps").path(2).path("kind").asString());
        assertEquals("succeeded", run.path("steps").path(2).path("state").asString());
        assertEquals(1, run.path("attempts").size());
        assertEquals(2, count("to.db", "select count(*) from copies"));
        String path = RUNS + "/" + run.path("id").asString();
        JsonNode report = client.get(path + "/verification").json();
        assertEquals("go", report.path("verdict").asString());
        JsonNode lines = client.get(path + "/log?query=FINISHED").json().path("items");
        assertEquals(2, lines.size(), lines.toString());
        assertTrue(client.get(path + "/log?level=warn").json().path("items").size() > 0);
    }

    @Test
    void refusesWhatCannotRun() {
        assertEquals(404, client.post(RUNS, Map.of("flow", "nothing")).status());
        Answer unknown = client.post(RUNS, Map.of("flow", "copy", "steps", List.of("whole")));
        assertEquals(422, unknown.status());
        assertEquals("STEP_UNKNOWN", unknown.code());
        Answer late = client.post(RUNS, Map.of("flow", "copy", "revision", 7));
        assertEquals(404, late.status(), late.body());
    }

    @Test
    void saysWhyARunFailed() throws SQLException {
        sql("from.db", "drop table orders");
        JsonNode run = run(Map.of("flow", "copy"));
        assertEquals("failed", run.path("state").asString());
        assertEquals("DATASET_MISSING", run.path("problem").path("code").asString());
        sql("from.db", "create table orders (id integer primary key, amount integer)");
        String id = run.path("id").asString();
        JsonNode again = run(Map.of("rerun_of", id, "failed_only", true));
        assertEquals("succeeded", again.path("state").asString(), again.toString());
        assertEquals("retry", again.path("trigger").asString());
        assertTrue(client.get(RUNS + "/" + id).body().contains("no table or view"), "in English");
        client.with("Accept-Language", "zh-CN,zh;q=0.9");
        for (String path : List.of(RUNS, RUNS + "/" + id, RUNS + "/" + id + "/events")) {
            Answer told = client.get(path);
            assertTrue(told.body().contains("没有表或视图"), told.body());
        }
        Answer unknown = client.get(RUNS + "/none");
        assertEquals("没有运行 'none'", unknown.json().path("detail").asString());
        assertEquals("不存在", unknown.json().path("title").asString());
        assertTrue(unknown.headers().allValues("Vary").contains("Accept-Language"));
    }

    /// Left alone, it would be begun anew each time its lease has run out.
    @Test
    void endsARunThatMetAnError() {
        client.publish(PROJECT, "connections", "ill", "connection: ill\ntype: broken\n");
        String flow = FLOW.replace("from.orders", "ill.orders").replace("flow: copy", "flow: ill");
        client.put(PROJECT + "/flows/ill", Map.of("text", flow), null);
        JsonNode run = run(Map.of("flow", "ill", "revision", 1));
        assertEquals("failed", run.path("state").asString(), run.toString());
        assertEquals(1, run.path("attempt").asInt());
        assertEquals("INTERNAL", run.path("problem").path("code").asString());
    }

    @Test
    void listsWhatIsAskedFor() throws SQLException {
        sql("from.db", "insert into orders values (1, 5)");
        String first = run(Map.of("flow", "copy")).path("id").asString();
        String second = run(Map.of("flow", "copy")).path("id").asString();
        JsonNode page = client.get(RUNS + "?limit=1").json();
        assertEquals(second, page.path("items").path(0).path("id").asString());
        String next = page.path("next").asString();
        JsonNode rest = client.get(RUNS + "?limit=1&after=" + next).json();
        assertEquals(first, rest.path("items").path(0).path("id").asString());
        for (String filter :
                List.of(
                        "flow=copy",
                        "state=succeeded,failed",
                        "trigger=manual",
                        "actor=root",
                        "query=COP",
                        "ended_after=2020-01-01T00:00:00Z")) {
            assertEquals(2, client.get(RUNS + "?" + filter).json().path("items").size(), filter);
        }
        for (String filter :
                List.of(
                        "flow=cop",
                        "state=failed",
                        "trigger=schedule",
                        "actor=nobody",
                        "query=xyz",
                        "ended_before=2020-01-01T00:00:00Z")) {
            assertEquals(0, client.get(RUNS + "?" + filter).json().path("items").size(), filter);
        }
        JsonNode flow = client.get(PROJECT + "/flows?query=copy").json().at("/items/0");
        assertEquals(second, flow.at("/last_run/id").asString(), flow.toString());
        assertEquals(2, client.get("/api/runs").json().path("items").size());
    }

    @Test
    void tellsWhoWatchesUntilTheRunIsOver() throws SQLException {
        sql("from.db", "insert into orders values (1, 5)");
        String id = start(Map.of("flow", "copy"));
        Answer stream = client.get(RUNS + "/" + id + "/events");
        assertEquals(200, stream.status(), stream.body());
        assertTrue(stream.body().contains("event:state"), stream.body());
        assertTrue(stream.body().contains("event:log"), stream.body());
        assertTrue(stream.body().contains("event:progress"), stream.body());
        assertTrue(stream.body().contains("\"state\":\"succeeded\""), stream.body());
        client.with("Last-Event-ID", "9999");
        Answer rest = client.get(RUNS + "/" + id + "/events");
        assertFalse(rest.body().contains("event:log"), rest.body());
    }

    @Test
    void hidesRunsOfOtherProjects() {
        String id = start(Map.of("flow", "copy"));
        client.post("/api/projects", Map.of("name", "other"));
        assertEquals(404, client.get("/api/projects/other/runs/" + id).status());
        assertEquals(401, server.client().get(RUNS + "/" + id).status());
    }
}
