package dev.mortise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mortise.testkit.live.LocalPostgres;
import dev.mortise.testkit.live.LocalServers;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Incremental runs while others write, with transactions that commit late: nothing may be missed.
/// The system property `mortise.rounds` sets how many runs meet the writers.
@Tag("live")
@Tag("slow")
class IncrementalTest {
    private static final int ROUNDS = Integer.getInteger("mortise.rounds", 12);
    private static final long SEED = Long.getLong("mortise.seed", System.nanoTime());
    private static final int WRITERS = 3;

    private final LocalPostgres server = LocalServers.postgres();
    private final ProjectFolder project;
    private final String source;
    private final String target;
    private volatile boolean ended;

    IncrementalTest(@TempDir Path folder) throws IOException, SQLException {
        source = server.freshDatabase("incremental_src");
        target = server.freshDatabase("incremental_dst");
        server.executeIn(
                source,
                "create table events (id bigint generated always as identity primary key,"
                        + " v int not null, at timestamptz not null default now(),"
                        + " wall timestamp not null default localtimestamp)",
                "insert into events (v) select i from generate_series(1, 100) i");
        project = new ProjectFolder(folder);
        project.postgres("src", server, source).postgres("dst", server, target);
    }

    private void flow(String by, String mode) throws IOException {
        project.flow(
                "events",
                """
                steps:
                  rows: {read: src.public.events, incremental: {by: %s}}
                  out: {from: rows, write: dst.public.events, mode: %s}
                """
                        .formatted(by, mode));
    }

    private void run(String what) {
        Ended ended = project.call(server, "run", "events", "--json");
        assertEquals(0, ended.code(), what + ended);
    }

    /// Until the last rows are so old that no more of their time can follow: a sink that appends
    /// leaves those of the last second to the next run.
    private static void rest() {
        LockSupport.parkNanos(1_100_000_000L);
    }

    private String content(String database) throws SQLException {
        return Ask.content(server, database, "events", "id, v, at, wall");
    }

    /// Appending takes rows that are only ever inserted; an upsert also those that are changed.
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            textBlock =
                    """
                    at;   append
                    wall; append
                    id;   append
                    at;   upsert, key: [id]
                    wall; upsert, key: [id]
                    """)
    void missesNothingThatCommitsLate(String by, String mode) throws Exception {
        flow(by, mode);
        String told = "seed %d, by %s, %s: ".formatted(SEED, by, mode);
        List<Thread> writers = new ArrayList<>();
        List<Throwable> failures = java.util.Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < WRITERS; i++) {
            Random random = new Random(SEED + i);
            boolean updates = mode.startsWith("upsert");
            writers.add(
                    Thread.ofPlatform()
                            .uncaughtExceptionHandler((_, e) -> failures.add(e))
                            .start(() -> write(random, updates)));
        }
        for (int round = 0; round < ROUNDS; round++) {
            run(told);
        }
        ended = true;
        for (Thread writer : writers) {
            writer.join();
        }
        rest();
        run(told);
        assertEquals(List.of(), failures, told);
        assertEquals(content(source), content(target), told);
    }

    private void write(Random random, boolean updates) {
        try (Connection connection = server.connect(source);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            while (!ended) {
                statement.execute(
                        "insert into events (v) select %d from generate_series(1, %d)"
                                .formatted(random.nextInt(1000), 1 + random.nextInt(20)));
                LockSupport.parkNanos(random.nextInt(8) * 20_000_000L);
                if (updates) {
                    statement.execute(
                            "update events set v = v + 1, at = now(), wall ="
                                    + " localtimestamp where id = "
                                    + (1 + random.nextInt(100)));
                }
                LockSupport.parkNanos(random.nextInt(8) * 20_000_000L);
                if (random.nextInt(5) == 0) {
                    connection.rollback();
                } else {
                    connection.commit();
                }
                LockSupport.parkNanos(random.nextInt(4) * 20_000_000L);
            }
            connection.rollback();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Rows that share the highest time of the run before, written after it.
    @Test
    void takesRowsWithTheTimeOfTheEdge() throws Exception {
        flow("at", "upsert, key: [id]");
        run("first");
        for (int round = 0; round < 3; round++) {
            server.executeIn(
                    source,
                    "insert into events (v, at) select i, (select max(at) from events)"
                            + " from generate_series(1, 50) i");
            run("round " + round);
            assertEquals(content(source), content(target), "round " + round);
        }
    }

    /// Times of whole seconds, of which more follow in the same second: appended once each. The
    /// wall clocks of sessions differ, and nobody knows whose a column holds.
    @ParameterizedTest
    @CsvSource({"sec, UTC", "wallsec, UTC", "wallsec, Asia/Shanghai", "wallsec, America/New_York"})
    void takesEachRowOfASecondOnce(String by, String zone) throws Exception {
        String session = "set timezone = '" + zone + "'";
        server.executeIn(
                source,
                session,
                "alter table events add sec timestamptz(0) default now(),"
                        + " add wallsec timestamp(0) default localtimestamp");
        flow(by, "append");
        for (int i = 0; i < 8; i++) {
            server.executeIn(
                    source,
                    session,
                    "insert into events (v, sec, wallsec) values (1,"
                            + " date_trunc('second', now()),"
                            + " date_trunc('second', localtimestamp))");
            run("row " + i);
        }
        rest();
        run("at rest");
        run("once more");
        assertEquals(content(source), content(target));
    }

    @Test
    void takesRowsDatedBackWithinTheLookback() throws Exception {
        flow("at, lookback: 10m", "upsert, key: [id]");
        run("first");
        server.executeIn(
                source,
                "insert into events (v, at) values (1, now() - interval '9 minutes')",
                "update events set v = 77, at = at - interval '5 minutes' where id = 5");
        run("second");
        assertEquals(content(source), content(target));
    }

    /// An open transaction holds the edge back; what it brings must come with a later run.
    @Test
    void waitsForATransactionThatIsOpenForManyRuns() throws Exception {
        for (String by : List.of("at", "id")) {
            flow(by, "append");
            server.executeIn(target, "drop table if exists events, mortise_checkpoint");
            try (Connection slow = server.connect(source);
                    Statement statement = slow.createStatement()) {
                slow.setAutoCommit(false);
                statement.execute("insert into events (v) values (4711)");
                for (int round = 0; round < 3; round++) {
                    server.executeIn(source, "insert into events (v) values (%d)".formatted(round));
                    run("open, by " + by);
                }
                slow.commit();
            }
            rest();
            run("committed, by " + by);
            run("once more, by " + by);
            assertEquals(content(source), content(target), "by " + by);
        }
    }

    @Test
    void movesTheEdgeOverEveryKindOfRunWithoutLookingBack() throws Exception {
        flow("id", "upsert, key: [id]");
        for (int round = 0; round < 4; round++) {
            run("round " + round);
            server.executeIn(source, "insert into events (v) select 1 from generate_series(1, 10)");
        }
        run("last");
        assertEquals(content(source), content(target));
        Ended idle = project.call(server, "run", "events", "--json");
        long read = idle.json().path("steps").path("rows").path("rows_in").asLong();
        assertEquals(true, read <= 1, "an idle run reads the edge at most: " + idle);
    }
}
