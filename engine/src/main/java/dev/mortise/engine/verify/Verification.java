package dev.mortise.engine.verify;

import dev.mortise.engine.flow.Flow.VerifyMode;
import dev.mortise.engine.plan.Connections;
import dev.mortise.engine.plan.Pipeline;
import dev.mortise.engine.run.DeadLetter;
import dev.mortise.spi.connect.Dataset;
import dev.mortise.spi.connect.Reads;
import dev.mortise.spi.digest.DigestForm;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The door of verification: compares what a pipeline would write now with what is in its target.
/// Equal sides cost one scan each; where buckets differ, their rows are compared one by one.
public final class Verification {
    /// The second round puts back a twin that was deleted together with its surplus copy.
    private static final int REPAIRS_MAX = 2;

    private final Connections connections;
    private final List<DeadLetter> letters;
    private final Notes notes;
    private final String definition;

    /// @param letters the flow's: their rows are missing in the target for a known reason
    public Verification(Connections connections, List<DeadLetter> letters) {
        this(connections, letters, Notes.none(), "");
    }

    /// @param notes of an unfinished verification, which is gone on with, and for this one
    /// @param definition of the flow: notes made under another are not believed
    public Verification(
            Connections connections, List<DeadLetter> letters, Notes notes, String definition) {
        this.connections = connections;
        this.letters = List.copyOf(letters);
        this.notes = notes;
        this.definition = definition;
    }

    public StepVerdict verify(Pipeline pipeline, VerifyMode mode) {
        Notes.Step step = step(pipeline, mode);
        Optional<StepVerdict> known = step.verdict();
        if (known.isPresent()) {
            StepVerdict verdict = known.get();
            return verdict.resumed(verdict.sourceRows() + verdict.targetRows());
        }
        StepVerdict verdict = compared(pipeline, mode, step).verdict();
        step.verdict(verdict);
        return verdict;
    }

    private Notes.Step step(Pipeline pipeline, VerifyMode mode) {
        return notes.step(
                pipeline.step(),
                String.join(
                        "\n",
                        definition,
                        connections.identity(),
                        pipeline.target().toString(),
                        Comparison.of(pipeline, mode).hashing().toString()));
    }

    /// Compares, copies again what is missing or different, removes what is too much where the
    /// target is to hold nothing else, and compares once more.
    ///
    /// @return what is still wrong afterwards
    public StepVerdict repair(Pipeline pipeline) {
        Notes.Step step = step(pipeline, VerifyMode.FULL);
        // What to mend is not noted down, only how far digests have got.
        step.forgetFound();
        Compared now = compared(pipeline, VerifyMode.FULL, step);
        step.forget();
        for (int round = 0; round < REPAIRS_MAX && !now.verdict().equal(); round++) {
            new Repair(pipeline, now).run();
            now = compared(pipeline, VerifyMode.FULL, Notes.none().step("", ""));
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

    private Compared compared(Pipeline pipeline, VerifyMode mode, Notes.Step step) {
        Reads reads = connections.connector(pipeline.connection(), Reads.class, "read back");
        Dataset dataset = reads.describe(pipeline.target().dataset());
        Comparison canonical = Comparison.of(pipeline, mode);
        Side source = Sides.source(pipeline);
        Side target = Sides.target(pipeline, reads, dataset);
        Comparison comparison =
                step.form().filter(DigestForm.CANONICAL::equals).isPresent()
                        ? canonical
                        : canonical.in(Agreement.between(source, target, canonical.hashing()));
        long resumed = step.rowsDigested(comparison);
        BothDigests digests = new DigestPass(source, target, comparison, step).run();
        // Perhaps it was only the form that made so many rows look different.
        if (digests.portions().size() > 1 && !comparison.equals(canonical)) {
            comparison = canonical;
            digests = new DigestPass(source, target, comparison, step).run();
        }
        RowDiff diff =
                new RowDiff(
                        comparison,
                        new Parked(letters, pipeline, comparison),
                        pipeline.target().mode());
        compare(diff, source, target, digests, step);
        return new Compared(
                diff.verdict(pipeline, digests).resumed(resumed),
                diff.repairs(),
                comparison,
                source,
                dataset,
                digests.differing());
    }

    private static void compare(
            RowDiff diff, Side source, Side target, BothDigests digests, Notes.Step step) {
        List<Set<Integer>> portions = digests.portions();
        int done = 0;
        Optional<RowDiff.Found> found = step.found();
        if (found.isPresent()) {
            diff.resume(found.get());
            done = found.get().portions();
        }
        for (int i = done; i < portions.size(); i++) {
            diff.compare(source, target, portions.get(i));
            step.found(diff.found(i + 1));
        }
    }
}
