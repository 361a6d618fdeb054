package dev.mortise.engine.run;

import dev.mortise.spi.connect.Fence;

/// What all transfers of a run share.
///
/// @param run its name
/// @param version which version of the flow runs
/// @param lanes parts that are moved side by side
/// @param fence on whose behalf targets are claimed
record RunContext(
        String run,
        RunVersion version,
        DeadLetters deadLetters,
        Unit.RejectsLimit rejectsLimit,
        Progress progress,
        int lanes,
        Fence fence) {
    /// The same for one table of many.
    RunContext with(int granted) {
        return new RunContext(
                run, version.ofOneTable(), deadLetters, rejectsLimit, progress, granted, fence);
    }
}
