package dev.mortise.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.connectors.memory.MemoryStore;
import dev.mortise.engine.plan.Inlet;
import dev.mortise.engine.plan.Pipeline;
import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.Dataset;
import dev.mortise.spi.connect.Source;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Schema;
import dev.mortise.testkit.contract.Rows;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlowRunTest {
    private static final Schema ORDERS =
            Schema.of(Field.required("id", Scalar.INT64), Field.of("note", Scalar.TEXT));

    private final MemoryStore erp;
    private final MemoryStore crm;
    private final TestProject project;

    FlowRunTest(@TempDir Path folder) throws IOException {
        String test = folder.getFileName().toString();
        erp = MemoryStore.named("erp" + test);
        crm = MemoryStore.named("crm" + test);
        project = new TestProject(folder).memory("erp", "erp" + test).memory("crm", "crm" + test);
    }

    private void seed(String dataset, int rows) {
        List<List<@Nullable String>> texts = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            texts.add(Rows.row(Integer.toString(i), i % 10 == 3 ? null : "note " + i));
        }
        erp.put(Dataset.of(dataset, ORDERS, List.of("id")), List.of(Rows.batch(ORDERS, texts)));
    }

    private void flow(String mode) throws IOException {
        project.flow(
                "orders",
                """
                steps:
                  orders: {read: erp.orders}
                  out: {from: orders, write: crm.orders, mode: %s, key: [id]}
                """
                        .formatted(mode));
    }

    @Test
    void copiesEveryRowAndSaysSo() throws IOException {
        seed("orders", 20_000);
        flow("replace");
        Receipt receipt = project.run("orders");
        assertEquals(List.of(), receipt.problems());
        assertEquals(Receipt.State.SUCCEEDED, receipt.state());
        assertEquals(20_000, receipt.counts("orders").rowsOut());
        assertEquals(20_000, receipt.counts("out").rowsOut());
        assertEquals(texts(erp), texts(crm));
    }

    private static Set<List<@Nullable String>> texts(MemoryStore store) {
        return new HashSet<>(Rows.texts(store.read("orders")));
    }

    @Test
    void goesOnWhereItWasStopped() throws IOException {
        seed("orders", 100_000);
        flow("append");
        AtomicInteger commits = new AtomicInteger();
        Progress stopping =
                new Progress() {
                    @Override
                    public void committed(String step, long written, long rejected) {
                        if (commits.incrementAndGet() == 4) {
                            throw new IllegalStateException("stopped by the test");
                        }
                    }
                };
        assertEquals(Receipt.State.FAILED, project.run("orders", false, stopping).state());
        Receipt receipt = project.run("orders");
        assertEquals(List.of(), receipt.problems());
        assertTrue(receipt.resumed());
        assertEquals(100_000, receipt.counts("out").rowsOut());
        assertEquals(100_000, crm.read("orders").stream().mapToInt(Batch::rows).sum());
    }

    @Test
    void appendsAgainOnlyInANewRun() throws IOException {
        seed("orders", 100);
        project.flow(
                "orders",
                """
                steps:
                  orders: {read: erp.orders}
                  out: {from: orders, write: crm.copies, mode: append}
                """);
        assertFalse(project.run("orders").resumed());
        assertFalse(project.run("orders").resumed());
        assertEquals(200, crm.read("copies").stream().mapToInt(Batch::rows).sum());
    }

    @Test
    void setsBadRowsAsideAndReplaysThemMended() throws IOException {
        seed("orders", 1_000);
        Schema strict =
                Schema.of(Field.required("id", Scalar.INT64), Field.required("note", Scalar.TEXT));
        crm.put(Dataset.of("orders", strict, List.of("id")), List.of());
        flow("upsert");
        Receipt receipt = project.run("orders");
        assertEquals(Receipt.State.REJECTED, receipt.state());
        assertEquals(900, receipt.counts("out").rowsOut());
        assertEquals(100, receipt.counts("out").rowsRejected());
        List<DeadLetter> letters = project.letters("orders").list();
        assertEquals(100, letters.size());
        assertTrue(letters.stream().allMatch(letter -> "note".equals(letter.column())));

        assertEquals(
                new TestProject.Outcome(100, 0), project.replay("orders", Map.of("note", "?")));
        assertEquals(1_000, crm.read("orders").stream().mapToInt(Batch::rows).sum());
        assertTrue(
                project.letters("orders").list().stream()
                        .allMatch(letter -> letter.state() == DeadLetter.State.REPLAYED));
    }

    /// What a process that is killed between its last write and its receipt leaves: all is in the
    /// target, and nobody has been told.
    private Receipt dieUntold(String flow) {
        List<Receipt> lost = new ArrayList<>();
        assertThrows(
                Death.class,
                () ->
                        project.run(
                                flow,
                                false,
                                Progress.NONE,
                                _ -> Optional.empty(),
                                receipt -> {
                                    lost.add(receipt);
                                    throw new Death();
                                }));
        return lost.getFirst();
    }

    /// An error, as nothing on the way may catch it.
    private static final class Death extends Error {
        private static final long serialVersionUID = 1;
    }

    @ParameterizedTest
    @ValueSource(strings = {"append", "upsert, key: [id]", "replace", "mirror, key: [id]"})
    void givesTheReceiptOfARunThatDiedBeforeItWasTold(String mode) throws IOException {
        seed("orders", 1_000);
        Schema strict =
                Schema.of(Field.required("id", Scalar.INT64), Field.required("note", Scalar.TEXT));
        crm.put(Dataset.of("orders", strict, List.of("id")), List.of());
        project.flow(
                "orders",
                """
                steps:
                  orders: {read: erp.orders}
                  checked: {from: orders, expect: [{rule: id < 990, otherwise: reject}]}
                  out: {from: checked, write: crm.orders, mode: %s}
                  copy: {from: orders, write: crm.copies, mode: %s}
                """
                        .formatted(mode, mode));
        Receipt lost = dieUntold("orders");
        assertEquals(Receipt.State.REJECTED, lost.state());
        assertEquals(10, lost.counts("checked").rowsRejected());
        assertEquals(891, lost.counts("out").rowsOut());
        assertEquals(1_000, lost.counts("copy").rowsOut());

        Receipt again = project.run("orders");
        assertTrue(again.resumed());
        assertEquals(Receipt.State.REJECTED, again.state());
        assertEquals(lost.run(), again.run());
        assertEquals(lost.steps(), again.steps());
        assertEquals(891, crm.read("orders").stream().mapToInt(Batch::rows).sum());
        assertEquals(1_000, crm.read("copies").stream().mapToInt(Batch::rows).sum());
        assertEquals(109, project.letters("orders").list().size());
        assertNotEquals(again.run(), project.run("orders").run());
    }

    @Test
    void givesTheReceiptOfACopyThatDiedBeforeItWasTold() throws IOException {
        seed("orders", 500);
        seed("items", 300);
        project.flow("all", "copy: {from: erp, to: crm, into: 'ods_{table}', mode: append}\n");
        Receipt lost = dieUntold("all");
        Receipt again = project.run("all");
        assertEquals(lost.steps(), again.steps());
        assertEquals(500, again.counts("orders").rowsOut());
        assertEquals(300, again.counts("items").rowsOut());
        assertEquals(500, crm.read("ods_orders").stream().mapToInt(Batch::rows).sum());
    }

    @Test
    void countsRowsThatOnlyWarnOnceThoughTheyAreVerifiedToo() throws IOException {
        seed("orders", 1_000);
        project.flow(
                "orders",
                """
                steps:
                  orders: {read: erp.orders}
                  checked: {from: orders, expect: [{rule: note is not null, otherwise: warn}]}
                  counted: {sql: select * from checked}
                  out: {from: checked, write: crm.orders, mode: replace}
                  other: {from: counted, write: crm.others, mode: replace}
                """);
        Map<String, Long> warned = new ConcurrentHashMap<>();
        Progress listening =
                new Progress() {
                    @Override
                    public void warned(String rule, long rows) {
                        warned.merge(rule, rows, Long::sum);
                    }
                };
        project.run(
                "orders",
                false,
                listening,
                plan -> {
                    plan.pipelines().forEach(FlowRunTest::readAll);
                    return Optional.empty();
                },
                _ -> {});
        // Both writes read the rule's step for themselves.
        assertEquals(Map.of("note is not null", 200L), warned);
    }

    /// As a verification does.
    private static void readAll(Pipeline pipeline) {
        try (Source source =
                Inlet.through(pipeline, Inlet.open(pipeline.head(), _ -> {}), _ -> {})) {
            while (source.next() != null) {
                // The rows do not matter.
            }
        }
    }

    @Test
    void copiesAWholeDatabaseAlthoughOneTableFails() throws IOException {
        seed("orders", 100);
        seed("items", 100);
        erp.put(Dataset.of("keyless", ORDERS, List.of()), List.of());
        project.flow("history", "copy: {from: erp, to: crm, into: 'ods_{table}', mode: upsert}\n");
        Receipt receipt = project.run("history");
        assertEquals(Receipt.State.FAILED, receipt.state());
        assertEquals(1, receipt.problems().size());
        assertEquals(100, crm.read("ods_orders").stream().mapToInt(Batch::rows).sum());
        assertEquals(100, crm.read("ods_items").stream().mapToInt(Batch::rows).sum());
    }

    /// Rows of another shape than the planned one would be taken apart wrongly.
    @Test
    void stopsWhenTheSourceWasAlteredAfterItWasPlanned(@TempDir Path files) throws Exception {
        String url = "jdbc:sqlite:" + files.resolve("shop.db");
        project.connection("shop", "type: sqlite\npath: " + files.resolve("shop.db") + "\n");
        project.flow(
                "orders",
                """
                steps:
                  orders: {read: shop.orders}
                  out: {from: orders, write: crm.orders, mode: replace}
                """);
        try (Connection shop = DriverManager.getConnection(url);
                Statement statement = shop.createStatement()) {
            statement.execute("create table orders (id integer primary key, a text, b text)");
            statement.execute("insert into orders values (1, 'a', 'b')");
            Receipt receipt =
                    project.planned(
                            "orders",
                            (_, plan) -> {
                                alter(statement);
                                return project.run(plan);
                            });
            assertEquals(ProblemCode.SOURCE_CHANGED, receipt.problems().getFirst().code());
        }
        assertEquals(Receipt.State.SUCCEEDED, project.run("orders").state());
        assertEquals(List.of(List.of("1", "b")), Rows.texts(crm.read("orders")));
    }

    private static void alter(Statement statement) {
        try {
            statement.execute("alter table orders drop column a");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void doesNotMixTwoVersionsOfAFlowInOneRun() throws IOException {
        seed("orders", 100_000);
        flow("append");
        Progress stopping =
                new Progress() {
                    @Override
                    public void committed(String step, long written, long rejected) {
                        throw new IllegalStateException("stopped by the test");
                    }
                };
        project.run("orders", false, stopping);
        project.flow(
                "orders",
                """
                steps:
                  orders: {read: erp.orders, where: id > 5}
                  out: {from: orders, write: crm.orders, mode: append, key: [id]}
                """);
        Receipt receipt = project.run("orders");
        assertEquals(ProblemCode.RUN_CHANGED, receipt.problems().getFirst().code());
        flow("append");
        assertEquals(Receipt.State.SUCCEEDED, project.run("orders").state());
        assertEquals(100_000, crm.read("orders").stream().mapToInt(Batch::rows).sum());
    }
}
