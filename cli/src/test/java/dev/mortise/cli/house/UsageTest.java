package dev.mortise.cli.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.cli.Ended;
import dev.mortise.cli.ProjectFolder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What every command says when it is asked for help.
final class UsageTest {
    private static final Pattern COLUMNS = Pattern.compile(" {2,}");

    private static Ended said(String language, String... args) {
        return ProjectFolder.anywhere(Map.of("MORTISE_LANG", language), args);
    }

    /// As the program lists them itself.
    private static List<String> commands() {
        String told = said("en", "--help").out();
        List<String> commands =
                told.substring(told.indexOf("Commands:"))
                        .lines()
                        .skip(1)
                        .filter(line -> line.matches(" {2}\\w.*"))
                        .map(line -> line.strip().split(" ", 2)[0])
                        .toList();
        assertTrue(commands.size() >= 15, told);
        return commands;
    }

    @Test
    void everyCommandTellsItsUsageAndNothingElse() {
        for (String command : commands()) {
            for (String word : List.of("--help", "-h")) {
                Ended ended = said("en", command, word);
                assertEquals(0, ended.code(), ended::toString);
                assertTrue(ended.out().startsWith("Usage: mortise " + command), ended::toString);
                assertEquals("", ended.err());
            }
        }
    }

    @Test
    void speaksTheLanguageOfTheTerminal() {
        List<String> english = new ArrayList<>();
        for (String command : commands()) {
            String told = said("zh_CN.UTF-8", command, "--help").out();
            assertTrue(told.startsWith("用法：mortise " + command), told);
            for (String sentence : sentences(said("en", command, "--help").out())) {
                if (told.contains(sentence)) {
                    english.add(command + ": " + sentence);
                }
            }
        }
        assertEquals(List.of(), english);
        String all = said("zh", "--help").out();
        assertTrue(all.contains("命令："), all);
        assertFalse(all.contains("Show this help"), all);
    }

    /// The words behind options and arguments, and those that stand alone.
    private static List<String> sentences(String usage) {
        return usage.lines()
                .skip(1)
                .map(line -> COLUMNS.split(line.stripTrailing(), -1))
                .map(parts -> parts[parts.length - 1])
                .filter(words -> words.matches("[A-Za-z]+ [a-z]+ [a-z]+.*"))
                .toList();
    }
}
