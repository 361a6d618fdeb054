package dev.mortise.server.document;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.server.live.Client;
import dev.mortise.server.live.Client.Answer;
import dev.mortise.server.live.LiveServer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Locks, renaming, tags, export and import, with SQLite below.
@Tag("live")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeskTest {
    private static final String DB = "connection: db\ntype: sqlite\npath: a.db\n";

    LiveServer server;
    Client client;
    private int projects;

    /// As in the settings of a server.
    String database() throws SQLException {
        return "";
    }

    @BeforeAll
    void start(@TempDir Path home) throws SQLException {
        server = LiveServer.start(home, database());
        client = server.administrator();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private String project() {
        String name = "p" + ++projects;
        assertEquals(201, client.post("/api/projects", Map.of("name", name)).status());
        return "/api/projects/" + name;
    }

    private static String flow(String name, String dataset) {
        return """
        # why
        flow: %s
        steps:
          in: {read: %s}
          out: {from: in, write: db.copies, mode: append}
        """
                .formatted(name, dataset);
    }

    private Answer save(String path, String text) {
        Answer saved = client.put(path, Map.of("text", text), null);
        assertEquals(200, saved.status(), saved.body());
        return saved;
    }

    @Test
    void letsOnePersonEditAtATime() {
        String flow = project() + "/flows/a";
        save(flow, flow("a", "db.orders"));
        Answer mine = client.put(flow + "/lock", Map.of(), null);
        assertEquals("root", mine.json().path("holder").asString(), mine.body());
        assertEquals("root", client.get(flow).json().at("/lock/holder").asString());
        assertEquals(200, client.put(flow + "/lock", Map.of(), null).status());
        assertEquals(204, client.delete(flow + "/lock", null).status());
        assertTrue(client.get(flow).json().path("lock").isNull());
    }

    private Answer rename(String path, String to) {
        return client.call("POST", path + "/rename", Map.of("name", to), "*");
    }

    @Test
    void renamesInTheText() {
        String project = project();
        save(project + "/connections/db", DB);
        save(project + "/flows/a", flow("a", "db.orders"));
        client.post(project + "/flows/a/publish", Map.of("revision", 1));
        Answer flow =
                client.call("POST", project + "/flows/a/rename", Map.of("name", "b"), "\"1\"");
        assertEquals(200, flow.status(), flow.body());
        assertEquals(flow("b", "db.orders"), flow.json().at("/document/text").asString());
        assertEquals("published", flow.json().at("/document/state").asString());
        assertEquals(404, client.get(project + "/flows/a").status());
        assertEquals(2, client.get(project + "/flows/b/revisions").json().path("items").size());
        save(project + "/connections/d3", DB.replace("db\n", "d3\n"));
        assertEquals(409, rename(project + "/connections/db", "d3").status());
    }

    @Test
    void letsFlowsFollowTheirConnection() {
        String project = project();
        save(project + "/connections/db", DB);
        save(project + "/connections/db2", DB.replace("db\n", "db2\n"));
        for (String name : List.of("draft", "changed", "used")) {
            save(project + "/flows/" + name, flow(name, "db.orders"));
        }
        save(project + "/flows/other", flow("other", "db2.db").replace("db.copies", "db2.db"));
        save(project + "/flows/torn", "flow: torn\nsteps: [db.orders\n");
        for (String name : List.of("changed", "used")) {
            client.post(project + "/flows/" + name + "/publish", Map.of("revision", 1));
        }
        String none = flow("changed", "db2.orders").replace("db.copies", "db2.copies");
        client.put(project + "/flows/changed", Map.of("text", none), "\"1\"");

        JsonNode uses = client.get(project + "/connections/db/uses?limit=2").json();
        assertEquals(4, uses.path("total").asInt(), uses.toString());
        assertEquals("changed", uses.at("/items/0/flow").asString());
        assertEquals(
                "{\"path\":\"steps.in.read\",\"line\":4}", uses.at("/items/1/places/0").toString());
        String rest = "/connections/db/uses?after=" + uses.path("next").asString();
        assertEquals("torn", client.get(project + rest).json().at("/items/0/flow").asString());
        assertEquals(404, client.get(project + "/connections/none/uses").status());

        JsonNode renamed = rename(project + "/connections/db", "erp").json();
        assertEquals("torn", renamed.at("/references/0/name").asString(), renamed.toString());
        assertEquals(1, renamed.path("references").size());
        assertEquals(3, renamed.path("changed").size());
        JsonNode used = client.get(project + "/flows/used").json();
        assertEquals(
                flow("used", "erp.orders").replace("db.copies", "erp.copies"),
                used.path("text").asString());
        assertEquals("published", used.path("state").asString());
        assertEquals("[]", used.path("problems").toString());
        JsonNode changed = client.get(project + "/flows/changed").json();
        assertEquals(none, changed.path("text").asString());
        assertEquals("changed", changed.path("state").asString());
        int now = changed.path("published_revision").asInt();
        JsonNode old = client.get(project + "/flows/changed/revisions/" + now).json();
        assertTrue(old.path("text").asString().contains("{read: erp.orders}"), old.toString());
        assertEquals("connection db is now called erp", old.path("message").asString());
        assertEquals("root", old.path("author").asString());
        JsonNode draft = client.get(project + "/flows/draft").json();
        assertEquals("draft", draft.path("state").asString());
        assertEquals(2, draft.path("revision").asInt());
        assertEquals(1, client.get(project + "/flows/other").json().path("revision").asInt());
    }

    @Test
    void renamesNoConnectionWhileSomebodyEditsAFlowThatNamesIt() {
        String project = project();
        save(project + "/connections/db", DB);
        save(project + "/flows/a", flow("a", "db.orders"));
        save(project + "/flows/b", flow("b", "db.orders"));
        save(project + "/flows/odd", flow("odd", "\"\\u0064b.orders\""));
        Client ann = server.person(client, "ann-" + projects, Map.of("*", "developer"));
        ann.put(project + "/flows/a/lock", Map.of(), null);
        Answer refused = rename(project + "/connections/db", "erp");
        assertEquals(423, refused.status(), refused.body());
        JsonNode problems = refused.json().path("problems");
        assertEquals("flows/a.yaml", problems.at("/0/place").asString(), refused.body());
        assertEquals("flows/odd.yaml:4", problems.at("/1/place").asString(), refused.body());
        assertEquals(1, client.get(project + "/flows/b").json().path("revision").asInt());
        assertEquals(200, client.get(project + "/connections/db").status());
    }

    @Test
    void letsOthersFollowAFlow() {
        String project = project();
        save(project + "/connections/db", DB);
        save(project + "/flows/a", flow("a", "db.orders"));
        save(project + "/flows/b", flow("b", "db.orders"));
        Map<String, Object> after = Map.of("flow", "b", "depends_on", List.of(Map.of("flow", "a")));
        assertEquals(201, client.post(project + "/schedules", after).status());
        Map<String, Object> rule =
                Map.of("name", "r", "on", "failure", "flow", "a", "channels", List.of());
        Answer made = client.post(project + "/rules", rule);
        assertEquals(201, made.status(), made.body());
        assertEquals(200, rename(project + "/flows/a", "x").status());
        JsonNode schedule = client.get(project + "/schedules").json().at("/items/0");
        assertEquals("x", schedule.at("/depends_on/0/flow").asString(), schedule.toString());
        JsonNode rules = client.get(project + "/rules").json();
        assertEquals("x", rules.at("/items/0/flow").asString(), rules.toString());
    }

    @Test
    void renamesWhatRunsUseBesideTheDraft() {
        String project = project();
        save(project + "/connections/db", DB);
        save(project + "/flows/a", flow("a", "db.orders"));
        client.post(project + "/flows/a/publish", Map.of("revision", 1));
        client.put(project + "/flows/a", Map.of("text", flow("a", "db.drafts")), "\"1\"");
        JsonNode renamed =
                client.call("POST", project + "/flows/a/rename", Map.of("name", "b"), "\"2\"")
                        .json();
        assertEquals("changed", renamed.at("/document/state").asString(), renamed.toString());
        int used = renamed.at("/document/published_revision").asInt();
        assertEquals(
                flow("b", "db.orders"),
                client.get(project + "/flows/b/revisions/" + used).json().path("text").asString());
        assertEquals(
                flow("b", "db.drafts"),
                client.get(project + "/flows/b").json().path("text").asString());
    }

    @Test
    void keepsTagsBesideTheText() {
        String flow = project() + "/flows/a";
        save(flow, flow("a", "db.orders"));
        Answer tagged = client.put(flow + "/tags", Map.of("tags", List.of("财务", "daily")), null);
        assertEquals("[\"daily\",\"财务\"]", tagged.json().path("tags").toString());
        assertEquals(1, tagged.json().path("revision").asInt());
        assertEquals(
                422, client.put(flow + "/tags", Map.of("tags", List.of("a,b")), null).status());
    }

    @Test
    void importsWhatItExported() {
        String from = project();
        save(from + "/connections/db", DB);
        save(from + "/flows/a", flow("a", "db.orders") + "# é中😀\r\n");
        client.put(
                from + "/flows/a/layout",
                Map.of("layout", Map.of("in", Map.of("x", 1, "y", 2))),
                null);
        client.put(from + "/flows/a/tags", Map.of("tags", List.of("daily")), null);
        byte[] zip = client.download(from + "/export");
        String to = project();
        Answer dry = client.upload(to + "/import?dry_run=true", "application/zip", zip);
        assertEquals(200, dry.status(), dry.body());
        assertEquals("added", dry.json().at("/changes/0/change").asString());
        assertEquals(404, client.get(to + "/flows/a").status());
        Answer done = client.upload(to + "/import?publish=true", "application/zip", zip);
        assertEquals(200, done.status(), done.body());
        assertArrayEquals(zip, client.download(to + "/export"));
        assertEquals("published", client.get(to + "/flows/a").json().path("state").asString());
        Answer again = client.upload(to + "/import", "application/zip", zip);
        assertEquals("same", again.json().at("/changes/1/change").asString());
        assertEquals(1, client.get(to + "/flows/a").json().path("revision").asInt());
    }

    @Test
    void showsTheDifferenceAndRemovesOnlyWhenAsked() {
        String from = project();
        save(from + "/connections/db", DB);
        save(from + "/flows/a", flow("a", "db.orders"));
        byte[] zip = client.download(from + "/export");
        String to = project();
        save(to + "/flows/a", flow("a", "db.other"));
        save(to + "/flows/extra", flow("extra", "db.orders"));
        JsonNode dry =
                client.upload(to + "/import?dry_run=true&remove=true", "application/zip", zip)
                        .json();
        assertTrue(dry.toString().contains("-  in: {read: db.other}"), dry.toString());
        assertTrue(dry.toString().contains("+  in: {read: db.orders}"), dry.toString());
        assertTrue(dry.toString().contains("\"change\":\"removed\""), dry.toString());
        client.upload(to + "/import", "application/zip", zip);
        assertEquals(200, client.get(to + "/flows/extra").status());
        client.upload(to + "/import?remove=true", "application/zip", zip);
        assertEquals(404, client.get(to + "/flows/extra").status());
    }

    @Test
    void publishesAllOfAnImportOrNothing() {
        String from = project();
        save(from + "/connections/db", DB);
        save(from + "/flows/good", flow("good", "db.orders"));
        save(from + "/flows/wrong", flow("wrong", "nowhere.orders"));
        byte[] zip = client.download(from + "/export");
        String to = project();
        Answer refused = client.upload(to + "/import?publish=true", "application/zip", zip);
        assertEquals(422, refused.status(), refused.body());
        assertEquals("CONNECTION_UNKNOWN", refused.code());
        assertEquals(0, client.get(to + "/flows").json().path("items").size());
    }
}
