package dev.mortise.engine.verify;

import java.util.List;

/// What the comparison of one write step found.
///
/// @param expected rows missing in the target because they stand among the dead letters
/// @param resumedRows rows of both sides that were not digested again, for an earlier process that
///     was killed had done so
/// @param differences the first of them, at most [#SHOWN_MAX]
public record StepVerdict(
        String step,
        String dataset,
        long sourceRows,
        long targetRows,
        long missing,
        long extra,
        long different,
        long expected,
        long resumedRows,
        List<Difference> differences) {
    public static final int SHOWN_MAX = 1_000;

    public StepVerdict {
        differences = List.copyOf(differences);
    }

    StepVerdict resumed(long rows) {
        return new StepVerdict(
                step,
                dataset,
                sourceRows,
                targetRows,
                missing,
                extra,
                different,
                expected,
                rows,
                differences);
    }

    public boolean equal() {
        return missing == 0 && extra == 0 && different == 0;
    }
}
