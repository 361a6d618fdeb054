package dev.mortise.engine.verify;

import dev.mortise.engine.plan.Inlet;
import dev.mortise.engine.plan.Node;
import dev.mortise.engine.plan.Pipeline;
import dev.mortise.engine.plan.Series;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.connect.Rejects;
import dev.mortise.spi.connect.Snapshot;
import dev.mortise.spi.connect.Source;
import java.util.List;

/// The rows of a side, opened at one moment to be read here.
interface Inflow extends AutoCloseable {
    List<Range> ranges(long rowsMax);

    Source source(Range range, Rejects rejects);

    @Override
    void close();

    /// A dataset as it stands.
    static Inflow of(Node.Reading reading) {
        return new Dataset(reading.connector().snapshot(reading.dataset(), reading.scan()));
    }

    /// What a pipeline hands to its sink. A query is one part.
    static Inflow of(Pipeline pipeline) {
        return pipeline.head() instanceof Node.Reading reading
                ? new Piped(pipeline, of(reading))
                : new Piped(pipeline, new Query(pipeline.head()));
    }

    record Dataset(Snapshot snapshot) implements Inflow {
        @Override
        public List<Range> ranges(long rowsMax) {
            return snapshot.ranges(rowsMax);
        }

        @Override
        public Source source(Range range, Rejects rejects) {
            return snapshot.source(range, rejects);
        }

        @Override
        public void close() {
            snapshot.close();
        }
    }

    record Query(Node node) implements Inflow {
        @Override
        public List<Range> ranges(long rowsMax) {
            return List.of(new Range(0, "all"));
        }

        @Override
        public Source source(Range range, Rejects rejects) {
            return Inlet.open(node, rejects);
        }

        @Override
        public void close() {
            // A query holds nothing open but its source.
        }
    }

    record Piped(Pipeline pipeline, Inflow head) implements Inflow {
        @Override
        public List<Range> ranges(long rowsMax) {
            return head.ranges(rowsMax);
        }

        @Override
        public Source source(Range range, Rejects rejects) {
            return Inlet.through(pipeline, head.source(range, rejects), rejects);
        }

        @Override
        public void close() {
            head.close();
        }
    }

    /// All rows, range after range; closing it closes the inflow.
    default Source all(Rejects rejects) {
        return new Series(ranges(Long.MAX_VALUE), range -> source(range, rejects), this::close);
    }
}
