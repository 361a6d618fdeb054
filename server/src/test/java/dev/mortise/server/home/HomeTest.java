package dev.mortise.server.home;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.mortise.server.store.Columns;
import dev.mortise.server.store.Database;
import dev.mortise.server.store.OpenedDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:34:56Z");

    private final Database database;
    private final HomeStore store;

    HomeTest(@TempDir Path home) {
        database = OpenedDatabase.at(home, "");
        OpenedDatabase.project(database, "sales");
        store = new HomeStore(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void run(DSLContext dsl, String id, String flow, String state, Instant ended, long ms) {
        long at = ended.toEpochMilli();
        dsl.execute(RunRows.INSERT, id, flow, state, at - ms, at - ms, at);
    }

    @Test
    void forgetsHoursAfterAYearAndAMonth() {
        String insert =
                "insert into home_hour (project, hour, flow, succeeded, rejected, failed,"
                        + " row_count, latencies) values ('sales', ?, 'a', 1, 0, 0, 5, '')";
        PastHours past = new PastHours(store);
        database.write(
                dsl -> {
                    for (int days : new int[] {399, 401, 402, 700}) {
                        dsl.execute(insert, NOW.minus(Duration.ofDays(days)).toEpochMilli());
                    }
                    return null;
                });
        assertEquals(2, past.forget(NOW, Duration.ofDays(1), 2), "a bounded part at a time");
        assertEquals(1, past.forget(NOW, Duration.ofDays(1), 2));
        assertEquals(0, past.forget(NOW, Duration.ofDays(1), 2));
        int left = database.read(dsl -> dsl.fetchCount(Columns.table("home_hour")));
        assertEquals(1, left);
    }

    @Test
    void estimatesPercentilesWithinFivePercent() {
        long seed = 7;
        System.err.println("seed " + seed);
        Random random = new Random(seed);
        Latencies latencies = new Latencies();
        List<Double> exact = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            double seconds = Math.exp(random.nextGaussian() * 2 + 1);
            latencies.add(seconds);
            exact.add(seconds);
        }
        Collections.sort(exact);
        Latencies kept = Latencies.of(latencies.text());
        for (double percent : new double[] {50, 95, 99}) {
            double wanted = exact.get((int) Math.ceil(exact.size() * percent / 100) - 1);
            Double found = kept.percentile(percent);
            assertNotNull(found);
            assertEquals(1, found / wanted, 0.05, percent + "%");
        }
        assertNull(new Latencies().percentile(50));
    }

    @Test
    void countsEachRunOnceBeforeAndAfterItsHourIsRolledUp() {
        database.write(
                dsl -> {
                    RunRows.make(dsl);
                    for (int i = 0; i < 48; i++) {
                        Instant ended = NOW.minus(Duration.ofMinutes(30L * i));
                        String state = i % 8 == 0 ? "failed" : "succeeded";
                        run(dsl, "r" + i, i % 2 == 0 ? "even" : "odd", state, ended, 2_000);
                    }
                    run(dsl, "c", "even", "cancelled", NOW, 1);
                    return null;
                });
        RunHistory history = new RunHistory(store);
        Tally first = history.over("sales", Duration.ofHours(24), NOW);
        assertEquals(48, first.all().runs());
        assertEquals(6, first.all().failed);
        assertEquals(42 + 6, first.flows.values().stream().mapToLong(Tally.Sum::runs).sum());
        assertEquals(480, first.all().rows);

        // Three hours later the same runs lie in rolled-up hours, one more does not.
        Instant later = NOW.plus(Duration.ofHours(3));
        database.write(
                dsl -> {
                    run(dsl, "new", "odd", "rejected", later, 1_000);
                    return null;
                });
        Tally second = new RunHistory(store).over("sales", RunHistory.LONGEST, later);
        assertEquals(49, second.all().runs());
        assertEquals(1, second.all().rejected);
        Tally.Sum odd = second.flows.get("odd");
        assertNotNull(odd);
        assertEquals(later.toEpochMilli(), odd.lastSuccess);
        assertEquals(49, history.over("sales", RunHistory.LONGEST, later).all().runs());
        assertEquals(6, store.failing("sales", 0, 10).size());
        assertEquals(0, store.count("sales", "running"));
        assertEquals(
                1, database.<Integer>read(dsl -> dsl.fetchCount(Columns.table("home_rolled"))));
    }

    @Test
    void listsAFlowThatFailsOnceAndNoneThatIsWellAgain() {
        database.write(
                dsl -> {
                    RunRows.make(dsl);
                    run(dsl, "r1", "well", "failed", NOW.minusSeconds(900), 1_000);
                    run(dsl, "r2", "well", "succeeded", NOW.minusSeconds(800), 1_000);
                    run(dsl, "r3", "ill", "succeeded", NOW.minusSeconds(700), 1_000);
                    run(dsl, "r4", "ill", "failed", NOW.minusSeconds(600), 1_000);
                    run(dsl, "r5", "ill", "failed", NOW.minusSeconds(500), 1_000);
                    dsl.execute("update run set problem = '{\"code\":\"UNREACHABLE\"}'");
                    return null;
                });
        Tally tally = new RunHistory(store).over("sales", Duration.ofHours(24), NOW);
        List<HomeStore.Line> failing = HomeRoutes.failing(store.failing("sales", 0, 10), tally);
        assertEquals(List.of("r5"), failing.stream().map(HomeStore.Line::id).toList());
        assertEquals(
                "UNREACHABLE",
                Objects.requireNonNull(failing.getFirst().problem()).path("code").asString());
    }

    @Test
    void showsHoursInWhichNothingWasMoved() {
        Tally tally = new Tally();
        long hour = Instant.parse("2026-11-26T09:00:00Z").toEpochMilli();
        Tally.Sum sum = new Tally.Sum();
        sum.rows = 7;
        tally.add("a", hour, sum);
        long from = NOW.minus(Duration.ofHours(24)).toEpochMilli();
        List<HomeRoutes.HourRows> hours = HomeRoutes.hours(tally, from, NOW);
        assertEquals(25, hours.size(), "the first and the last in part");
        assertEquals(7, hours.stream().mapToLong(HomeRoutes.HourRows::rows).sum());
        assertEquals(7, hours.get(21).rows(), hours.toString());
    }
}
