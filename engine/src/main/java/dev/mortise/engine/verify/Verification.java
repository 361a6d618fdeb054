package dev.mortise.engine.verify;

import dev.mortise.engine.flow.Flow.VerifyMode;
import dev.mortise.engine.plan.Connections;
import dev.mortise.engine.plan.Pipeline;
import dev.mortise.engine.run.DeadLetter;
import dev.mortise.spi.connect.Dataset;
import dev.mortise.spi.connect.Digest;
import dev.mortise.spi.connect.Reads;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The door of verification: compares what a pipeline would write now with what is in its target.
/// Equal sides cost one scan each; where buckets differ, their rows are compared one by one.
public final class Verification {
    /// Rows compared one by one at a time, held in memory.
    private static final int ROWS_AT_ONCE = 131_072;

    /// The second round puts back a twin that was deleted together with its surplus copy.
    private static final int REPAIRS_MAX = 2;

    private final Connections connections;
    private final List<DeadLetter> letters;

    /// @param letters the flow's: their rows are missing in the target for a known reason
    public Verification(Connections connections, List<DeadLetter> letters) {
        this.connections = connections;
        this.letters = List.copyOf(letters);
    }

    public StepVerdict verify(Pipeline pipeline, VerifyMode mode) {
        return compared(pipeline, mode).verdict();
    }

    /// Compares, copies again what is missing or different, removes what is too much where the
    /// target is to hold nothing else, and compares once more.
    ///
    /// @return what is still wrong afterwards
    public StepVerdict repair(Pipeline pipeline) {
        Compared now = compared(pipeline, VerifyMode.FULL);
        for (int round = 0; round < REPAIRS_MAX && !now.verdict().equal(); round++) {
            new Repair(pipeline, now).run();
            now = compared(pipeline, VerifyMode.FULL);
        }
        return now.verdict();
    }

    /// A comparison done, and what it was done with.
    ///
    /// @param buckets those in which the sides differ
    record Compared(
            StepVerdict verdict,
            Repairs repairs,
            Comparison comparison,
            Side source,
            Dataset target,
            Set<Integer> buckets) {}

    private Compared compared(Pipeline pipeline, VerifyMode mode) {
        Reads reads = connections.connector(pipeline.connection(), Reads.class, "read back");
        Dataset dataset = reads.describe(pipeline.target().dataset());
        Comparison comparison = Comparison.of(pipeline, mode);
        Side source = Sides.source(pipeline);
        Side target = Sides.target(pipeline, reads, dataset);
        BothDigests digests = BothDigests.of(source, target, comparison);
        Set<Integer> open = digests.differing();
        RowDiff diff =
                new RowDiff(
                        comparison,
                        new Parked(letters, pipeline, comparison),
                        pipeline.target().mode());
        for (Set<Integer> some : portions(open, digests.source())) {
            diff.compare(source, target, some);
        }
        return new Compared(
                diff.verdict(pipeline, digests, source.setAside()),
                diff.repairs(),
                comparison,
                source,
                dataset,
                open);
    }

    /// Buckets grouped so that their rows fit into memory at once.
    private static List<Set<Integer>> portions(Set<Integer> buckets, List<Digest> wanted) {
        List<Set<Integer>> portions = new ArrayList<>();
        Set<Integer> some = new TreeSet<>();
        long rows = 0;
        for (int bucket : buckets) {
            some.add(bucket);
            rows += wanted.get(bucket).rows();
            if (rows >= ROWS_AT_ONCE) {
                portions.add(some);
                some = new TreeSet<>();
                rows = 0;
            }
        }
        if (!some.isEmpty()) {
            portions.add(some);
        }
        return portions;
    }
}
