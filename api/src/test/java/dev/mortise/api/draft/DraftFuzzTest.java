package dev.mortise.api.draft;

import dev.mortise.api.yaml.YamlText;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.testkit.golden.GoldenFile;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Damaged documents give a draft that can be written, merged and read again, or a problem; never
/// another exception.
final class DraftFuzzTest {
    private static final int ROUNDS = 250;
    private static final List<String> PIECES =
            List.of(
                    "{",
                    "}",
                    "[",
                    "]",
                    "\"",
                    "'",
                    ":",
                    ",",
                    "null",
                    "true",
                    "-1",
                    "9e99",
                    "$ref",
                    "#/",
                    "{{x}}",
                    "${env:X}",
                    "\u0000",
                    "\ud83d",
                    "\\",
                    "&a ",
                    "*a ",
                    "<<: ",
                    "\n",
                    "  ",
                    "allOf",
                    "items",
                    "properties",
                    "type",
                    "%zz",
                    "//",
                    "{id}",
                    "é",
                    "金");

    static List<GoldenFile> files() {
        return Samples.all();
    }

    @ParameterizedTest
    @MethodSource("files")
    void survivesDamage(GoldenFile file) {
        for (int i = 0; i < ROUNDS; i++) {
            long seed = file.name().hashCode() * 31L + i;
            String damaged = damage(file.input(), new Random(seed));
            try {
                check(damaged, file.name());
            } catch (ProblemException e) {
                Assertions.assertFalse(e.problem().message().isBlank(), "seed " + seed);
            } catch (RuntimeException | StackOverflowError e) {
                Assertions.fail(file.name() + ", seed " + seed + ": " + e + "\n" + damaged, e);
            }
        }
    }

    private static void check(String text, String name) {
        Draft draft = Draft.of(text, Samples.hint(name));
        String yaml;
        try {
            yaml = draft.yaml();
            YamlText.read("draft", yaml);
        } catch (ProblemException e) {
            throw new IllegalStateException("a draft that cannot be read: " + e.getMessage(), e);
        }
        DraftDiff diff = DraftDiff.between(yaml, draft);
        if (!diff.changes().isEmpty() || !diff.merged().equals(yaml)) {
            throw new IllegalStateException("the same draft makes a difference: " + diff);
        }
    }

    private static String damage(String text, Random random) {
        StringBuilder damaged = new StringBuilder(text);
        int times = 1 + random.nextInt(4);
        for (int i = 0; i < times && damaged.length() > 2; i++) {
            int at = random.nextInt(damaged.length() - 1);
            int end = Math.min(damaged.length(), at + 1 + random.nextInt(30));
            switch (random.nextInt(5)) {
                case 0 -> damaged.delete(at, Math.min(end, at + 3));
                case 1 -> damaged.insert(at, PIECES.get(random.nextInt(PIECES.size())));
                case 2 ->
                        damaged.insert(
                                random.nextInt(damaged.length()), damaged.substring(at, end));
                case 3 -> swapWord(damaged, random);
                default -> damaged.setCharAt(at, (char) (32 + random.nextInt(95)));
            }
        }
        return damaged.toString();
    }

    /// Exchanges two lines of the document, which keeps it well formed more often.
    private static void swapWord(StringBuilder text, Random random) {
        String[] lines = text.toString().split("\n", -1);
        int a = random.nextInt(lines.length);
        int b = random.nextInt(lines.length);
        String kept = lines[a];
        lines[a] = lines[b];
        lines[b] = kept;
        text.replace(0, text.length(), String.join("\n", lines));
    }
}
