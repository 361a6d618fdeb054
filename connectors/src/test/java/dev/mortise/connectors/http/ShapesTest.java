package dev.mortise.connectors.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.spi.connect.Scan;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.testkit.contract.Rows;
import dev.mortise.testkit.live.ScriptedApi;
import dev.mortise.testkit.live.ScriptedApi.Reply;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Records that are arrays, rows within records, and resources that depend on others.
@Tag("live")
final class ShapesTest {
    private ScriptedApi api;

    @BeforeEach
    void start() {
        api = ScriptedApi.start();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private static Map<String, Object> words(Object... pairs) {
        Map<String, Object> words = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            words.put((String) pairs[i], pairs[i + 1]);
        }
        return words;
    }

    private Fixture orders(Object... words) {
        return new Fixture(api.url()).orders(words(words));
    }

    private static Problem problem(Fixture fixture) {
        return assertThrows(ProblemException.class, fixture::read).problem();
    }

    @Test
    void namesTheValuesOfArraysByTheirOrder() {
        api.on("/orders", _ -> Reply.json("[[1,\"a\",{\"x\":1}],[2,null,3],[3,\"c\"]]"));
        Map<String, Object> columns =
                words(
                        "raw",
                        words("type", "json", "path", "F.Raw"),
                        "FID",
                        "int64",
                        "name",
                        "text");
        Fixture fixture =
                orders(
                        "path",
                        "/orders",
                        "method",
                        "POST",
                        "body",
                        Map.of("FieldKeys", "{fields}"),
                        "fields",
                        List.of("FID", "name", "F.Raw"),
                        "columns",
                        columns);
        assertEquals(
                List.of(Rows.row("{\"x\":1}", "1", "a"), Rows.row("3", "2", null)), fixture.read());
        assertEquals("{\"FieldKeys\":\"FID,name,F.Raw\"}", api.requests().getFirst().body());
        String message = fixture.rejected.getFirst().problem().message();
        assertTrue(message.contains("expected 3 values"), message);
    }

    @Test
    void infersTheColumnsOfArrays() {
        api.on("/orders", _ -> Reply.json("[[1,\"a\"],[2,\"b\"]]"));
        assertEquals(
                List.of(List.of("1", "a"), List.of("2", "b")),
                orders("path", "/orders", "fields", List.of("id", "name")).read());
    }

    private static final String LINES =
            """
            {"data":[{"no":"A","lines":[{"sku":"x","n":1},{"sku":"y","n":2}],"at":{"city":"杭州"}},
            {"lines":[],"no":"B"},{"no":"C"},{"at":{"city":null},"lines":{"sku":"z","n":3},"no":17},
            {"lines":[{"sku":"bad","n":"?"},{"n":5,"sku":"w"}],"no":null}]}
            """;

    private Fixture lines() {
        return orders(
                "path", "/orders",
                "records", "$.data",
                "each", "$.lines",
                "parent", words("city", "$.at.city", "no", "no"),
                "columns", words("no", "text", "sku", "text", "n", "int64", "city", "text"));
    }

    @Test
    void rowsWithinRecordsCarryWhatTheRecordHas() {
        api.on("/orders", _ -> Reply.json(LINES));
        Fixture fixture = lines();
        assertEquals(
                List.of(
                        Rows.row("A", "x", "1", "杭州"),
                        Rows.row("A", "y", "2", "杭州"),
                        Rows.row("17", "z", "3", null),
                        Rows.row(null, "w", "5", null)),
                fixture.read());
        assertEquals(1, fixture.rejected.size());
        assertEquals("{\"sku\":\"bad\",\"n\":\"?\"}", fixture.rejected.getFirst().row());
    }

    @Test
    void infersTheColumnsOfRowsWithinRecords() {
        api.on("/orders", _ -> Reply.json(LINES));
        List<?> first =
                orders(
                                "path",
                                "/orders",
                                "records",
                                "$.data",
                                "each",
                                "lines",
                                "parent",
                                words("no", "$.no"))
                        .read()
                        .getFirst();
        assertEquals(List.of("A", "x", "1"), first);
    }

