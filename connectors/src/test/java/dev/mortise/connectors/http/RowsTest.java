package dev.mortise.connectors.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.Incremental;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.connect.RejectedRow;
import dev.mortise.spi.connect.Scan;
import dev.mortise.spi.connect.Snapshot;
import dev.mortise.spi.connect.Source;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Schema;
import dev.mortise.testkit.contract.Rows;
import dev.mortise.testkit.live.ScriptedApi;
import dev.mortise.testkit.live.ScriptedApi.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// How records become rows.
@Tag("live")
final class RowsTest {
    private ScriptedApi api;

    @BeforeEach
    void start() {
        api = ScriptedApi.start();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private Fixture orders(Map<String, ?> columns) {
        return new Fixture(api.url())
                .orders(Map.of("path", "/orders", "columns", columns, "records", "$"));
    }

    @Test
    void hidesSecretsInTheReasonOfARejectedRecord() {
        api.on("/orders", _ -> Reply.json("[{\"id\":\"canary-7\"},{\"id\":1}]"));
        Fixture fixture =
                orders(Map.of("id", "int64"))
                        .set("auth", Map.of("kind", "bearer", "token", "canary-7"));
        assertEquals(List.of(List.of("1")), fixture.read());
        String reason = fixture.rejected.getFirst().problem().message();
        assertTrue(reason.contains("got '***'"), reason);
        assertEquals("id", fixture.rejected.getFirst().column());
    }

    @Test
    void readsEveryTypeAsItIsWritten() {
        Map<String, Object> columns = new LinkedHashMap<>();
        columns.put("b", "bool");
        columns.put("i", "int16");
        columns.put("u", "uint64");
        columns.put("d", "decimal(38,4)");
        columns.put("f", "float64");
        columns.put("t", "text");
        columns.put("n", "text");
        columns.put("day", "date");
        columns.put("at", "timestamptz");
        columns.put("id", "uuid");
        columns.put("raw", "json");
        columns.put("city", Map.of("type", "text", "path", "address.city"));
        columns.put("gone", "int64");
        api.on(
                "/orders",
                _ ->
                        Reply.json(
                                """
                                [{"b":true,"i":-3.0,"u":18446744073709551615,
                                  "d":12345678901234567890.1250,"f":1e3,"t":"a\\u00e9\\n🙂",
                                  "n":[1, "x"],"day":"2024-02-29","at":"2024-02-29T08:00:00+08:00",
                                  "id":"0b9d8d1e-0000-4000-8000-000000000001",
                                  "raw":{"k" : [1.50, null]},"address":{"zip":1,"city":"杭州"},
                                  "other":{"deep":[[]]}}]
                                """));
        assertEquals(
                List.of(
                        Rows.row(
                                "true",
                                "-3",
                                "18446744073709551615",
                                "12345678901234567890.1250",
                                "1000.0",
                                "aé\n🙂",
                                "[1, \"x\"]",
                                "2024-02-29",
                                "2024-02-29 00:00:00Z",
                                "0b9d8d1e-0000-4000-8000-000000000001",
                                "{\"k\" : [1.50, null]}",
                                "杭州",
                                null)),
                orders(columns).read());
    }

    @Test
    void rejectsTheRowWhoseValueDoesNotFitAndNamesTheColumn() {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("id", "int32");
        columns.put("amount", "decimal(6,2)");
        columns.put("note", "text");
        api.on(
                "/orders",
                _ ->
                        Reply.json(
                                """
                                [{"id":1,"amount":1.5,"note":"a"},{"note":"b","id":2,"amount":"x"},
                                 {"id":3000000000,"amount":null},{"id":4,"amount":{"v":1}}, 5, null,
                                 {"id":7,"amount":1.234},{"id":8,"note":null}]
                                """));
        Fixture fixture = orders(columns);
        assertEquals(
                List.of(Rows.row("1", "1.50", "a"), Rows.row("8", null, null)), fixture.read());
        List<RejectedRow> rejected = fixture.rejected;
        assertEquals(6, rejected.size());
        assertEquals("amount", rejected.get(0).column());
        assertEquals(ProblemCode.CAST_FAILED, rejected.get(0).problem().code());
        assertEquals("{\"note\":\"b\",\"id\":2,\"amount\":\"x\"}", rejected.get(0).row());
        assertEquals("id", rejected.get(1).column());
        assertEquals("amount", rejected.get(2).column());
        assertEquals("5", rejected.get(3).row());
        assertEquals("null", rejected.get(4).row());
        assertEquals(ProblemCode.VALUE_OUT_OF_RANGE, rejected.get(5).problem().code());
    }

    @Test
    void infersColumnsFromTheFirstPage() {
        api.on(
                "/orders",
                _ ->
                        Reply.json(
                                """
                                [{"id":1,"price":1,"big":123456789012345678901,"f":1.5e3,"ok":null},
                                 {"id":2,"price":1.25,"name":"x","tags":[1],"ok":true,"mix":1},
                                 {"mix":"y"}]
                                """));
        Fixture fixture = new Fixture(api.url()).orders(Map.of("path", "/orders"));
        try (HttpConnector connector = fixture.open()) {
            Schema schema = connector.describe("orders").schema();
            List<String> columns =
                    schema.fields().stream().map(f -> f.name() + " " + f.type().text()).toList();
            assertEquals(
                    List.of(
                            "id int64",
                            "price decimal(38,10)",
                            "big decimal(38,10)",
                            "f float64",
                            "ok bool",
                            "name text",
                            "tags json",
                            "mix text"),
                    columns);
        }
        assertEquals("[1]", fixture.read().get(1).get(6));
    }

    @Test
    void asksForColumnsWhenThereIsNothingToInferThemFrom() {
        api.on("/orders", _ -> Reply.json("[]"));
        Fixture fixture = new Fixture(api.url()).orders(Map.of("path", "/orders"));
        var problem = assertThrows(ProblemException.class, fixture::read).problem();
        assertEquals(ProblemCode.OPTION_MISSING, problem.code());
    }

    @Test
    void readsRecordsOfNestedArrays() {
        api.on("/orders", _ -> Reply.json("{\"g\":[{\"m\":[{\"id\":1}]},{\"m\":[{\"id\":2}]}]}"));
        Fixture fixture =
                new Fixture(api.url())
                        .orders(
                                Map.of(
                                        "path",
                                        "/orders",
                                        "records",
                                        "$.g[*].m",
                                        "columns",
                                        Map.of("id", "int8")));
        assertEquals(List.of(List.of("1"), List.of("2")), fixture.read());
    }

    @Test
    void saysWhereADocumentIsBroken() {
        api.on("/orders", _ -> Reply.json("[{\"id\":1},\n{\"id\":"));
        var problem =
                assertThrows(ProblemException.class, () -> orders(Map.of("id", "int8")).read())
                        .problem();
        assertEquals(ProblemCode.SERVER_FAILED, problem.code());
        assertTrue(problem.message().contains("line 2"), problem::message);
    }

    @Test
    void handsTheCursorToTheApiLessTheLookback() {
        api.on("/orders", _ -> Reply.json("[{\"at\":\"2024-03-01T00:00:00Z\"}]"));
        Map<String, Object> words = new LinkedHashMap<>();
        words.put("path", "/orders");
        words.put("columns", Map.of("at", "timestamptz"));
        words.put(
                "incremental",
                Map.of(
                        "param",
                        "since",
                        "format",
                        "yyyy-MM-dd HH:mm:ss",
                        "zone",
                        "Asia/Shanghai",
                        "start",
                        "2000-01-01 00:00:00"));
        Fixture fixture = new Fixture(api.url()).orders(words);
        Optional<String> after = Optional.of("2024-02-29 16:10:00Z");
        Duration lookback = Duration.ofMinutes(10);
        Incremental first = new Incremental("at", Optional.empty(), lookback, true);
        Incremental next = new Incremental("at", after, lookback, true);
        fixture.read(new Scan(List.of(), Optional.empty(), Optional.of(first)));
        assertEquals(
                List.of(List.of("2024-03-01 00:00:00Z")),
                fixture.read(new Scan(List.of(), Optional.empty(), Optional.of(next))));
        var requests = api.requests("/orders");
        assertEquals("2000-01-01 00:00:00", requests.get(0).query().get("since"));
        assertEquals("2024-03-01 00:00:00", requests.get(1).query().get("since"));
    }

    @Test
    void goesOnAtThePageAndRecordWhereItStopped() {
        int pages = 30;
        int size = 1_000;
        api.on(
                "/orders",
                request -> {
                    StringBuilder body = new StringBuilder("[");
                    int page = request.number("page", 1);
                    for (int i = 0; i < (page > pages ? 0 : size); i++) {
                        body.append(i == 0 ? "" : ",");
                        body.append("{\"id\":").append((page - 1) * size + i).append('}');
                    }
                    return Reply.json(body + "]");
                });
        Fixture fixture =
                new Fixture(api.url())
                        .orders(
                                Map.of(
                                        "path",
                                        "/orders",
                                        "columns",
                                        Map.of("id", "int64"),
                                        "paging",
                                        Map.of("kind", "page")));
        List<Batch> batches = new ArrayList<>();
        try (HttpConnector connector = fixture.open();
                Snapshot snapshot = connector.snapshot(connector.describe("orders"), Scan.ALL)) {
            Range range = snapshot.ranges(1).getFirst();
            while (range != null) {
                range = readOne(snapshot, range, batches);
            }
        }
        var ids = Rows.texts(batches).stream().map(row -> row.getFirst()).distinct().toList();
        assertEquals((long) pages * size, Rows.count(batches));
        assertEquals(pages * size, ids.size());
    }

    /// Reads one batch and leaves; gives what is left then.
    private static @Nullable Range readOne(Snapshot snapshot, Range range, List<Batch> into) {
        try (Source source = snapshot.source(range, row -> fail(row.toString()))) {
            Batch batch = source.next();
            if (batch == null) {
                return null;
            }
            into.add(batch);
            return source.rest();
        }
    }
}
