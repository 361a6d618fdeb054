package dev.mortise.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.Lane;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.connect.RejectedRow;
import dev.mortise.spi.connect.Rejects;
import dev.mortise.spi.connect.Sink;
import dev.mortise.spi.connect.Target;
import dev.mortise.spi.connect.Writes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes whole runs the way the engine does, and keeps what was rejected.
public final class Writing implements Rejects {
    /// The one part of a run that has no more.
    static final Range PART = new Range(0, "all");

    private final List<RejectedRow> rejected = Collections.synchronizedList(new ArrayList<>());

    @Override
    public void reject(RejectedRow row) {
        rejected.add(row);
    }

    public List<RejectedRow> rejected() {
        return List.copyOf(rejected);
    }

    /// A run of one part from beginning to end. Rejects nothing.
    public static void run(Writes writes, Target target, List<Batch> batches) {
        run(writes, target, batches, null);
    }

    static void run(Writes writes, Target target, List<Batch> batches, @Nullable String cursor) {
        try (Sink sink = writes.sink(target)) {
            begin(sink, PART);
            writePart(sink, PART, batches);
            sink.finish(cursor);
        }
    }

    /// Starts a new run. The plan must have nothing against it.
    static void begin(Sink sink, Range... parts) {
        assertEquals(List.of(), sink.plan().problems());
        sink.claim();
        sink.begin(List.of(parts));
    }

    /// Writes and commits one part on a lane of its own. Rejects nothing.
    static void writePart(Sink sink, Range part, List<Batch> batches) {
        try (Lane lane = sink.lane()) {
            for (Batch batch : batches) {
                assertEquals(batch.rows(), lane.write(batch, Reading.NONE));
            }
            lane.commit(part, null, 0);
        }
    }
}
