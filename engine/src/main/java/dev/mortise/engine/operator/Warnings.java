package dev.mortise.engine.operator;

import dev.mortise.engine.flow.Step;

/// Where expectations report that are broken but only warn. Lanes call it at the same time.
public interface Warnings {
    /// Some more rows broke a rule.
    void broken(Step.Rule rule, long rows);
}
