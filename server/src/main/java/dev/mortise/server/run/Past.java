package dev.mortise.server.run;

import java.time.Duration;
import java.time.Instant;

/// What a slice keeps of the past beside runs, and forgets in time as runs are forgotten.
public interface Past {
    /// A word for the log.
    String what();

    /// Forgets a bounded part of what is too old, in one transaction.
    ///
    /// @param runs how long a run is remembered
    /// @return how much was forgotten; less than the most when nothing is left
    int forget(Instant now, Duration runs, int max);
}
