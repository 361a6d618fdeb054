package dev.mortise.spi.problem;

/// Who acts on a problem, and so what the engine does with it.
public enum Fault {
    /// The data: the row becomes a dead letter, the others go on.
    ROW,
    /// Nobody: we try again within the retry budget.
    TRANSIENT,
    /// The operator: a server is down, a disk full, a privilege missing. Never a dead letter.
    ENVIRONMENT,
    /// The author: the definition, a call or an input file is wrong. Nothing was changed.
    CONFIG,
    /// Us.
    BUG
}
