package dev.mortise.server.alert;

import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// Looks at a run as a rule asks. Pure.
final class Judge {
    /// Fewer good runs teach nothing.
    private static final int SAMPLES_MIN = 8;

    /// How many deviations are usual, and how far from the middle anything is in order.
    private static final double SPREAD = 5;

    private static final double LEEWAY = 0.25;
    private static final long LEEWAY_ROWS = 10;

    /// The standard deviation of a normal distribution, in median absolute deviations.
    private static final double SIGMA = 1.4826;

    private static final Set<ProblemCode> DRIFT =
            Set.of(
                    ProblemCode.SOURCE_CHANGED,
                    ProblemCode.COLUMN_MISSING,
                    ProblemCode.TYPE_MISMATCH,
                    ProblemCode.DATASET_MISSING);

    private Judge() {}

    /// @param failures how many runs in a row have failed, this one counted
    /// @param samples rows of good runs before this one, newest first
    static Verdict judge(Rule rule, Outcome outcome, int failures, List<Long> samples) {
        return switch (rule.kind()) {
            case FAILURE -> failure(rule, outcome, failures);
            case DRIFT -> drift(outcome);
            case REJECTS -> rejects(rule, outcome);
            case ROWS_BAND -> band(rule, outcome, samples);
            case LATE -> late(rule, outcome);
            case FRESHNESS -> outcome.state().isDone() ? Verdict.HEALTHY : Verdict.UNKNOWN;
            case QUOTA -> Verdict.UNKNOWN;
        };
    }

    private static Verdict failure(Rule rule, Outcome outcome, int failures) {
        if (outcome.state().isDone()) {
            return Verdict.HEALTHY;
        }
        boolean counts =
                outcome.state() == Outcome.State.FAILED && failures >= rule.whole("after", 1);
        return counts ? new Verdict.Faulty("failure", List.of(message(outcome))) : Verdict.UNKNOWN;
    }

    private static String message(Outcome outcome) {
        Problem problem = outcome.problem();
        return problem == null ? "?" : problem.message();
    }

    private static Verdict drift(Outcome outcome) {
        if (outcome.state().isDone()) {
            return Verdict.HEALTHY;
        }
        Problem problem = outcome.problem();
        boolean counts = problem != null && DRIFT.contains(problem.code());
        return counts ? new Verdict.Faulty("drift", List.of(message(outcome))) : Verdict.UNKNOWN;
    }

    private static Verdict rejects(Rule rule, Outcome outcome) {
        if (!outcome.state().isDone()) {
            return Verdict.UNKNOWN;
        }
        long rejected = outcome.rowsRejected();
        long all = Math.max(outcome.rowsRead(), rejected);
        boolean many = rule.has("count") && rejected > rule.whole("count", 0);
        boolean large =
                rule.has("percent")
                        && rejected > 0
                        && rejected * 100.0 / all > rule.number("percent", 100);
        return many || large
                ? new Verdict.Faulty("rejects", List.of("" + rejected, "" + all))
                : Verdict.HEALTHY;
    }

    /// A band given by hand counts from the first run on; one to be learned once there is enough to
    /// learn from. The median and the median deviation do not follow a single odd run.
    private static Verdict band(Rule rule, Outcome outcome, List<Long> samples) {
        if (!outcome.state().isDone()) {
            return Verdict.UNKNOWN;
        }
        long low;
        long high;
        if (rule.has("min") || rule.has("max")) {
            low = rule.whole("min", 0);
            high = rule.whole("max", Long.MAX_VALUE);
        } else {
            long[] rows =
                    samples.stream().limit(rule.whole("learn", 20)).mapToLong(n -> n).toArray();
            if (rows.length < Math.min(SAMPLES_MIN, rule.whole("learn", 20))) {
                return Verdict.UNKNOWN;
            }
            long middle = median(rows);
            long deviation = median(Arrays.stream(rows).map(n -> Math.abs(n - middle)).toArray());
            double half =
                    Math.max(
                            rule.number("spread", SPREAD) * SIGMA * deviation,
                            Math.max(LEEWAY * middle, LEEWAY_ROWS));
            low = Math.max(0, Math.round(middle - half));
            high = Math.round(middle + half);
        }
        // A little leeway must not hide that nothing came at all.
        boolean gone = outcome.rowsWritten() == 0 && low == 0 && isNeverEmpty(samples, rule);
        boolean outside = outcome.rowsWritten() < low || outcome.rowsWritten() > high || gone;
        String least = "" + (gone ? 1 : low);
        String most = high == Long.MAX_VALUE ? "∞" : "" + high;
        return outside
                ? new Verdict.Faulty("rows_band", List.of("" + outcome.rowsWritten(), least, most))
                : Verdict.HEALTHY;
    }

    private static boolean isNeverEmpty(List<Long> samples, Rule rule) {
        boolean learned = !rule.has("min") && !rule.has("max");
        return learned && samples.stream().allMatch(rows -> rows > LEEWAY_ROWS / 2);
    }

    private static long median(long[] values) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static Verdict late(Rule rule, Outcome outcome) {
        if (!outcome.state().isDone()) {
            return Verdict.UNKNOWN;
        }
        long minutes = rule.whole("longer_than_minutes", Long.MAX_VALUE / 60);
        boolean slow = outcome.seconds() > minutes * 60.0;
        return slow
                ? new Verdict.Faulty(
                        "long", List.of("" + (long) (outcome.seconds() / 60), "" + minutes))
                : Verdict.HEALTHY;
    }
}
