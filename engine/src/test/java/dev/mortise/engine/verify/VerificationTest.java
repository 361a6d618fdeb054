package dev.mortise.engine.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.connectors.memory.MemoryStore;
import dev.mortise.engine.flow.Flow.VerifyMode;
import dev.mortise.engine.run.Receipt;
import dev.mortise.engine.run.TestProject;
import dev.mortise.spi.connect.Dataset;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Schema;
import dev.mortise.testkit.contract.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerificationTest {
    private static final Schema ORDERS =
            Schema.of(Field.required("id", Scalar.INT64), Field.of("note", Scalar.TEXT));

    private static final String STEPS =
            """
            steps:
              orders: {read: erp.orders}
              kept: {from: orders, where: id < 900}
              mapped:
                from: kept
                map: {id: id, note: upper(note)}
              checked:
                from: mapped
                expect:
                  - {rule: id >= 10, otherwise: reject}
              out: {from: checked, write: crm.orders, mode: %s, key: [id]}
            """;

    private final Path folder;
    private final MemoryStore erp;
    private final MemoryStore crm;
    private final TestProject project;

    VerificationTest(@TempDir Path folder) throws IOException {
        String test = folder.getFileName().toString();
        this.folder = folder;
        erp = MemoryStore.named("erp" + test);
        crm = MemoryStore.named("crm" + test);
        project = new TestProject(folder).memory("erp", "erp" + test).memory("crm", "crm" + test);
    }

    private void seed(int rows) {
        List<List<@Nullable String>> texts = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            texts.add(Rows.row(Integer.toString(i), i % 10 == 3 ? null : "note " + i));
        }
        put(erp, texts);
    }

    private static void put(MemoryStore store, List<List<@Nullable String>> texts) {
        store.put(Dataset.of("orders", ORDERS, List.of("id")), List.of(Rows.batch(ORDERS, texts)));
    }

    /// A dataset without a key of its own, so that rows with equal ids stay apart.
    private static void heap(MemoryStore store, List<List<@Nullable String>> texts) {
        store.put(Dataset.of("orders", ORDERS, List.of()), List.of(Rows.batch(ORDERS, texts)));
    }

    private void plain(String mode) throws IOException {
        project.flow(
                "orders",
                """
                steps:
                  orders: {read: erp.orders}
                  out: {from: orders, write: crm.orders, mode: %s, key: [id]}
                """
                        .formatted(mode));
    }

    /// Row 11 is gone, row 12 is another, and there is a row 5000.
    private void spoil() {
        List<List<@Nullable String>> texts = new ArrayList<>(Rows.texts(crm.read("orders")));
        texts.removeIf(row -> "11".equals(row.getFirst()));
        texts.replaceAll(row -> "12".equals(row.getFirst()) ? Rows.row("12", "other") : row);
        texts.add(Rows.row("5000", "more"));
        put(crm, texts);
    }

    private StepVerdict verify(VerifyMode mode) {
        return project.planned(
                "orders",
                (connections, plan) ->
                        new Verification(connections, project.letters("orders").list())
                                .verify(plan.pipelines().getFirst(), mode));
    }

    private StepVerdict repair() {
        return project.planned(
                "orders",
                (connections, plan) ->
                        new Verification(connections, project.letters("orders").list())
                                .repair(plan.pipelines().getFirst()));
    }

    private static List<Long> figures(StepVerdict verdict) {
        return List.of(verdict.missing(), verdict.extra(), verdict.different(), verdict.expected());
    }

    @Test
    void comparesThroughTheStepsOfTheFlow() throws IOException {
        seed(1_000);
        project.flow("orders", STEPS.formatted("replace"));
        assertEquals(Receipt.State.REJECTED, project.run("orders").state());
        StepVerdict verdict = verify(VerifyMode.FULL);
        assertEquals(List.of(0L, 0L, 0L, 10L), figures(verdict));
        assertEquals(890, verdict.targetRows());
        spoil();
        assertEquals(List.of(1L, 1L, 1L, 10L), figures(verify(VerifyMode.FULL)));
        assertEquals(List.of(0L, 0L, 0L, 10L), figures(repair()));
        assertTrue(Rows.texts(crm.read("orders")).contains(Rows.row("12", "NOTE 12")));
    }

    @Test
    void rowsTheTargetRefusedAreExpectedToBeMissing() throws IOException {
        seed(1_000);
        Schema strict =
                Schema.of(Field.required("id", Scalar.INT64), Field.required("note", Scalar.TEXT));
        crm.put(Dataset.of("orders", strict, List.of("id")), List.of());
        plain("upsert");
        assertEquals(Receipt.State.REJECTED, project.run("orders").state());
        assertEquals(List.of(0L, 0L, 0L, 100L), figures(verify(VerifyMode.FULL)));
    }

    @Test
    void countsOtherRowsOnlyWhereTheTargetIsToHoldNoOthers() throws IOException {
        for (String mode : List.of("replace", "mirror", "upsert", "append")) {
            seed(100);
            crm.drop("orders");
            plain(mode);
            assertEquals(Receipt.State.SUCCEEDED, project.run("orders").state(), mode);
            spoil();
            boolean alone = mode.equals("replace") || mode.equals("mirror");
            assertEquals(
                    List.of(1L, alone ? 1L : 0L, 1L, 0L), figures(verify(VerifyMode.FULL)), mode);
            assertEquals(List.of(0L, 0L, 0L, 0L), figures(repair()), mode);
            assertEquals(alone ? 100 : 101, texts(crm).size(), mode);
            assertTrue(texts(crm).containsAll(texts(erp)), mode);
        }
    }

    private static Set<List<@Nullable String>> texts(MemoryStore store) {
        return new HashSet<>(Rows.texts(store.read("orders")));
    }

    @Test
    void countingLooksAtTheKeysAlone() throws IOException {
        seed(100);
        plain("replace");
        project.run("orders");
        spoil();
        assertEquals(List.of(1L, 1L, 0L, 0L), figures(verify(VerifyMode.COUNT)));
    }

    @Test
    void ofRowsWithOneKeyTheEqualOnesArePaired() throws IOException {
        heap(erp, List.of(Rows.row("1", "a"), Rows.row("1", "b"), Rows.row("1", "c")));
        heap(crm, List.of(Rows.row("1", "x"), Rows.row("1", "c"), Rows.row("1", "a")));
        plain("replace");
        StepVerdict verdict = verify(VerifyMode.FULL);
        assertEquals(List.of(0L, 0L, 1L, 0L), figures(verdict));
        assertEquals(
                Map.of("note", new Difference.Values("b", "x")),
                verdict.differences().getFirst().columns());
    }

    @Test
    void theReportSaysGoOrNoGo() throws IOException {
        seed(100);
        plain("replace");
        project.run("orders");
        VerifyReport good = report();
        assertTrue(good.go());
        spoil();
        VerifyReport bad = report();
        assertFalse(bad.go());
        Path html = bad.write(folder.resolve("reports"));
        assertTrue(Files.readString(html).contains("no-go"));
        assertTrue(bad.json().contains("\"verdict\" : \"no-go\""), bad.json());
        assertTrue(bad.json().contains("\"source\" : \"note 12\""), bad.json());
    }

    private VerifyReport report() {
        return new VerifyReport(
                "orders", java.time.Instant.EPOCH, List.of(verify(VerifyMode.FULL)));
    }
}
