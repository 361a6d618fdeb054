package dev.mortise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The class path has the server on it for the studio alone, which makes every other call quicker:
/// no command may need a class of it to say what it does.
class WithoutServerTest {
    private static final String CLASS_PATH =
            Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                    .filter(entry -> !entry.matches(".*(/server/target/.*|/server-[^/]*[.]jar)"))
                    .collect(Collectors.joining(File.pathSeparator));

    @Test
    void theListOfCommands() throws Exception {
        Ended ended = call("--help");
        assertEquals(Exit.DONE, ended.code(), ended::toString);
        List<String> listed =
                ended.out()
                        .lines()
                        .filter(line -> line.matches("  [a-z]+ .*"))
                        .map(line -> line.strip().split(" ", 2)[0])
                        .toList();
        // Always the same way, and first what one begins with.
        assertEquals(List.of("demo", "serve", "check", "plan"), listed.subList(0, 4));
        assertEquals("simulate", listed.getLast());
    }

    @Test
    void theWordsACommandKnows() throws Exception {
        Ended ended = call("dead", "--help");
        assertTrue(ended.out().contains("  list, show, replay, discard"), ended::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve", "demo", "apply", "export", "run"})
    void aCommandsHelp(String command) throws Exception {
        Ended ended = call(command, "--help");
        assertEquals(Exit.DONE, ended.code(), ended::toString);
        assertTrue(ended.out().startsWith("Usage: mortise " + command), ended::toString);
    }

    private static Ended call(String... args) throws IOException, InterruptedException {
        return Program.start(CLASS_PATH, Map.of(), List.of(args)).await();
    }
}
