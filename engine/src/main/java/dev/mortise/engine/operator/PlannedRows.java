package dev.mortise.engine.operator;

import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Schema;
import java.util.List;
import java.util.function.Supplier;

/// A row step that has been checked but not run.
///
/// @param schema the columns it gives; those with a problem are missing
/// @param problems what is wrong with it, all at once; a step with problems cannot be opened
/// @param opener makes an operator for a lane
public record PlannedRows(
        Schema schema, List<Problem> problems, Supplier<? extends RowOperator> opener) {
    public PlannedRows {
        problems = List.copyOf(problems);
    }

    /// An operator for one lane. Every lane opens its own and closes it.
    public RowOperator open() {
        if (!problems.isEmpty()) {
            throw new ProblemException(problems.getFirst());
        }
        return opener.get();
    }
}
