package dev.mortise.server.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.server.channel.Message;
import dev.mortise.server.store.Database;
import dev.mortise.server.store.OpenedDatabase;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.testkit.live.LocalPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The bar: each of thirty faults is told exactly once, within a minute of being there to be seen,
/// and a day without a fault in silence.
@Tag("live")
class AlertBarTest {
    private static final Instant DUE = Instant.parse("2026-11-26T08:30:00Z");

    /// Each prepares, and ends at the moment at which the fault is there to be seen.
    private static final Map<String, Consumer<Stage>> FAULTS = new LinkedHashMap<>();

    private static void fault(String name, Consumer<Stage> play) {
        FAULTS.put(name, play);
    }

    private static void failure(ProblemCode code) {
        fault(
                "fails with " + code,
                stage -> {
                    stage.warm("orders");
                    stage.fails("orders", code);
                });
    }

    private static void done(String name, long written, long rejected, double seconds) {
        fault(
                name,
                stage -> {
                    stage.warm("orders");
                    Outcome.State state =
                            rejected > 0 ? Outcome.State.REJECTED : Outcome.State.SUCCEEDED;
                    stage.heard(stage.outcome("orders", state, written, rejected, seconds, null));
                });
    }

    static {
        failure(ProblemCode.CONNECTION_REFUSED);
        failure(ProblemCode.LOGIN_REFUSED);
        failure(ProblemCode.TIMED_OUT);
        failure(ProblemCode.DISK_FULL);
        failure(ProblemCode.THROTTLED);
        failure(ProblemCode.VERIFICATION_FAILED);
        // These break two rules.
        failure(ProblemCode.COLUMN_MISSING);
        failure(ProblemCode.SOURCE_CHANGED);
        failure(ProblemCode.TYPE_MISMATCH);
        fault(
                "fails without saying why",
                stage -> stage.heard(stage.outcome("orders", Outcome.State.FAILED, 0, 0, 1, null)));
        fault(
                "fails five times in a row",
                stage -> {
                    for (int i = 0; i < 5; i++) {
                        stage.fails("orders", ProblemCode.TIMED_OUT);
                        stage.now = stage.now.plusSeconds(1);
                    }
                });
        fault("is heard of twice", AlertBarTest::twice);
        fault("is heard of by three servers at once", AlertBarTest::threeServers);
        done("rejects more than may be", 1_000, 200, 10);
        done("rejects too large a part", 900, 99, 10);
        done("rejects all, so that too little is written", 0, 1_000, 10);
        done("writes nothing", 0, 0, 10);
        done("writes ten times as much", 10_000, 0, 10);
        done("writes half as much", 500, 0, 10);
        done("took two hours", 1_000, 0, 7_200);
        fault(
                "hangs",
                stage -> {
                    stage.heard(stage.outcome("orders", Outcome.State.RUNNING, 0, 0, 0, null));
                    stage.tick();
                    stage.now = stage.now.plus(Duration.ofMinutes(60));
                });
        fault("did not run by its time", AlertBarTest::due);
        fault("failed before its time", AlertBarTest::failedThenLate);
        fault(
                "has not run for too long",
                stage -> {
                    stage.good("hourly", 10);
                    stage.now = stage.now.plus(Duration.ofMinutes(90));
                });
        fault("fails until its data is old", AlertBarTest::failedThenOld);
        fault(
                "uses most of a quota",
                stage -> {
                    stage.quotas.add(new QuotaSource.Reading("crm", "1000 a day", 10, 1_000));
                    stage.tick();
                    stage.quotas.clear();
                    stage.quotas.add(new QuotaSource.Reading("crm", "1000 a day", 850, 1_000));
                });
        fault(
                "loses a column",
                stage -> {
                    stage.saw("id int64", "name text");
                    stage.saw("id int64");
                });
        fault(
                "has a column of another type",
                stage -> {
                    stage.saw("id int64", "name text");
                    stage.saw("id text", "name text");
                });
        fault(
                "fails while the vendor is busy",
                stage -> {
                    stage.refusals = 2;
                    stage.fails("orders", ProblemCode.TIMED_OUT);
                });
        fault(
                "fails, and the server dies before it is told",
                stage -> {
                    stage.fails("orders", ProblemCode.TIMED_OUT);
                    stage.restart();
                });
    }

    private static void twice(Stage stage) {
        Outcome outcome = stage.outcome("orders", Outcome.State.FAILED, 0, 0, 1, null);
        stage.heard(outcome);
        stage.heard(outcome);
    }

