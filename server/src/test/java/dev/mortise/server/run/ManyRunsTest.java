package dev.mortise.server.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.server.RouteList;
import dev.mortise.server.live.Client;
import dev.mortise.server.live.Client.Answer;
import dev.mortise.server.live.LiveServer;
import dev.mortise.server.store.Database;
import dev.mortise.server.store.TestDatabase;
import dev.mortise.testkit.live.LocalServers;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jooq.Record;
import org.jooq.Select;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A project with many flows and many runs; `-Dmortise.flows=5000 -Dmortise.runs=200000` for as
/// many as the bar has. What it takes is printed, not judged; which indexes answer is judged.
@Tag("live")
@Tag("slow")
class ManyRunsTest {
    private static final int FLOWS = Integer.getInteger("mortise.flows", 500);
    private static final int RUNS = Integer.getInteger("mortise.runs", 20_000);
    private static final int CALLS = 40;
    private static final int LISTED = 51;
    private static final Duration SPAN = Duration.ofDays(60);
    private static final String PROJECT = "/api/projects/sales";

    private static final String FLOW =
            """
            flow: f%1$d
            steps:
              in: {read: erp.orders_%1$d}
              out: {from: in, write: lake.orders_%1$d, mode: append}
            """;

    private final Instant now = Instant.now();
    private final long first = now.minus(SPAN).toEpochMilli();
    private final long step = SPAN.toMillis() / RUNS;

    @Test
    void answersOnSqlite(@TempDir Path home) {
        try (LiveServer server = LiveServer.start(home)) {
            answers("sqlite", server);
        }
    }

    @Test
    void answersOnPostgres(@TempDir Path home) throws SQLException {
        String url = TestDatabase.url(LocalServers.postgres());
        try (LiveServer server = LiveServer.start(home, url)) {
            answers("postgres", server);
        }
    }

    private void answers(String where, LiveServer server) {
        Client client = server.administrator();
        client.post("/api/projects", Map.of("name", "sales"));
        Database database = RouteList.database(server.server());
        fill(database);
        usesIndexes(database);
        lists(where, client);
        home(where, client);
        String run = PROJECT + "/runs/" + (1_000_000 + RUNS / 2);
        JsonNode one = time(where, "run", client, run);
        assertEquals(1, one.path("attempts").size(), one.toString());
        JsonNode flows = time(where, "flows", client, PROJECT + "/flows").path("items");
        assertEquals(50, flows.size());
        assertEquals(9, flows.at("/0/last_run/rows_written").asInt(), flows.toString());
        JsonNode found = time(where, "flows found", client, PROJECT + "/flows?query=orders_321");
        assertEquals("f321", found.path("items").path(0).path("name").asString(), "" + found);
        assertEquals(200, client.get("/api/session").status());
    }

    private void lists(String where, Client client) {
        String runs = PROJECT + "/runs";
        JsonNode newest = time(where, "runs", client, runs);
        assertEquals("" + (1_000_000 + RUNS), newest.path("items").path(0).path("id").asString());
        time(where, "runs, next part", client, runs + "?after=" + newest.path("next").asString());
        every(time(where, "runs of a flow", client, runs + "?flow=f7"), "flow", "f7");
        every(time(where, "failed", client, runs + "?state=failed"), "state", "failed");
        JsonNode both = time(where, "failed of a flow", client, runs + "?flow=f1&state=cancelled");
        every(both, "state", "cancelled");
        every(both, "flow", "f1");
        String from = "?ended_after=" + Instant.ofEpochMilli(first + step * (RUNS / 2));
        String day = from + "&ended_before=" + Instant.ofEpochMilli(first + step * (RUNS / 2 + 9));
        assertEquals(9, time(where, "of a time", client, runs + day).path("items").size());
        JsonNode since = time(where, "failed since", client, runs + from + "&state=failed");
        every(since, "state", "failed");
        JsonNode none = time(where, "of no flow", client, runs + "?query=nowhere");
        assertEquals(0, none.path("items").size());
        JsonNode named = time(where, "by name", client, runs + "?query=f499");
        assertTrue(named.path("items").path(0).path("flow").asString().startsWith("f499"));
        assertEquals(50, time(where, "everywhere", client, "/api/runs").path("items").size());
        every(time(where, "failed, all", client, "/api/runs?state=failed"), "state", "failed");
    }

    private static void home(String where, Client client) {
        for (String window : List.of("24h", "7d", "30d")) {
            long begun = System.nanoTime();
            client.get(PROJECT + "/home?window=" + window);
            print(where, "home " + window + ", first", (System.nanoTime() - begun) / 1_000);
            JsonNode home =
                    time(where, "home " + window, client, PROJECT + "/home?window=" + window);
            assertTrue(home.path("transfer").path("runs").asLong() > 0, home.toString());
        }
    }

    private static void every(JsonNode page, String name, String value) {
        assertFalse(page.path("items").isEmpty(), "nothing was found: " + page);
        page.path("items").forEach(one -> assertEquals(value, one.path(name).asString()));
    }

