package dev.mortise.connectors.file;

import static dev.mortise.testkit.contract.Rows.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.Lane;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.connect.Sink;
import dev.mortise.spi.connect.Target;
import dev.mortise.spi.connect.WriteMode;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Schema;
import dev.mortise.testkit.contract.Rows;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FileSinkTest {
    private static final Schema SCHEMA =
            Schema.of(
                    Field.of("id", Scalar.INT64),
                    Field.of("name", Scalar.TEXT),
                    Field.of("amount", new Decimal(18, 2)),
                    Field.of("at", Scalar.TIMESTAMP));
    private static final Range ALL = new Range(0, "all");

    private final TestFolder folder;

    FileSinkTest(@TempDir Path path) {
        this.folder = new TestFolder(path);
    }

    private static Batch rows(int first, int end) {
        return Rows.batch(
                SCHEMA,
                java.util.stream.IntStream.range(first, end)
                        .mapToObj(
                                id ->
                                        row(
                                                Integer.toString(id),
                                                "=榫 \"" + id + "\"",
                                                "-" + id + ".05",
                                                "2024-02-29 23:59:59.5"))
                        .toList());
    }

    private static Target target(String dataset, WriteMode mode) {
        return new Target("test/" + dataset, dataset, SCHEMA, mode, List.of(), true);
    }

    private static void write(FileConnector connector, Target target, Batch... batches) {
        try (Sink sink = connector.sink(target)) {
            assertEquals(List.of(), sink.plan().problems());
            sink.claim();
            sink.begin(List.of(ALL));
            write(sink, List.of(batches));
            sink.finish(null);
        }
    }

    private static void write(Sink sink, List<Batch> batches) {
        try (Lane lane = sink.lane()) {
            batches.forEach(batch -> lane.write(batch, _ -> {}));
            lane.commit(ALL, null, 0);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.csv",
                "a.tsv",
                "a.csv.gz",
                "a.jsonl",
                "a.jsonl.gz",
                "a.json",
                "a.xlsx",
                "a.parquet"
            })
    void readsWhatItWrote(String name) {
        Map<String, Object> words =
                Map.of("columns", Map.of("amount", "decimal(18,2)", "at", "timestamp"));
        try (FileConnector connector = folder.open(Map.of("formats", Map.of("a.*", words)))) {
            write(connector, target(name, WriteMode.REPLACE), rows(0, 10), rows(10, 3_000));
            var found = TestFolder.read(connector, name, dev.mortise.spi.connect.Scan.ALL);
            assertEquals(List.of(), found.rejected());
            assertEquals(Rows.texts(List.of(rows(0, 3_000))), found.rows());
        }
        assertEquals(List.of(name), visible());
    }

    /// Files that are no ledger, without the hidden ones that a run keeps.
    private List<String> visible() {
        try (Stream<Path> files = Files.list(folder.path())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void leavesOnlyItsLedgerBehind() throws IOException {
        try (FileConnector connector = folder.open(Map.of())) {
            write(connector, target("a.csv", WriteMode.REPLACE), rows(0, 10));
        }
        try (Stream<Path> files = Files.list(folder.path())) {
            assertEquals(
                    3,
                    files.filter(file -> !file.toString().endsWith(".new")).count(),
                    "the file, the ledger and its lock");
        }
    }

    @Test
    void appendsInTheOrderOfTheColumnsThere() throws IOException {
        folder.put("a.csv", "at,id,extra,name,amount\n2024-01-01 00:00:00,0,x,old,1.00");
        try (FileConnector connector = folder.open(Map.of())) {
            write(connector, target("a.csv", WriteMode.APPEND), rows(1, 2));
        }
        assertEquals(
                "at,id,extra,name,amount\n2024-01-01 00:00:00,0,x,old,1.00\n"
                        + "2024-02-29 23:59:59.5,1,,\"=榫 \"\"1\"\"\",-1.05\n",
                Files.readString(folder.path().resolve("a.csv")));
        folder.put("b.csv", "id,name,at\n");
        try (FileConnector connector = folder.open(Map.of());
                Sink sink = connector.sink(target("b.csv", WriteMode.APPEND))) {
            assertEquals(ProblemCode.COLUMN_MISSING, sink.plan().problems().getFirst().code());
        }
    }

    @Test
    void appendsInTheCharsetThatIsThere() throws IOException {
        Charset gbk = Charset.forName("GBK");
        folder.put("a.csv", "id,name,amount,at\n0,北京分公司的订单,1.00,\n", gbk);
        try (FileConnector connector = folder.open(Map.of())) {
            write(connector, target("a.csv", WriteMode.APPEND), rows(1, 2));
        }
        String text = Files.readString(folder.path().resolve("a.csv"), gbk);
        assertTrue(text.contains("北京") && text.contains("榫"), text);
    }

    @Test
    void publishesNothingWhenACharacterHasNoPlaceInTheCharset() throws IOException {
        folder.put("a.csv", "old\n1\n");
        Map<String, Object> words = Map.of("charset", "iso-8859-1");
        try (FileConnector connector = folder.open(Map.of("formats", Map.of("a.csv", words)))) {
            var thrown =
                    assertThrows(
                            ProblemException.class,
                            () -> write(connector, target("a.csv", WriteMode.REPLACE), rows(0, 1)));
            assertEquals(ProblemCode.VALUE_OUT_OF_RANGE, thrown.problem().code());
        }
        assertEquals("old\n1\n", Files.readString(folder.path().resolve("a.csv")));
    }

    @Test
    void writesAFileARun() {
        try (FileConnector connector = folder.open(Map.of())) {
            write(connector, target("a-{run}.csv", WriteMode.APPEND), rows(0, 2));
            write(connector, target("a-{run}.csv", WriteMode.APPEND), rows(2, 4));
            assertEquals(List.of("a-000001.csv", "a-000002.csv"), visible());
            assertEquals(
                    4,
                    TestFolder.read(connector, "a-*.csv", dev.mortise.spi.connect.Scan.ALL)
                            .rows()
                            .size());
        }
    }

    @Test
    void refusesModesThatNeedKeysAndAppendingToWorkbooks() {
        try (FileConnector connector = folder.open(Map.of())) {
            write(connector, target("a.xlsx", WriteMode.REPLACE), rows(0, 1));
            for (Target target :
                    List.of(
                            target("a.csv", WriteMode.UPSERT),
                            target("a.csv", WriteMode.MIRROR),
                            target("a.xlsx", WriteMode.APPEND))) {
                try (Sink sink = connector.sink(target)) {
                    var problem = sink.plan().problems().getFirst();
                    assertEquals(ProblemCode.MODE_UNSUPPORTED, problem.code());
                    assertFalse(problem.fix().isEmpty());
                    assertThrows(ProblemException.class, sink::claim);
                }
            }
        }
    }

    @Test
    void guardsSpreadsheetsFromFormulasWhenAsked() throws IOException {
        try (FileConnector connector = folder.open(Map.of("formula_guard", "true"))) {
            write(connector, target("a.csv", WriteMode.REPLACE), rows(1, 2));
        }
        assertEquals(
                "id,name,amount,at\n1,\"'=榫 \"\"1\"\"\",-1.05,2024-02-29 23:59:59.5\n",
                Files.readString(folder.path().resolve("a.csv")));
    }

    /// A crash between any two writes of the end of a run: the ledger says "publishing", with the
    /// finished file there or already renamed.
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void endsAPublicationThatACrashCutShort(boolean renamed) throws IOException {
        folder.put("a.csv", "id,name,amount,at\n0,,,\n");
        Target target = target("a.csv", WriteMode.APPEND);
        try (FileConnector connector = folder.open(Map.of());
                Sink sink = connector.sink(target)) {
            sink.claim();
            sink.begin(List.of(ALL));
            try (Lane lane = sink.lane()) {
                lane.write(rows(1, 3), _ -> {});
                lane.commit(ALL, null, 0);
            }
        }
        FileLedger ledger = new FileLedger(folder.path(), target.task(), target.dataset());
        String finished = ledger.stem() + ".1.final";
        folder.put(renamed ? "a.csv" : finished, "id,name,amount,at\n0,,,\n1,,,\n2,,,\n");
        ledger.locked(
                state -> {
                    ledger.write(
                            new FileLedger.State(
                                    state.task(),
                                    state.epoch(),
                                    state.cursor(),
                                    true,
                                    new FileLedger.Publishing(finished, "a.csv"),
                                    state.parts(),
                                    state.segments()));
                    return state;
                });
        try (FileConnector connector = folder.open(Map.of());
                Sink sink = connector.sink(target)) {
            assertTrue(sink.claim().parts().getFirst().done());
            sink.finish("2");
            assertEquals("2", sink.claim().cursor().orElseThrow());
        }
        assertEquals(
                "id,name,amount,at\n0,,,\n1,,,\n2,,,\n",
                Files.readString(folder.path().resolve("a.csv")));
    }
}
