package dev.mortise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.engine.flow.ProblemTitles;
import dev.mortise.spi.problem.ProblemCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Every code a user can meet has a page that says who acts and how, and a title in Chinese.
class ProblemPagesTest {
    private static final Path PAGES = Path.of("../docs/problems");

    @Test
    void everyCodeHasAPageThatSaysWhoActs() throws IOException {
        for (ProblemCode code : ProblemCode.values()) {
            String page = Files.readString(PAGES.resolve(code + ".md"));
            String title = title(code);
            assertTrue(page.startsWith("# " + code + " · " + title), code + " " + title);
            assertTrue(page.contains("**Fault**: `" + code.fault() + "`"), code.toString());
            assertTrue(page.contains("**解决办法**"), code.toString());
        }
    }

    private static String title(ProblemCode code) {
        return ProblemTitles.of(code).zh();
    }

    @Test
    void noPageIsLeftOfACodeThatIsGone() throws IOException {
        List<String> codes = Arrays.stream(ProblemCode.values()).map(Enum::name).toList();
        try (Stream<Path> files = Files.list(PAGES)) {
            List<String> left =
                    files.map(file -> file.getFileName().toString().replace(".md", ""))
                            .filter(name -> !name.equals("README") && !codes.contains(name))
                            .toList();
            assertEquals(List.of(), left);
        }
    }
}
