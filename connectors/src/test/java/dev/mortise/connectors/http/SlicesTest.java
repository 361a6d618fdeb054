package dev.mortise.connectors.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.spi.connect.Incremental;
import dev.mortise.spi.connect.Scan;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.testkit.live.ScriptedApi;
import dev.mortise.testkit.live.ScriptedApi.Reply;
import dev.mortise.testkit.live.ScriptedApi.Request;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Slices of time against an API that gives away at most 100 records at once, and in one slice at
/// most 10 days.
@Tag("live")
final class SlicesTest {
    private static final long DAY = 86_400;

    /// 2025-12-01.
    private static final long FROM = 1_764_547_200;

    /// Seconds from one record to the next: few at first, then a burst, then few again.
    private static final List<Long> TIMES =
            LongStream.concat(
                            LongStream.range(0, 30).map(i -> FROM + i * DAY),
                            LongStream.range(0, 1_000).map(i -> FROM + 10 * DAY + 7 + i))
                    .sorted()
                    .boxed()
                    .toList();

    private ScriptedApi api;

    @BeforeEach
    void start() {
        api = ScriptedApi.start();
        api.on("/orders", SlicesTest::answer);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private static Reply answer(Request request) {
        long from = Long.parseLong(request.query().get("from"));
        long to = Long.parseLong(request.query().get("to"));
        if (to - from > 10 * DAY || to <= from) {
            return Reply.status(400, "{\"error\":\"slice\"}");
        }
        List<Long> all = TIMES.stream().filter(time -> time >= from && time < to).toList();
        return Reply.json(
                "{\"total\":%d,\"items\":%s}"
                        .formatted(
                                all.size(),
                                all.stream()
                                        .limit(100)
                                        .map(time -> "{\"at\":" + time + "}")
                                        .collect(Collectors.joining(",", "[", "]"))));
    }

    private Fixture orders(Map<String, ?> slices, Map<String, ?> paging) {
        Map<String, Object> cut = new LinkedHashMap<>();
        cut.put("from", "from");
        cut.put("to", "to");
        cut.put("start", "2025-12-01");
        cut.put("step", "5d");
        cut.put("format", "epoch_s");
        cut.putAll(slices);
        return new Fixture(api.url())
                .orders(
                        Map.of(
                                "path",
                                "/orders",
                                "records",
                                "$.items",
                                "columns",
                                Map.of("at", "int64"),
                                "slices",
                                cut,
                                "paging",
                                paging));
    }

    private static void assertAll(List<?> rows) {
        assertEquals(TIMES.stream().map(time -> List.of("" + time)).toList(), rows);
    }

    private static final Map<String, String> TOTAL =
            Map.of("kind", "page", "total", "$.total", "stop", "total");

    @Test
    void cutsASliceThatHoldsMoreThanTheApiGivesAway() {
        assertAll(orders(Map.of("cap", 100), TOTAL).read());
        assertTrue(api.requests().size() < 100, () -> "calls: " + api.requests().size());
    }

    @Test
    void cutsASliceOfOnePageThatIsFull() {
        assertAll(orders(Map.of("cap", 100), Map.of("kind", "none")).read());
    }

    @Test
    void comesBackToTheSliceItLeft() {
        assertAll(orders(Map.of("cap", 100), TOTAL).readInPieces(Scan.ALL));
    }

    @Test
    void endsWhereItIsTold() {
        List<?> rows =
                orders(Map.of("end", "2025-12-03", "step", "1d"), Map.of("kind", "none")).read();
        assertEquals(List.of(List.of("" + FROM), List.of("" + (FROM + DAY))), rows);
        assertEquals(2, api.requests().size());
    }

    @Test
    void theEndOfASliceMayCount() {
        orders(Map.of("end", "2025-12-03", "inclusive", "true"), Map.of("kind", "none")).read();
        assertEquals("" + (FROM + 2 * DAY - 1), api.requests().getFirst().query().get("to"));
    }

    @Test
    void aFullSliceThatCannotBeCutIsAProblem() {
        Fixture fixture = orders(Map.of("cap", 1), Map.of("kind", "none"));
        Problem problem = assertThrows(ProblemException.class, fixture::read).problem();
        assertEquals(ProblemCode.LIMIT_EXCEEDED, problem.code());
        assertTrue(problem.message().contains("slice from"), problem::message);
    }

    @Test
    void startsAtTheCursor() {
        Fixture fixture = orders(Map.of(), Map.of("kind", "none"));
        fixture.orders(
                Map.of(
                        "path",
                        "/orders",
                        "records",
                        "$.items",
                        "columns",
                        Map.of("at", "int64", "day", "date"),
                        "slices",
                        Map.of(
                                "from",
                                "from",
                                "to",
                                "to",
                                "start",
                                "2025-12-01",
                                "step",
                                "5d",
                                "format",
                                "epoch_s")));
        Incremental moved =
                new Incremental("day", Optional.of("2025-12-30"), Duration.ofDays(1), false);
        fixture.read(new Scan(List.of(), Optional.empty(), Optional.of(moved)));
        assertEquals("" + (FROM + 28 * DAY), api.requests().getFirst().query().get("from"));
    }
}
