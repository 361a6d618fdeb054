package dev.mortise.spi.connect;

import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.type.Loss;
import dev.mortise.spi.type.Schema;
import java.util.List;
import java.util.Map;

/// What a sink would do.
///
/// @param schema the types that batches must have when they are written: the arriving columns, in
///     their order, with the types of the target. The engine converts to them.
/// @param statements DDL that would run, in order; empty when the dataset stands
/// @param nativeTypes target type of each column as the system spells it
/// @param losses what writing a column loses; only columns that lose something
/// @param problems what keeps the sink from working: a missing column, a required one not written
/// @param notes what works but could go better, each a sentence and the mend
public record SinkPlan(
        Schema schema,
        List<String> statements,
        Map<String, String> nativeTypes,
        Map<String, Loss> losses,
        List<Problem> problems,
        List<String> notes) {
    public SinkPlan {
        statements = List.copyOf(statements);
        nativeTypes = Map.copyOf(nativeTypes);
        losses = Map.copyOf(losses);
        problems = List.copyOf(problems);
        notes = List.copyOf(notes);
    }

    /// A plan there is nothing more to say about.
    public SinkPlan(
            Schema schema,
            List<String> statements,
            Map<String, String> nativeTypes,
            Map<String, Loss> losses,
            List<Problem> problems) {
        this(schema, statements, nativeTypes, losses, problems, List.of());
    }
}
