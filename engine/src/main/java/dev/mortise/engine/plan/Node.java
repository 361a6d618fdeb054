package dev.mortise.engine.plan;

import dev.mortise.engine.operator.RowOperator;
import dev.mortise.spi.connect.Dataset;
import dev.mortise.spi.connect.Reads;
import dev.mortise.spi.connect.Rejects;
import dev.mortise.spi.connect.Scan;
import dev.mortise.spi.connect.Source;
import dev.mortise.spi.type.Schema;
import java.util.Map;
import java.util.function.Supplier;

/// A step of a flow with its types known, and the steps it takes rows from.
public sealed interface Node {
    String step();

    Schema schema();

    /// Rows of a dataset.
    ///
    /// @param connection the name the connection has in the project
    record Reading(
            String step,
            String connection,
            Reads connector,
            Dataset dataset,
            Scan scan,
            Schema schema)
            implements Node {}

    /// A step that looks at one row at a time.
    ///
    /// @param open makes an operator for one lane
    record Rowwise(String step, Node input, Schema schema, Supplier<RowOperator> open)
            implements Node {}

    /// A step that looks at all rows at once: a query over its inputs.
    record Querying(String step, Map<String, Node> inputs, Schema schema, Opening open)
            implements Node {}

    /// Starts a query over its inputs, by name.
    @FunctionalInterface
    interface Opening {
        Source open(Map<String, Supplier<Source>> inputs, Rejects rejects);
    }
}
