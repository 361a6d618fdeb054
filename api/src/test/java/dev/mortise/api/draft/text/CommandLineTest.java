package dev.mortise.api.draft.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mortise.spi.problem.ProblemException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CommandLineTest {
    private static List<List<String>> words(String text) {
        return CommandLine.split("cmd", text).stream()
                .map(words -> words.stream().map(CommandLine.Word::text).toList())
                .toList();
    }

    private static void reads(String text, String... words) {
        assertEquals(List.of(List.of(words)), words(text));
    }

    @Test
    void joinsWhatStandsTogether() {
        reads("a'b c'\"d e\"f", "ab cd ef");
        reads("'' \"\" x", "", "", "x");
    }

    @Test
    void keepsEverythingInSingleQuotes() {
        reads("'a\\n$b\"'", "a\\n$b\"");
    }

    @Test
    void escapesInDoubleQuotesOnlyWhatAShellDoes() {
        reads("\"a\\\"b\\$c\\n\\\\\"", "a\"b$c\\n\\");
    }

    @Test
    void readsAnsiQuotes() {
        reads("$'a\\'b\\n\\x41\\u91d1\\t'", "a'b\nA金\t");
    }

    @Test
    void goesOnBehindABackslashAtTheEnd() {
        reads("a \\\n b\\\n c \\\r\n d", "a", "b", "c", "d");
    }

    @Test
    void splitsCommands() {
        assertEquals(
                List.of(List.of("a", "1"), List.of("b"), List.of("c")),
                words("a 1; b | c\n# a comment\n"));
        assertEquals(List.of(List.of("a"), List.of("b", "x#y")), words("a && b x#y"));
    }

    @Test
    void readsWhatBrowsersQuoteForCmd() {
        reads(
                "curl ^\"https://a/?x=1^&y=2^\" ^\n -H ^\"k: v^\"",
                "curl",
                "https://a/?x=1&y=2",
                "-H",
                "k: v");
        reads("curl ^\"{^\\^\"a^\\^\":1}^\"", "curl", "{\"a\":1}");
    }

    @Test
    void namesTheQuoteThatIsOpen() {
        ProblemException e =
                assertThrows(ProblemException.class, () -> words("curl a \\\n  'b c\nd"));
        assertEquals("cmd:2:3", e.problem().place());
    }
}
