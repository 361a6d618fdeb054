package dev.mortise.engine.match;

import dev.mortise.engine.match.Reason.Kind;

/// One view of whether two columns belong together.
interface Signal {
    /// What a pair got for a signal that has nothing to go by.
    double MISSING = -1;

    /// The reason this signal gives.
    Kind kind();

    /// How much it counts beside the others.
    double weight();

    /// From 0 to 1, or [#MISSING].
    double score(Column source, Column target);
}
