package dev.mortise.engine.sample;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.Dataset;
import dev.mortise.spi.connect.Health;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.connect.Reads;
import dev.mortise.spi.connect.Rejects;
import dev.mortise.spi.connect.Scan;
import dev.mortise.spi.connect.Snapshot;
import dev.mortise.spi.connect.Source;
import dev.mortise.spi.type.Schema;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A connector as a sampling sees it: datasets end after so many rows.
///
/// @param of does the reading; not closed here
/// @param most rows of each dataset
record LimitedReads(Reads of, Tally tally, long most) implements Reads {
    @Override
    public Health check() {
        return of.check();
    }

    @Override
    public List<String> datasets(String pattern) {
        return of.datasets(pattern);
    }

    @Override
    public Dataset describe(String name) {
        return of.describe(name);
    }

    @Override
    public Snapshot snapshot(Dataset dataset, Scan scan) {
        tally.goOn();
        return new LimitedSnapshot(of.snapshot(dataset, scan.first(most)), tally, most);
    }

    @Override
    public void close() {}

    private record LimitedSnapshot(Snapshot of, Tally tally, long most) implements Snapshot {
        @Override
        public Schema schema() {
            return of.schema();
        }

        @Override
        public List<Range> ranges(long rowsMax) {
            return of.ranges(rowsMax);
        }

        @Override
        public Source source(Range range, Rejects rejects) {
            tally.goOn();
            return tally.opened(new LimitedSource(of.source(range, rejects), tally, most));
        }

        @Override
        public Optional<String> cursor() {
            return of.cursor();
        }

        @Override
        public void close() {
            of.close();
        }
    }

    private static final class LimitedSource implements Source {
        private final Source of;
        private final Tally tally;
        private long left;
        private long bytes;

        LimitedSource(Source of, Tally tally, long most) {
            this.of = of;
            this.tally = tally;
            this.left = most;
        }

        @Override
        public @Nullable Batch next() {
            tally.goOn();
            if (left <= 0 || bytes > tally.limits().bytesMax()) {
                tally.cut();
                return null;
            }
            Batch batch = of.next();
            if (batch == null) {
                return null;
            }
            Batch kept = batch.slice(0, (int) Math.min(left, batch.rows()));
            left -= kept.rows();
            bytes += kept.bytes();
            tally.read(kept.rows());
            return kept;
        }

        @Override
        public void cancel() {
            of.cancel();
        }

        @Override
        public void close() {
            tally.closed(this);
            of.close();
        }
    }
}
