package dev.mortise.server.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mortise.server.store.Database;
import dev.mortise.server.store.TestDatabase;
import dev.mortise.testkit.live.LocalServers;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Times of schedules are not kept for ever.
@Tag("live")
class PastFiresTest {
    private static final Instant NOW = Instant.parse("2026-11-26T08:00:00Z");
    private static final Duration KEPT = Duration.ofDays(90);

    private static Schedule schedule(String flow) {
        return new Schedule(
                flow,
                TestDatabase.PROJECT,
                flow,
                "0 0 1 1 *",
                "UTC",
                null,
                List.of(),
                Schedule.Missed.ONCE,
                0,
                0,
                Schedule.Concurrency.SKIP,
                false,
                null,
                null,
                NOW,
                1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void forgetsOldOnesButTheNewestOfEachSchedule(boolean shared, @TempDir Path home)
            throws SQLException {
        try (Database database =
                shared
                        ? TestDatabase.postgres(LocalServers.postgres())
                        : TestDatabase.sqlite(home)) {
            ScheduleStore store = new ScheduleStore(database);
            fire(database, store, "a", 300, 100, 91, 89);
            fire(database, store, "b", 400, 365);
            PastFires past = new PastFires(store);
            assertEquals(3, past.forget(NOW, KEPT, 3), "a bounded part at a time");
            assertEquals(1, past.forget(NOW, KEPT, 3));
            assertEquals(0, past.forget(NOW, KEPT, 3));
            assertEquals(List.of(NOW.minus(Duration.ofDays(89))), times(store, "a"));
            assertEquals(List.of(NOW.minus(Duration.ofDays(365))), times(store, "b"));
        }
    }

    private static void fire(Database database, ScheduleStore store, String flow, int... days) {
        database.write(
                dsl -> {
                    Schedule schedule = schedule(flow);
                    store.save(dsl, schedule);
                    for (int ago : days) {
                        Instant time = NOW.minus(Duration.ofDays(ago));
                        store.fire(dsl, schedule, time, ScheduleStore.Outcome.STARTED, time);
                    }
                    return null;
                });
    }

    private static List<Instant> times(ScheduleStore store, String schedule) {
        return store.fires(schedule, 9).stream().map(ScheduleStore.Fire::time).toList();
    }
}
