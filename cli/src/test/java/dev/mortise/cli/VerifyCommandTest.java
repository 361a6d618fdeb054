package dev.mortise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.connectors.memory.MemoryStore;
import dev.mortise.spi.connect.Dataset;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Schema;
import dev.mortise.testkit.contract.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyCommandTest {
    private static final Schema ORDERS =
            Schema.of(Field.required("id", Scalar.INT64), Field.of("note", Scalar.TEXT));

    private final Path folder;
    private final MemoryStore crm;
    private final ProjectFolder project;

    VerifyCommandTest(@TempDir Path folder) throws IOException {
        String test = folder.getFileName().toString();
        this.folder = folder;
        this.crm = MemoryStore.named("crm" + test);
        MemoryStore.named("erp" + test)
                .put(
                        Dataset.of("orders", ORDERS, List.of("id")),
                        List.of(Rows.batch(ORDERS, Rows.row("1", "a"), Rows.row("2", null))));
        project =
                new ProjectFolder(folder)
                        .connection("erp", "type: memory\nstore: erp" + test + "\n")
                        .connection("crm", "type: memory\nstore: crm" + test + "\n");
    }

    private void flow(String mode) throws IOException {
        project.flow(
                "orders",
                """
                steps:
                  rows: {read: erp.orders}
                  out: {from: rows, write: crm.orders, mode: %s, key: [id]}
                verify: {after: full}
                """
                        .formatted(mode));
    }

    private Ended call(String... args) {
        return project.call(Map.of(), args);
    }

    private void plant() {
        crm.put(
                Dataset.of("orders", ORDERS, List.of("id")),
                List.of(Rows.batch(ORDERS, Rows.row("1", "a "), Rows.row("3", "x"))));
    }

    private long reports() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(".mortise/reports"))) {
            return files.filter(file -> file.toString().endsWith(".html")).count();
        }
    }

    @Test
    void aRunLeavesAReport() throws IOException {
        flow("replace");
        Ended ended = call("run", "orders", "--json");
        assertEquals(0, ended.code(), ended.toString());
        assertEquals(2, ended.json().path("verification").path("target_rows").asInt());
        assertEquals(1, reports());
    }

    @Test
    void exitsWithThreeOnDifferencesAndWithZeroOnceRepaired() throws IOException {
        flow("replace");
        call("run", "orders");
        plant();
        Ended different = call("verify", "orders", "--json");
        assertEquals(3, different.code(), different.toString());
        assertEquals("no-go", different.json().path("verdict").asString());
        Ended repaired = call("verify", "orders", "--repair", "--json");
        assertEquals(0, repaired.code(), repaired.toString());
        assertEquals(0, call("verify", "orders").code());
        assertTrue(Rows.texts(crm.read("orders")).contains(Rows.row("1", "a")));
    }
}
