package dev.mortise.engine.run;

/// Hears how a run gets on. Called from many threads; must be quick.
public interface Progress {
    Progress NONE = new Progress() {};

    /// A plan is made, with or without problems. A copy makes one for each table.
    default void planned(dev.mortise.engine.plan.Plan plan) {}

    /// A write step begins.
    ///
    /// @param rowsExpected an estimate; -1 when unknown
    default void begins(String step, long rowsExpected) {}

    /// A unit is in the target.
    default void committed(String step, long rowsWritten, long rowsRejected) {}

    /// Rows are in the target that break a rule which only warns.
    default void warned(String rule, long rows) {}

    /// A write step is through.
    ///
    /// @param counts what each step on the way to it saw
    default void finished(String step, java.util.Map<String, StepCounts> counts) {}

    /// Something passing went wrong; the run goes on by itself after a wait.
    default void retries(String step, dev.mortise.spi.problem.Problem problem, int attempt) {}
}
