package dev.mortise.connectors.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.spi.connect.Scan;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.testkit.live.ScriptedApi;
import dev.mortise.testkit.live.ScriptedApi.Reply;
import dev.mortise.testkit.live.ScriptedApi.Request;
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

/// OData, keysets, resets, and what makes pages safe: order, overlaps, a cap, pages ahead.
@Tag("live")
final class PagingKindsTest {
    private ScriptedApi api;

    @BeforeEach
    void start() {
        api = ScriptedApi.start();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private static String items(int from, int to) {
        return IntStream.range(from, Math.max(from, to))
                .mapToObj(id -> "{\"id\":" + id + "}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    private Fixture orders(Object... more) {
        Map<String, Object> words = new LinkedHashMap<>();
        words.put("path", "/orders");
        words.put("records", "$.items");
        words.put("columns", Map.of("id", "int64"));
        for (int i = 0; i < more.length; i += 2) {
            words.put((String) more[i], more[i + 1]);
        }
        return new Fixture(api.url()).orders(words);
    }

    private static void assertAll(int count, List<?> rows) {
        assertEquals(IntStream.range(0, count).mapToObj(id -> List.of("" + id)).toList(), rows);
    }

    private static Problem problem(Fixture fixture) {
        return assertThrows(ProblemException.class, fixture::read).problem();
    }

    @Test
    void followsTheOpaqueLinksOfOData() {
        api.on(
                "/orders",
                request -> {
                    int from = Integer.parseInt(request.query().getOrDefault("$skiptoken", "0"));
                    String next =
                            from < 20
                                    ? ",\"@odata.nextLink\":\"orders?$skiptoken="
                                            + (from + 10)
                                            + "\""
                                    : "";
                    return Reply.json("{\"value\":" + items(from, from + 10) + next + "}");
                });
        assertAll(30, orders("paging", Map.of("kind", "odata"), "records", "$.value").read());
    }

    @Test
    void followsTheLinksOfODataVersionTwo() {
        api.on(
                "/orders",
                request -> {
                    int from = request.number("t", 0);
                    String next =
                            from < 20
                                    ? ",\"__next\":\"%s/orders?t=%d\""
                                            .formatted(api.url(), from + 10)
                                    : "";
                    return Reply.json(
                            "{\"d\":{\"results\":" + items(from, from + 10) + next + "}}");
                });
        Map<String, Object> paging = Map.of("kind", "odata", "version", 2);
        assertAll(30, orders("paging", paging, "records", "$.d.results").read());
    }

    @Test
    void refusesToSkipThroughOData() {
        Fixture fixture =
                orders("paging", Map.of("kind", "odata"), "params", Map.of("$skip", "10"));
        Problem problem = fixture.problems().getFirst();
        assertEquals(ProblemCode.OPTION_INVALID, problem.code());
        assertTrue(problem.message().contains("$skip"), problem::message);
    }

    private void answersAfter(int count) {
        api.on(
                "/orders",
                request -> {
                    int from = request.number("since_id", -1) + 1;
                    return Reply.json(
                            "{\"items\":" + items(from, Math.min(from + 10, count)) + "}");
                });
    }

    private static final Map<String, Object> KEYSET =
            Map.of("kind", "keyset", "param", "since_id", "after", "id");

    @Test
    void readsBehindTheLastKey() {
        answersAfter(35);
        assertAll(35, orders("paging", KEYSET).read());
        assertEquals("29", api.requests().get(3).query().get("since_id"));
    }

    @Test
    void aKeysetIsEnteredAgainBehindTheRecordItWasLeftAt() {
        answersAfter(25_000);
        List<?> rows = orders("paging", KEYSET).readInPieces(Scan.ALL);
        assertAll(25_000, rows);
    }

    @Test
    void aKeysetNeedsRecordsInOrder() {
        api.on("/orders", _ -> Reply.json("{\"items\":[{\"id\":9},{\"id\":10},{\"id\":10}]}"));
        Problem problem = problem(orders("paging", KEYSET));
        assertEquals(ProblemCode.SERVER_FAILED, problem.code());
        assertTrue(problem.message().contains("rising order of 'id'"), problem::message);
    }

    @Test
    void numbersStartAnewBehindTheLastRecordBeforeTheyGetTooHigh() {
        api.on(
                "/orders",
                request -> {
                    int offset = request.number("offset", 0);
                    if (offset + 10 > 40) {
                        return Reply.status(400, "{\"error\":\"offset too high\"}");
                    }
                    int from = request.number("id_after", -1) + 1 + offset;
                    return Reply.json("{\"items\":" + items(from, Math.min(from + 10, 95)) + "}");
                });
        Map<String, Object> paging =
                Map.of(
                        "kind",
                        "offset",
                        "size",
                        10,
                        "reset",
                        Map.of("records", 40, "param", "id_after", "after", "id"));
        assertAll(95, orders("paging", paging).read());
        assertEquals("39", api.requests().get(4).query().get("id_after"));
        assertEquals("0", api.requests().get(4).query().get("offset"));
    }

    private Reply moved(Request request) {
        // Between the calls a record is put in front, so that all others move.
        int from = request.number("page", 1) == 1 ? 0 : 9;
        return Reply.json(
                "{\"items\":%s,\"call\":%d}"
                        .formatted(items(from, from + 10), api.requests().size()));
    }

    @Test
    void saysWhenRecordsMovedFromPageToPage() {
        api.on("/orders", this::moved);
        Map<String, Object> paging = Map.of("kind", "page");
        Problem problem = problem(orders("paging", paging, "key", List.of("id")));
        assertEquals(ProblemCode.SOURCE_CHANGED, problem.code());
        assertTrue(problem.message().contains("1 records that the page before"), problem::message);
    }

    @Test
    void knowsARepeatedPageByItsKeysThoughItLooksOtherwise() {
        api.on(
                "/orders",
                request ->
                        Reply.json(
                                "{\"items\":[{\"id\":1,\"at\":%d},{\"id\":2,\"at\":0}]}"
                                        .formatted(request.number("page", 0))));
        Map<String, Object> paging = Map.of("kind", "page", "overlaps", "allow");
        Problem problem = problem(orders("paging", paging, "key", List.of("id")));
        assertEquals(ProblemCode.SERVER_FAILED, problem.code());
        assertTrue(problem.message().contains("same records"), problem::message);
    }

    @Test
    void parksARunThatHasHadItsPages() {
        api.on(
                "/orders",
                request -> {
                    int from = (request.number("page", 1) - 1) * 3_000;
                    return Reply.json(
                            "{\"items\":" + items(from, Math.min(from + 3_000, 10_000)) + "}");
                });
        Map<String, Object> paging = Map.of("kind", "page", "pages_max", 3);
        Problem problem = problem(orders("paging", paging));
        assertEquals(ProblemCode.PAGES_EXCEEDED, problem.code());
        assertTrue(problem.message().contains("page '4' follows"), problem::message);
        // Whoever comes back has another three.
        assertAll(10_000, orders("paging", paging).readInPieces(Scan.ALL));
    }

    @Test
    void fetchesSeveralPagesAtOnceOnceTheTotalIsKnown() {
        AtomicInteger open = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        api.on(
                "/orders",
                request -> {
                    most.accumulateAndGet(open.incrementAndGet(), Math::max);
                    java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
                    open.decrementAndGet();
                    int from = (request.number("page", 1) - 1) * 10;
                    return Reply.json(
                            "{\"total\":300,\"items\":"
                                    + items(from, Math.min(from + 10, 300))
                                    + "}");
                });
        Map<String, Object> paging = Map.of("kind", "page", "size", 10, "total", "$.total");
        assertAll(300, orders("paging", paging).set("concurrency", 4).read());
        assertEquals(30, api.requests().size());
        assertTrue(most.get() >= 3 && most.get() <= 4, () -> "at once: " + most);
    }

    @Test
    void asksForTheNextCursorBeforeTheRecordsAreRead() {
        api.on(
                "/orders",
                request -> {
                    int from = request.number("cursor", 0);
                    String next = from < 20 ? "\"" + (from + 10) + "\"" : "null";
                    return Reply.json(
                            "{\"next\":" + next + ",\"items\":" + items(from, from + 10) + "}");
                });
        Map<String, Object> paging = Map.of("kind", "cursor", "next", "$.next");
        assertAll(30, orders("paging", paging).read());
        assertEquals(3, api.requests().size());
    }
}
