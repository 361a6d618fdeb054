package dev.mortise.engine.operator;

import dev.mortise.engine.flow.Step;
import dev.mortise.spi.connect.Rejects;

/// Rejects that also hear of rows that break a rule which only warns. A run hands such to its steps
/// and counts what it heard when the rows are in the target; a verification, which sends the same
/// rows through the same steps, hands plain [Rejects].
public interface Warnings extends Rejects {
    /// Some more rows broke a rule.
    void broken(Step.Rule rule, long rows);
}
