package dev.mortise.connectors.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.connect.Scan;
import dev.mortise.spi.connect.Snapshot;
import dev.mortise.spi.connect.Source;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.testkit.contract.Rows;
import dev.mortise.testkit.live.ScriptedApi;
import dev.mortise.testkit.live.ScriptedApi.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Exports that an API prepares: asked for, waited for, fetched and thrown away.
@Tag("live")
final class JobTest {
    private static final int ROWS = 20_000;

    private ScriptedApi api;
    private ScriptedApi store;

    /// Questions that are answered with "running".
    private int runs = 2;

    private String last = "done";

    @BeforeEach
    void start() {
        api = ScriptedApi.start();
        store = ScriptedApi.start();
        api.on("/exports", _ -> Reply.json("{\"data\":{\"id\":77}}"));
        api.on(
                "/exports/77",
                _ -> {
                    String state = api.requests("/exports/77").size() > runs ? last : "running";
                    return Reply.json(
                            "{\"state\":\"%s\",\"url\":\"%s/file?sig=1\",\"why\":\"disk\"}"
                                    .formatted(state, store.url()));
                });
        store.on("/file", _ -> Reply.text(200, "text/csv", csv(ROWS)));
        api.on("/exports/77/file", _ -> Reply.text(200, "text/csv", "id\n5\n"));
    }

