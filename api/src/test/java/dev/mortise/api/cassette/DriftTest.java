package dev.mortise.api.cassette;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.api.answer.JsonPath;
import dev.mortise.api.cassette.Change.Kind;
import dev.mortise.api.cassette.Result.Sums;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The rules by which a contract is told to have changed. `#` in a record is its number.
final class DriftTest {
    private static final int MANY = 40;

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    private final Map<String, String> places = new LinkedHashMap<>();
    private final Map<String, String> types = new LinkedHashMap<>();
    private List<String> key = List.of();
    private List<String> masks = List.of();

    private static Observed many(String... kinds) {
        return observed(MANY, i -> kinds[i % kinds.length]);
    }

    private static Observed observed(int count, IntFunction<String> record) {
        Observer fields = new Observer();
        for (int i = 0; i < count; i++) {
            String text = record.apply(i).replace('\'', '"').replace("#", Integer.toString(i));
            fields.see(JSON.readTree(text));
        }
        return new Observed(count, 0, fields.facets(), Map.of(), Map.of());
    }

    private void column(String name, String path, String type) {
        places.put(name, path);
        types.put(name, type);
    }

    private List<Change> changes(Observed before, Observed after) {
        Sums none = new Sums(0, 0, "", Map.of(), List.of());
        return new Drift(places, new Result(types, key, none), masks).changes(before, after);
    }

