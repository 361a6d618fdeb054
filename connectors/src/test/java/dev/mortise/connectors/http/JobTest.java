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
}
