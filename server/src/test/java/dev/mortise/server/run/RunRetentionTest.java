package dev.mortise.server.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.engine.run.DeadLetter;
import dev.mortise.engine.run.DeadLetterShelf;
import dev.mortise.server.reject.RejectShelves;
import dev.mortise.server.settings.ServerSettings;
import dev.mortise.server.store.Columns;
import dev.mortise.server.store.Database;
import dev.mortise.server.store.TestDatabase;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.testkit.live.LocalServers;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is kept of runs, where every server finds it, and when it is forgotten.
@Tag("live")
class RunRetentionTest {
    private static final Instant NOW = Instant.parse("2026-11-26T08:00:00Z");
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final String PROJECT = TestDatabase.PROJECT;

    private final Path home;

    RunRetentionTest(@TempDir Path home) {
        this.home = home;
    }

    private Database open(boolean shared) throws SQLException {
        return shared ? TestDatabase.postgres(LocalServers.postgres()) : TestDatabase.sqlite(home);
    }

    private RunSettings settings(String days) {
        return new RunSettings(
                new ServerSettings(
                        home, "", 0, "", Optional.empty(), Map.of("MORTISE_RUN_DAYS", days)));
    }

    private static RunRetention retention(Database database, RunSettings settings) {
        return new RunRetention(
                database,
                new RunPurge(database),
                RejectShelves.of(database),
                RejectShelves.expiry(database),
                settings,
                List.of());
    }

    private static String ended(Database database, String flow, Run.State state, int days) {
        RunStore runs = new RunStore(database);
        RunQueue queue = new RunQueue(database, runs, (_, _, _) -> {});
        RunRequest wish = RunRequest.of(PROJECT, flow, 1, Run.Cause.MANUAL, "root");
        String id = database.write(dsl -> runs.add(dsl, wish));
        Run run = queue.claim("one", LEASE).orElseThrow();
        RunLog logs = new RunLog(database, queue);
        RunLog.Writer log = logs.open(run);
        log.add(RunLog.Level.INFO, null, "begins");
        logs.flush(log);
        queue.end(run, new RunQueue.Ending(state, new Run.Rows(1, 1, 0), "[]", null, "{}", null));
        long at = NOW.minus(Duration.ofDays(days)).toEpochMilli();
        database.write(dsl -> dsl.execute("update run set ended_at = ? where id = ?", at, id));
        return id;
    }

    private static int count(Database database, String table) {
        return database.read(dsl -> count(dsl, table));
    }

