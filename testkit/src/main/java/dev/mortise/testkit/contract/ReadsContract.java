package dev.mortise.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.Connector;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.connect.Reads;
import dev.mortise.spi.connect.Scan;
import dev.mortise.spi.connect.Snapshot;
import dev.mortise.spi.connect.Source;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every row once, whatever the number of rows, ranges and readers.
public interface ReadsContract extends FiltersContract, IncrementalContract {
    /// Whether all sources of one snapshot see one moment, as far as the system can do that.
    default boolean seesOneMoment() {
        return true;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8_191, 8_192, 8_193, 3 * 8_192 + 7})
    default void readsEveryRowOnce(int rows) {
        String dataset = seedSamples("contract_rows", 0, rows);
        try (Connector connector = open()) {
            Reads reads = (Reads) connector;
            List<Batch> read = Reading.batches(reads, reads.describe(dataset), Scan.ALL);
            Rows.assertSame(Samples.batches(sampleSchema(), 0, rows), read);
            assertTrue(
                    read.stream().allMatch(b -> b.rows() >= 1 && b.rows() <= Batch.ROWS_MAX),
                    "a batch has 1 to ROWS_MAX rows");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {700, 4_999, 5_000, 5_001, 1_000_000})
    default void rangesCoverEachRowOnce(long rowsMax) {
        String dataset = seedSamples("contract_ranges", 0, 5_000);
        try (Connector connector = open()) {
            Reads reads = (Reads) connector;
            try (Snapshot snapshot = reads.snapshot(reads.describe(dataset), Scan.ALL)) {
                List<Range> ranges = snapshot.ranges(rowsMax);
                Set<Integer> parts = new HashSet<>();
                for (Range range : ranges) {
                    assertTrue(parts.add(range.part()), "parts are numbered apart");
                    assertTrue(range.part() >= 0 && range.part() < ranges.size(), "from 0");
                    assertTrue(range.bounds().length() <= Range.BOUNDS_MAX, "short bounds");
                }
                Rows.assertSame(
                        Samples.batches(sampleSchema(), 0, 5_000),
                        Reading.batches(snapshot, rowsMax));
            }
        }
    }

    @Test
    default void readsTheWantedColumnsInTheWantedOrder() {
        String dataset = seedSamples("contract_columns", 0, 100);
        List<String> columns = List.of("name", "id");
        try (Connector connector = open()) {
            Reads reads = (Reads) connector;
            Scan scan = new Scan(columns, Optional.empty(), Optional.empty());
            try (Snapshot snapshot = reads.snapshot(reads.describe(dataset), scan)) {
                assertEquals(columns, snapshot.schema().names());
                Schema schema = sampleSchema().project(columns);
                List<Batch> read = Reading.batches(snapshot, 1_000);
                Rows.assertSame(Samples.batches(schema, 0, 100), read);
                assertTrue(read.stream().allMatch(b -> b.schema().names().equals(columns)));
            }
        }
    }

    @Test
    default void givesAtLeastTheRowsALimitedScanAsksFor() {
        String dataset = seedSamples("contract_first", 0, 500);
        try (Connector connector = open()) {
            Reads reads = (Reads) connector;
            Scan scan = Scan.ALL.first(10);
            try (Snapshot snapshot = reads.snapshot(reads.describe(dataset), scan)) {
                List<Batch> read = Reading.batches(snapshot, Long.MAX_VALUE);
                int rows = read.stream().mapToInt(Batch::rows).sum();
                assertTrue(rows >= 10 && rows <= 500, rows + " rows");
            }
        }
    }

    @Test
    default void readsOnAfterASourceWasCancelled() {
        String dataset = seedSamples("contract_cancelled", 0, 5_000);
        try (Connector connector = open()) {
            Reads reads = (Reads) connector;
            try (Snapshot snapshot = reads.snapshot(reads.describe(dataset), Scan.ALL)) {
                Range range = snapshot.ranges(Long.MAX_VALUE).getFirst();
                Source cancelled = snapshot.source(range, _ -> {});
                cancelled.next();
                cancelled.cancel();
                cancelled.close();
            }
            try (Snapshot snapshot = reads.snapshot(reads.describe(dataset), Scan.ALL)) {
                Rows.assertSame(
                        Samples.batches(sampleSchema(), 0, 5_000),
                        Reading.batches(snapshot, 10_000));
            }
        }
    }

    @Test
    default void describesColumnsAndKey() {
        String dataset = seedSamples("contract_described", 0, 3);
        try (Connector connector = open()) {
            var described = ((Reads) connector).describe(dataset);
            assertEquals(dataset, described.name());
            assertEquals(sampleSchema().names(), described.schema().names());
            assertTrue(
                    described.key().equals(List.of("id")) || described.key().isEmpty(),
                    "the key is what was seeded, or the system has none");
        }
    }

    @Test
    default void describesManyAsEachAlone() {
        String one = seedSamples("contract_one", 0, 1);
        String other = seedSamples("contract_other", 0, 1);
        try (Connector connector = open()) {
            Reads reads = (Reads) connector;
            assertEquals(
                    List.of(reads.describe(other), reads.describe(one)),
                    reads.describe(List.of(other, one)));
            List<String> names = List.of(one, one.replace("one", "none"));
            var thrown = assertThrows(ProblemException.class, () -> reads.describe(names));
            assertEquals(ProblemCode.DATASET_MISSING, thrown.problem().code());
        }
    }

    @Test
    default void listsDatasetsByPattern() {
        String wanted = seedSamples("contract_listed", 0, 1);
        String other = seedSamples("contract_other", 0, 1);
        try (Connector connector = open()) {
            Reads reads = (Reads) connector;
            assertTrue(reads.datasets("*").containsAll(List.of(wanted, other)));
            List<String> some = reads.datasets("*act_list*");
            assertTrue(some.contains(wanted) && !some.contains(other), some::toString);
            assertEquals(some.stream().sorted().toList(), some);
        }
    }

    @Test
    default void namesTheNearestDatasetForAMissingOne() {
        String dataset = seedSamples("contract_orders", 0, 1);
        String missing = dataset.replace("orders", "oders");
        try (Connector connector = open()) {
            Reads reads = (Reads) connector;
            var thrown = assertThrows(ProblemException.class, () -> reads.describe(missing));
            assertEquals(ProblemCode.DATASET_MISSING, thrown.problem().code());
            assertTrue(thrown.problem().message().contains(missing), thrown::getMessage);
            assertTrue(thrown.problem().fix().contains(dataset), thrown::getMessage);
        }
    }

    @Test
    default void closingMidwayFreesTheConnection() {
        String dataset = seedSamples("contract_midway", 0, 2 * Batch.ROWS_MAX + 1);
        try (Connector connector = open()) {
            Reads reads = (Reads) connector;
            for (int i = 0; i < 50; i++) {
                readOneBatch(reads, dataset);
            }
        }
    }

    private static void readOneBatch(Reads reads, String dataset) {
        try (Snapshot snapshot = reads.snapshot(reads.describe(dataset), Scan.ALL);
                Source source =
                        snapshot.source(snapshot.ranges(1_000_000).getFirst(), Reading.NONE)) {
            assertNotNull(source.next());
        }
    }

    @Test
    default void parallelSourcesOfOneSnapshotSeeOneMoment()
            throws InterruptedException, ExecutionException {
        String dataset = seedSamples("contract_moment", 0, 4_000);
        try (Connector connector = open();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Reads reads = (Reads) connector;
            try (Snapshot snapshot = reads.snapshot(reads.describe(dataset), Scan.ALL)) {
                List<Range> ranges = snapshot.ranges(1_000);
                if (seesOneMoment()) {
                    append(dataset, Samples.batches(sampleSchema(), 4_000, 4_500));
                }
                List<Callable<List<Batch>>> readers = new ArrayList<>();
                ranges.forEach(range -> readers.add(() -> Reading.batches(snapshot, range)));
                List<Batch> read = new ArrayList<>();
                for (Future<List<Batch>> reader : threads.invokeAll(readers)) {
                    read.addAll(reader.get());
                }
                Rows.assertSame(Samples.batches(sampleSchema(), 0, 4_000), read);
            }
        }
    }

    @Test
    default void theRestOfARangeHoldsWhatWasNotDelivered() {
        int rows = 3 * Batch.ROWS_MAX + 7;
        String dataset = seedSamples("contract_rest", 0, rows);
        List<Batch> expected = Samples.batches(sampleSchema(), 0, rows);
        try (Connector connector = open()) {
            Reads reads = (Reads) connector;
            try (Snapshot snapshot = reads.snapshot(reads.describe(dataset), Scan.ALL)) {
                for (int taken = 1; taken <= 3; taken++) {
                    Rows.assertSame(expected, readInTwo(snapshot, taken));
                }
            }
        }
    }

    /// All rows: some batches of the first range, then what is left of it, then the others.
    private static List<Batch> readInTwo(Snapshot snapshot, int taken) {
        List<Range> ranges = snapshot.ranges(1_000_000);
        List<Batch> read = new ArrayList<>();
        Range rest = restAfter(snapshot, ranges.getFirst(), taken, read);
        assertEquals(ranges.getFirst().part(), rest.part());
        assertTrue(rest.bounds().length() <= Range.BOUNDS_MAX, "short bounds");
        read.addAll(Reading.batches(snapshot, rest));
        for (Range other : ranges.subList(1, ranges.size())) {
            read.addAll(Reading.batches(snapshot, other));
        }
        return read;
    }

    private static Range restAfter(
            Snapshot snapshot, Range range, int batches, List<Batch> delivered) {
        try (Source source = snapshot.source(range, Reading.NONE)) {
            for (int i = 0; i < batches; i++) {
                Batch batch = source.next();
                delivered.add(batch != null ? batch : abort("the range has fewer batches"));
            }
            Range rest = source.rest();
            return rest != null ? rest : abort("the source cannot be entered midway");
        }
    }

    @Test
    default void aHealthyConnectionSaysSo() {
        try (Connector connector = open()) {
            var health = connector.check();
            assertTrue(health.ok(), () -> health.problem().toString());
            assertFalse(health.passed().isEmpty(), "names the steps that worked");
        }
    }
}