    private static JsonNode time(String where, String what, Client client, String path) {
        long[] micros = new long[CALLS];
        Answer last = client.get(path);
        assertEquals(200, last.status(), last.body());
        for (int i = 0; i < CALLS; i++) {
            long begun = System.nanoTime();
            last = client.get(path);
            micros[i] = (System.nanoTime() - begun) / 1_000;
        }
        Arrays.sort(micros);
        print(where, what + ", p50", micros[CALLS / 2]);
        print(where, what + ", p95", micros[CALLS * 95 / 100]);
        return last.json();
    }

    private static void print(String where, String what, long micros) {
        System.err.printf(
                "%s, %,d flows, %,d runs: %-24s %,9d us%n", where, FLOWS, RUNS, what, micros);
    }

    /// Runs end one after the other, evenly over the span, a quarter of an hour ago the last.
    private void fill(Database database) {
        String number = "with recursive n(i) as (select 1 union all select i + 1 from n where i < ";
        String flows = number + FLOWS + ") ";
        String runs = number + RUNS + ") ";
        String text = FLOW.replace("%1$d", "' || i || '");
        String ended = "%d + i * cast(%d as bigint)".formatted(first, step);
        database.write(
                dsl -> {
                    dsl.execute(
                            flows
                                    + "insert into document (project, kind, name, title, connector,"
                                    + " tags, text, words, revision, published, updated_at,"
                                    + " updated_by) select 'sales', 'flows', 'f' || i, '', '', '',"
                                    + (" '" + text + "', lower('f' || i || '" + text + "'),")
                                    + " 1, 1, 0, 'test' from n");
                    dsl.execute(
                            "insert into revision (project, kind, name, revision, text, author, at,"
                                    + " message) select project, kind, name, 1, text, 'test', 0, ''"
                                    + " from document where kind = 'flows'");
                    dsl.execute(
                            runs
                                    + "insert into run (id, project, flow, revision, state, cause,"
                                    + " actor, steps, fresh, name, changed, queued_at, due_at,"
                                    + " started_at, ended_at, touched_at, attempt, failures,"
                                    + " losses, retries_max, retry_wait_seconds, rows_read,"
                                    + " rows_written, rows_rejected, cancelled, owner, epoch,"
                                    + " lease_until) select cast(1000000 + i as text), 'sales',"
                                    + (" 'f' || (i % " + FLOWS + "), 1,")
                                    + " case when i % 20 = 0 then 'failed' when i % 50 = 1 then"
                                    + " 'cancelled' else 'succeeded' end, 'schedule', 'schedule',"
                                    + " '', 0, '', 0, "
                                    + String.join(", ", ended, ended, ended + " - 3000", ended)
                                    + (", " + ended)
                                    + ", 1, 0, 0, 0, 0, 9, 9, 0, 0, '', 0, 0 from n");
                    dsl.execute(
                            "insert into run_name (project, flow) select distinct project, flow"
                                    + " from run");
                    dsl.execute(
                            "insert into run_attempt (run, attempt, state, server, started_at,"
                                    + " ended_at) select id, 1, state, 'one', started_at, ended_at"
                                    + " from run");
                    dsl.execute(
                            "insert into run_detail (run, steps, receipt) select id, '[]', '{}'"
                                    + " from run");
                    // Of itself in time; nobody does so for SQLite.
                    return database.isShared() ? dsl.execute("analyze") : 0;
                });
    }

    private static RunFilter filter(String flow, String state) {
        List<String> states = state.isEmpty() ? List.of() : List.of(state);
        return new RunFilter(List.of("sales"), flow, states, "", "", null, null, "", null);
    }

    private void usesIndexes(Database database) {
        for (RunFilter filter :
                List.of(
                        filter("", ""),
                        filter("f7", ""),
                        filter("", "failed"),
                        filter("f1", "x"))) {
            String plan = plan(database, filter);
            assertTrue(plan.contains("run_"), filter + ": " + plan);
            assertFalse(plan.contains("Seq Scan"), filter + ": " + plan);
            assertFalse(plan.contains("TEMP B-TREE"), filter + ": " + plan);
        }
        var newest = LatestRuns.newest(database.read(dsl -> dsl), "sales", List.of("f7", "f8"));
        String latest = explain(database, newest);
        assertTrue(latest.contains("run_flow"), latest);
        assertFalse(latest.contains("TEMP B-TREE"), latest);
        String old = explain(database, RunPurge.old(database.read(dsl -> dsl), now.minus(SPAN), 9));
        assertTrue(old.contains("run_over"), old);
    }

    private static String plan(Database database, RunFilter filter) {
        return explain(database, RunStore.select(database.read(dsl -> dsl), filter, LISTED));
    }

    private static String explain(Database database, Select<? extends Record> query) {
        String word = database.isShared() ? "explain " : "explain query plan ";
        return database.read(dsl -> dsl.fetch(word + dsl.renderInlined(query)).format(1_000));
    }
}