    private static String csv(int rows) {
        return IntStream.range(0, rows)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining("\n", "id\n", "\n"));
    }

    private static List<List<String>> ids(int rows) {
        return IntStream.range(0, rows).mapToObj(id -> List.of("" + id)).toList();
    }

    @AfterEach
    void stop() {
        api.close();
        store.close();
    }

    private Fixture orders(Object result) {
        Map<String, Object> job = new LinkedHashMap<>();
        job.put(
                "create",
                Map.of("path", "/exports", "id", "$.data.id", "body", Map.of("kind", "orders")));
        job.put("poll", Map.of("path", "/exports/{job}", "wait", 2, "wait_max", 4, "patience", 60));
        job.put("done", Map.of("at", "$.state", "is", "done", "failed", List.of("failed")));
        job.put("result", result);
        job.put("delete", Map.of("path", "/exports/{job}/old"));
        return new Fixture(api.url())
                .set("auth", Map.of("kind", "bearer", "token", "canary-7"))
                .orders(Map.of("job", job, "columns", Map.of("id", "int64")));
    }

    @Test
    void asksWaitsFetchesAndThrowsAway() {
        Fixture fixture = orders("$.url");
        assertEquals(ROWS, fixture.read().size());
        assertEquals(List.of(Duration.ofSeconds(2), Duration.ofSeconds(3)), fixture.time.waits);
        assertEquals("{\"kind\":\"orders\"}", api.requests().getFirst().body());
        assertEquals("DELETE", api.requests("/exports/77/old").getFirst().method());
        // Where the export lies nobody may see what signs in.
        assertFalse(store.requests().getFirst().headers().containsKey("authorization"));
    }

    @Test
    void fetchesAnExportBelowTheApi() {
        assertEquals(List.of(List.of("5")), orders(Map.of("path", "/exports/{job}/file")).read());
    }

    @Test
    void comesBackToTheSameExport() {
        assertEquals(ROWS, orders("$.url").readInPieces(Scan.ALL).size());
        assertEquals(1, api.requests("/exports").size());
        assertTrue(store.requests().size() > 1, "it came back");
    }

    @Test
    void saysWhenTheExportFailed() {
        last = "failed";
        Problem problem = assertThrows(ProblemException.class, orders("$.url")::read).problem();
        assertEquals(ProblemCode.SERVER_FAILED, problem.code());
        assertTrue(problem.message().contains("state 'failed'"), problem::message);
        assertTrue(problem.message().contains("disk"), problem::message);
    }

    @Test
    void doesNotWaitForEver() {
        runs = Integer.MAX_VALUE;
        Problem problem = assertThrows(ProblemException.class, orders("$.url")::read).problem();
        assertEquals(ProblemCode.TIMED_OUT, problem.code());
        assertTrue(problem.message().contains("its state is 'running'"), problem::message);
    }

    /// The API of [#start], which knows nothing of an export any more that was thrown away.
    private void forgetting() {
        AtomicInteger made = new AtomicInteger(76);
        api.on(
                "/exports",
                _ -> Reply.json("{\"data\":{\"id\":%d}}".formatted(made.incrementAndGet())));
        for (int id : List.of(77, 78)) {
            String path = "/exports/" + id;
            api.on(
                    path,
                    _ ->
                            api.requests(path + "/old").isEmpty()
                                    ? Reply.json(
                                            "{\"state\":\"done\",\"url\":\"%s/file\"}"
                                                    .formatted(store.url()))
                                    : Reply.status(404, "{}"));
        }
    }

    /// Reads everything, the last batch of which the target could not take, and comes back.
    private List<List<String>> comeBackForTheLastBatch(Fixture fixture) {
        try (HttpConnector connector = fixture.open();
                Snapshot snapshot = connector.snapshot(connector.describe("orders"), Scan.ALL)) {
            List<Batch> batches = new ArrayList<>();
            Range last = snapshot.ranges(ROWS).getFirst();
            try (Source source = snapshot.source(last, fixture.rejected::add)) {
                batches.add(source.next());
                for (Range rest = source.rest(); rest != null; rest = source.rest()) {
                    last = rest;
                    batches.add(source.next());
                }
            }
            batches.removeLast();
            assertEquals(1, api.requests("/exports/77/old").size(), "it was thrown away");
            return comeBack(snapshot, last, batches);
        }
    }

    private static List<List<String>> comeBack(Snapshot snapshot, Range rest, List<Batch> batches) {
        try (Source source = snapshot.source(rest, _ -> {})) {
            for (Batch batch = source.next(); batch != null; batch = source.next()) {
                batches.add(batch);
            }
        }
        return Rows.texts(batches);
    }

    @Test
    void asksForAnotherExportWhenTheOneItComesBackToIsGone() {
        forgetting();
        assertEquals(ids(ROWS), comeBackForTheLastBatch(orders("$.url")));
        assertEquals(2, api.requests("/exports").size());
        assertEquals(1, api.requests("/exports/78/old").size());
    }

    @Test
    void refusesAnotherExportWithFewerRecords() {
        forgetting();
        AtomicInteger fetched = new AtomicInteger();
        store.on(
                "/file",
                _ -> Reply.text(200, "text/csv", csv(fetched.getAndAdd(1) == 0 ? ROWS : 9)));
        Fixture fixture = orders("$.url");
        Problem problem =
                assertThrows(ProblemException.class, () -> comeBackForTheLastBatch(fixture))
                        .problem();
        assertEquals(ProblemCode.SOURCE_CHANGED, problem.code());
    }

    private Fixture job(Map<String, ?> job, Map<String, ?> words) {
        Map<String, Object> all = new LinkedHashMap<>(words);
        all.put("job", job);
        all.put("columns", Map.of("id", "int64"));
        return new Fixture(api.url()).orders(all);
    }

    @Test
    void takesTheAddressFromTheFirstAnswer() {
        api.on("/bill", _ -> Reply.json("{\"url\":\"%s/file?sig=1\"}".formatted(store.url())));
        Fixture fixture =
                job(
                        Map.of(
                                "create",
                                Map.of("path", "/bill", "method", "GET"),
                                "result",
                                "$.url"),
                        Map.of("format", "csv"));
        assertEquals(ROWS, fixture.read().size());
        assertEquals(List.of(), fixture.time.waits);
        // The address may have an end: whoever comes back asks for another.
        assertEquals(ROWS, fixture.readInPieces(Scan.ALL).size());
        assertTrue(api.requests("/bill").size() > 2, "it asked again");
    }

    @Test
    void waitsForAFileAtAFixedAddress() {
        AtomicInteger asked = new AtomicInteger();
        api.on(
                "/exports/77/file",
                _ ->
                        switch (asked.incrementAndGet()) {
                            case 1 -> Reply.status(404, "{}");
                            case 2 -> Reply.status(202, "");
                            default -> Reply.text(200, "text/csv", "id\n5\n");
                        });
        Map<String, Object> poll =
                Map.of("path", "/exports/{job}/file", "pending", List.of(202, 404));
        Map<String, Object> create = Map.of("path", "/exports", "id", "$.data.id");
        for (boolean stream : List.of(false, true)) {
            asked.set(0);
            Fixture fixture = job(Map.of("create", create, "poll", poll), Map.of("stream", stream));
            assertEquals(List.of(List.of("5")), fixture.read());
            assertEquals(2, fixture.time.waits.size());
        }
    }

    @Test
    void takesTheRowsFromTheLastQuestion() {
        AtomicInteger asked = new AtomicInteger();
        api.on(
                "/exports/77/state",
                _ ->
                        asked.incrementAndGet() < 3
                                ? Reply.json("{\"state\":\"running\"}")
                                : Reply.json("{\"state\":\"done\",\"rows\":[{\"id\":8}]}"));
        Fixture fixture =
                job(
                        Map.of(
                                "create", Map.of("path", "/exports", "id", "$.data.id"),
                                "poll", Map.of("path", "/exports/{job}/state"),
                                "done", Map.of("at", "$.state", "is", "done")),
                        Map.of("records", "$.rows"));
        assertEquals(List.of(List.of("8")), fixture.read());
        assertEquals(3, asked.get());
    }

    @Test
    void endsWhenTheFileNeverComes() {
        api.on("/late", _ -> Reply.status(404, "{}"));
        Map<String, Object> poll = Map.of("path", "/late", "pending", List.of(404), "patience", 60);
        Fixture fixture = job(Map.of("create", Map.of("path", "/exports"), "poll", poll), Map.of());
        Problem problem = assertThrows(ProblemException.class, fixture::read).problem();
        assertEquals(ProblemCode.TIMED_OUT, problem.code());
        assertTrue(problem.message().contains("its state is 'status 404'"), problem::message);
        // What nobody has called pending ends it at once.
        poll = Map.of("path", "/late");
        fixture = job(Map.of("create", Map.of("path", "/exports"), "poll", poll), Map.of());
        problem = assertThrows(ProblemException.class, fixture::read).problem();
        assertEquals(ProblemCode.DATASET_MISSING, problem.code());
    }

    @Test
    void saysWhatAJobLacks() {
        Map<String, Object> done = Map.of("at", "$.state", "is", "done");
        List<String> told =
                job(Map.of("create", Map.of("path", "/exports"), "done", done), Map.of())
                        .problems()
                        .stream()
                        .map(Problem::message)
                        .toList();
        assertEquals(2, told.size(), told::toString);
        assertTrue(told.getFirst().contains("'poll' beside it"), told::toString);
        assertTrue(told.getLast().contains("'result' is missing"), told::toString);
    }
}
