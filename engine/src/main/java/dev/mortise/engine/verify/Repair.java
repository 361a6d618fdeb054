package dev.mortise.engine.verify;

import dev.mortise.engine.plan.Pipeline;
import dev.mortise.engine.verify.Verification.Compared;
import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.Deletes;
import dev.mortise.spi.connect.Lane;
import dev.mortise.spi.connect.Predicate;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.connect.Sink;
import dev.mortise.spi.connect.Source;
import dev.mortise.spi.connect.Target;
import dev.mortise.spi.connect.WriteMode;
import dev.mortise.spi.digest.CanonicalColumn;
import dev.mortise.spi.digest.Fingerprint;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes a target equal again by touching only the rows that differ: those are read from the source
/// once more and upserted in one transaction; rows that should not be there are deleted.
final class Repair {
    /// Keys named in one deleting statement.
    private static final int KEYS_AT_ONCE = 500;

    private final Pipeline pipeline;
    private final Compared compared;

    Repair(Pipeline pipeline, Compared compared) {
        this.pipeline = pipeline;
        this.compared = compared;
    }

    /// Deletes first: a surplus row may hold the place of a missing one in a unique index.
    void run() {
        boolean over = !key().isEmpty();
        List<Map<String, @Nullable String>> surplus = compared.repairs().deleted(over);
        if (!surplus.isEmpty()) {
            delete(surplus);
        }
        if (compared.repairs().copiesAny()) {
            copy();
        }
    }

    private void copy() {
        Range range = new Range(0, "repair");
        try (Sink sink = pipeline.connector().sink(target())) {
            sink.claim();
            sink.begin(List.of(range));
            try (Lane lane = sink.lane();
                    Source source =
                            compared.source()
                                    .rows(compared.comparison(), compared.buckets(), _ -> {})) {
                for (Batch batch = source.next(); batch != null; batch = source.next()) {
                    write(lane, batch);
                }
                lane.commit(range, null, 0);
            }
            sink.finish(null);
        }
    }

    private void write(Lane lane, Batch batch) {
        Fingerprint.Taker keys = new Fingerprint.Taker(batch.schema(), compared.comparison().key());
        int[] kept = new int[batch.rows()];
        int count = 0;
        for (int row = 0; row < kept.length; row++) {
            if (compared.repairs().take(keys.of(batch, row))) {
                kept[count++] = row;
            }
        }
        if (count > 0) {
            lane.write(batch.select(kept, count), Repair::refuse);
        }
    }

    private static void refuse(dev.mortise.spi.connect.RejectedRow row) {
        throw new ProblemException(row.problem());
    }

    /// With a key, rows are put over those that differ; without, those are deleted before.
    private Target target() {
        return new Target(
                pipeline.target().task() + "#repair",
                pipeline.target().dataset(),
                pipeline.sink().schema(),
                key().isEmpty() ? WriteMode.APPEND : WriteMode.UPSERT,
                key(),
                false);
    }

    private List<String> key() {
        if (!pipeline.target().key().isEmpty()) {
            return pipeline.target().key();
        }
        List<String> own = compared.target().key();
        List<String> identifying =
                compared.comparison().key().stream().map(CanonicalColumn::name).toList();
        return Set.copyOf(own).equals(Set.copyOf(identifying)) ? own : List.of();
    }

    private void delete(List<Map<String, @Nullable String>> keys) {
        if (!(pipeline.connector() instanceof Deletes deletes)) {
            throw ProblemException.of(
                    ProblemCode.ROLE_MISSING,
                    "rows of connection '%s' cannot be deleted".formatted(pipeline.connection()),
                    "run the flow again with --fresh");
        }
        for (int start = 0; start < keys.size(); start += KEYS_AT_ONCE) {
            int end = Math.min(start + KEYS_AT_ONCE, keys.size());
            deletes.delete(
                    compared.target(),
                    new Predicate.Or(keys.subList(start, end).stream().map(Repair::row).toList()));
        }
    }

    private static Predicate row(Map<String, @Nullable String> key) {
        List<Predicate> all = new ArrayList<>();
        key.forEach(
                (name, text) ->
                        all.add(
                                text == null
                                        ? new Predicate.IsNull(name)
                                        : new Predicate.Compare(name, Predicate.Op.EQUAL, text)));
        return new Predicate.And(all);
    }
}
