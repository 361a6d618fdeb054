package dev.mortise.connectors.invoice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.ConnectorFactory;
import dev.mortise.spi.connect.Incremental;
import dev.mortise.spi.connect.Predicate;
import dev.mortise.spi.connect.Predicate.Op;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.connect.Reads;
import dev.mortise.spi.connect.Scan;
import dev.mortise.spi.connect.Snapshot;
import dev.mortise.spi.connect.Source;
import dev.mortise.spi.option.Settings;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Schema;
import dev.mortise.testkit.contract.OptionsContract;
import dev.mortise.testkit.contract.TestSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What `ReadsContract` asks of other connectors, on the datasets there are here: their columns are
/// fixed, so the contract's own rows cannot be put into them.
final class InvoiceConnectorTest implements OptionsContract {
    private final Path path;
    private final TestFolder folder;

    InvoiceConnectorTest(@TempDir Path path) {
        this.path = path;
        this.folder = new TestFolder(path);
    }

    @Override
    public ConnectorFactory factory() {
        return new InvoiceFactory();
    }

    @Override
    public Settings settings() {
        return TestSettings.of(factory(), Map.of("path", path.toString()));
    }

    @Override
    public void seed(String dataset, Schema schema, List<String> key, List<Batch> rows) {
        throw new AssertionError("a folder of invoices has columns of its own");
    }

    @Override
    public void drop(String dataset) {
        throw new AssertionError("a folder of invoices has datasets of its own");
    }

    @Override
    public Map<ProblemCode, Settings> broken() {
        String nowhere = path.resolve("nowhere").toString();
        return Map.of(
                ProblemCode.FILE_MISSING, TestSettings.of(factory(), Map.of("path", nowhere)));
    }

