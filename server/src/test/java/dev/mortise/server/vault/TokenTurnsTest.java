package dev.mortise.server.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.server.store.Database;
import dev.mortise.server.store.TestDatabase;
import dev.mortise.server.vault.TokenTurns.Turn;
import dev.mortise.server.vault.TokenTurns.Whose;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.testkit.live.LocalServers;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two servers that share a database, and two threads of one.
@Tag("live")
final class TokenTurnsTest {
    private static final Whose CRM = new Whose(TestDatabase.PROJECT, "crm");
    private static final Whose ERP = new Whose(TestDatabase.PROJECT, "erp");

    @Test
    void oneServerHasTheTurnAtATime() throws SQLException {
        try (Database database = TestDatabase.postgres(LocalServers.postgres())) {
            takesTurns(new TokenTurns(database), new TokenTurns(database));
        }
    }

    @Test
    void oneThreadHasTheTurnAtATime(@TempDir Path home) throws Exception {
        try (Database database = TestDatabase.sqlite(home)) {
            TokenTurns turns = new TokenTurns(database);
            CountDownLatch has = new CountDownLatch(1);
            CountDownLatch over = new CountDownLatch(1);
            FutureTask<String> first =
                    new FutureTask<>(
                            () ->
                                    turns.alone(
                                            CRM,
                                            Duration.ofSeconds(10),
                                            _ -> {
                                                has.countDown();
                                                return waited(over);
                                            }));
            Thread.ofVirtual().start(first);
            has.await();
            assertTrue(turns.ifIdle(CRM, _ -> "in").isEmpty());
            assertEquals(Optional.of("in"), turns.ifIdle(ERP, _ -> "in"));
            over.countDown();
            assertEquals("first", first.get());
            assertEquals(Optional.of("in"), turns.ifIdle(CRM, _ -> "in"));
        }
    }

    private static String waited(CountDownLatch over) {
        try {
            over.await();
            return "first";
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void takesTurns(TokenTurns one, TokenTurns other) {
        Duration none = Duration.ZERO;
        String told =
                one.alone(
                        CRM,
                        none,
                        _ -> {
                            assertTrue(other.ifIdle(CRM, _ -> "in").isEmpty());
                            ProblemException late =
                                    assertThrows(
                                            ProblemException.class,
                                            () -> other.alone(CRM, none, _ -> "in"));
                            assertEquals(ProblemCode.TIMED_OUT, late.problem().code());
                            return other.alone(ERP, none, _ -> "of another connection");
                        });
        assertEquals("of another connection", told);
        assertEquals("in", other.alone(CRM, none, _ -> "in"));
    }

    @Test
    void aServerThatDiedLosesItsTurnAndMaySaveNothing() throws SQLException {
        try (Database database = TestDatabase.postgres(LocalServers.postgres())) {
            TokenTurns one = new TokenTurns(database);
            TokenTurns other = new TokenTurns(database);
            String told =
                    one.alone(
                            CRM,
                            Duration.ZERO,
                            turn -> {
                                demand(database, one, turn);
                                database.write(
                                        dsl -> dsl.execute("update token_turn set until = 1"));
                                String taken = other.alone(CRM, Duration.ZERO, _ -> "taken over");
                                assertThrows(
                                        ProblemException.class, () -> demand(database, one, turn));
                                return taken;
                            });
            assertEquals("taken over", told);
        }
    }

    private static void demand(Database database, TokenTurns turns, Turn turn) {
        database.write(
                dsl -> {
                    turns.demand(dsl, turn);
                    return true;
                });
    }
}
