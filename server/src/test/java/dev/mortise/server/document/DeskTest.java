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

    @Test
    void renamesInTheTextAndTellsWhatNamesTheOldOne() {
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
        Answer connection =
                client.call("POST", project + "/connections/db/rename", Map.of("name", "d2"), "*");
        JsonNode broken = connection.json().path("references");
        assertEquals("b", broken.at("/0/name").asString(), connection.body());
        assertEquals("CONNECTION_UNKNOWN", broken.at("/0/problems/0/code").asString());
        save(project + "/connections/d3", DB.replace("db\n", "d3\n"));
        Answer taken =
                client.call("POST", project + "/connections/d2/rename", Map.of("name", "d3"), "*");
        assertEquals(409, taken.status(), taken.body());
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
