package dev.mortise.connectors.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.type.Field;
import dev.mortise.testkit.contract.Rows;
import dev.mortise.testkit.live.ScriptedApi;
import dev.mortise.testkit.live.ScriptedApi.Reply;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Columns of times, with and without a word on how they are written.
@Tag("live")
final class TimesTest {
    private ScriptedApi api;

    @BeforeEach
    void start() {
        api = ScriptedApi.start();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private Fixture orders(Map<String, ?> words) {
        Map<String, Object> all = new LinkedHashMap<>(words);
        all.put("path", "/orders");
        return new Fixture(api.url()).orders(all);
    }

    @Test
    void readsTimesAsTheColumnsSay() {
        api.on(
                "/orders",
                _ ->
                        Reply.json(
                                """
                                [{"at":1700000000123,"day":20261126,"made":"2026/1/6 9:05"},
                                 {"at":"1700000000123","day":"20261126","made":"2026/13/6"}]
                                """));
        Map<String, Object> columns = new LinkedHashMap<>();
        columns.put("at", Map.of("type", "timestamptz", "format", "epoch_ms"));
        columns.put("day", Map.of("type", "date", "format", "yyyyMMdd"));
        columns.put("made", Map.of("type", "timestamptz", "format", "yyyy/M/d H:mm"));
        Fixture fixture = orders(Map.of("columns", columns, "zone", "Asia/Shanghai"));
        assertEquals(
                List.of(Rows.row("2023-11-14 22:13:20.123Z", "2026-11-26", "2026-01-06 01:05:00Z")),
                fixture.read());
        assertEquals("made", fixture.rejected.getFirst().column());
        assertTrue(
                fixture.rejected.getFirst().problem().message().contains("'yyyy/M/d H:mm'"),
                () -> fixture.rejected.toString());
    }

    @Test
    void readsTimesAroundRows() {
        api.on(
                "/orders",
                _ ->
                        Reply.json(
                                """
                                [{"at":1700000000,"lines":[{"due":"00000000"},{"due":"20260106"}]}]
                                """));
        Map<String, Object> columns = new LinkedHashMap<>();
        columns.put("at", Map.of("type", "timestamptz", "format", "epoch_s"));
        columns.put("due", Map.of("type", "date", "format", "yyyyMMdd"));
        Fixture fixture =
                orders(
                        Map.of(
                                "columns",
                                columns,
                                "each",
                                "$.lines",
                                "parent",
                                Map.of("at", "$.at")));
        assertEquals(
                List.of(
                        Rows.row("2023-11-14 22:13:20Z", null),
                        Rows.row("2023-11-14 22:13:20Z", "2026-01-06")),
                fixture.read());
    }

    @Test
    void infersTimesThatAllRecordsHave() {
        api.on(
                "/orders",
                _ ->
                        Reply.json(
                                """
                                [{"a":"/Date(1700000000000)/","b":"2026-11-26T10:00:00Z",
                                  "c":"2026-11-26","d":"2026-11-26","e":null,"f":"2026-11-26"},
                                 {"a":"/Date(1700000001000)/","b":null,
                                  "c":"2026-11-27","d":"soon","e":"2026-11-26 10:00:00","f":""}]
                                """));
        try (HttpConnector connector = orders(Map.of()).open()) {
            List<String> types =
                    connector.describe("orders").schema().fields().stream()
                            .map(Field::type)
                            .map(type -> type.text())
                            .toList();
            assertEquals(
                    List.of("timestamp", "timestamptz", "date", "text", "timestamp", "text"),
                    types);
        }
        assertEquals("2023-11-14 22:13:20", orders(Map.of()).read().getFirst().getFirst());
    }

    @Test
    void saysWhatIsWrongWithAForm() {
        Map<String, Object> columns = new LinkedHashMap<>();
        columns.put("a", Map.of("type", "date", "format", "epoch"));
        columns.put("b", Map.of("type", "int64", "format", "epoch_s"));
        columns.put("c", Map.of("type", "timestamptz", "format", "yyyyMMddHHmmss"));
        columns.put("d", Map.of("type", "timestamptz", "zone", "Asia/Peking"));
        List<String> told =
                orders(Map.of("columns", columns)).problems().stream()
                        .map(Problem::message)
                        .toList();
        assertEquals(4, told.size(), told::toString);
        assertTrue(told.get(0).contains("epoch_ms"), told::toString);
        assertTrue(told.get(1).contains("int64"), told::toString);
        assertTrue(told.get(2).contains("'zone' beside it"), told::toString);
        assertTrue(told.get(3).contains("Asia/Peking"), told::toString);
    }
}
