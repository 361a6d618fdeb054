package dev.mortise.connectors.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.spi.option.Place;
import dev.mortise.spi.option.Settings;
import dev.mortise.spi.option.Tree;
import dev.mortise.spi.problem.Problem;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Everything wrong with a definition is said at once, each with its place and the nearest word.
final class HttpFactoryTest {
    private int line;

    /// A tree in which every name and value stands on a line of its own, in order.
    private Tree tree(Object value) {
        Place place = new Place("connections/shop.yaml", ++line, 1);
        return switch (value) {
            case Map<?, ?> map -> {
                Map<String, Tree> entries = new LinkedHashMap<>();
                Map<String, Place> names = new LinkedHashMap<>();
                map.forEach(
                        (name, inner) -> {
                            names.put(
                                    name.toString(),
                                    new Place("connections/shop.yaml", line + 1, 1));
                            entries.put(name.toString(), tree(inner));
                        });
                yield new Tree.Entries(entries, names, place);
            }
            case List<?> items -> new Tree.Items(items.stream().map(this::tree).toList(), place);
            default -> new Tree.Leaf(value.toString(), false, place);
        };
    }

    private List<Problem> problems(Map<String, Object> values) {
        HttpFactory factory = new HttpFactory();
        Tree.Entries entries = (Tree.Entries) tree(values);
        assertEquals(List.of(), Settings.check(factory.options(), entries, List.of()));
        return factory.check(new Settings("shop", Path.of(""), factory.options(), entries));
    }

    private static Map<String, Object> words(Object... pairs) {
        Map<String, Object> words = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            words.put(pairs[i].toString(), pairs[i + 1]);
        }
        return words;
    }

    @Test
    void findsNothingWrongWithAWholeDefinition() {
        Map<String, Object> orders =
                words(
                        "path", "/shops/{shop}/orders",
                        "params", words("shop", "7", "state", "open"),
                        "records", "$.data.items",
                        "paging",
                                words(
                                        "kind",
                                        "page",
                                        "param",
                                        "p",
                                        "size_param",
                                        "n",
                                        "size",
                                        "100",
                                        "total",
                                        "$.data.total",
                                        "stop",
                                        "total"),
                        "columns", words("id", "int64", "city", words("path", "a.city")),
                        "key", List.of("id"),
                        "incremental", words("param", "since", "format", "epoch_ms"),
                        "write", words("method", "PATCH", "path", "/orders/{id}"));
        assertEquals(
                List.of(),
                problems(
                        words(
                                "base_url", "https://api.example.com/v1",
                                "auth", "none",
                                "resources", words("orders", orders))));
    }

    @Test
    void namesEveryMistakeWithItsPlaceAndTheNearestWord() {
        List<Problem> problems =
                problems(
                        words(
                                "base_url", "ftp://user:pw@api.example.com", // line 2
                                "auth", words("kind", "bearr", "token", "canary"), // 3, 4, 5
                                "headers", words("Host", "x"), // 6, 7
                                "resources", // 8
                                        words(
                                                "orders", // 9
                                                words(
                                                        "path", "/orders/{shop}", // 10
                                                        "record", "$.data", // 11
                                                        "paging", // 12
                                                                words("kind", "pages"), // 13
                                                        "columns", // 14
                                                                words("id", "int46"), // 15
                                                        "key", List.of("idd"), // 16, 17
                                                        "incremental", // 18
                                                                words("format", "xyz"))))); // 19
        List<String> lines = problems.stream().map(Problem::line).toList();
        String all = String.join("\n", lines);
        assertFalse(all.contains("canary") || all.contains("pw@"), all);
        assertHas(lines, ":2:1", "'base_url'", "https://api.example.com");
        assertHas(lines, ":4:1", "'bearr'", "'bearer'");
        assertHas(lines, ":6:1", "'Host'", "leave it out");
        assertHas(lines, ":10:1", "'{shop}'", "params");
        assertHas(lines, ":11:1", "'record'", "'records'");
        assertHas(lines, ":13:1", "'pages'", "'page'");
        assertHas(lines, ":15:1", "'int46'", "int");
        assertHas(lines, ":16:1", "'idd'", "'id'");
        assertHas(lines, ":18:1", "'param' is missing", "add 'param");
        assertHas(lines, ":19:1", "'xyz'", "format");
        assertEquals(10, problems.size(), all);
    }

    private static void assertHas(List<String> lines, String... parts) {
        assertTrue(
                lines.stream().anyMatch(l -> List.of(parts).stream().allMatch(l::contains)),
                () -> String.join(" … ", parts) + " is not among\n" + String.join("\n", lines));
    }
}
