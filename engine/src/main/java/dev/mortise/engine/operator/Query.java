package dev.mortise.engine.operator;

import dev.mortise.engine.flow.Step;
import dev.mortise.spi.connect.Rejects;
import dev.mortise.spi.connect.Source;
import dev.mortise.spi.type.Schema;
import java.util.Map;
import java.util.function.Supplier;

/// A step over whole inputs: sql, dedupe, union.
@FunctionalInterface
public interface Query {
    /// The result, computed while it is read. Each input is opened once, when its first row is
    /// needed, and read by threads of the step, one at a time; closing the result closes it.
    ///
    /// @param inputs opens the rows of each input, by the name of its step
    /// @param rejects for rows that can be set aside; a value that fails behind a join or a group
    ///     has no row any more and ends the run
    Source open(Map<String, Supplier<Source>> inputs, Rejects rejects);

    static Planned<Query> sql(Expressions expressions, Step.Sql step, Map<String, Schema> inputs) {
        return QueryPlan.of(expressions.sets(), step, inputs);
    }

    /// The first row of each key in the order the step says, or the order of arrival.
    static Planned<Query> dedupe(
            Expressions expressions, Step.Dedupe step, Map<String, Schema> inputs) {
        return QueryPlan.of(expressions.sets(), step, inputs);
    }

    /// Needs no expressions; takes them so that all three are planned alike.
    static Planned<Query> union(
            Expressions expressions, Step.Union step, Map<String, Schema> inputs) {
        return new Union(step, inputs).plan();
    }
}