    private static void threeServers(Stage stage) {
        Outcome outcome =
                stage.outcome(
                        "orders",
                        Outcome.State.FAILED,
                        0,
                        0,
                        1,
                        Problem.of(ProblemCode.IO_FAILED, "broke", "mend"));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<java.util.concurrent.Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                all.add(threads.submit(() -> stage.heard(outcome)));
            }
            for (var one : all) {
                one.get();
            }
        } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void failedThenLate(Stage stage) {
        stage.fails("daily", ProblemCode.TIMED_OUT);
        stage.pass(Duration.ofMinutes(1));
        due(stage);
    }

    /// The flow that runs each hour does its part meanwhile.
    private static void due(Stage stage) {
        stage.now = DUE.minusSeconds(30);
        stage.good("hourly", 10);
        stage.now = DUE;
    }

    private static void failedThenOld(Stage stage) {
        stage.good("hourly", 10);
        stage.fails("hourly", ProblemCode.TIMED_OUT);
        stage.pass(Duration.ofMinutes(1));
        stage.now = stage.now.plus(Duration.ofMinutes(89));
    }

    @Test
    void tellsEachFaultOnce(@TempDir Path home) {
        assertEquals(30, FAULTS.size());
        try (Database database = OpenedDatabase.at(home, "")) {
            tellsEachFaultOnce(database);
        }
    }

    @Test
    void tellsEachFaultOnceFromPostgres(@TempDir Path home) {
        try (LocalPostgres postgres = LocalPostgres.start()) {
            String url =
                    "postgres://%s:%s@127.0.0.1:%d/%s"
                            .formatted(
                                    postgres.user(),
                                    postgres.password(),
                                    postgres.port(),
                                    postgres.database());
            try (Database database = OpenedDatabase.at(home, url)) {
                tellsEachFaultOnce(database);
            }
        }
    }

    private static void tellsEachFaultOnce(Database database) {
        List<String> wrong = new ArrayList<>();
        FAULTS.forEach(
                (name, play) -> {
                    Stage stage = new Stage(database).withAllRules();
                    play.accept(stage);
                    Instant there = stage.now;
                    stage.pass(Duration.ofMinutes(10));
                    boolean once = stage.events().equals(List.of(Message.Event.OPENED));
                    boolean soon =
                            once
                                    && !stage.sentAt
                                            .getFirst()
                                            .isAfter(there.plus(Duration.ofSeconds(60)));
                    if (!once || !soon) {
                        wrong.add(name + ": " + stage.sent + " at " + stage.sentAt);
                    }
                });
        assertEquals(List.of(), wrong);
    }

    @Test
    void saysNothingOnAHealthyDay(@TempDir Path home) {
        long seed = 20261126;
        System.err.println("seed " + seed);
        Random random = new Random(seed);
        try (Database database = OpenedDatabase.at(home, "")) {
            Stage stage = new Stage(database);
            stage.now = Instant.parse("2026-11-26T00:00:00Z");
            stage.withAllRules();
            List<String> flows = List.of("orders", "customers", "stock", "hourly", "daily");
            for (int tick = 0; tick < 24 * 12; tick++) {
                stage.now = stage.now.plus(Duration.ofMinutes(5));
                String flow = flows.get(tick % flows.size());
                long rows = Math.max(0, Math.round(1_000 + 50 * random.nextGaussian()));
                stage.heard(
                        stage.outcome(
                                flow,
                                rows % 7 == 0 ? Outcome.State.REJECTED : Outcome.State.SUCCEEDED,
                                rows,
                                rows % 7 == 0 ? random.nextInt(20) : 0,
                                1 + random.nextInt(600),
                                null));
                stage.tick();
            }
            assertEquals(List.of(), stage.sent);
        }
    }

    @Test
    void tellsRecoveryReminderAndEscalation(@TempDir Path home) {
        try (Database database = OpenedDatabase.at(home, "")) {
            Stage stage = new Stage(database);
            stage.rule(
                    RuleKind.FAILURE,
                    null,
                    Map.of(
                            "remind_minutes", 30,
                            "escalate_minutes", 15,
                            "escalate_to", List.of(stage.channel)));
            stage.fails("orders", ProblemCode.TIMED_OUT);
            stage.pass(Duration.ofMinutes(20));
            stage.fails("orders", ProblemCode.TIMED_OUT);
            stage.pass(Duration.ofMinutes(20));
            stage.good("orders", 10);
            stage.pass(Duration.ofMinutes(5));
            assertEquals(
                    List.of(
                            Message.Event.OPENED,
                            Message.Event.ESCALATED,
                            Message.Event.REMINDED,
                            Message.Event.RECOVERED),
                    stage.events());
            assertEquals(2, stage.sent.get(2).count());
            Incident incident = incident(stage);
            assertTrue(incident.closedAt() != null);
        }
    }

    private static Incident incident(Stage stage) {
        return stage.incidents.list(stage.project, null, null, 10).getFirst();
    }

    @Test
    void keepsQuietDuringMaintenanceAndTellsAfterwards(@TempDir Path home) {
        try (Database database = OpenedDatabase.at(home, "")) {
            Stage stage = new Stage(database).withAllRules();
            stage.maintain(stage.now.plus(Duration.ofMinutes(30)));
            stage.fails("orders", ProblemCode.TIMED_OUT);
            stage.pass(Duration.ofMinutes(29));
            assertEquals(List.of(), stage.sent);
            stage.pass(Duration.ofMinutes(2));
            assertEquals(List.of(Message.Event.OPENED), stage.events());
        }
    }

    @Test
    void mergesWhatComesAtOnceAndKeepsTheVendorsPace(@TempDir Path home) {
        try (Database database = OpenedDatabase.at(home, "")) {
            Stage stage = new Stage(database).withAllRules();
            for (int i = 0; i < 50; i++) {
                stage.fails("flow-" + i, ProblemCode.TIMED_OUT);
            }
            stage.tick();
            assertEquals(List.of(50), stage.calls);
            for (int second = 0; second < 59; second++) {
                stage.now = stage.now.plusSeconds(1);
                stage.fails("more-" + second, ProblemCode.TIMED_OUT);
                stage.tick();
            }
            assertTrue(stage.calls.size() <= 20, stage.calls::toString);
            stage.pass(Duration.ofMinutes(2));
            assertEquals(109, stage.sent.size());
        }
    }
}