    private static int count(DSLContext dsl, String table) {
        return dsl.fetchCount(Columns.table(table));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void forgetsOldRunsButTheNewestOfEachFlow(boolean shared) throws SQLException {
        try (Database database = open(shared)) {
            ended(database, "a", Run.State.SUCCEEDED, 200);
            String success = ended(database, "a", Run.State.REJECTED, 150);
            ended(database, "a", Run.State.FAILED, 140);
            String newest = ended(database, "a", Run.State.FAILED, 130);
            String alone = ended(database, "b", Run.State.FAILED, 500);
            String young = ended(database, "c", Run.State.SUCCEEDED, 89);
            String latest = ended(database, "c", Run.State.SUCCEEDED, 1);
            assertEquals(2, retention(database, settings("")).sweep(NOW));
            List<String> left =
                    database.read(dsl -> dsl.fetchValues("select id from run order by id")).stream()
                            .map(Object::toString)
                            .toList();
            assertEquals(List.of(success, newest, alone, young, latest), left);
            assertEquals(5, count(database, "run_attempt"));
            assertEquals(5, count(database, "run_detail"));
            assertEquals(5, count(database, "run_log"));
            assertEquals(0, retention(database, settings("")).sweep(NOW), "nothing is left to do");
            assertEquals(1, retention(database, settings("30")).sweep(NOW), "by another setting");
        }
    }

    @Test
    void forgetsInBoundedBatches() throws SQLException {
        try (Database database = open(false)) {
            for (int i = 0; i < 7; i++) {
                ended(database, "a", Run.State.SUCCEEDED, 100);
            }
            RunPurge purge = new RunPurge(database);
            assertEquals(4, purge.forget(NOW, 4));
            assertEquals(2, purge.forget(NOW, 4));
            assertEquals(0, purge.forget(NOW, 4));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void keepsNothingOfAnOwnerThatWasGivenUp(boolean shared) throws SQLException {
        try (Database database = open(shared)) {
            RunStore runs = new RunStore(database);
            RunQueue queue = new RunQueue(database, runs, (_, _, _) -> {});
            RunRequest wish = RunRequest.of(PROJECT, "a", 1, Run.Cause.MANUAL, "root");
            database.write(dsl -> runs.add(dsl, wish));
            Run old = queue.claim("one", Duration.ZERO).orElseThrow();
            RunLog logs = new RunLog(database, queue);
            RunLog.Writer zombie = logs.open(old);
            zombie.add(RunLog.Level.INFO, null, "by the old owner");
            logs.flush(zombie);
            Run own = queue.claim("two", LEASE).orElseThrow();
            RunLog.Writer log = logs.open(own);
            zombie.add(RunLog.Level.INFO, null, "too late");
            logs.flush(zombie);
            log.add(RunLog.Level.WARN, "in", "by the new \0 owner");
            logs.flush(log);
            assertEquals(
                    List.of("1 by the old owner", "2 by the new   owner"),
                    logs.read(own.id(), 0).stream()
                            .map(line -> line.seq() + " " + line.text())
                            .toList());
            var rejects = RejectShelves.of(database);
            DeadLetterShelf late = rejects.shelf(PROJECT, dsl -> queue.demandOwned(dsl, old));
            DeadLetterShelf ours = rejects.shelf(PROJECT, dsl -> queue.demandOwned(dsl, own));
            ours.replace("a", "out.x.1", List.of(letter(DeadLetter.State.NEW)));
            assertEquals(
                    ProblemCode.FENCED,
                    assertThrows(
                                    ProblemException.class,
                                    () -> late.replace("a", "out.x.1", List.of()))
                            .problem()
                            .code());
            assertEquals(List.of("out.x.1"), ours.names("a"));
            assertEquals(List.of(letter(DeadLetter.State.NEW)), ours.read("a").get("out.x.1"));
            ours.delete("a", "out.x.1");
            assertTrue(ours.names("a").isEmpty());
        }
    }

    private static DeadLetter letter(DeadLetter.State state) {
        return new DeadLetter(
                "1",
                "a",
                "x",
                "out",
                "out",
                Problem.of(ProblemCode.CAST_FAILED, "no number", "mend it"),
                "id",
                Map.of("id", "integer"),
                Map.of("id", "榫"),
                null,
                state,
                1,
                NOW);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void forgetsRejectedRowsOnceTheyWereDealtWith(boolean shared) throws SQLException {
        try (Database database = open(shared)) {
            var rejects = RejectShelves.of(database);
            DeadLetterShelf shelf = rejects.shelf(PROJECT, _ -> {});
            DeadLetter waits = letter(DeadLetter.State.NEW);
            shelf.replace("a", "open", List.of(waits, waits, letter(DeadLetter.State.DISCARDED)));
            shelf.replace("a", "done", List.of(letter(DeadLetter.State.REPLAYED)));
            Instant now = Instant.now();
            RunRetention retention = retention(database, settings("90"));
            retention.sweep(now);
            assertEquals(List.of("done", "open"), shelf.names("a"));
            retention.sweep(now.plus(Duration.ofDays(91)));
            assertEquals(List.of("open"), shelf.names("a"));
            assertEquals(0, count(database, "audit"));
            retention.sweep(now.plus(Duration.ofDays(179)));
            assertEquals(List.of("open"), shelf.names("a"), "nobody has dealt with it");
            retention.sweep(now.plus(Duration.ofDays(181)));
            assertEquals(List.of(), shelf.names("a"));
            String told =
                    database.read(
                                    dsl ->
                                            dsl.fetchValues(
                                                    "select action || ' ' || object || ' ' ||"
                                                            + " \"before\" from audit"))
                            .toString();
            assertTrue(told.startsWith("[reject.expire flows/a/rejects 2 rows untouched"), told);
        }
    }

    @Test
    void letsOneServerAtATimeDoWhatOnlyOneMay() throws SQLException {
        try (Database database = open(true)) {
            Optional<Optional<String>> outer =
                    database.alone("place", () -> database.alone("place", () -> "inner"));
            assertEquals(Optional.of(Optional.empty()), outer);
            assertEquals(Optional.of("free"), database.alone("place", () -> "free"));
            assertThrowsAndFrees(database);
        }
    }

    private static void assertThrowsAndFrees(Database database) {
        assertThrows(
                IllegalStateException.class,
                () ->
                        database.alone(
                                "place",
                                () -> {
                                    throw new IllegalStateException("in the middle");
                                }));
        assertEquals(Optional.of("free"), database.alone("place", () -> "free"));
    }
}
