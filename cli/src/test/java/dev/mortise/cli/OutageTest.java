package dev.mortise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.testkit.live.Await;
import dev.mortise.testkit.live.Fault;
import dev.mortise.testkit.live.Fault.Direction;
import dev.mortise.testkit.live.FaultProxy;
import dev.mortise.testkit.live.LocalPostgres;
import dev.mortise.testkit.live.LocalServers;
import dev.mortise.testkit.live.OrdersTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Servers that go away and lines that break: the run waits, tries again, and ends right; no row
/// is blamed for it.
@Tag("live")
class OutageTest {
    private static final long ROWS = 60_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String COLUMNS = "id, status, amount, note, attrs";

    private final LocalPostgres server = LocalServers.postgres();
    private final Path folder;
    private final ProjectFolder project;
    private final String source;
    private final String target;
    private final FaultProxy toSource;
    private final FaultProxy toTarget;

    OutageTest(@TempDir Path folder) throws IOException, SQLException {
        this.folder = folder;
        source = server.freshDatabase("outage_src");
        target = server.freshDatabase("outage_dst");
        OrdersTable.create(server, source, ROWS);
        toSource = FaultProxy.to(server, 1);
        toTarget = FaultProxy.to(server, 1);
        project = new ProjectFolder(folder);
        project.postgres("src", server, toSource.port(), source);
        project.postgres("dst", server, toTarget.port(), target);
    }

    @AfterEach
    void closeProxies() {
        toSource.close();
        toTarget.close();
    }

    private void flow(String read, String write) throws IOException {
        project.flow(
                "orders",
                """
                steps:
                  rows: {read: src.public.orders%s}
                  out: {from: rows, write: dst.public.orders, %s}
                verify: {after: none}
                """
                        .formatted(read, write));
    }

    private void assertRight(Ended ended) throws SQLException {
        assertEquals(0, ended.code(), ended.toString());
        assertEquals(
                Ask.content(server, source, "orders", COLUMNS),
                Ask.content(server, target, "orders", COLUMNS),
                ended.toString());
        assertFalse(Files.exists(folder.resolve(".mortise/dead")), "dead letters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"steps", "copy"})
    void waitsForATargetThatIsDownAtTheStart(String kind) throws Exception {
        flow("", "mode: append");
        if (kind.equals("copy")) {
            project.flow(
                    "orders",
                    "copy: {from: src, to: dst, into: \"public.{table}\", mode: replace}\n");
        }
        toTarget.set(new Fault.Down());
        Program program = project.start(server, "run", "orders", "--json");
        Await.until(
                "the run says that it tries again",
                PATIENCE,
                () -> !program.alive() || program.ended().err().contains("trying again"));
        toTarget.set(new Fault.Pass());
        assertRight(program.await());
    }

    @ParameterizedTest
    @ValueSource(strings = {"append", "upsert, key: [id]", "replace", "mirror, key: [id]"})
    void goesOnAfterTheLineToTheTargetBroke(String mode) throws Exception {
        flow("", "mode: " + mode);
        toTarget.set(new Fault.CutAfter(Direction.TO_SERVER, 4_000_000));
        Ended ended = project.call(server, "run", "orders", "--json");
        assertEquals(1, toTarget.fired());
        assertRight(ended);
        assertEquals(
                ROWS, ended.json().path("steps").path("out").path("rows_out").asLong(), "receipt");
    }

    @Test
    void goesOnAfterTheLineToTheSourceBroke() throws Exception {
        flow("", "mode: append");
        toSource.set(new Fault.CutAfter(Direction.TO_CLIENT, 4_000_000));
        Ended ended = project.call(server, "run", "orders", "--json");
        assertEquals(1, toSource.fired());
        assertRight(ended);
    }

    /// Every commit of the run loses its answer once, the publishing one too.
    @ParameterizedTest
    @ValueSource(strings = {"append", "replace", "incremental"})
    void doublesNoRowWhenTheAnswerToACommitIsLost(String mode) throws Exception {
        flow(
                mode.equals("incremental") ? ", incremental: {by: id}" : "",
                "mode: " + (mode.equals("incremental") ? "append" : mode));
        server.executeIn(source, "delete from orders where id > " + ROWS / 3, "analyze orders");
        int commits = 0;
        for (boolean fired = true; fired; ) {
            server.executeIn(
                    target,
                    "drop table if exists orders",
                    "drop table if exists mortise_checkpoint");
            int before = toTarget.fired();
            toTarget.set(new Fault.CutAt(Direction.TO_CLIENT, "COMMIT\0", ++commits));
            Ended ended = project.call(server, "run", "orders", "--json");
            fired = toTarget.fired() > before;
            assertRight(ended);
            assertEquals(
                    ROWS / 3,
                    ended.json().path("steps").path("out").path("rows_out").asLong(),
                    "receipt after commit " + commits + " lost its answer: " + ended);
        }
        // The claim, the beginning, a part, the end, and once none any more.
        assertTrue(commits >= 5, commits + " commits");
    }

    @Test
    void goesOnAfterTheTargetCrashed() throws Exception {
        try (LocalPostgres other = LocalPostgres.start()) {
            other.createDatabase("dst");
            project.connection(
                    "dst",
                    """
                    type: postgres
                    host: %s
                    port: %d
                    database: dst
                    user: %s
                    password: %s
                    """
                            .formatted(other.host(), other.port(), other.user(), other.password()));
            flow("", "mode: append");
            toSource.set(new Fault.Latency(Duration.ofMillis(3), Duration.ofMillis(3)));
            Program program = project.start(server, "run", "orders", "--json");
            Await.until("a part is done", PATIENCE, () -> !program.alive() || partsDone(other) > 0);
            other.kill9();
            other.restart();
            Ended ended = program.await();
            assertEquals(0, ended.code(), ended.toString());
            assertTrue(ended.err().contains("trying again"), ended.toString());
            assertEquals(
                    Ask.content(server, source, "orders", COLUMNS),
                    Ask.content(other, "dst", "orders", COLUMNS),
                    ended.toString());
        }
    }

    private static long partsDone(LocalPostgres server) throws SQLException {
        return Ask.one(server, "dst", "select to_regclass('mortise_checkpoint')").equals("null")
                ? 0
                : Ask.number(
                        server,
                        "dst",
                        "select count(*) from mortise_checkpoint where part >= 0 and state ="
                                + " 'done'");
    }
}
