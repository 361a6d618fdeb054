package dev.mortise.engine.run;

import org.jspecify.annotations.Nullable;

/// Which version of a flow runs, and whether it is the one that began the run. A run that begins
/// anew with another version holds parts of both until every step has begun: then none of them
/// goes on where the other stopped.
///
/// @param definition a fingerprint of the flow as it is now
/// @param changed whether the flow was changed since the run began
/// @param kept where the version is kept; null for one table of many, which settles nothing
record RunVersion(String definition, boolean changed, @Nullable RunName kept) {
    /// The same for one table of a copy.
    RunVersion ofOneTable() {
        return new RunVersion(definition, changed, null);
    }

    /// A step is about to begin anew with this version.
    void mixed() {
        if (changed && kept != null) {
            kept.keep("mixed");
        }
    }

    /// All that is unfinished is of this version.
    void settled() {
        if (changed && kept != null) {
            kept.keep(definition);
        }
    }
}
