package dev.mortise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {
    private static final Problem UNKNOWN =
            new Problem(
                    ProblemCode.OPTION_UNKNOWN,
                    "unknown option 'pasword'",
                    "connection 'erp'",
                    "did you mean 'password'?");

    private static String told(String language, Problem problem) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        new Terminal(stream, stream, Map.of("MORTISE_LANG", language), false).problem(problem);
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void tellsAProblemInChinese() {
        assertEquals(
                """
                连接 'erp': 未知选项：未知选项 'pasword' [OPTION_UNKNOWN]
                    解决办法： 是否想写 'password'？
                """,
                told("zh", UNKNOWN));
    }

    @Test
    void tellsTheSameInEnglish() {
        assertEquals(
                """
                connection 'erp': unknown option 'pasword' [OPTION_UNKNOWN]
                    fix: did you mean 'password'?
                """,
                told("en", UNKNOWN));
    }
}
