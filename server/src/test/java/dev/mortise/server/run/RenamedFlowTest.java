package dev.mortise.server.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.server.live.Client;
import dev.mortise.server.live.Client.Answer;
import dev.mortise.server.live.LiveServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A flow that was renamed goes on where it stood.
@Tag("live")
class RenamedFlowTest {
    private static final String PROJECT = "/api/projects/sales";
    private static final String FLOWS = PROJECT + "/flows/";
    private static final String FLOW =
            """
            flow: copy
            steps:
              orders: {read: db.orders, incremental: {by: id}}
              copies: {from: orders, write: db.copies, mode: upsert, key: [id]}
            """;

    private final Path file;
    private final LiveServer server;
    private final Client client;

    RenamedFlowTest(@TempDir Path home) throws IOException {
        file = Files.createDirectories(home.resolve("projects/sales")).resolve("db.db");
        server = LiveServer.start(home);
        client = server.administrator();
    }

    @BeforeEach
    void runs() throws SQLException {
        sql("create table orders (id integer primary key, amount integer)");
        sql("insert into orders values (1, 5), (2, 6)");
        client.post("/api/projects", Map.of("name", "sales"));
        client.publish(PROJECT, "connections", "db", "connection: db\ntype: sqlite\npath: db.db\n");
        client.publish(PROJECT, "flows", "copy", FLOW);
        run("copy", 2);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private long sql(String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement one = connection.createStatement()) {
            if (!one.execute(statement)) {
                return 0;
            }
            try (ResultSet row = one.getResultSet()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private void run(String flow, long written) {
        Answer started = client.post(PROJECT + "/runs", Map.of("flow", flow));
        assertEquals(202, started.status(), started.body());
        String id = started.json().path("id").asString();
        JsonNode run = RunWait.over(client, PROJECT + "/runs/" + id);
        assertEquals("succeeded", run.path("state").asString(), run.toString());
        assertEquals(written, run.path("rows_written").asLong(), run.toString());
    }

    private JsonNode rename(String from, String to) {
        Answer renamed = client.call("POST", FLOWS + from + "/rename", Map.of("name", to), "*");
        assertEquals(200, renamed.status(), renamed.body());
        return renamed.json().path("document");
    }

    @Test
    void goesOnWhereItStood() throws SQLException {
        JsonNode renamed = rename("copy", "copies");
        assertEquals(
                FLOW.replace("flow: copy\n", "flow: copies\nformerly: copy\n"),
                renamed.path("text").asString());
        sql("insert into orders values (3, 7)");
        // The row at the cursor is read again, and the one before it is not.
        run("copies", 2);
        assertEquals(3, sql("select count(*) from copies"));
        rename("copies", "third");
        run("third", 1);
        assertEquals(FLOW, rename("third", "copy").path("text").asString());
        run("copy", 1);
    }

    @Test
    void keepsItWhenAnOlderTextComesBack() {
        rename("copy", "copies");
        Answer old = client.call("POST", FLOWS + "copies/revert", Map.of("revision", 1), "*");
        assertEquals(200, old.status(), old.body());
        assertEquals(
                FLOW.replace("flow: copy\n", "flow: copies\nformerly: copy\n"),
                old.json().path("text").asString());
    }

    @Test
    void bringsItsRunsAlong() {
        rename("copy", "copies");
        JsonNode runs = client.get(PROJECT + "/runs?flow=copies").json().path("items");
        assertEquals(1, runs.size(), runs.toString());
        assertEquals(0, client.get(PROJECT + "/runs?flow=copy").json().path("items").size());
        JsonNode found = client.get(PROJECT + "/runs?query=opies").json().path("items");
        assertEquals(1, found.size(), found.toString());
    }

    @Test
    void lendsItsProgressToNoNewFlowOfItsOldName() {
        rename("copy", "copies");
        Answer saved = client.put(FLOWS + "copy", Map.of("text", FLOW), null);
        assertEquals(200, saved.status(), saved.body());
        Answer refused = client.post(FLOWS + "copy/publish", Map.of("revision", 1));
        assertEquals(409, refused.status(), refused.body());
        assertTrue(refused.body().contains("as flow 'copies' does"), refused.body());
        String other = FLOW.replace("flow: copy\n", "flow: copy\nformerly: copy_2\n");
        client.put(FLOWS + "copy", Map.of("text", other), "\"1\"");
        Answer published = client.post(FLOWS + "copy/publish", Map.of("revision", 2));
        assertEquals(200, published.status(), published.body());
    }

    @Test
    void saysNothingOfANameUnderWhichItNeverRan() {
        client.publish(PROJECT, "flows", "idle", FLOW.replace("copy", "idle"));
        assertEquals(FLOW.replace("copy", "busy"), rename("idle", "busy").path("text").asString());
    }
}
