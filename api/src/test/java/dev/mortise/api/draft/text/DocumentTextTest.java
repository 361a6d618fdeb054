package dev.mortise.api.draft.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.api.yaml.YamlText;
import dev.mortise.spi.option.Tree;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import org.junit.jupiter.api.Test;

/// JSON and YAML become trees with places, within limits.
final class DocumentTextTest {
    private static ProblemCode refused(String yaml) {
        return assertThrows(ProblemException.class, () -> YamlText.read("a.yaml", yaml))
                .problem()
                .code();
    }

    @Test
    void knowsWhereEachValueStands() {
        Node json = Node.of(JsonText.read("a.json", "{\"a\":\n  [1, \"2\", null]}"));
        assertEquals("a.json:2:4", json.items("a").getFirst().place().toString());
        assertEquals(
                new Tree.Leaf("2", true, json.items("a").get(1).place()),
                json.items("a").get(1).tree());
        assertTrue(json.items("a").get(2).text().isEmpty());
        Node yaml = Node.of(YamlText.read("a.yaml", "a:\n  b: 'x'\n"));
        assertEquals("a.yaml:2:6", yaml.at("a", "b").place().toString());
        assertEquals("a.yaml:2:3", yaml.at("a").placeOf("b").toString());
    }

    @Test
    void namesTheLineOfAMistake() {
        ProblemException json =
                assertThrows(
                        ProblemException.class, () -> JsonText.read("a.json", "{\"a\": 1,\n x}"));
        assertTrue(json.problem().place().startsWith("a.json:2:"), json.problem().line());
        ProblemException yaml =
                assertThrows(ProblemException.class, () -> YamlText.read("a.yaml", "a: 1\nb: [\n"));
        assertTrue(yaml.problem().place().startsWith("a.yaml:3:"), yaml.problem().line());
    }

    @Test
    void followsAliasesAndMerges() {
        String text = "base: &b {x: 1, y: 2}\none: {<<: *b, y: 3}\ntwo: *b\n";
        Node root = Node.of(YamlText.read("a.yaml", text));
        assertEquals("1", root.at("one").text("x", ""));
        assertEquals("3", root.at("one").text("y", ""));
        assertEquals("2", root.at("two").text("y", ""));
    }

    @Test
    void refusesADocumentThatUnfoldsWithoutEnd() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            String alias = "*a" + (i - 1) + ", ";
            bomb.append("a%d: &a%d [%s]\n".formatted(i, i, alias.repeat(10).replaceAll(", $", "")));
        }
        assertEquals(ProblemCode.LIMIT_EXCEEDED, refused(bomb.toString()));
    }

    @Test
    void refusesWhatNestsTooDeep() {
        assertEquals(ProblemCode.LIMIT_EXCEEDED, refused("[".repeat(200) + "]".repeat(200)));
        String json = "[".repeat(5_000) + "]".repeat(5_000);
        assertThrows(ProblemException.class, () -> JsonText.read("a.json", json));
    }

    @Test
    void refusesAnAliasOfItself() {
        assertEquals(ProblemCode.YAML_INVALID, refused("a: &a [*a]\n"));
    }
}