    @Test
    void entersARecordInTheMiddleOfItsRows() {
        StringBuilder body = new StringBuilder("{\"data\":[");
        for (int order = 0; order < 3; order++) {
            body.append(order == 0 ? "" : ",")
                    .append("{\"no\":")
                    .append(order)
                    .append(",\"lines\":[");
            for (int line = 0; line < 5_000; line++) {
                body.append(line == 0 ? "" : ",")
                        .append("{\"sku\":\"")
                        .append(line)
                        .append("\",\"n\":1}");
            }
            body.append("]}");
        }
        api.on("/orders", _ -> Reply.json(body + "]}"));
        List<?> rows = lines().readInPieces(Scan.ALL);
        assertEquals(15_000, rows.size());
        assertEquals(lines().read(), rows);
        assertTrue(api.requests().size() > 2, "it came back");
    }

    private Fixture perOrder(Map<String, Object> lines) {
        Map<String, Object> resources = new LinkedHashMap<>();
        resources.put(
                "heads",
                words(
                        "path",
                        "/heads",
                        "columns",
                        words("id", "text", "x", "json"),
                        "paging",
                        words("kind", "page", "size", 20, "total", "$.total"),
                        "records",
                        "$.heads"));
        Map<String, Object> all =
                words(
                        "path", "/heads/{order}/lines",
                        "for_each", words("resource", "heads", "field", "id", "as", "order"),
                        "columns", words("order", "text", "n", "int64"));
        all.putAll(lines);
        resources.put("orders", all);
        api.on(
                "/heads",
                request -> {
                    int from = (request.number("page", 1) - 1) * 20;
                    return Reply.json(
                            IntStream.range(from, Math.min(from + 20, 250))
                                    .mapToObj(i -> "{\"id\":\"%s\",\"x\":{}}".formatted(id(i)))
                                    .collect(
                                            java.util.stream.Collectors.joining(
                                                    ",", "{\"total\":250,\"heads\":[", "]}")));
                });
        for (int i = 0; i < 250; i++) {
            String body = i % 3 == 0 ? "[]" : "[{\"n\":%d},{\"n\":-%d}]".formatted(i, i);
            api.on("/heads/" + id(i) + "/lines", _ -> Reply.json(body));
        }
        return new Fixture(api.url()).set("resources", resources);
    }

    private static String id(int i) {
        return "h-" + i;
    }

    private static List<?> expected() {
        return IntStream.range(0, 250)
                .filter(i -> i % 3 != 0)
                .boxed()
                .flatMap(
                        i ->
                                java.util.stream.Stream.of(
                                        List.of(id(i), "" + i), List.of(id(i), "-" + i)))
                .toList();
    }

    @Test
    void asksForEachRecordOfAnotherResource() {
        assertEquals(expected(), perOrder(Map.of()).read());
        assertEquals(13, api.requests("/heads").size());
        assertEquals(250, api.requests().size() - 13);
    }

    @Test
    void comesBackToTheParentItLeft() {
        assertEquals(expected(), perOrder(Map.of()).readInPieces(Scan.ALL));
    }

    @Test
    void paramsAndBodiesMayHoldTheValue() {
        api.on(
                "/lines",
                request ->
                        Reply.json(
                                "[{\"n\":"
                                        + request.query().getOrDefault("q", "h-0").substring(2)
                                        + "}]"));
        Fixture fixture = perOrder(Map.of("path", "/lines", "params", Map.of("q", "{order}")));
        assertEquals(250, fixture.read().size());
    }

    @Test
    void asksForEachPageOfEachParentOnce() {
        api.on(
                "/paged",
                request ->
                        Reply.json(
                                "{\"total\":2,\"items\":[{\"n\":%d}]}"
                                        .formatted(request.number("page", 1))));
        Fixture fixture =
                perOrder(
                        words(
                                "path",
                                "/paged",
                                "params",
                                Map.of("q", "{order}"),
                                "records",
                                "$.items",
                                "paging",
                                words("kind", "page", "size", 1, "total", "$.total")));
        assertEquals(500, fixture.read().size());
        assertEquals(500, api.requests("/paged").size());
    }

    @Test
    void saysWhenTheOtherResourceIsNotThere() {
        Fixture fixture =
                perOrder(
                        Map.of(
                                "for_each",
                                words("resource", "headz", "field", "id", "as", "order")));
        Problem problem = problem(fixture);
        assertEquals(ProblemCode.DATASET_MISSING, problem.code());
        assertTrue(problem.fix().contains("heads"), problem::fix);
        fixture =
                perOrder(
                        Map.of(
                                "for_each",
                                words("resource", "orders", "field", "id", "as", "order")));
        assertTrue(problem(fixture).message().contains("circle"), problem::message);
    }
}
