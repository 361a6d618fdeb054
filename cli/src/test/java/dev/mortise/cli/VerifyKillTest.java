package dev.mortise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.testkit.live.LocalPostgres;
import dev.mortise.testkit.live.LocalServers;
import dev.mortise.testkit.live.OrdersTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A verification that is killed goes on where it stood, and finds what one in peace finds.
@Tag("live")
@Tag("slow")
class VerifyKillTest {
    private static final long ROWS = 800_000;
    private static final long SEED = Long.getLong("mortise.seed", System.nanoTime());
    private static final int KILLS = 3;
    private static final Duration LOOK = Duration.ofMillis(5);

    /// The computed column keeps the source from hashing its rows itself: they are read, which
    /// takes some seconds.
    private static final String FLOW =
            """
            steps:
              rows: {read: db.orders}
              priced: {from: rows, map: {'*': keep, total: "cast(amount * qty as decimal(18,2))"}}
              out: {from: priced, write: db.priced, mode: mirror, key: [id]}
            """;

    private final LocalPostgres server = LocalServers.postgres();
    private final Random random = new Random(SEED);
    private final ProjectFolder project;
    private final Path notes;

    VerifyKillTest(@TempDir Path folder) throws IOException, SQLException {
        String database = server.freshDatabase("verify_kill");
        OrdersTable.create(server, database, ROWS);
        server.executeIn(
                database,
                "create table priced as"
                        + " select *, cast(amount * qty as numeric(18,2)) as total from orders",
                "alter table priced add primary key (id)",
                "delete from priced where id % 200000 = 7",
                "update priced set note = note || '!' where id % 200000 = 9",
                "insert into priced select -id, customer_id, status, country, amount, qty, price,"
                        + " created_at, updated_at, active, note, attrs, total"
                        + " from priced where id <= 3",
                "vacuum (freeze, analyze)");
        project = new ProjectFolder(folder).postgres("db", server, database).flow("priced", FLOW);
        notes = folder.resolve(".mortise/verify/priced.json");
    }

    @Test
    void goesOnAfterKills() throws Exception {
        int kills = 0;
        Program program = start();
        while (kills < KILLS && strikes(program)) {
            program.kill9();
            assertTrue(Files.exists(notes), "seed " + SEED);
            kills++;
            program = start();
        }
        Ended ended = program.await();
        String told = "seed " + SEED + ", " + kills + " kills: " + ended;
        assertTrue(kills > 0, told);
        assertEquals(Exit.REJECTED, ended.code(), told);
        var step = ended.json().path("steps").path(0);
        assertTrue(step.path("resumed_rows").asLong() > 0, told);
        assertEquals(ROWS, step.path("source_rows").asLong(), told);
        assertEquals(ROWS - 1, step.path("target_rows").asLong(), told);
        assertEquals(4, step.path("missing").asLong(), told);
        assertEquals(3, step.path("extra").asLong(), told);
        assertEquals(4, step.path("different").asLong(), told);
        assertFalse(Files.exists(notes), told);
    }

    private Program start() throws IOException {
        return project.start(server, "verify", "priced", "--json");
    }

    /// Waits until something was noted down, and a little longer.
    ///
    /// @return false when the verification ended before
    private boolean strikes(Program program) throws IOException, InterruptedException {
        long before = noted();
        while (noted() == before) {
            if (program.endsWithin(LOOK)) {
                return false;
            }
        }
        return !program.endsWithin(Duration.ofMillis(random.nextInt(300)));
    }

    private long noted() throws IOException {
        return Files.exists(notes) ? Files.getLastModifiedTime(notes).toMillis() : 0;
    }
}
