package dev.mortise.engine.verify;

import dev.mortise.engine.plan.Node;
import dev.mortise.engine.plan.Pipeline;
import dev.mortise.spi.connect.Dataset;
import dev.mortise.spi.connect.Reads;
import dev.mortise.spi.connect.Scan;
import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Schema;
import dev.mortise.spi.type.Type;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a pipeline would write, and what is in its target.
final class Sides {
    private static final Set<Type> WHOLE =
            Set.of(Scalar.INT8, Scalar.INT16, Scalar.INT32, Scalar.INT64);

    private Sides() {}

    static Side target(Pipeline pipeline, Reads reads, Dataset dataset) {
        List<String> columns = pipeline.sink().schema().names();
        Schema schema = dataset.schema().project(columns);
        Node.Reading reading =
                new Node.Reading(
                        "verify",
                        pipeline.connection(),
                        reads,
                        dataset,
                        new Scan(columns, Optional.empty(), Optional.empty()),
                        schema);
        return new PushedSide(reading, schema, Inflow::of);
    }

    /// A dataset without steps in between is compared where it lies; its columns have the target's
    /// names already.
    static Side source(Pipeline pipeline) {
        Schema schema = pipeline.sink().schema();
        return pipeline.head() instanceof Node.Reading reading && asItIs(pipeline, reading)
                ? new PushedSide(reading, schema, other -> Inflow.of(with(pipeline, other)))
                : new StreamedSide(schema, () -> Inflow.of(pipeline));
    }

    private static Pipeline with(Pipeline pipeline, Node head) {
        return new Pipeline(
                pipeline.step(),
                head,
                pipeline.rows(),
                pipeline.connection(),
                pipeline.connector(),
                pipeline.target(),
                pipeline.sink());
    }

    private static boolean asItIs(Pipeline pipeline, Node.Reading reading) {
        Schema schema = pipeline.sink().schema();
        if (!pipeline.rows().isEmpty()
                || !reading.schema().names().equals(schema.names())
                || reading.scan().incremental().isPresent()) {
            return false;
        }
        for (int i = 0; i < schema.size(); i++) {
            if (!alike(reading.schema().field(i).type(), schema.field(i).type())) {
                return false;
            }
        }
        return true;
    }

    /// Whether a value has the same canonical text as either type, so that no cast bends it.
    private static boolean alike(Type from, Type to) {
        return from.equals(to)
                || (WHOLE.contains(from) && WHOLE.contains(to))
                || (from instanceof Decimal a && to instanceof Decimal b && a.scale() <= b.scale());
    }
}
