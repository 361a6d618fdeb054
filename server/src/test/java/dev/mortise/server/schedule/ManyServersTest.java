package dev.mortise.server.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.server.live.Client;
import dev.mortise.server.live.Client.Answer;
import dev.mortise.server.live.ServerProcess;
import dev.mortise.server.store.TestDatabase;
import dev.mortise.testkit.live.Await;
import dev.mortise.testkit.live.LocalPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Servers that share one PostgreSQL and are paused at random, each for longer than its lease: each
/// time starts one run, and each run moves its rows once. `-Dmortise.fires=500` for the full size.
@Tag("live")
class ManyServersTest {
    private static final int SERVERS = 3;
    private static final int FLOWS = 5;
    private static final long ROWS = 500;

    /// Longer than a lease, now and then.
    private static final long PAUSE_NANOS = 3_500_000_000L;

    private static final String OPEN = "state in ('waiting', 'running')";
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final String PROJECT = "/api/projects/sales";

    /// Servers that share a database share the key to its secrets.
    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

    private final Path home;
    private final long seed = Long.getLong("mortise.seed", new Random().nextLong());
    private final Random random = new Random(seed);

    ManyServersTest(@TempDir Path home) {
        this.home = home;
    }

    @Test
    void startEachTimeOnce() throws SQLException {
        int fires = Integer.getInteger("mortise.fires", 40);
        int minutes = Math.min(fires / FLOWS, FirePlan.TIMES_MAX);
        System.err.println("seed " + seed + ", fires " + fires);
        List<ServerProcess> servers = new ArrayList<>();
        try (LocalPostgres postgres = LocalPostgres.start()) {
            String url = TestDatabase.url(postgres);
            String database = url.substring(url.lastIndexOf('/') + 1);
            try {
                for (int i = 0; i < SERVERS; i++) {
                    servers.add(server(i, url));
                }
                Client client = servers.getFirst().administrator();
                prepare(client, postgres);
                overdue(postgres, database, minutes);
                watch(servers, postgres, database, minutes * FLOWS);
            } finally {
                servers.forEach(ServerProcess::close);
            }
        }
    }

    private ServerProcess server(int number, String url) {
        return ServerProcess.start(
                home.resolve("s" + number),
                0,
                url,
                Map.of("MORTISE_LEASE_SECONDS", "2", "MORTISE_KEY", KEY));
    }

    private static void prepare(Client client, LocalPostgres postgres) throws SQLException {
        postgres.execute(
                "create table orders (id integer primary key)",
                "insert into orders select generate_series(1, 500)");
        for (int i = 0; i < FLOWS; i++) {
            postgres.execute("create table copies" + i + " (id integer)");
        }
        client.post("/api/projects", Map.of("name", "sales"));
        client.publish(
                PROJECT, "connections", "db", postgres.connection("db", postgres.database()));
        for (int i = 0; i < FLOWS; i++) {
            flow(client, i);
        }
    }

    private static void flow(Client client, int number) {
        client.publish(
                PROJECT,
                "flows",
                "copy" + number,
                """
                flow: copy%1$d
                steps:
                  in: {read: db.orders}
                  out: {from: in, write: db.copies%1$d, mode: append}
                """
                        .formatted(number));
        Answer made =
                client.post(
                        PROJECT + "/schedules",
                        Map.of(
                                "flow", "copy" + number,
                                "cron", "* * * * *",
                                "zone", "UTC",
                                "missed", "all",
                                "concurrency", "queue"));
        assertEquals(201, made.status(), made.body());
    }

    /// As if no server had been there for so many minutes.
    private static void overdue(LocalPostgres postgres, String database, int minutes)
            throws SQLException {
        postgres.executeIn(
                database,
                "update schedule set next_at = (extract(epoch from clock_timestamp())::bigint / 60"
                        + " - "
                        + (minutes - 1)
                        + ") * 60000");
    }

    private void watch(
            List<ServerProcess> servers, LocalPostgres postgres, String database, int wanted)
            throws SQLException {
        pausing(servers, () -> count(postgres, database, "select count(*) from fire") >= wanted);
        postgres.executeIn(database, "update schedule set paused = 1");
        pausing(
                servers,
                () -> count(postgres, database, "select count(*) from run where " + OPEN) == 0);
        long fired = count(postgres, database, "select count(*) from fire");
        long started = count(postgres, database, "select count(*) from run");
        assertTrue(fired >= wanted, "fired " + fired + ", seed " + seed);
        assertEquals(fired, started, "one run a time, seed " + seed);
        assertEquals(fired, count(postgres, database, "select count(distinct run) from fire"));
        for (int i = 0; i < FLOWS; i++) {
            String mine = "from run where flow = 'copy" + i + "' and state = 'succeeded'";
            assertEquals(
                    ROWS * count(postgres, database, "select count(*) " + mine),
                    count(postgres, postgres.database(), "select count(*) from copies" + i),
                    "each run moves each row once, flow " + i + ", seed " + seed);
        }
        System.err.printf(
                "fired %d, succeeded %d, attempts %d%n",
                fired,
                count(postgres, database, "select count(*) from run where state = 'succeeded'"),
                count(postgres, database, "select count(*) from run_attempt"));
        assertEquals(
                started,
                count(postgres, database, "select count(*) from run where state = 'succeeded'"),
                "seed " + seed + " " + unhappy(postgres, database));
    }

    /// What the runs that did not succeed say.
    private static String unhappy(LocalPostgres postgres, String database) throws SQLException {
        try (Connection connection = postgres.connect(database);
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "select string_agg(distinct concat_ws(' ', state, problem), ' | ')"
                                        + " from run where state <> 'succeeded'")) {
            row.next();
            return String.valueOf(row.getString(1));
        }
    }

    /// Freezes one server after the other until something holds.
    private void pausing(List<ServerProcess> servers, Callable<Boolean> enough) {
        Await.until(
                "all is done, seed " + seed,
                PATIENCE,
                () -> {
                    ServerProcess one = servers.get(random.nextInt(SERVERS));
                    one.freeze();
                    long until = System.nanoTime() + random.nextLong(PAUSE_NANOS);
                    Await.until("the pause is over", PATIENCE, () -> System.nanoTime() > until);
                    one.thaw();
                    return enough.call();
                });
    }

    private static long count(LocalPostgres postgres, String database, String query)
            throws SQLException {
        try (Connection connection = postgres.connect(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }
}