    /// Invoices of 1.00 and upwards, with two lines each.
    private void write(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            Bill bill = Bill.of(i, 100 + i, 6).line(10, "免税", 0);
            folder.put("%02d/%05d.xml".formatted(i % 7, i), bill.xml());
        }
    }

    private static List<String> numbers(List<Map<String, String>> rows) {
        return rows.stream().map(row -> String.valueOf(row.get("number"))).sorted().toList();
    }

    private static List<String> numbers(int count) {
        return LongStream.range(0, count).mapToObj(Bill::number).toList();
    }

    @Test
    void refusesAZoneThatIsNone() {
        var problems =
                TestSettings.problems(factory(), Map.of("path", "x", "zone", "Asia/Shanghia"));
        assertEquals(ProblemCode.OPTION_INVALID, problems.getFirst().code());
    }

    @Test
    void listsItsThreeDatasetsAndNamesTheNearest() {
        try (Reads reads = folder.open(Map.of())) {
            assertEquals(List.of("invoice", "invoice_file", "invoice_item"), reads.datasets("*"));
            assertEquals(List.of("invoice_file", "invoice_item"), reads.datasets("*_*"));
            var thrown = assertThrows(ProblemException.class, () -> reads.describe("invoce"));
            assertEquals(ProblemCode.DATASET_MISSING, thrown.problem().code());
            assertTrue(thrown.problem().fix().contains("'invoice'"), thrown::getMessage);
            assertTrue(reads.check().ok());
        }
    }

    @Test
    void anEmptyFolderHasNoRows() {
        for (String dataset : List.of("invoice", "invoice_item", "invoice_file")) {
            assertEquals(List.of(), folder.read(dataset));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 7, 49, 50, 1_000_000})
    void rangesCoverEachRowOnce(long rowsMax) throws IOException {
        write(50);
        try (Reads reads = folder.open(Map.of());
                Snapshot snapshot = reads.snapshot(reads.describe("invoice_item"), Scan.ALL)) {
            List<Range> ranges = snapshot.ranges(rowsMax);
            List<Map<String, String>> rows = new ArrayList<>();
            for (int i = 0; i < ranges.size(); i++) {
                assertEquals(i, ranges.get(i).part());
                rows.addAll(TestFolder.rows(batches(snapshot, ranges.get(i))));
            }
            List<String> twice = new ArrayList<>(numbers(50));
            twice.addAll(numbers(50));
            assertEquals(twice.stream().sorted().toList(), numbers(rows));
        }
    }

    private static List<Batch> batches(Snapshot snapshot, Range range) {
        List<Batch> batches = new ArrayList<>();
        try (Source source = snapshot.source(range, row -> {})) {
            for (Batch batch = source.next(); batch != null; batch = source.next()) {
                batches.add(batch);
            }
        }
        return batches;
    }

    @Test
    void readsTheWantedColumnsInTheWantedOrder() throws IOException {
        write(3);
        try (Reads reads = folder.open(Map.of())) {
            List<String> columns = List.of("total", "seller_name", "number");
            Scan scan = new Scan(columns, Optional.empty(), Optional.empty());
            try (Snapshot snapshot = reads.snapshot(reads.describe("invoice"), scan)) {
                List<Batch> read = batches(snapshot, snapshot.ranges(100).getFirst());
                assertEquals(columns, snapshot.schema().names());
                assertEquals(columns, read.getFirst().schema().names());
                assertEquals("1.16", TestFolder.rows(read).getFirst().get("total"));
            }
        }
    }

    @Test
    void filtersByColumnsThatAreNotWanted() throws IOException {
        write(30);
        try (Reads reads = folder.open(Map.of())) {
            Scan scan = new Scan(List.of("number"), Optional.empty(), Optional.empty());
            Scan some = scan.where(new Predicate.Compare("total", Op.GREATER_EQUAL, "1.36"));
            assertEquals(
                    numbers(30).subList(20, 30), numbers(TestFolder.read(reads, "invoice", some)));
        }
    }

    @Test
    void namesTheNearestColumn() {
        try (Reads reads = folder.open(Map.of())) {
            Scan scan = new Scan(List.of("selle_name"), Optional.empty(), Optional.empty());
            var thrown =
                    assertThrows(
                            ProblemException.class,
                            () -> reads.snapshot(reads.describe("invoice"), scan));
            assertEquals(ProblemCode.COLUMN_MISSING, thrown.problem().code());
            assertTrue(thrown.problem().fix().contains("seller_name"), thrown::getMessage);
        }
    }

    @Test
    void theRestOfARangeHoldsWhatWasNotDelivered() throws IOException {
        Bill long1 = new Bill(Bill.number(1));
        Bill long2 = new Bill(Bill.number(2));
        for (int i = 0; i < 5_000; i++) {
            long1.line(i, "0.13", i / 8);
            long2.line(i, "0.13", i / 8);
        }
        folder.put("both.zip", TestFolder.zip("1.xml", long1.xml(), "2.xml", long2.xml()));
        try (Reads reads = folder.open(Map.of());
                Snapshot snapshot = reads.snapshot(reads.describe("invoice_item"), Scan.ALL)) {
            Range range = snapshot.ranges(1_000_000).getFirst();
            int whole = batches(snapshot, range).size();
            for (int taken = 1; taken <= whole; taken++) {
                assertInTwo(snapshot, range, taken);
            }
        }
    }

    private static void assertInTwo(Snapshot snapshot, Range range, int taken) {
        List<Batch> read = new ArrayList<>();
        Range rest;
        try (Source source = snapshot.source(range, row -> {})) {
            for (int i = 0; i < taken; i++) {
                read.add(Objects.requireNonNull(source.next()));
            }
            rest = Objects.requireNonNull(source.rest());
        }
        read.addAll(batches(snapshot, rest));
        List<String> keys =
                TestFolder.rows(read).stream()
                        .map(row -> row.get("number") + " " + row.get("line"))
                        .toList();
        assertEquals(10_000, keys.size());
        assertEquals(10_000, keys.stream().distinct().count());
    }

    @Test
    void aRangeOfAnEarlierProcessIsReadAgain() throws IOException {
        write(20);
        Range second;
        try (Reads reads = folder.open(Map.of());
                Snapshot snapshot = reads.snapshot(reads.describe("invoice"), Scan.ALL)) {
            second = snapshot.ranges(10).get(1);
        }
        try (Reads reads = folder.open(Map.of());
                Snapshot snapshot = reads.snapshot(reads.describe("invoice"), Scan.ALL)) {
            assertEquals(10, TestFolder.rows(batches(snapshot, second)).size());
        }
        folder.put("new.xml", Bill.of(99, 1, 0).xml());
        try (Reads reads = folder.open(Map.of());
                Snapshot snapshot = reads.snapshot(reads.describe("invoice"), Scan.ALL)) {
            var thrown =
                    assertThrows(ProblemException.class, () -> snapshot.source(second, row -> {}));
            assertEquals(ProblemCode.SOURCE_CHANGED, thrown.problem().code());
        }
    }

    @Test
    void aFileThatChangesMeanwhileIsNoticed() throws IOException {
        write(3);
        try (Reads reads = folder.open(Map.of());
                Snapshot snapshot = reads.snapshot(reads.describe("invoice"), Scan.ALL)) {
            Range range = snapshot.ranges(10).getFirst();
            folder.put("00/00000.xml", Bill.of(0, 100, 6).extra("<More/>").xml());
            var thrown = assertThrows(ProblemException.class, () -> batches(snapshot, range));
            assertEquals(ProblemCode.SOURCE_CHANGED, thrown.problem().code());
        }
    }

    @Test
    void readsIncrementallyByTheTimeOfTheFile() throws IOException {
        write(10);
        for (int i = 0; i < 10; i++) {
            Path file = path.resolve("%02d/%05d.xml".formatted(i % 7, i));
            Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(1_000 + i)));
        }
        try (Reads reads = folder.open(Map.of())) {
            assertEquals(
                    numbers(10).subList(6, 10),
                    moved(reads, "1970-01-01 00:16:46Z", Duration.ZERO));
            assertEquals(
                    numbers(10).subList(4, 10),
                    moved(reads, "1970-01-01 00:16:46Z", Duration.ofSeconds(2)));
        }
    }

    private static List<String> moved(Reads reads, String after, Duration lookback) {
        Incremental moved = new Incremental("modified_at", Optional.of(after), lookback, true);
        Scan scan = new Scan(List.of(), Optional.empty(), Optional.of(moved));
        try (Snapshot snapshot = reads.snapshot(reads.describe("invoice"), scan)) {
            assertEquals(Optional.of("1970-01-01 00:16:49Z"), snapshot.cursor());
            return numbers(TestFolder.rows(batches(snapshot, snapshot.ranges(1_000).getFirst())));
        }
    }

    @Test
    void leavesOutLinksHiddenFilesAndOtherPatterns() throws IOException {
        write(2);
        folder.put(".hidden.xml", Bill.of(7, 1, 0).xml());
        folder.put(".git/a.xml", Bill.of(8, 1, 0).xml());
        folder.put("readme.txt", "no invoice");
        Files.createSymbolicLink(path.resolve("link.xml"), path.resolve("00/00000.xml"));
        Files.createSymbolicLink(path.resolve("loop"), path);
        assertEquals(2, folder.read("invoice_file").size());
        assertEquals(1, folder.read("invoice_file", Map.of("pattern", "01/*")).size());
    }

    @Test
    void stopsAtTooManyFiles() throws IOException {
        write(5);
        var thrown =
                assertThrows(
                        ProblemException.class,
                        () -> folder.read("invoice", Map.of("files_max", "4")));
        assertEquals(ProblemCode.LIMIT_EXCEEDED, thrown.problem().code());
    }
}
