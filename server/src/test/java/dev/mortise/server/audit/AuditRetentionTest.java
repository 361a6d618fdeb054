package dev.mortise.server.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.server.settings.ServerSettings;
import dev.mortise.server.store.Database;
import dev.mortise.server.store.Hash;
import dev.mortise.server.store.TestDatabase;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.testkit.live.LocalPostgres;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("live")
class AuditRetentionTest {
    private static final AuditSeal SEAL = text -> Optional.of(Hash.of("a key" + text));

    @TempDir private Path home = Path.of("");

    private final class Kept {
        final Database database;
        final AuditStore audit;
        final AuditChain chain;
        final AuditRetention retention;

        Kept(Database database, AuditSeal seal) {
            this.database = database;
            ServerSettings settings =
                    new ServerSettings(home, "127.0.0.1", 1, "", Optional.empty(), Map.of());
            AuditMarkStore marks = new AuditMarkStore();
            audit = new AuditStore(database, marks, seal);
            chain = new AuditChain(database, audit, marks, seal, new AuditAnchors(settings));
            retention = new AuditRetention(database, audit, marks, seal, settings);
        }

        void add(int count) {
            for (int i = 0; i < count; i++) {
                String object = "flows/" + i;
                database.write(
                        dsl -> {
                            audit.add(
                                    dsl,
                                    new AuditEntry("ann", "", "a.b", "sales", object, null, null));
                            return null;
                        });
            }
        }

        void sql(String statement) {
            assertEquals(1, (int) database.write(dsl -> dsl.execute(statement)));
        }
    }

    private static Instant later() {
        return Instant.now().plus(Duration.ofDays(1));
    }

    private void removes(Database database) {
        Kept kept = new Kept(database, SEAL);
        kept.add(10);
        assertEquals(0, kept.retention.remove(Instant.now().minus(Duration.ofDays(180)), 100));
        assertEquals(6, kept.retention.remove(later(), 6));
        AuditChain.Report report = kept.chain.verify();
        assertTrue(report.ok(), report.toString());
        assertEquals(7, report.firstSeq());
        // The four that are left, and the one that tells of it.
        assertEquals(5, report.entries());
        AuditLine told = kept.audit.from(10, 1).getFirst();
        assertEquals("audit.shorten", told.action());
        assertTrue(String.valueOf(told.after()).contains("\"through\":6"), told.toString());

        kept.sql("delete from audit where seq = 7");
        assertEquals(7, kept.chain.verify().brokenAt());
    }

    @Test
    void removesWhatIsTooOldAndLeavesACheckpoint() throws SQLException {
        try (Database database = TestDatabase.sqlite(home)) {
            removes(database);
        }
        try (LocalPostgres server = LocalPostgres.start();
                Database database = TestDatabase.postgres(server)) {
            removes(database);
        }
    }

    @Test
    void leavesWhatIsNotInOrder() {
        try (Database database = TestDatabase.sqlite(home)) {
            Kept kept = new Kept(database, SEAL);
            kept.add(10);
            kept.sql("update audit set actor = 'bob' where seq = 4");
            assertEquals(3, kept.retention.remove(later(), 100));
            assertEquals(0, kept.retention.remove(later(), 100));
            assertEquals(4, kept.chain.verify().brokenAt());
        }
    }

    @Test
    void believesNoCheckpointItDidNotSign() {
        try (Database database = TestDatabase.sqlite(home)) {
            Kept kept = new Kept(database, SEAL);
            kept.add(5);
            kept.sql(
                    "insert into audit_checkpoint select 3, hash, 3, 0, 'forged' from audit"
                            + " where seq = 3");
            kept.sql("delete from audit where seq = 1");
            AuditChain.Report report = kept.chain.verify();
            assertFalse(report.ok());
            assertEquals("checkpoint", report.because());
            assertEquals(0, kept.retention.remove(later(), 100));
        }
    }

    @Test
    void removesNothingItCannotSign() {
        try (Database database = TestDatabase.sqlite(home)) {
            Kept kept = new Kept(database, _ -> Optional.empty());
            kept.add(3);
            assertEquals(0, kept.retention.remove(later(), 100));
            assertTrue(kept.chain.verify().ok());
        }
    }

    @Test
    void keepsAtLeastHalfAYear() {
        assertEquals(Optional.empty(), AuditRetention.kept(""));
        assertEquals(Optional.of(Duration.ofDays(180)), AuditRetention.kept("180"));
        for (String wrong : new String[] {"179", "0", "-1", "soon", "999999"}) {
            assertThrows(ProblemException.class, () -> AuditRetention.kept(wrong), wrong);
        }
    }
}
