package dev.mortise.connectors.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.testkit.live.ScriptedApi;
import dev.mortise.testkit.live.ScriptedApi.Reply;
import dev.mortise.testkit.live.ScriptedApi.Request;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Each kind of paging against a server that pages so, and against one that gets it wrong.
@Tag("live")
final class PagingTest {
    private static final int ROWS = 25;

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
        return IntStream.range(from, Math.max(from, Math.min(to, ROWS)))
                .mapToObj(id -> "{\"id\":" + id + "}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    private Fixture orders(Map<String, ?> paging) {
        Map<String, Object> words = new LinkedHashMap<>();
        words.put("path", "/orders");
        words.put("records", "$.items");
        words.put("columns", Map.of("id", "int64"));
        words.put("paging", paging);
        return new Fixture(api.url()).orders(words);
    }

    private static void assertAll(List<?> rows) {
        assertEquals(IntStream.range(0, ROWS).mapToObj(id -> List.of("" + id)).toList(), rows);
    }

    private Problem problem(Fixture fixture) {
        return assertThrows(ProblemException.class, fixture::read).problem();
    }

    private static Reply byPage(Request request) {
        int from = (request.number("page", 1) - 1) * 10;
        return Reply.json("{\"total\":25,\"items\":" + items(from, from + 10) + "}");
    }

    @Test
    void readsByPageNumberUntilAPageIsEmpty() {
        api.on("/orders", PagingTest::byPage);
        assertAll(orders(Map.of("kind", "page")).read());
    }

    @Test
    void stopsAtTheTotalWithoutACallTooMany() {
        api.on("/orders", PagingTest::byPage);
        var paging = Map.of("kind", "page", "total", "$.total", "size", 10, "size_param", "n");
        assertAll(orders(paging).read());
        // The second page is fetched ahead before the first has told the total.
        assertEquals(3, api.requests("/orders").size());
        assertEquals("10", api.requests("/orders").getFirst().query().get("n"));
    }

    @Test
    void stopsAtAShortPageWhenToldSo() {
        api.on("/orders", PagingTest::byPage);
        assertAll(orders(Map.of("kind", "page", "stop", "short", "size", 10)).read());
    }

    @Test
    void readsByOffsetThoughThePagesAreShorterThanAskedFor() {
        api.on(
                "/orders",
                request -> {
                    int from = request.number("offset", 0);
                    return Reply.json("{\"items\":" + items(from, from + 7) + "}");
                });
        assertAll(orders(Map.of("kind", "offset", "size", 10, "size_param", "limit")).read());
    }

    @Test
    void readsByCursorFromTheBody() {
        api.on(
                "/orders",
                request -> {
                    int from = request.number("after", 0);
                    String next = from + 10 < ROWS ? "\"" + (from + 10) + "\"" : "null";
                    return Reply.json(
                            "{\"items\":%s,\"meta\":{\"next\":%s}}"
                                    .formatted(items(from, from + 10), next));
                });
        assertAll(orders(Map.of("kind", "cursor", "param", "after", "next", "$.meta.next")).read());
    }

    @Test
    void stopsWhereTheCursorPageSaysThatNoMoreFollows() {
        api.on(
                "/orders",
                request -> {
                    int from = request.number("after", 0);
                    return Reply.json(
                            "{\"more\":%s,\"next\":%d,\"items\":%s}"
                                    .formatted(
                                            from + 10 < ROWS, from + 10, items(from, from + 10)));
                });
        var paging = Map.of("kind", "cursor", "param", "after", "next", "next", "has_more", "more");
        assertAll(orders(paging).read());
        assertEquals(3, api.requests("/orders").size());
    }

    @Test
    void followsTheLinkHeader() {
        api.on(
                "/orders",
                request -> {
                    int from = request.number("from", 0);
                    Reply reply = Reply.json("{\"items\":" + items(from, from + 10) + "}");
                    String links =
                            "</orders?from=0>; rel=\"first\", </orders?from=%d>; rel=\"next\""
                                    .formatted(from + 10);
                    return from + 10 < ROWS ? reply.with("Link", links) : reply;
                });
        assertAll(orders(Map.of("kind", "next_link")).read());
    }

    @Test
    void pagesInsideThePostBody() {
        api.on(
                "/orders",
                request -> {
                    int at = request.body().indexOf("\"no\":") + 5;
                    int page = Integer.parseInt(request.body().replaceAll("[^0-9]", ""));
                    assertTrue(at > 4 && request.body().contains("\"open\""), request.body());
                    return Reply.json("{\"items\":" + items(page * 10, page * 10 + 10) + "}");
                });
        Map<String, Object> words = new LinkedHashMap<>();
        words.put("path", "/orders");
        words.put("method", "POST");
        words.put("body", Map.of("state", "open"));
        words.put("records", "$.items");
        words.put("columns", Map.of("id", "int64"));
        words.put("paging", Map.of("kind", "page", "param", "page.no", "start", 0, "in", "body"));
        assertAll(new Fixture(api.url()).orders(words).read());
    }

