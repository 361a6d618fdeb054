package dev.mortise.engine.plan;

import dev.mortise.engine.operator.Cast;
import dev.mortise.engine.operator.RowOperator;
import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.connect.Rejects;
import dev.mortise.spi.connect.Snapshot;
import dev.mortise.spi.connect.Source;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// All rows of a node as one source, part after part: what a query reads as one of its tables; and
/// the rows of a pipeline as a verification compares them with its target.
public final class Inlet {
    private Inlet() {}

    /// The rows that a pipeline hands to its sink when its head gives these. Where the head can be
    /// entered midway, so can they.
    public static Source through(Pipeline pipeline, Source head, Rejects rejects) {
        Source rows = head;
        for (Node.Rowwise row : pipeline.rows()) {
            rows = new Through(rows, row.open().get(), rejects);
        }
        Source last = rows;
        return Cast.between(pipeline.schema(), pipeline.sink().schema())
                .map(cast -> (Source) new Through(last, cast, rejects))
                .orElse(last);
    }

    public static Source open(Node node, Rejects rejects) {
        return switch (node) {
            case Node.Reading reading -> {
                Snapshot snapshot = reading.connector().snapshot(reading.dataset(), reading.scan());
                yield new Series(
                        snapshot.ranges(Long.MAX_VALUE),
                        range -> snapshot.source(range, rejects),
                        snapshot::close);
            }
            case Node.Rowwise row ->
                    new Through(open(row.input(), rejects), row.open().get(), rejects);
            case Node.Querying query -> {
                Map<String, Supplier<Source>> inputs = new HashMap<>();
                query.inputs().forEach((name, from) -> inputs.put(name, () -> open(from, rejects)));
                yield query.open().open(inputs, rejects);
            }
        };
    }

    /// A source seen through a row-wise step.
    private record Through(Source from, RowOperator operator, Rejects rejects) implements Source {
        @Override
        public @Nullable Batch next() {
            for (Batch batch = from.next(); batch != null; batch = from.next()) {
                Batch left = operator.apply(batch, rejects);
                if (left != null) {
                    return left;
                }
            }
            return null;
        }

        /// A batch leaves only when nothing of those before it is left.
        @Override
        public @Nullable Range rest() {
            return from.rest();
        }

        @Override
        public void cancel() {
            from.cancel();
        }

        @Override
        public void close() {
            operator.close();
            from.close();
        }
    }
}
