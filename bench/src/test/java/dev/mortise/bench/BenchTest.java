package dev.mortise.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.bench.tool.Product;
import dev.mortise.bench.workload.Workloads;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BenchTest {
    @TempDir private Path folder = Path.of("");

    /// Few rows and no claim about time: every contender of every workload leaves the same rows.
    @Test
    @Tag("live")
    void leavesEqualOutputWhoeverCopies() throws Exception {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        Call call = Call.parse("--smoke");

        boolean good = new Bench(call, folder, Product.fromClassPath(), out).run();

        assertTrue(good, () -> said.toString(StandardCharsets.UTF_8));
    }

    @Test
    void takesAWordForAllWorkloadsThatBeginWithIt() {
        assertEquals(
                List.of("verify-pg-pg", "verify-pg-mariadb"), Call.parse("verify").workloads());
        assertEquals(List.of("pg-pg"), Call.parse("pg-pg", "--cycles", "3").workloads());
        assertEquals(Workloads.usual(), Call.parse("--rows", "10_000").workloads());
        assertEquals(List.of(), Call.parse("table", "--readme").workloads());
    }

    @Test
    void namesWhatItDoesNotKnow() {
        var wrong = assertThrows(IllegalArgumentException.class, () -> Call.parse("pg-oracle"));
        assertTrue(String.valueOf(wrong.getMessage()).contains("'pg-oracle'"), wrong.getMessage());
        var none = assertThrows(IllegalArgumentException.class, () -> Call.parse("--rows", "many"));
        assertEquals("option '--rows' expects a number above 0, got 'many'", none.getMessage());
    }

    @Test
    void writesOnlyBetweenTheMarks() throws IOException {
        Path page = folder.resolve("README.md");
        String before = "a\n<!-- bench:begin -->\nold\n<!-- bench:end -->\nz\n";
        Files.writeString(page, before);

        ReadmeTable.write(page, "| new |\n");

        assertEquals(before.replace("old", "| new |"), Files.readString(page));
    }
}