    @Test
    void refusesAnApiThatGivesTheSamePageAgain() {
        api.on("/orders", _ -> Reply.json("{\"items\":" + items(0, 10) + "}"));
        Problem problem = problem(orders(Map.of("kind", "page")));
        assertEquals(ProblemCode.SERVER_FAILED, problem.code());
        assertTrue(problem.message().contains("same records"), problem::message);
    }

    @Test
    void refusesACursorThatComesBack() {
        api.on(
                "/orders",
                request ->
                        Reply.json(
                                "{\"next\":\"%s\",\"items\":[{\"id\":%d}]}"
                                        .formatted(
                                                request.query()
                                                                .getOrDefault("cursor", "")
                                                                .equals("a")
                                                        ? "b"
                                                        : "a",
                                                api.requests().size())));
        Problem problem = problem(orders(Map.of("kind", "cursor", "next", "$.next")));
        assertTrue(problem.message().contains("read already"), problem::message);
        // The fourth may be on its way before the third is read to its end.
        assertTrue(api.requests().size() <= 4, () -> api.requests().toString());
    }

    @Test
    void saysWhenFewerRecordsCameThanTheTotal() {
        api.on(
                "/orders",
                request ->
                        request.number("page", 1) > 2
                                ? Reply.json("{\"total\":25,\"items\":[]}")
                                : byPage(request));
        Problem problem = problem(orders(Map.of("kind", "page", "total", "$.total")));
        assertEquals(ProblemCode.SOURCE_CHANGED, problem.code());
        assertTrue(problem.message().contains("expected 25 records"), problem::message);
    }

    @Test
    void refusesANextLinkToAnotherHost() {
        try (ScriptedApi other = ScriptedApi.start()) {
            api.on(
                    "/orders",
                    _ -> Reply.json("{\"items\":[{\"id\":1}],\"next\":\"" + other.url() + "/x\"}"));
            Fixture fixture = orders(Map.of("kind", "next_link", "next", "$.next"));
            fixture.set("auth", Map.of("kind", "bearer", "token", "canary-7"));
            Problem problem = problem(fixture);
            assertTrue(problem.message().contains("got a link to"), problem::message);
            assertEquals(0, other.requests().size());
        }
    }

    @Test
    void refusesANextLinkThatTakesTheBodyToAnotherHost() {
        try (ScriptedApi other = ScriptedApi.start()) {
            api.on(
                    "/orders",
                    _ -> Reply.json("{\"items\":[{\"id\":1}],\"next\":\"" + other.url() + "/x\"}"));
            Map<String, Object> words = new LinkedHashMap<>();
            words.put("path", "/orders");
            words.put("method", "POST");
            words.put("body", Map.of("app_secret", "canary-7"));
            words.put("records", "$.items");
            words.put("columns", Map.of("id", "int64"));
            words.put("paging", Map.of("kind", "next_link", "next", "$.next"));
            Problem problem = problem(new Fixture(api.url()).orders(words));
            assertTrue(problem.message().contains("got a link to"), problem::message);
            assertEquals(List.of(), other.requests());
        }
    }

    @Test
    void followsALinkThatIsAQueryAlone() {
        api.on(
                "/v1/orders",
                request ->
                        request.number("page", 1) == 1
                                ? Reply.json("[{\"id\":1}]").with("Link", "<?page=2>; rel=next")
                                : Reply.json("[{\"id\":2}]"));
        Map<String, Object> words = new LinkedHashMap<>();
        words.put("path", "/v1/orders");
        words.put("columns", Map.of("id", "int64"));
        words.put("paging", Map.of("kind", "next_link"));
        assertEquals(
                List.of(List.of("1"), List.of("2")), new Fixture(api.url()).orders(words).read());
    }

    @Test
    void saysWhenThereIsNoPlaceForRecords() {
        api.on("/orders", _ -> Reply.json("{\"errcode\":40001,\"errmsg\":\"bad token\"}"));
        Problem problem = problem(orders(Map.of("kind", "page")));
        assertTrue(problem.message().contains("expected records at '$.items'"), problem::message);
        assertTrue(problem.message().contains("bad token"), problem::message);
    }

    @Test
    void takesNothingForNoRecords() {
        api.on("/orders", _ -> Reply.json("{\"items\":null}"));
        assertEquals(List.of(), orders(Map.of("kind", "none")).read());
    }
}
