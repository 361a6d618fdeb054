package dev.mortise.engine.run;

import dev.mortise.engine.flow.Step;
import dev.mortise.engine.operator.Warnings;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.connect.RejectedRow;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What commits together: a part, or a piece of one, from where it starts; its counts and its
/// rejected rows. Filled by the reader of a lane first and by its writer afterwards, handed over
/// through the lane's queue.
final class Unit {
    private final Range range;
    private final RejectsLimit limit;
    private final StepCounts[] counts;
    private final List<Rejected> rejected = new ArrayList<>();
    private final Map<String, Long> warned = new HashMap<>();
    private long rows;

    /// @param stage which step set the row aside: 0 the head, then the row-wise steps, the sink
    record Rejected(int stage, RejectedRow row) {}

    Unit(Range range, int stages, RejectsLimit limit) {
        this.range = range;
        this.limit = limit;
        this.counts = new StepCounts[stages];
        java.util.Arrays.fill(counts, StepCounts.NONE);
    }

    Range range() {
        return range;
    }

    long rows() {
        return rows;
    }

    void sawRows(int count) {
        rows += count;
    }

    void count(int stage, long rowsIn, long rowsOut, long bytes) {
        counts[stage] = counts[stage].plus(new StepCounts(rowsIn, rowsOut, 0, bytes));
    }

    /// Where a stage puts the rows it cannot take, and tells of those it only warns about.
    Warnings rejects(int stage) {
        return new Warnings() {
            @Override
            public void reject(RejectedRow row) {
                Unit.this.reject(stage, row);
            }

            @Override
            public void broken(Step.Rule rule, long count) {
                synchronized (warned) {
                    warned.merge(rule.text(), count, Long::sum);
                }
            }
        };
    }

    private void reject(int stage, RejectedRow row) {
        synchronized (rejected) {
            rejected.add(new Rejected(stage, row));
            // A source hands on only the rows it could read; the others were there, too.
            long in = stage == 0 ? 1 : 0;
            counts[stage] = counts[stage].plus(new StepCounts(in, 0, 1, 0));
        }
        limit.took(row);
    }

    /// Rows by the text of the rule they break.
    Map<String, Long> warned() {
        synchronized (warned) {
            return Map.copyOf(warned);
        }
    }

    List<Rejected> rejected() {
        return rejected;
    }

    StepCounts counts(int stage) {
        return counts[stage];
    }

    /// Ends a run whose rows are rejected in numbers that no longer look like exceptions.
    static final class RejectsLimit {
        private final long max;
        private final java.util.concurrent.atomic.AtomicLong taken =
                new java.util.concurrent.atomic.AtomicLong();

        RejectsLimit(long max) {
            this.max = max;
        }

        private void took(RejectedRow row) {
            if (taken.incrementAndGet() > max && max >= 0) {
                throw ProblemException.of(
                        ProblemCode.REJECTS_EXCEEDED,
                        "more than %d rows were rejected, the last because: %s"
                                .formatted(max, row.problem().message()),
                        "mend the cause, or raise 'rejects: {max: …}' in the flow");
            }
        }
    }
}
