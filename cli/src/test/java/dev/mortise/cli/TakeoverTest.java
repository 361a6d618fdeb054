package dev.mortise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mortise.testkit.live.Await;
import dev.mortise.testkit.live.LocalPostgres;
import dev.mortise.testkit.live.LocalServers;
import dev.mortise.testkit.live.OrdersTable;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs that are killed where they publish, and runs that meet another of the same flow.
@Tag("live")
@Tag("slow")
class TakeoverTest {
    private static final long ROWS = 100_000;
    private static final int KILLS = Integer.getInteger("mortise.kills", 3);
    private static final long SEED = Long.getLong("mortise.seed", System.nanoTime());
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String COLUMNS = "id, status, amount, note, attrs";

    private static final String SESSIONS =
            "select count(*) from pg_stat_activity where application_name like 'mortise%%'"
                    + " and datname = '%s'";

    private static final String LEDGER_LOCKS =
            "select count(*) from pg_locks where mode = 'RowExclusiveLock'"
                    + " and relation = to_regclass('mortise_checkpoint')";

    private static final String BLOCKED = SESSIONS + " and wait_event_type = 'Lock'";

    private static final String PARTS_DONE =
            "select count(*) from mortise_checkpoint where part >= 0 and state = 'done'";

    private final LocalPostgres server = LocalServers.postgres();
    private final ProjectFolder project;
    private final String source;
    private final String target;

    TakeoverTest(@TempDir Path folder) throws IOException, SQLException {
        source = server.freshDatabase("takeover_src");
        target = server.freshDatabase("takeover_dst");
        OrdersTable.create(server, source, ROWS);
        project = new ProjectFolder(folder);
        project.postgres("src", server, source).postgres("dst", server, target);
    }

    private void flow(String mode) throws IOException {
        project.flow(
                "orders",
                """
                steps:
                  rows: {read: src.public.orders}
                  out: {from: rows, write: dst.public.orders, mode: %s}
                """
                        .formatted(mode));
    }

    private String wanted() throws SQLException {
        return Ask.content(server, source, "orders", COLUMNS);
    }

    private String found() throws SQLException {
        return Ask.content(server, target, "orders", COLUMNS);
    }

    @Test
    void survivesKillsWhilePublishing() throws Exception {
        Random random = new Random(SEED);
        for (String mode : List.of("replace", "mirror, key: [id]")) {
            server.executeIn(target, "drop table if exists orders");
            OrdersTable.create(server, target, 500);
            String old = found();
            flow(mode);
            for (int kill = 0; kill < KILLS; kill++) {
                killWhilePublishing(random);
                String after = found();
                assertEquals(
                        after.equals(wanted()) ? wanted() : old,
                        after,
                        "seed %d, kill %d, %s".formatted(SEED, kill, mode));
            }
            Ended ended = project.call(server, "run", "orders", "--json");
            assertEquals(0, ended.code(), ended.toString());
            assertEquals(wanted(), found(), "seed " + SEED);
        }
    }

    /// A lock of ours holds the publishing up; the kill falls just before or just after its end.
    private void killWhilePublishing(Random random) throws Exception {
        Program program;
        try (Connection holder = server.connect(target);
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("lock table orders in row exclusive mode");
            program = project.start(server, "run", "orders", "--json");
            try (Connection watcher = server.connect()) {
                Await.until(
                        "the run waits for the table",
                        PATIENCE,
                        () ->
                                !program.alive()
                                        || !Ask.one(watcher, BLOCKED.formatted(target))
                                                .equals("0"));
            }
            if (random.nextBoolean()) {
                program.kill9();
            }
            holder.rollback();
        }
        program.endsWithin(Duration.ofMillis(random.nextInt(40)));
        program.kill9();
        program.ended();
        try (Connection watcher = server.connect()) {
            Await.until(
                    "the killed run's sessions end",
                    PATIENCE,
                    () -> Ask.one(watcher, SESSIONS.formatted(target)).equals("0"));
        }
    }

    /// One that is frozen while it holds rows of the ledger makes others wait, as it should.
    private boolean freezesBetweenCommits(Program program) throws Exception {
        program.freeze();
        // What it has sent before is carried out meanwhile.
        program.endsWithin(Duration.ofMillis(100));
        if (Ask.one(server, target, LEDGER_LOCKS).equals("0")) {
            return true;
        }
        program.thaw();
        return false;
    }

    @Test
    void fencesARunThatWasTakenOverFrom() throws Exception {
        flow("append");
        Program frozen = project.start(server, "run", "orders", "--json");
        Await.until("a part is done", PATIENCE, () -> partsDone() > 0);
        Await.until("it freezes between commits", PATIENCE, () -> freezesBetweenCommits(frozen));
        Ended second = project.start(server, "run", "orders", "--json").await();
        frozen.thaw();
        Ended first = frozen.await();
        assertEquals(0, second.code(), second.toString());
        assertEquals(wanted(), found());
        assertEquals(1, first.code(), first.toString());
        assertEquals("FENCED", first.problemCode(), first.toString());
    }

    private long partsDone() throws SQLException {
        String made = "select to_regclass('mortise_checkpoint') is not null";
        return Ask.one(server, target, made).equals("t")
                ? Ask.number(server, target, PARTS_DONE)
                : 0;
    }

    @Test
    void startsAnewWhenTheNameOfTheRunWasLeftEmpty() throws Exception {
        flow("append");
        project.file(".mortise/runs/orders.current", "");
        Ended ended = project.call(server, "run", "orders", "--json");
        assertEquals(0, ended.code(), ended.toString());
        assertEquals(wanted(), found());
    }
}
