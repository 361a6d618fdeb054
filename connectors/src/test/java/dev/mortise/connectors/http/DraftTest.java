package dev.mortise.connectors.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.api.draft.Draft;
import dev.mortise.api.draft.Hint;
import dev.mortise.api.yaml.YamlText;
import dev.mortise.spi.option.Tree;
import dev.mortise.testkit.contract.TestSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What an import writes is a connection that this connector takes.
final class DraftTest {
    private static final Path SAMPLES =
            Path.of("..", "api", "src", "test", "resources", "dev", "mortise", "api", "draft");

    static List<Path> samples() throws IOException {
        try (Stream<Path> files = Files.list(SAMPLES)) {
            return files.filter(file -> file.toString().endsWith(".golden")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void takesEveryDraft(Path file) throws IOException {
        String document = Files.readString(file).split("(?m)^----------$", -1)[0];
        Draft draft = Draft.of(document, Hint.of("shop", file.getFileName().toString()));
        assertFalse(draft.resources().isEmpty(), "a draft without resources shows nothing");
        Map<String, Object> words = words(YamlText.read("shop.yaml", draft.yaml()));
        assertEquals("shop", words.remove("connection"));
        assertEquals("http", words.remove("type"));
        assertEquals(List.of(), TestSettings.problems(new HttpFactory(), words), draft.yaml());
    }

    @Test
    void takesADraftWhosePathIsNamedLikeAnObjectOfTheBody() {
        String document =
                """
                openapi: 3.0.0
                info: {title: Shop, version: "1"}
                servers: [{url: "https://shop.example"}]
                paths:
                  /orders/{order}:
                    put:
                      parameters: [{name: order, in: path, required: true, schema: {type: string}}]
                      requestBody:
                        content:
                          application/json:
                            schema:
                              type: object
                              properties:
                                order: {type: object, properties: {total: {type: integer}}}
                                note: {type: string}
                      responses: {"204": {description: done}}
                """;
        Draft draft = Draft.of(document, Hint.of("shop", "shop.yaml"));
        assertTrue(draft.yaml().contains("without: [order]"), draft.yaml());
        assertFalse(draft.yaml().contains("order_of_path"), draft.yaml());
        Map<String, Object> words = words(YamlText.read("shop.yaml", draft.yaml()));
        words.keySet().removeAll(List.of("connection", "type"));
        assertEquals(List.of(), TestSettings.problems(new HttpFactory(), words), draft.yaml());
    }

    private static Map<String, Object> words(Tree tree) {
        Map<String, Object> words = new LinkedHashMap<>();
        ((Tree.Entries) tree).entries().forEach((name, value) -> words.put(name, value(value)));
        return words;
    }

    private static Object value(Tree tree) {
        return switch (tree) {
            case Tree.Leaf leaf -> leaf.text();
            case Tree.Items items -> items.items().stream().map(DraftTest::value).toList();
            case Tree.Entries _ -> words(tree);
        };
    }
}
