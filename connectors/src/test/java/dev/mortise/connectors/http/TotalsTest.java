package dev.mortise.connectors.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.testkit.live.ScriptedApi;
import dev.mortise.testkit.live.ScriptedApi.Reply;
import dev.mortise.testkit.live.ScriptedApi.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Totals that move while pages are read, and totals that are wrong.
@Tag("live")
final class TotalsTest {
    private static final int SIZE = 10;

    private final List<Integer> ids = new ArrayList<>();
    private ScriptedApi api;

    /// How many records more the API says it has.
    private int boast;

    @BeforeEach
    void start() {
        api = ScriptedApi.start();
        api.on("/orders", this::page);
        IntStream.range(0, 30).forEach(ids::add);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    /// Once the first page is out, a record of it is gone.
    private synchronized Reply page(Request request) {
        int from = (request.number("page", 1) - 1) * SIZE;
        String items =
                ids.stream()
                        .skip(from)
                        .limit(SIZE)
                        .map(id -> "{\"id\":" + id + "}")
                        .collect(Collectors.joining(",", "[", "]"));
        Reply reply =
                Reply.json("{\"total\":%d,\"items\":%s}".formatted(ids.size() + boast, items));
        if (boast == 0) {
            ids.remove(Integer.valueOf(3));
        }
        return reply;
    }

    private Fixture orders(String overlaps) {
        Map<String, Object> paging =
                Map.of(
                        "kind",
                        "page",
                        "size",
                        SIZE,
                        "total",
                        "$.total",
                        "overlaps",
                        overlaps,
                        "stop",
                        "empty");
        return new Fixture(api.url())
                .orders(
                        Map.of(
                                "path",
                                "/orders",
                                "records",
                                "$.items",
                                "columns",
                                Map.of("id", "int64"),
                                "key",
                                List.of("id"),
                                "paging",
                                paging));
    }

    private static Set<Integer> distinct(List<List<@Nullable String>> rows) {
        Set<Integer> ids = new TreeSet<>();
        rows.forEach(row -> ids.add(Integer.valueOf(String.valueOf(row.getFirst()))));
        return ids;
    }

    @Test
    void readsOnceMoreWhenTheTotalFellWhereRowsMayComeTwice() {
        List<List<@Nullable String>> rows = orders("allow").read();
        assertEquals(new TreeSet<>(IntStream.range(0, 30).boxed().toList()), distinct(rows));
        assertEquals(2, firstPages());
    }

    @Test
    void readsOnceWhereRowsMustNotComeTwice() {
        List<List<@Nullable String>> rows = orders("refuse").read();
        assertFalse(distinct(rows).contains(10), "it was stepped over");
        assertEquals(1, firstPages());
    }

    @Test
    void isAProblemWhenTheSecondReadIsShortToo() {
        boast = 1;
        ProblemException thrown =
                assertThrows(ProblemException.class, () -> orders("allow").read());
        assertEquals(ProblemCode.SOURCE_CHANGED, thrown.problem().code());
        assertEquals(2, firstPages());
    }

    private long firstPages() {
        return api.requests().stream().filter(r -> r.number("page", 1) == 1).count();
    }
}
