package dev.mortise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("live")
class DemoTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void runsTheExampleOnRealSystems(@TempDir Path folder) {
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        Terminal terminal = new Terminal(stream, stream, Map.of("LANG", "C"), false);
        int code = Mortise.run(terminal, "demo", "--once", "--dir", folder.toString());
        String text = out.toString(StandardCharsets.UTF_8);
        assertEquals(Exit.DONE, code, text);
        assertTrue(text.contains("235,000 rows in the source, 235,000 in the target, equal"), text);
        assertTrue(text.contains("2024-02-30"), "a date that is none is listed\n" + text);
        assertFalse(text.contains("demo."), "every sentence is in the catalogue\n" + text);
    }

    @Test
    void speaksChinese() {
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        Terminal terminal = new Terminal(stream, stream, Map.of("LANG", "zh_CN.UTF-8"), false);
        Mortise.run(terminal, "run", "nothing", "--project", "no-such-folder");
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("解决办法"));
    }
}
