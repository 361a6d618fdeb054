package dev.mortise.engine.run;

import dev.mortise.engine.plan.Inlet;
import dev.mortise.engine.plan.Node;
import dev.mortise.engine.plan.Pipeline;
import dev.mortise.spi.connect.Incremental;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.connect.Rejects;
import dev.mortise.spi.connect.Scan;
import dev.mortise.spi.connect.Sink;
import dev.mortise.spi.connect.Snapshot;
import dev.mortise.spi.connect.Source;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Schema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Where the batches of a pipeline begin, opened: a dataset in ranges, or a query in one part.
sealed interface Head extends AutoCloseable {
    long rowsEstimated();

    List<Range> ranges(long rowsMax);

    Source source(Range range, Rejects rejects);

    /// Where batches can stay as their system sends them, all the way into a sink, that way;
    /// otherwise like [#source].
    default Opening opening(Sink sink) {
        return this::source;
    }

    /// Opens a range.
    @FunctionalInterface
    interface Opening {
        Source open(Range range, Rejects rejects);
    }

    @Nullable String cursor();

    @Override
    void close();

    static Head open(Pipeline pipeline, Optional<String> cursor) {
        return switch (pipeline.head()) {
            case Node.Reading reading -> dataset(reading, cursor);
            case Node.Querying query -> new Query(query);
            case Node.Rowwise row ->
                    throw new IllegalStateException("a pipeline starts row-wise: " + row.step());
        };
    }

    private static Dataset dataset(Node.Reading reading, Optional<String> cursor) {
        Scan scan = reading.scan();
        Scan from =
                new Scan(
                        scan.columns(),
                        scan.filter(),
                        scan.incremental()
                                .map(i -> new Incremental(i.by(), cursor, i.lookback(), i.open())));
        Snapshot snapshot = reading.connector().snapshot(reading.dataset(), from);
        if (!alike(snapshot.schema(), reading.schema())) {
            snapshot.close();
            throw ProblemException.of(
                    ProblemCode.SOURCE_CHANGED,
                    "'%s' had the columns %s when the run was planned, it has %s now"
                            .formatted(
                                    reading.dataset().name(),
                                    reading.schema().names(),
                                    snapshot.schema().names()),
                    "run again: the run is planned anew");
        }
        return new Dataset(reading, snapshot);
    }

    /// Batches are taken apart by the place of a column and by its type. A copy of many tables
    /// comes to the last of them long after it was planned.
    private static boolean alike(Schema read, Schema planned) {
        return read.names().equals(planned.names())
                && read.fields().stream()
                        .map(Field::type)
                        .toList()
                        .equals(planned.fields().stream().map(Field::type).toList());
    }

    /// A dataset read through one snapshot.
    record Dataset(Node.Reading reading, Snapshot snapshot) implements Head {
        @Override
        public long rowsEstimated() {
            return reading.dataset().rowsEstimated();
        }

        @Override
        public List<Range> ranges(long rowsMax) {
            return snapshot.ranges(rowsMax);
        }

        @Override
        public Source source(Range range, Rejects rejects) {
            return snapshot.source(range, rejects);
        }

        @Override
        public Opening opening(Sink sink) {
            return snapshot instanceof Snapshot.Encoding from
                            && sink instanceof Sink.Encoding to
                            && from.form().isPresent()
                            && from.form().equals(to.form())
                    ? (range, _) -> from.encoded(range)
                    : this::source;
        }

        @Override
        public @Nullable String cursor() {
            return snapshot.cursor().orElse(null);
        }

        @Override
        public void close() {
            snapshot.close();
        }
    }

    /// A query: one part, read again from its start after a crash.
    record Query(Node.Querying query) implements Head {
        @Override
        public long rowsEstimated() {
            return -1;
        }

        @Override
        public List<Range> ranges(long rowsMax) {
            return List.of(new Range(0, "all"));
        }

        @Override
        public Source source(Range range, Rejects rejects) {
            return open(query, rejects);
        }

        private static Source open(Node.Querying query, Rejects rejects) {
            Map<String, Supplier<Source>> inputs = new HashMap<>();
            query.inputs()
                    .forEach((name, node) -> inputs.put(name, () -> Inlet.open(node, rejects)));
            return query.open().open(inputs, rejects);
        }

        @Override
        public @Nullable String cursor() {
            return null;
        }

        @Override
        public void close() {}
    }
}