    private static String told(List<Change> changes) {
        List<String> told = new ArrayList<>();
        changes.forEach(c -> told.add(c.severity() + " " + c.kind() + " " + c.path()));
        return String.join("; ", told);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'a': 1, 'b': 2} | {'a': 1} | BREAKING FIELD_GONE b",
                "{'a': 1} | {'a': 1, 'b': 2} | HARMLESS FIELD_NEW b",
                "{'a': 1, 'o': {'x': 1}} | {'a': 1} | BREAKING FIELD_GONE o",
                "{'l': [{'s': 'x'}]} | {'l': [{'t': 'x'}]} | "
                        + "BREAKING FIELD_GONE l[].s; HARMLESS FIELD_NEW l[].t",
                "{'a': #} | {'a': '#'} | BREAKING TYPE_NEW a",
                "{'a': '#'} | {'a': #} | BREAKING TYPE_NEW a",
                "{'a': true} | {'a': 'true'} | BREAKING TYPE_NEW a",
                "{'a': {'x': 1}} | {'a': 'x'} | BREAKING TYPE_NEW a",
                "{'a': [1]} | {'a': {'x': 1}} | BREAKING TYPE_NEW a",
                "{'a': #} | {'a': #.5} | RISKY TYPE_NEW a",
                "{'a': #.5} | {'a': #} | ~~",
                "{'a': null} | {'a': 'x#'} | HARMLESS TYPE_NEW a",
                "{'d': '2026-11-26'} | {'d': '2026/11/26'} | RISKY FORMAT_NEW d",
                "{'d': '2026-11-26 08:00:00'} | {'d': '2026-11-26T08:00:00'} | RISKY FORMAT_NEW d",
                "{'d': 'x#'} | {'d': '2026-11-26'} | ~~",
                "{'n': '#'} | {'n': 'N#'} | RISKY FORMAT_NEW n",
                "{'t': 'abcdefghij#'} | {'t': 'abcdefghijabcdefghijabcdefghij#'} | RISKY LONGER t",
                "{'t': 'abc#'} | {'t': 'abcdefghij#'} | ~~",
                "{'n': 123#} | {'n': 12345678901#} | RISKY DIGITS_MORE n",
                "{'n': 1.25} | {'n': 1.255} | RISKY SCALE_MORE n",
                "{'s': 'PAID'} | {'s': 'OPEN'} | RISKY VALUE_NEW s; HARMLESS VALUE_GONE s",
                "{'s': 'x#'} | {'s': 'y#'} | ~~",
            })
    void tellsOneChangeOfManyRecords(String before, String after, String expected) {
        List<String> found = List.of(told(changes(many(before), many(after))).split("; "));
        List<String> wanted = List.of(expected.split("; "));
        assertEquals(wanted.stream().sorted().toList(), found.stream().sorted().toList());
    }

    @Test
    void nothingChangesWhenNothingChanged() {
        Observed seen = many("{'a': 1, 'l': [{'x': null}]}", "{'a': 2}");
        assertEquals(List.of(), changes(seen, seen));
    }

    @Test
    void whatWasThereInFewRecordsWasNotAlwaysThere() {
        Observed few = observed(3, _ -> "{'a': 1, 'b': 2}");
        assertEquals("RISKY FIELD_GONE b", told(changes(few, many("{'a': 1}"))));
        Observed some = observed(3, i -> i == 0 ? "{'a': 1}" : "{'a': 1, 'b': 2}");
        Observed one = observed(1, _ -> "{'a': 1}");
        assertEquals("", told(changes(some, one)));
    }

    @Test
    void whatIsRareMayBeMissingAmongFew() {
        Observed rare = observed(100, i -> i % 50 == 0 ? "{'a': 1, 'b': 2}" : "{'a': 1}");
        assertEquals("", told(changes(rare, observed(20, _ -> "{'a': 1}"))));
        assertEquals("RISKY FIELD_GONE b", told(changes(rare, observed(400, _ -> "{'a': 1}"))));
    }

    @Test
    void aFieldThatWasAlwaysThereIsMissingAtTimes() {
        String after =
                told(changes(many("{'a': 1, 'b': 2}"), many("{'a': 1, 'b': 2}", "{'a': 1}")));
        assertEquals("RISKY FIELD_RARER b", after);
    }

    @Test
    void anEmptyListSaysNothingOfItsItems() {
        assertEquals("", told(changes(many("{'l': [{'x': 1}]}"), many("{'l': []}"))));
    }

    @Test
    void aNullIsGraverInAKey() {
        Observed before = many("{'id': 'a#'}");
        Observed after = many("{'id': 'a#'}", "{'id': null}");
        assertEquals("RISKY NULL_NEW id", told(changes(before, after)));
        column("no", "id", "text");
        key = List.of("no");
        assertEquals("BREAKING NULL_NEW id", told(changes(before, after)));
        assertEquals(
                "HARMLESS NULL_NEW x",
                told(changes(observed(3, _ -> "{'x': 'a#'}"), many("{'x': 'a#'}", "{'x': null}"))));
    }

    @Test
    void whatItsColumnCannotHoldBreaks() {
        column("n", "n", "int32");
        column("d", "d", "timestamp");
        column("m", "m", "decimal(18,2)");
        String before = "{'n': 123#, 'd': '2026-11-26 08:00:00', 'm': 1.25}";
        String after = "{'n': 12345678901#, 'd': '26.11.2026', 'm': 1.255}";
        assertEquals(
                "BREAKING FORMAT_NEW d; BREAKING SCALE_MORE m; BREAKING DIGITS_MORE n",
                told(changes(many(before), many(after))));
    }

    @Test
    void aMaskedFieldIsNotComparedValueByValue() {
        masks = List.of("o.s");
        String changes = told(changes(many("{'o': [{'s': 'A'}]}"), many("{'o': [{'s': 'B'}]}")));
        assertEquals("", changes);
        masks = List.of("x.s");
        assertTrue(
                told(changes(many("{'o': [{'s': 'A'}]}"), many("{'o': [{'s': 'B'}]}")))
                        .contains("VALUE_NEW"));
    }

    @Test
    void aKeyThatRepeatsBreaks() {
        column("no", "id", "text");
        key = List.of("no");
        Observed before = many("{'id': 'a#'}");
        Observed after = new Observed(MANY, 2, before.fields(), Map.of(), Map.of());
        assertEquals("BREAKING KEY_REPEATED no", told(changes(before, after)));
    }

    @Test
    void tellsThatRecordsAreGoneAndNotEachOfTheirFields() {
        Observed none = new Observed(0, 0, Map.of(), Map.of(), Map.of());
        assertEquals("RISKY RECORDS_GONE ", told(changes(many("{'a': 1}"), none)));
    }

    @Test
    void looksAtWhatStandsAroundTheRecords() {
        assertEquals(
                "RISKY FIELD_GONE $.total; HARMLESS FIELD_NEW $.count",
                told(changes(around("{'total': 3, 'd': []}"), around("{'count': 3, 'd': []}"))));
    }

    private static Observed around(String page) {
        Observer envelope = new Observer();
        envelope.around(JSON.readTree(page.replace('\'', '"')), JsonPath.parse("$.d"));
        return new Observed(0, 0, Map.of(), envelope.facets(), Map.of());
    }

    @Test
    void aVendorThatAnnouncesAnEndIsHeard() {
        Observed before = many("{'a': 1}");
        Observed after =
                new Observed(
                        MANY,
                        0,
                        before.fields(),
                        Map.of(),
                        Map.of("sunset", "Sat, 31 Dec 2027 23:59:59 GMT"));
        assertEquals("RISKY NOTICE_NEW header sunset", told(changes(before, after)));
    }

    @Test
    void aChangeKeepsItsPrintWhileItStaysTheSame() {
        Observed before = many("{'s': 'x#'}");
        Change some = changes(before, many("{'s': 'x#'}", "{'s': null}")).getFirst();
        Change most = changes(before, many("{'s': null}", "{'s': null}", "{'s': 'x'}")).getFirst();
        assertEquals(Kind.NULL_NEW, most.kind());
        assertNotEquals(some.after(), most.after());
        assertEquals(some.fingerprint(), most.fingerprint());
        assertTrue(some.fingerprint().matches("[0-9a-f]{12}"), some::fingerprint);
        Observed set = many("{'s': 'A'}");
        Change one = changes(set, many("{'s': 'A'}", "{'s': 'B'}")).getFirst();
        Change other = changes(set, many("{'s': 'A'}", "{'s': 'C'}")).getFirst();
        assertNotEquals(one.fingerprint(), other.fingerprint());
    }

    @Test
    void aChangeTouchesColumnsAtItsPlaceInsideAndAroundIt() {
        column("name", "customer.name", "text");
        column("city", "customer.address.city", "text");
        column("custom", "custom", "text");
        Sums none = new Sums(0, 0, "", Map.of(), List.of());
        Drift drift = new Drift(places, new Result(types, key, none), masks);
        assertEquals(List.of("name", "city"), drift.touched(at("customer")));
        assertEquals(List.of("city"), drift.touched(at("customer.address.city.code")));
        assertEquals(List.of("custom"), drift.touched(at("custom")));
    }

    private static Change at(String path) {
        return new Change(Kind.FIELD_GONE, path, "", "", "", Severity.BREAKING);
    }
}
