package dev.mortise.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.Connector;
import dev.mortise.spi.connect.Incremental;
import dev.mortise.spi.connect.Reads;
import dev.mortise.spi.connect.Scan;
import dev.mortise.spi.connect.Snapshot;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Reading what moved since a cursor skips no row at its edge. In the samples two rows share each
/// `at`, and rows 2n and 2n+1 come 1.000001 s after the pair before.
public interface IncrementalContract extends ConnectorFixture {
    /// Adds rows to a dataset that is there, past the connector and in a transaction of its own;
    /// does nothing when the system has no other writers.
    void append(String dataset, List<Batch> rows);

    @Test
    default void theFirstIncrementalReadTakesAllAndTellsTheCursor() {
        String dataset = seedSamples("contract_cursor_first", 0, 1_000);
        var read = incremental(dataset, "id", Optional.empty(), Duration.ZERO);
        Rows.assertSame(Samples.batches(sampleSchema(), 0, 1_000), read.rows());
        assertEquals(Optional.of("999"), read.cursor());
    }

    @Test
    default void theNextIncrementalReadStartsAtTheCursorItself() {
        String dataset = seedSamples("contract_cursor_next", 0, 1_000);
        var read = incremental(dataset, "id", Optional.of("990"), Duration.ZERO);
        Rows.assertSame(Samples.batches(sampleSchema(), 990, 1_000), read.rows());
        assertEquals(Optional.of("999"), read.cursor());
    }

    @Test
    default void aTimeCursorKeepsItsMicroseconds() {
        assumeTrue(sampleSchema().has("at"), "the system keeps no timestamps");
        String dataset = seedSamples("contract_cursor_time", 0, 500);
        var first = incremental(dataset, "at", Optional.empty(), Duration.ZERO);
        Rows.assertSame(Samples.batches(sampleSchema(), 0, 500), first.rows());
        seedSamples("contract_cursor_time", 0, 510);
        var next = incremental(dataset, "at", first.cursor(), Duration.ZERO);
        Rows.assertSame(Samples.batches(sampleSchema(), 498, 510), next.rows());
    }

    @Test
    default void lookbackReadsAgainBelowTheCursor() {
        assumeTrue(sampleSchema().has("at"), "the system keeps no timestamps");
        String dataset = seedSamples("contract_cursor_back", 0, 500);
        var first = incremental(dataset, "at", Optional.empty(), Duration.ZERO);
        var again = incremental(dataset, "at", first.cursor(), Duration.ofMillis(2_001));
        Rows.assertSame(Samples.batches(sampleSchema(), 494, 500), again.rows());
    }

    @Test
    default void anIncrementalReadThatSawNothingHasNoCursor() {
        String dataset = seedSamples("contract_cursor_none", 0, 100);
        var read = incremental(dataset, "id", Optional.of("100"), Duration.ZERO);
        assertEquals(0, Rows.count(read.rows()));
        assertEquals(Optional.empty(), read.cursor());
    }

    @Test
    default void rowsThatComeWhileItReadsAreLeftToTheNextRead() {
        String dataset = seedSamples("contract_cursor_meanwhile", 0, 100);
        Optional<String> cursor;
        Incremental moved = new Incremental("id", Optional.empty(), Duration.ZERO, true);
        Scan scan = new Scan(List.of(), Optional.empty(), Optional.of(moved));
        try (Connector connector = open()) {
            Reads reads = (Reads) connector;
            try (Snapshot snapshot = reads.snapshot(reads.describe(dataset), scan)) {
                Rows.assertSame(
                        Samples.batches(sampleSchema(), 0, 100), Reading.batches(snapshot, 100));
                append(dataset, Samples.batches(sampleSchema(), 100, 110));
                cursor = snapshot.cursor();
            }
        }
        int all =
                (int)
                        Rows.count(
                                incremental(dataset, "id", Optional.empty(), Duration.ZERO).rows());
        var next = incremental(dataset, "id", cursor, Duration.ZERO);
        Rows.assertSame(Samples.batches(sampleSchema(), 99, all), next.rows());
    }

    /// What an incremental read gave, and where the next one starts.
    record Moved(List<Batch> rows, Optional<String> cursor) {}

    private Moved incremental(
            String dataset, String by, Optional<String> after, Duration lookback) {
        Incremental moved = new Incremental(by, after, lookback, true);
        Scan scan = new Scan(List.of(), Optional.empty(), Optional.of(moved));
        try (Connector connector = open()) {
            Reads reads = (Reads) connector;
            try (Snapshot snapshot = reads.snapshot(reads.describe(dataset), scan)) {
                return new Moved(Reading.batches(snapshot, 100), snapshot.cursor());
            }
        }
    }
}
