package dev.mortise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.testkit.live.ScriptedApi;
import dev.mortise.testkit.live.ScriptedApi.Reply;
import dev.mortise.testkit.live.ScriptedApi.Request;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Incremental runs that may read only so many pages: what one leaves, the next goes on behind, and
/// the cursor stays until all is read.
class ParkIncrementalTest {
    private static final int SIZE = 10;
    private static final int PAGES = 10;
    private static final int RUNS_MAX = 30;

    private final ScriptedApi api = ScriptedApi.start();
    private final Path folder;
    private final ProjectFolder project;

    /// What the API holds: when each record was last changed, by id.
    private final Map<Integer, Integer> records = new ConcurrentHashMap<>();

    ParkIncrementalTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        project = new ProjectFolder(folder).connection("db", "type: sqlite\npath: db.sqlite\n");
        shop(SIZE);
    }

    private void shop(int size) throws IOException {
        project.connection(
                "shop",
                """
                type: http
                base_url: %s
                reach: private
                retries: 0
                resources:
                  orders:
                    path: /orders
                    paging: {kind: page, size: %d, pages_max: 3}
                    incremental: {param: since, format: text}
                    columns: {id: int64, changed: int64}
                    key: [id]
                """
                        .formatted(api.url(), size));
    }

    @BeforeEach
    void serve() {
        for (int id = 1; id <= PAGES * SIZE; id++) {
            records.put(id, id);
        }
        api.on("/orders", this::page);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private void flow(String mode) throws IOException {
        project.flow(
                "orders",
                """
                steps:
                  rows: {read: shop.orders, incremental: {by: changed}}
                  out: {from: rows, write: db.orders, mode: %s, key: [id]}
                """
                        .formatted(mode));
    }

    /// Records changed since then, those that changed first before the others.
    private Reply page(Request request) {
        int from = (request.number("page", 1) - 1) * SIZE;
        return Reply.json(
                records.entrySet().stream()
                        .filter(record -> record.getValue() >= request.number("since", 0))
                        .sorted(Comparator.comparing(Map.Entry<Integer, Integer>::getValue))
                        .skip(from)
                        .limit(SIZE)
                        .map(r -> "{\"id\":" + r.getKey() + ",\"changed\":" + r.getValue() + "}")
                        .collect(Collectors.joining(",", "[", "]")));
    }

    private Ended run() {
        return project.call(Map.of(), "run", "orders", "--json");
    }

    private Ended runUntilDone() {
        Ended ended = run();
        for (int run = 0; run < RUNS_MAX && ended.code() != 0; run++) {
            assertEquals("PAGES_EXCEEDED", ended.problemCode(), ended.toString());
            ended = run();
        }
        assertEquals(0, ended.code(), ended.toString());
        return ended;
    }

    private Map<Integer, Integer> target() throws SQLException {
        Map<Integer, Integer> rows = new TreeMap<>();
        try (Connection connection =
                        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("db.sqlite"));
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select id, changed from orders")) {
            while (row.next()) {
                Integer before = rows.put(row.getInt(1), row.getInt(2));
                assertEquals(null, before, "a row stands twice");
            }
        }
        return rows;
    }

    private List<Integer> pages() {
        return api.requests("/orders").stream().map(r -> r.number("page", 1)).toList();
    }

    private List<Integer> cursors() {
        return api.requests("/orders").stream().map(r -> r.number("since", -1)).toList();
    }

    @Test
    void goesOnBehindWhatWasWrittenAndMovesTheCursorAtTheEnd() throws Exception {
        flow("upsert");
        List<Integer> written = new ArrayList<>();
        for (int run = 1; run <= 4; run++) {
            Ended ended = run();
            assertEquals(run < 4 ? "PAGES_EXCEEDED" : "", ended.problemCode(), ended.toString());
            written.add(target().size());
        }
        assertEquals(List.of(30, 60, 90, 100), written);
        assertEquals(new TreeMap<>(records), target());
        assertEquals(List.of(-1), cursors().stream().distinct().toList());
        assertEquals(1, pages().stream().filter(page -> page == 1).count(), pages()::toString);

        assertEquals("PAGES_EXCEEDED", run().problemCode());
        assertEquals(3 * SIZE, cursors().getLast(), "not behind what the first run had seen");
        runUntilDone();
        assertEquals(new TreeMap<>(records), target());
    }

    @Test
    void missesNoRecordThatChangesOrMovesMeanwhile() throws Exception {
        flow("upsert");
        assertEquals("PAGES_EXCEEDED", run().problemCode());
        // Behind: these were read. All others move up, and one of them onto a page that was read.
        records.put(5, 1_000);
        records.put(6, 1_001);
        assertEquals("PAGES_EXCEEDED", run().problemCode());
        records.put(70, 1_002);
        records.put(101, 1_003);
        runUntilDone();
        runUntilDone();
        assertEquals(new TreeMap<>(records), target());
    }

    @Test
    void aFlowThatWasChangedBeginsAnewOnceAndGetsThrough() throws Exception {
        flow("upsert");
        assertEquals("PAGES_EXCEEDED", run().problemCode());
        project.flow(
                "orders",
                """
                steps:
                  rows: {read: shop.orders, incremental: {by: changed}, where: id > 0}
                  out: {from: rows, write: db.orders, mode: upsert, key: [id]}
                """);
        runUntilDone();
        assertEquals(new TreeMap<>(records), target());
        assertEquals(2, pages().stream().filter(page -> page == 1).count(), pages()::toString);
    }

    @Test
    void goesOnBehindPagesOfWhichNothingIsKept() throws Exception {
        project.flow(
                "orders",
                """
                steps:
                  rows: {read: shop.orders, incremental: {by: changed}, where: id > 45}
                  out: {from: rows, write: db.orders, mode: upsert, key: [id]}
                """);
        for (int run = 1; run <= 3; run++) {
            assertEquals("PAGES_EXCEEDED", run().problemCode());
        }
        assertEquals(0, run().code());
        assertEquals(55, target().size());
        assertEquals(1, pages().stream().filter(page -> page == 1).count(), pages()::toString);
    }

    @Test
    void aPageIsNotMistakenForOneOfAnotherSize() throws Exception {
        flow("upsert");
        assertEquals("PAGES_EXCEEDED", run().problemCode());
        shop(2 * SIZE);
        assertEquals("SOURCE_CHANGED", run().problemCode());
        shop(SIZE);
        runUntilDone();
        assertEquals(new TreeMap<>(records), target());
    }

    @Test
    void anAppendingRunLeavesNothingAndBeginsAgain() throws Exception {
        flow("append");
        assertEquals("PAGES_EXCEEDED", run().problemCode());
        assertEquals("PAGES_EXCEEDED", run().problemCode());
        assertEquals(Map.of(), target());
        assertEquals(2, pages().stream().filter(page -> page == 1).count(), pages()::toString);
    }

    @Test
    void aKilledRunGoesOnWhereTheOneBeforeItParked() throws Exception {
        flow("upsert");
        assertEquals("PAGES_EXCEEDED", run().problemCode());
        killAt(5);
        int before = pages().size();
        assertEquals(3 * SIZE, target().size());
        runUntilDone();
        assertEquals(new TreeMap<>(records), target());
        assertEquals(4, pages().get(before), "the first page after the kill");
        assertEquals(List.of(-1), cursors().stream().distinct().toList());
    }

    @Test
    void aRunKilledBeforeItParkedBeginsAnew() throws Exception {
        flow("upsert");
        killAt(2);
        int before = pages().size();
        runUntilDone();
        assertEquals(new TreeMap<>(records), target());
        assertEquals(1, pages().get(before), "the first page after the kill");
    }

    /// Runs in a process of its own and kills it while it waits for that page.
    private void killAt(int page) throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch killed = new CountDownLatch(1);
        api.on(
                "/orders",
                request -> {
                    if (request.number("page", 1) == page) {
                        asked.countDown();
                        await(killed);
                    }
                    return page(request);
                });
        Program program =
                Program.start(Map.of(), List.of("run", "orders", "--project", folder.toString()));
        assertTrue(asked.await(2, TimeUnit.MINUTES), () -> "never came to page " + page);
        program.kill9();
        killed.countDown();
        api.on("/orders", this::page);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
