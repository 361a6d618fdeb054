package dev.mortise.api.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.spi.option.Tree;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class YamlTextTest {
    private static List<Problem> problems(String yaml) {
        List<Problem> problems = new ArrayList<>();
        boolean empty = YamlText.definition("a.yaml", yaml, problems).isEmpty();
        assertTrue(empty || !problems.isEmpty() || yaml.contains("fine"), yaml);
        return problems;
    }

    private static Tree.Entries entries(Tree tree) {
        return (Tree.Entries) tree;
    }

    @Test
    void namesEveryNameThatStandsTwice() {
        List<Problem> problems = problems("a: 1\nb: {x: 1, x: 2}\na: 3\n'': 4\n");
        assertEquals(
                List.of("a.yaml:2:11", "a.yaml:3:1", "a.yaml:4:1"),
                problems.stream().map(Problem::place).toList());
        assertTrue(problems.getFirst().message().endsWith("found 'x'"), problems::toString);
    }

    @Test
    void takesTheLastOfTwoInADocumentOfOthers() {
        assertEquals("3", entries(YamlText.read("a.yaml", "a: 1\na: 3\n")).text("a"));
        assertEquals("", ((Tree.Leaf) YamlText.read("a.yaml", "")).text());
    }

    @Test
    void readsOneDocumentOfADefinition() {
        assertEquals(List.of(), problems("---\na: fine\n"));
        assertEquals("a.yaml:3:1", problems("a: 1\n---\nb: 2\n").getFirst().place());
        assertEquals(
                "expected a document, found nothing",
                problems("# only a remark").getFirst().message());
    }

    @Test
    void boundsADefinition() {
        String many = "a: [" + "x, ".repeat(10_000) + "x]";
        assertEquals(ProblemCode.LIMIT_EXCEEDED, problems(many).getFirst().code());
        assertEquals(
                ProblemCode.LIMIT_EXCEEDED,
                problems("[".repeat(200) + "]".repeat(200)).getFirst().code());
        assertEquals(
                ProblemCode.YAML_INVALID,
                problems("a: " + "x".repeat(1_100_000)).getFirst().code());
        String eleven = "&a [x, x, x, x, x, x, x, x, x, x]";
        String bomb =
                "a: "
                        + eleven
                        + "\nb: &b ["
                        + "*a, ".repeat(99)
                        + "*a]\nc: ["
                        + "*b, ".repeat(20)
                        + "*b]\n";
        assertEquals(ProblemCode.LIMIT_EXCEEDED, problems(bomb).getFirst().code());
    }

    @Test
    void knowsNothingFromTextInQuotes() {
        Tree.Entries read = entries(YamlText.read("a.yaml", "{a: null, b: 'null', c: ~, d: nUll}"));
        assertEquals("", read.text("a"));
        assertEquals("null", read.text("b"));
        assertEquals("", read.text("c"));
        assertEquals("nUll", read.text("d"));
    }

    @Test
    void tellsTheLineOfAMistake() {
        assertEquals("a.yaml:3:1", problems("a: 1\nb: [\n").getFirst().place());
        assertThrows(ProblemException.class, () -> YamlText.read("a.yaml", "\u0001"));
    }
}
