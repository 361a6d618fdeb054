package dev.mortise.engine.plan;

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

/// Rows at hand that stand for what a step would read or compute.
record GivenRows(Batch batch) implements Reads, Snapshot {
    @Override
    public Health check() {
        return new Health(List.of(), Optional.empty(), "");
    }

    @Override
    public List<String> datasets(String pattern) {
        return List.of();
    }

    @Override
    public Dataset describe(String name) {
        return Dataset.of(name, batch.schema(), List.of());
    }

    @Override
    public Snapshot snapshot(Dataset dataset, Scan scan) {
        return this;
    }

    @Override
    public Schema schema() {
        return batch.schema();
    }

    @Override
    public List<Range> ranges(long rowsMax) {
        return List.of(new Range(0, ""));
    }

    @Override
    public Source source(Range range, Rejects rejects) {
        return new Once(batch);
    }

    @Override
    public Optional<String> cursor() {
        return Optional.empty();
    }

    @Override
    public void close() {}

    private static final class Once implements Source {
        private @Nullable Batch left;

        Once(Batch batch) {
            this.left = batch.rows() == 0 ? null : batch;
        }

        @Override
        public @Nullable Batch next() {
            Batch batch = left;
            left = null;
            return batch;
        }

        @Override
        public void close() {
            left = null;
        }
    }
}
