package dev.mortise.connectors.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.spi.connect.Scan;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.testkit.live.ScriptedApi;
import dev.mortise.testkit.live.ScriptedApi.Reply;
import java.time.Duration;
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
        String csv =
                IntStream.range(0, ROWS)
                        .mapToObj(Integer::toString)
                        .collect(Collectors.joining("\n", "id\n", "\n"));
        store.on("/file", _ -> Reply.text(200, "text/csv", csv));
        api.on("/exports/77/file", _ -> Reply.text(200, "text/csv", "id\n5\n"));
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
