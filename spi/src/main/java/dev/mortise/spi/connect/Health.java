package dev.mortise.spi.connect;

import dev.mortise.spi.problem.Problem;
import java.util.List;
import java.util.Optional;

/// The outcome of [Connector#check]: the steps that worked, and what stopped the next one.
///
/// @param passed the steps that worked, in order
/// @param problem what the next step met; empty when all is well
/// @param version the system's own version text; empty when it was not reached
public record Health(List<Step> passed, Optional<Problem> problem, String version) {
    public enum Step {
        DNS,
        TCP,
        TLS,
        LOGIN,
        PRIVILEGE,
        VERSION
    }

    public Health {
        passed = List.copyOf(passed);
    }

    public boolean ok() {
        return problem.isEmpty();
    }
}
