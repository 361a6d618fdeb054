package dev.mortise.engine.run;

/// What all transfers of a run share.
///
/// @param run its name
/// @param lanes parts that are moved side by side
record RunContext(
        String run,
        DeadLetters deadLetters,
        Unit.RejectsLimit rejectsLimit,
        Progress progress,
        int lanes) {
    RunContext with(int granted) {
        return new RunContext(run, deadLetters, rejectsLimit, progress, granted);
    }
}
