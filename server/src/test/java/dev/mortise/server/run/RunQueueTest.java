package dev.mortise.server.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.server.run.RunQueue.Ending;
import dev.mortise.server.run.RunQueue.Standing;
import dev.mortise.server.store.Database;
import dev.mortise.server.store.TestDatabase;
import dev.mortise.testkit.live.LocalPostgres;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("live")
class RunQueueTest {
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static @Nullable LocalPostgres server;

    @TempDir private Path home = Path.of("");

    enum Kind {
        SQLITE,
        POSTGRES
    }

    @BeforeAll
    static void startPostgres() {
        server = LocalPostgres.start();
    }

    @AfterAll
    static void stopPostgres() {
        java.util.Objects.requireNonNull(server).close();
    }

    /// What a test asks of a queue.
    private interface Act {
        void on(Database database, RunStore runs, RunQueue queue);
    }

    private void with(Kind kind, Act act) throws SQLException {
        LocalPostgres postgres = java.util.Objects.requireNonNull(server);
        try (Database database =
                kind == Kind.SQLITE ? TestDatabase.sqlite(home) : TestDatabase.postgres(postgres)) {
            RunStore runs = new RunStore(database);
            act.on(database, runs, new RunQueue(database, runs, (_, _, _) -> {}));
        }
    }

    private static String add(Database database, RunStore runs, String flow) {
        return database.write(dsl -> runs.add(dsl, wish(flow)));
    }

    private static RunRequest wish(String flow) {
        return RunRequest.of(TestDatabase.PROJECT, flow, 1, Run.Cause.MANUAL, "root");
    }

    private static Ending ending(Run.State state) {
        return new Ending(state, new Run.Rows(5, 4, 1), "[]", null, "{\"state\":\"x\"}", null);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void givesEachRunToOneServer(Kind kind) throws SQLException {
        with(
                kind,
                (database, runs, queue) -> {
                    Set<String> added = new HashSet<>();
                    for (String flow : List.of("a", "b", "c")) {
                        added.add(add(database, runs, flow));
                    }
                    var claimed = new ConcurrentLinkedQueue<Run>();
                    race(6, i -> queue.claim("server-" + i, LEASE).ifPresent(claimed::add));
                    Set<String> ids = new HashSet<>(claimed.stream().map(Run::id).toList());
                    assertEquals(3, claimed.size());
                    assertEquals(added, ids);
                    assertEquals(
                            3,
                            claimed.stream().map(Run::epoch).distinct().count(),
                            "an epoch for each");
                });
    }

    /// Lets threads begin at once.
    private static void race(int threads, java.util.function.IntConsumer act) {
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> all = new java.util.ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int number = i;
            all.add(
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        await(start);
                                        act.accept(number);
                                    }));
        }
        start.countDown();
        for (Thread thread : all) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void runsOneOfAFlowAtATime(Kind kind) throws SQLException {
        with(
                kind,
                (database, runs, queue) -> {
                    String first = add(database, runs, "a");
                    String second = add(database, runs, "a");
                    Run run = queue.claim("s", LEASE).orElseThrow();
                    assertEquals(first, run.id());
                    assertEquals(Optional.empty(), queue.claim("s", LEASE));
                    assertTrue(queue.end(run, ending(Run.State.SUCCEEDED)));
                    assertEquals(second, queue.claim("s", LEASE).orElseThrow().id());
                });
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void doesNotHearAnOwnerWhoseLeaseRanOut(Kind kind) throws SQLException {
        with(
                kind,
                (database, runs, queue) -> {
                    String id = add(database, runs, "a");
                    Run old = queue.claim("old", Duration.ZERO).orElseThrow();
                    Run young = queue.claim("young", LEASE).orElseThrow();
                    assertEquals(id, young.id());
                    assertTrue(young.epoch() > old.epoch(), "epochs rise");
                    assertEquals(2, young.attempts().made());
                    assertEquals(Standing.LOST, queue.beat(old, LEASE, Run.Rows.NONE, "[]"));
                    assertFalse(queue.end(old, ending(Run.State.SUCCEEDED)));
                    assertEquals(Run.State.RUNNING, found(database, runs, id).state());
                    assertEquals(Standing.OWNED, queue.beat(young, LEASE, Run.Rows.NONE, "[]"));
                    assertTrue(queue.end(young, ending(Run.State.REJECTED)));
                    Run over = found(database, runs, id);
                    assertEquals(Run.State.REJECTED, over.state());
                    assertEquals(new Run.Rows(5, 4, 1), over.rows());
                    assertEquals(
                            List.of("failed", "rejected"),
                            runs.attempts(id).stream().map(RunStore.Attempt::state).toList());
                });
    }

    private static Run found(Database database, RunStore runs, String id) {
        return database.read(dsl -> runs.find(dsl, id)).orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void goesOnUnderTheNameOfAFailedRunAndNotOfAFinishedOne(Kind kind) throws SQLException {
        with(
                kind,
                (database, runs, queue) -> {
                    String failed = add(database, runs, "a");
                    queue.end(claimed(queue), ending(Run.State.FAILED));
                    add(database, runs, "a");
                    Run next = claimed(queue);
                    assertEquals(failed, next.name());
                    assertFalse(next.changed());
                    queue.end(next, ending(Run.State.SUCCEEDED));
                    String last = add(database, runs, "a");
                    assertEquals(last, claimed(queue).name());
                });
    }

    private static Run claimed(RunQueue queue) {
        return queue.claim("s", LEASE).orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void putsBackWhatFailedForAPassingReason(Kind kind) throws SQLException {
        with(
                kind,
                (database, runs, queue) -> {
                    String id = add(database, runs, "a");
                    assertTrue(
                            queue.retry(claimed(queue), ending(Run.State.FAILED), Duration.ZERO));
                    Run again = claimed(queue);
                    assertEquals(id, again.id());
                    assertEquals(1, again.attempts().failures());
                    assertTrue(queue.retry(again, ending(Run.State.FAILED), Duration.ofHours(1)));
                    assertEquals(Optional.empty(), queue.claim("s", LEASE), "not before its time");
                });
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void callsOffWhatWaitsAndAsksTheOwnerOfWhatRuns(Kind kind) throws SQLException {
        with(
                kind,
                (database, runs, queue) -> {
                    String waiting = add(database, runs, "a");
                    cancel(database, runs, waiting);
                    assertEquals(Run.State.CANCELLED, found(database, runs, waiting).state());
                    assertEquals(Optional.empty(), queue.claim("s", LEASE));
                    String running = add(database, runs, "b");
                    Run run = claimed(queue);
                    cancel(database, runs, running);
                    assertEquals(Standing.CANCELLED, queue.beat(run, LEASE, Run.Rows.NONE, null));
                });
    }

    private static void cancel(Database database, RunStore runs, String id) {
        database.write(
                dsl -> {
                    runs.cancel(dsl, runs.find(dsl, id).orElseThrow());
                    return null;
                });
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void givesUpARunThatTakesItsServerWithItEachTime(Kind kind) throws SQLException {
        with(
                kind,
                (database, runs, queue) -> {
                    String id = add(database, runs, "a");
                    int claims = 0;
                    while (queue.claim("s", Duration.ZERO).isPresent()) {
                        claims++;
                        assertTrue(claims < 50, "claimed again and again");
                    }
                    assertEquals(Run.State.FAILED, found(database, runs, id).state());
                });
    }
}
