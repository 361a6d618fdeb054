package dev.mortise.engine.run;

import dev.mortise.spi.problem.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a run read, wrote and rejected. A run that cannot say so has failed.
///
/// @param steps by name, in the order of the flow
/// @param problems why it failed, or what kept tables of a copy from being done
public record Receipt(
        String flow,
        String run,
        State state,
        double seconds,
        boolean resumed,
        Map<String, StepCounts> steps,
        Optional<Checked> verification,
        List<Problem> problems) {

    public enum State {
        SUCCEEDED,
        /// Done, but rows were rejected or the verification found differences.
        REJECTED,
        FAILED
    }

    /// The figures of the verification after the run.
    public record Checked(
            long sourceRows, long targetRows, long missing, long extra, long different) {
        public boolean equal() {
            return missing == 0 && extra == 0 && different == 0;
        }

        Checked plus(Checked other) {
            return new Checked(
                    sourceRows + other.sourceRows,
                    targetRows + other.targetRows,
                    missing + other.missing,
                    extra + other.extra,
                    different + other.different);
        }
    }

    public Receipt {
        steps = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(steps));
        problems = List.copyOf(problems);
    }

    /// What a step saw; nothing when it never ran.
    public StepCounts counts(String step) {
        return steps.getOrDefault(step, StepCounts.NONE);
    }

    public long rowsRejected() {
        return steps.values().stream().mapToLong(StepCounts::rowsRejected).sum();
    }
}
