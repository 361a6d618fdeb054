package dev.mortise.server.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mortise.server.live.Client;
import dev.mortise.server.live.LiveServer;
import dev.mortise.testkit.live.Await;
import dev.mortise.testkit.live.LocalMariaDb;
import dev.mortise.testkit.live.LocalPostgres;
import dev.mortise.testkit.live.LocalServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Cancelling a run ends what it had the systems do.
@Tag("live")
class CancelTest {
    private static final String PROJECT = "/api/projects/sales";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final LiveServer server;
    private final Client client;

    CancelTest(@TempDir Path home) {
        server = LiveServer.start(home);
        client = server.administrator();
        client.post("/api/projects", Map.of("name", "sales"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /// @param database where `slow` is, which takes minutes to read
    /// @param active counts the statements that still read it
    private void cancels(LocalServer database, String active) throws SQLException {
        client.publish(
                PROJECT, "connections", "db", database.connection("db", database.database()));
        client.publish(
                PROJECT, "connections", "out", "connection: out\ntype: sqlite\npath: out.db\n");
        client.publish(
                PROJECT,
                "flows",
                "slow",
                """
                flow: slow
                steps:
                  in: {read: db.slow}
                  out: {from: in, write: out.copies, mode: append}
                """);
        String run =
                client.post(PROJECT + "/runs", Map.of("flow", "slow")).json().path("id").asString();
        Await.until("the statement runs", PATIENCE, () -> count(database, active) > 0);
        assertEquals(202, client.post(PROJECT + "/runs/" + run + "/cancel", Map.of()).status());
        Await.until("the statement is gone", PATIENCE, () -> count(database, active) == 0);
        JsonNode over = RunWait.over(client, PROJECT + "/runs/" + run);
        assertEquals("cancelled", over.path("state").asString(), over.toString());
    }

    private static long count(LocalServer database, String query) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    @Test
    void endsTheStatementInPostgres() throws SQLException {
        try (LocalPostgres database = LocalPostgres.start()) {
            database.execute(
                    "create view slow as select i as id, pg_sleep(1)::text as s"
                            + " from generate_series(1, 300) i");
            cancels(
                    database,
                    "select count(*) from pg_stat_activity where state = 'active'"
                            + " and query ilike '%slow%' and pid <> pg_backend_pid()");
        }
    }

    @Test
    void endsTheStatementInMariaDb() throws SQLException {
        try (LocalMariaDb database = LocalMariaDb.start()) {
            database.execute(
                    "create table many as select seq as id from seq_1_to_300",
                    "create view slow as select id, sleep(1) as s from many");
            cancels(
                    database,
                    "select count(*) from information_schema.processlist where command <> 'Sleep'"
                            + " and info like '%slow%' and id <> connection_id()");
        }
    }
}
