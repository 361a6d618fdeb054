package dev.mortise.api.cassette;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.api.answer.JsonPath;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

final class ObserverTest {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    private final Observer observer = new Observer();

    private Map<String, Facet> seen(String... records) {
        for (String record : records) {
            observer.see(JSON.readTree(record.replace('\'', '"')));
        }
        return observer.facets();
    }

    private static Facet at(Map<String, Facet> facets, String path) {
        assertTrue(facets.containsKey(path), () -> path + " is not among " + facets.keySet());
        return java.util.Objects.requireNonNull(facets.get(path));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '|',
            value = {
                "null, NULL",
                "true, BOOL",
                "12, INTEGER",
                "-1.50, DECIMAL",
                "1e400, DECIMAL",
                "{}, OBJECT",
                "[], ARRAY",
                "'', EMPTY_TEXT",
                "'007', INTEGER_TEXT",
                "'12.50', DECIMAL_TEXT",
                "'True', BOOL_TEXT",
                "'2026-11-26', DATE",
                "'2026/11/26', DATE_SLASHED",
                "'08:30', TIME",
                "'2026-11-26T08:30:00.123', DATETIME",
                "'2026-11-26 08:30:00', DATETIME_SPACED",
                "'2026-11-26T08:30:00Z', DATETIME_ZONED",
                "'2026-11-26T08:30:00+08:00', DATETIME_ZONED",
                "'6f1c1c3e-7a75-4f0e-9a9e-0b7f5a0c9d11', UUID",
                "'https://a.example/b', URL",
                "'榫接', TEXT"
            })
    void knowsWhatAValueLooksLike(String value, Form form) {
        Facet facet = at(seen("{'v': " + value + "}"), "v");
        assertEquals(Map.of(form, 1L), facet.forms());
    }

    @Test
    void countsPresenceAmongTheObjectsThatCouldHaveHadIt() {
        Map<String, Facet> facets =
                seen(
                        "{'lines': [{'sku': 'a', 'qty': 1}, {'sku': 'b'}], 'note': null}",
                        "{'lines': []}",
                        "{'customer': {'name': 'x'}}");
        assertEquals(3, at(facets, "lines").of());
        assertEquals(2, at(facets, "lines").there());
        assertEquals(2, at(facets, "lines[]").there());
        assertEquals(2, at(facets, "lines[].sku").of());
        assertEquals(1, at(facets, "lines[].qty").there());
        assertTrue(at(facets, "lines[].sku").always());
        assertFalse(at(facets, "lines[].qty").always());
        assertEquals(1, at(facets, "note").nulls());
        // Where there is no customer its name is not missing.
        assertTrue(at(facets, "customer.name").always());
    }

    @Test
    void measuresTextsAndNumbers() {
        Map<String, Facet> facets =
                seen("{'n': 1234.50, 't': '榫接ab'}", "{'n': -7, 't': '12345678901'}");
        assertEquals(new Facet.Extent(0, 4, 2), at(facets, "n").extent());
        assertEquals(11, at(facets, "t").extent().longest());
    }

    @Test
    void takesANumberOfAnySizeWithoutWritingItOut() {
        assertEquals(1_000_001, at(seen("{'n': 1e1000000}"), "n").extent().digits());
    }

    @Test
    void keepsTheValuesOfASetAndNoOthers() {
        for (int i = 0; i < 40; i++) {
            seen("{'state': '%s', 'no': 'A-%d'}".formatted(i % 2 == 0 ? "PAID" : "OPEN", i));
        }
        Map<String, Facet> facets = observer.facets();
        assertEquals(List.of("OPEN", "PAID"), at(facets, "state").values());
        assertTrue(at(facets, "state").isSet());
        assertEquals(List.of(), at(facets, "no").values());
    }

    @Test
    void fewRecordsMakeNoSet() {
        assertFalse(at(seen("{'state': 'PAID'}", "{'state': 'PAID'}"), "state").isSet());
    }

    @Test
    void aMapByIdsCountsAsOneField() {
        StringBuilder map = new StringBuilder("{'by': {");
        for (int i = 0; i < 1_000; i++) {
            map.append(i == 0 ? "" : ",").append("'k").append(i).append("': ").append(i);
        }
        Map<String, Facet> facets = seen(map.append("}}").toString());
        assertEquals(1 + 200 + 1, facets.size());
        assertEquals(800, at(facets, "by.*").there());
    }

    @Test
    void looksAroundTheRecordsAndNotAtThem() {
        String page = "{'code': 0, 'data': {'total': 3, 'items': [{'id': 1}]}, 'next': 'x'}";
        observer.around(JSON.readTree(page.replace('\'', '"')), JsonPath.parse("$.data.items"));
        assertEquals(
                Set.of("$.code", "$.data", "$.data.total", "$.next"), observer.facets().keySet());
    }

    @Test
    void looksAroundRecordsInGroups() {
        String page = "{'groups': [{'name': 'a', 'members': [{'id': 1}]}]}";
        observer.around(
                JSON.readTree(page.replace('\'', '"')), JsonPath.parse("$.groups[*].members"));
        assertEquals(
                Set.of("$.groups", "$.groups[]", "$.groups[].name"), observer.facets().keySet());
    }
}
