package dev.mortise.server.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.server.live.Client;
import dev.mortise.server.live.Client.Answer;
import dev.mortise.server.live.ServerProcess;
import dev.mortise.testkit.live.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A server that is killed at random moments: what it said it has done stays done, and what was
/// under way is brought to its end. `-Dmortise.kills=200` for the full size.
@Tag("live")
class KillTest {
    private static final String PROJECT = "/api/projects/sales";
    private static final int ROWS = 20_000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path home;
    private final long seed = Long.getLong("mortise.seed", new Random().nextLong());
    private final Random random = new Random(seed);
    private final ScheduledExecutorService killer = Executors.newSingleThreadScheduledExecutor();

    /// Texts of flows by name, as they were acknowledged.
    private final Map<String, String> saved = new LinkedHashMap<>();

    private final List<String> schedules = new ArrayList<>();
    private final List<String> runs = new ArrayList<>();
    private int port;

    KillTest(@TempDir Path home) {
        this.home = home;
    }

    @Test
    void losesNothingItSaidAndFinishesWhatItBegan() throws IOException, SQLException {
        int kills = Integer.getInteger("mortise.kills", 6);
        System.err.println("seed " + seed + ", kills " + kills);
        try {
            prepare();
            for (int i = 0; i < kills; i++) {
                round(i);
            }
            settle();
        } finally {
            killer.shutdownNow();
        }
    }

    private void prepare() throws IOException, SQLException {
        Path folder = home.resolve("projects").resolve("sales");
        Files.createDirectories(folder);
        try (Connection connection =
                        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("a.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("create table orders (id integer primary key, amount integer)");
            statement.execute(
                    ("with recursive n(i) as (select 1 union all select i + 1 from n where i < %d)"
                                    + " insert into orders select i, i from n")
                            .formatted(ROWS));
        }
        try (ServerProcess server = ServerProcess.start(home, 0, "", Map.of())) {
            port = server.port();
            Client client = server.administrator();
            client.post("/api/projects", Map.of("name", "sales"));
            client.publish(
                    PROJECT, "connections", "db", "connection: db\ntype: sqlite\npath: a.db\n");
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
                      out: {from: in, write: out.copies, mode: append}
                    """);
        }
    }

    private void round(int number) {
        ServerProcess server = ServerProcess.start(home, port, "", Map.of());
        Client client = server.administrator();
        check(client);
        var kill = killer.schedule(server::kill, random.nextInt(1, 2_000), TimeUnit.MILLISECONDS);
        try {
            for (int i = 0; ; i++) {
                act(client, "f%d-%d".formatted(number, i));
            }
        } catch (java.io.UncheckedIOException _) {
            // It was killed in the middle of an answer, which therefore nobody has.
        }
        Await.until("the server is gone", PATIENCE, kill::isDone);
    }

    private void act(Client client, String name) {
        String text = "flow: %s\nsteps: {} # %d\n".formatted(name, random.nextInt());
        if (client.put(PROJECT + "/flows/" + name, Map.of("text", text), null).status() == 200) {
            saved.put(name, text);
        }
        Answer schedule =
                client.post(
                        PROJECT + "/schedules",
                        Map.of("flow", name, "cron", "0 0 1 1 *", "zone", "UTC"));
        if (schedule.status() == 201) {
            schedules.add(schedule.json().path("id").asString());
        }
        if (random.nextInt(4) == 0) {
            Answer run = client.post(PROJECT + "/runs", Map.of("flow", "copy"));
            if (run.status() == 202) {
                runs.add(run.json().path("id").asString());
            }
        }
    }

    private void check(Client client) {
        saved.forEach(
                (name, text) ->
                        assertEquals(
                                text,
                                client.get(PROJECT + "/flows/" + name)
                                        .json()
                                        .path("text")
                                        .asString(),
                                "seed " + seed));
        for (String id : schedules) {
            assertEquals(
                    200,
                    client.get(PROJECT + "/schedules/" + id).status(),
                    "schedule " + id + ", seed " + seed);
        }
        for (String id : runs) {
            assertEquals(200, client.get(PROJECT + "/runs/" + id).status(), "run, seed " + seed);
        }
    }

    /// Every run ends well, and each has moved every row once.
    private void settle() throws SQLException {
        try (ServerProcess server = ServerProcess.start(home, port, "", Map.of())) {
            Client client = server.administrator();
            check(client);
            for (String id : runs) {
                JsonNode run = RunWait.over(client, PROJECT + "/runs/" + id);
                assertEquals("succeeded", run.path("state").asString(), run + ", seed " + seed);
                assertTrue(run.path("receipt").isObject(), "green only with its receipt");
            }
        }
        // Runs whose answer was lost count, too.
        long all = count("mortise.db", "select count(*) from run where state = 'succeeded'");
        long entries = count("mortise.db", "select count(*) from audit");
        assertTrue(entries >= saved.size() + schedules.size() + runs.size(), "an entry for each");
        assertTrue(all >= runs.size());
        if (all > 0) {
            assertEquals(
                    all * ROWS,
                    count("projects/sales/b.db", "select count(*) from copies"),
                    "seed " + seed);
        }
        System.err.printf(
                "saved %d, schedules %d, runs %d (%d in all)%n",
                saved.size(), schedules.size(), runs.size(), all);
    }

    private long count(String file, String query) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection("jdbc:sqlite:" + home.resolve(file));
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }
}
