package dev.mortise.server.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.server.live.Client;
import dev.mortise.server.live.Client.Answer;
import dev.mortise.server.live.LiveServer;
import dev.mortise.server.run.RunWait;
import dev.mortise.testkit.live.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@Tag("live")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FiringTest {
    private static final String PROJECT = "/api/projects/sales";
    private static final String SCHEDULES = PROJECT + "/schedules";

    private final Path home;
    private final LiveServer server;
    private final Client client;

    FiringTest(@TempDir Path home) {
        this.home = home;
        server = LiveServer.start(home);
        client = server.administrator();
    }

    @BeforeAll
    void fill() throws java.io.IOException, SQLException {
        client.post("/api/projects", Map.of("name", "sales"));
        Path folder = home.resolve("projects").resolve("sales");
        Files.createDirectories(folder);
        try (Connection connection =
                        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("a.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("create table orders (id integer primary key)");
            statement.execute("insert into orders values (1)");
        }
        client.publish(PROJECT, "connections", "db", "connection: db\ntype: sqlite\npath: a.db\n");
        client.publish(
                PROJECT, "connections", "out", "connection: out\ntype: sqlite\npath: b.db\n");
        for (String flow : List.of("first", "then")) {
            client.publish(
                    PROJECT,
                    "flows",
                    flow,
                    """
                    flow: %1$s
                    steps:
                      in: {read: db.orders}
                      out: {from: in, write: out.%1$s, mode: replace}
                    """
                            .formatted(flow));
        }
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void keepsASchedule() {
        Answer made =
                client.post(
                        SCHEDULES, Map.of("flow", "first", "cron", "30 8 * * *", "calendar", "cn"));
        assertEquals(201, made.status(), made.body());
        JsonNode body = made.json();
        String path = SCHEDULES + "/" + body.path("id").asString();
        assertEquals("每个工作日 08:30", body.path("words").path("zh").asString());
        assertEquals(5, body.path("next").size());
        assertEquals(428, client.put(path, Map.of("flow", "first"), null).status());
        Map<String, Object> paused =
                Map.of("flow", "first", "cron", "0 9 * * *", "zone", "UTC", "paused", true);
        Answer changed = client.put(path, paused, made.etag());
        assertEquals(200, changed.status(), changed.body());
        assertEquals(412, client.put(path, paused, made.etag()).status());
        assertEquals(1, client.get(SCHEDULES).json().path("items").size());
        assertEquals(204, client.delete(path, changed.etag()).status());
        assertEquals(404, client.get(path).status());
    }

    @Test
    void refusesWhatMakesNoSense() {
        Map<String, Map<String, Object>> wrong =
                Map.of(
                        "FLOW_UNKNOWN", Map.of("flow", "none", "cron", "0 9 * * *"),
                        "VALUE_INVALID",
                                Map.of("flow", "first", "cron", "61 * * * *", "zone", "X/Y"));
        wrong.forEach(
                (code, body) -> {
                    Answer answer = client.post(SCHEDULES, body);
                    assertEquals(422, answer.status(), answer.body());
                    assertEquals(code, answer.code());
                });
        Answer both = client.post(SCHEDULES, Map.of("flow", "first"));
        assertEquals(422, both.status());
        Answer itself =
                client.post(
                        SCHEDULES,
                        Map.of("flow", "first", "depends_on", List.of(Map.of("flow", "first"))));
        assertTrue(itself.body().contains("wait for itself"), itself.body());
    }

    @Test
    void showsWhatATimeMeans() {
        JsonNode shown =
                client.post(
                                SCHEDULES + "/preview",
                                Map.of("cron", "0 9 1 10 *", "zone", "Asia/Shanghai"))
                        .json();
        assertEquals("每年 10 月 1 日 09:00", shown.path("words").path("zh").asString());
        assertTrue(shown.path("next").path(0).asString().endsWith("-10-01T01:00:00Z"));
        JsonNode holiday =
                client.post(SCHEDULES + "/preview", Map.of("cron", "0 9 1 10 *", "calendar", "cn"))
                        .json();
        assertTrue(holiday.path("next").path(0).asString().startsWith("2029"), holiday.toString());
        JsonNode wrong = client.post(SCHEDULES + "/preview", Map.of("cron", "x")).json();
        assertEquals(1, wrong.path("problems").size());
    }

    @Test
    void startsAFlowAfterAnother() {
        Answer made =
                client.post(
                        SCHEDULES,
                        Map.of("flow", "then", "depends_on", List.of(Map.of("flow", "first"))));
        assertEquals(201, made.status(), made.body());
        Answer run = client.post(PROJECT + "/runs", Map.of("flow", "first"));
        assertEquals(202, run.status(), run.body());
        JsonNode first =
                RunWait.over(client, PROJECT + "/runs/" + run.json().path("id").asString());
        assertEquals("succeeded", first.path("state").asString(), first.toString());
        String list = PROJECT + "/runs?flow=then&state=succeeded";
        Await.until(
                "the flow that follows has run",
                Duration.ofSeconds(60),
                () -> client.get(list).json().path("items").size() == 1);
        JsonNode then = client.get(list).json().path("items").path(0);
        assertEquals("dependency", then.path("trigger").asString());
        JsonNode fires =
                client.get(SCHEDULES + "/" + made.json().path("id").asString() + "/fires").json();
        assertEquals("started", fires.path("items").path(0).path("outcome").asString());
        JsonNode flow = flow("then");
        assertEquals(then.path("id"), flow.at("/last_run/id"), flow.toString());
        assertEquals("succeeded", flow.at("/last_run/state").asString());
        assertEquals(then.path("ended_at"), flow.at("/last_run/ended_at"));
        assertEquals(1, flow.at("/last_run/rows_written").asInt());
        assertEquals("{\"paused\":false,\"next_at\":null}", flow.path("schedule").toString());
    }

    @Test
    void saysThatAFlowItFollowsIsGone() {
        client.put(PROJECT + "/flows/short", Map.of("text", "flow: short\nsteps: {}\n"), null);
        Map<String, Object> wish =
                Map.of("flow", "first", "depends_on", List.of(Map.of("flow", "short")));
        Answer made = client.post(SCHEDULES, wish);
        assertEquals(201, made.status(), made.body());
        String path = SCHEDULES + "/" + made.json().path("id").asString();
        assertFalse(client.get(path).json().at("/depends_on/0/gone").asBoolean());
        assertEquals(204, client.delete(PROJECT + "/flows/short", "*").status());
        assertTrue(client.get(path).json().at("/depends_on/0/gone").asBoolean());
        assertEquals(204, client.delete(path, made.etag()).status());
    }

    private JsonNode flow(String name) {
        for (JsonNode one : client.get(PROJECT + "/flows").json().path("items")) {
            if (one.path("name").asString().equals(name)) {
                return one;
            }
        }
        throw new AssertionError("no flow '" + name + "' is listed");
    }

    @Test
    void tellsInTheListOfFlowsWhatComesNext() {
        client.put(PROJECT + "/flows/timed", Map.of("text", "flow: timed\nsteps: {}\n"), null);
        assertTrue(flow("timed").path("last_run").isNull());
        assertTrue(flow("timed").path("schedule").isNull());
        Map<String, Object> early = Map.of("flow", "timed", "cron", "0 1 1 1 *", "paused", true);
        assertEquals(201, client.post(SCHEDULES, early).status());
        assertEquals(
                "{\"paused\":true,\"next_at\":null}", flow("timed").path("schedule").toString());
        JsonNode one = client.post(SCHEDULES, Map.of("flow", "timed", "cron", "0 2 2 2 *")).json();
        JsonNode two = client.post(SCHEDULES, Map.of("flow", "timed", "cron", "0 3 3 3 *")).json();
        String first = one.at("/next/0").asString();
        String second = two.at("/next/0").asString();
        assertEquals(
                first.compareTo(second) < 0 ? first : second,
                flow("timed").at("/schedule/next_at").asString());
        assertFalse(flow("timed").at("/schedule/paused").asBoolean());
        client.delete(PROJECT + "/flows/timed", "*");
    }

    @Test
    void givesAndKeepsCalendars() {
        Answer cn = client.get("/api/calendars/cn");
        JsonNode days = cn.json().path("days");
        assertEquals("holiday", days.path("2026-10-01").asString());
        assertEquals("workday", days.path("2026-10-10").asString());
        Map<String, Object> body =
                Map.of("title", "Plant", "days", Map.of("2026-12-24", "holiday"));
        Answer made = client.put("/api/calendars/plant", body, null);
        assertEquals(200, made.status(), made.body());
        assertEquals(428, client.put("/api/calendars/plant", body, null).status());
        assertEquals(200, client.put("/api/calendars/plant", body, "\"1\"").status());
        Answer wrong =
                client.put("/api/calendars/x", Map.of("days", Map.of("2026-13-01", "off")), null);
        assertEquals(422, wrong.status());
    }
}
