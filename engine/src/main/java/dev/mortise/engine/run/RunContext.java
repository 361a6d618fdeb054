package dev.mortise.engine.run;

/// What all transfers of a run share.
///
/// @param run its name
/// @param changed whether the flow was changed since the run began
/// @param lanes parts that are moved side by side
record RunContext(
        String run,
        boolean changed,
        DeadLetters deadLetters,
        Unit.RejectsLimit rejectsLimit,
        Progress progress,
        int lanes) {
    RunContext with(int granted) {
        return new RunContext(run, changed, deadLetters, rejectsLimit, progress, granted);
    }
}
