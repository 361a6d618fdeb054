package dev.mortise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.connectors.memory.MemoryStore;
import dev.mortise.spi.connect.Dataset;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Schema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// `mortise plan --lineage`, for people and for scripts.
class PlanLineageTest {
    private static final Schema ORDERS =
            Schema.of(
                    Field.required("id", Scalar.INT64),
                    Field.of("qty", Scalar.INT64),
                    Field.of("region", Scalar.TEXT));

    private final ProjectFolder project;

    PlanLineageTest(@TempDir Path folder) throws IOException {
        String store = "lineage" + folder.getFileName();
        MemoryStore.named(store).put(Dataset.of("orders", ORDERS, List.of("id")), List.of());
        project =
                new ProjectFolder(folder)
                        .connection("db", "type: memory\nstore: " + store + "\n")
                        .flow(
                                "orders",
                                """
                                steps:
                                  rows: {read: db.orders, where: "region = 'x'"}
                                  mapped: {from: rows, map: {no: id, twice: qty * 2}}
                                  out: {from: mapped, write: db.copy, mode: upsert, key: [no]}
                                """)
                        .flow("all", "copy: {from: db, to: db, into: 'c_{table}', mode: append}\n");
    }

    @Test
    void tellsWhatEachColumnComesFrom() {
        Ended ended = project.call(Map.of(), "plan", "orders", "--lineage");
        assertEquals(0, ended.code(), ended.toString());
        List<String> lines =
                ended.out().lines().map(line -> line.strip().replaceAll(" +", " ")).toList();
        for (String line :
                List.of(
                        "no ← db.orders.id (copied)",
                        "twice ← db.orders.qty (computed)",
                        "(its rows) ← db.orders.region (filtered-by), db.orders.id (key)")) {
            assertTrue(lines.contains(line), () -> line + " in " + ended);
        }
    }

    @Test
    void tellsScriptsTheSame() {
        Ended ended = project.call(Map.of(), "plan", "orders", "--lineage", "--json");
        assertEquals(0, ended.code(), ended.toString());
        JsonNode write = ended.json().path("writes").path(0);
        assertEquals("out", write.path("step").asString(""));
        JsonNode twice = write.path("columns").path(1);
        assertEquals("twice", twice.path("column").asString(""));
        assertEquals("qty", twice.path("from").path(0).path("column").asString(""));
        assertEquals("computed", twice.path("from").path(0).path("how").asString(""));
        assertEquals("filtered-by", write.path("rows_from").path(0).path("how").asString(""));
    }

    @Test
    void followsTheTablesOfACopy() {
        Ended ended = project.call(Map.of(), "plan", "all", "--lineage", "--json");
        assertEquals(0, ended.code(), ended.toString());
        JsonNode column = ended.json().path("writes").path(0).path("columns").path(0);
        assertEquals("copied", column.path("from").path(0).path("how").asString(""));
    }
}
