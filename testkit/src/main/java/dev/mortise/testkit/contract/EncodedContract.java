package dev.mortise.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.RowJson;
import dev.mortise.spi.connect.Connector;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.connect.Reads;
import dev.mortise.spi.connect.Scan;
import dev.mortise.spi.connect.Sink;
import dev.mortise.spi.connect.Snapshot;
import dev.mortise.spi.connect.Source;
import dev.mortise.spi.connect.WriteMode;
import dev.mortise.spi.connect.Writes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Rows that nobody takes apart on the way arrive as those do that somebody does.
public interface EncodedContract extends WritesFixture {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8_191, 8_192, 8_193, 3 * 8_192 + 7})
    default void encodedRowsArriveAsTheyAre(int rows) {
        String from = seedSamples("contract_encoded", 0, rows);
        String to = seedSamples("contract_passed", 0, 0);
        try (Connector connector = open();
                var snapshot = snapshot(connector, from);
                var sink =
                        (Sink.Encoding) ((Writes) connector).sink(target(to, WriteMode.APPEND))) {
            assertTrue(snapshot.form().isPresent(), "equal columns have a form");
            assertEquals(snapshot.form(), sink.form());
            Writing.begin(sink, Writing.PART);
            Writing.writePart(sink, Writing.PART, encoded(snapshot));
            sink.finish(null);
        }
        Rows.assertSame(Samples.batches(sampleSchema(), 0, rows), readBack(to));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 700, 8_192})
    default void encodedRowsCanBeTakenApartAnywhere(int rows) {
        String from = seedSamples("contract_apart", 0, rows);
        try (Connector connector = open();
                var snapshot = snapshot(connector, from)) {
            Batch batch = encoded(snapshot).getFirst();
            assertNotNull(batch.encoded());
            int middle = rows / 2;
            List<Batch> halves = new ArrayList<>(List.of(batch.slice(middle, rows)));
            if (middle > 0) {
                halves.add(batch.slice(0, middle));
            }
            Rows.assertSame(Samples.batches(sampleSchema(), 0, rows), halves);
            Batch apart = Samples.batch(sampleSchema(), 0, rows);
            assertEquals(RowJson.of(apart, middle), RowJson.of(batch.slice(middle, rows), 0));
        }
    }

    private Snapshot.Encoding snapshot(Connector connector, String dataset) {
        Reads reads = (Reads) connector;
        return (Snapshot.Encoding) reads.snapshot(reads.describe(dataset), Scan.ALL);
    }

    private static List<Batch> encoded(Snapshot.Encoding snapshot) {
        List<Batch> batches = new ArrayList<>();
        for (Range range : snapshot.ranges(1_000_000)) {
            try (Source source = snapshot.encoded(range)) {
                for (Batch batch = source.next(); batch != null; batch = source.next()) {
                    batches.add(batch);
                }
            }
        }
        return batches;
    }
}
