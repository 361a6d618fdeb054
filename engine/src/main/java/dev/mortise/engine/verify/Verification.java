package dev.mortise.engine.verify;

import dev.mortise.engine.flow.Flow.VerifyMode;
import dev.mortise.engine.plan.Connections;
import dev.mortise.engine.plan.Inlet;
import dev.mortise.engine.plan.Node;
import dev.mortise.engine.plan.Pipeline;
import dev.mortise.engine.run.DeadLetter;
import dev.mortise.engine.verify.Side.Comparison;
import dev.mortise.spi.connect.CanonicalColumn;
import dev.mortise.spi.connect.Dataset;
import dev.mortise.spi.connect.Digest;
import dev.mortise.spi.connect.Reads;
import dev.mortise.spi.connect.WriteMode;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The door of verification: compares what a pipeline would write now with what is in its target.
/// Equal sides cost one scan each; where buckets differ, their rows are compared one by one.
public final class Verification {
    private static final int ROWS_A_BUCKET = 8_192;
    private static final int BUCKETS_MAX = 1_024;

    /// Rows compared one by one at a time, held in memory.
    private static final int ROWS_AT_ONCE = 65_536;

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
        Compared before = compared(pipeline, VerifyMode.FULL);
        if (before.verdict().equal()) {
            return before.verdict();
        }
        new Repair(pipeline, before).run();
        return verify(pipeline, VerifyMode.FULL);
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
        Comparison comparison = comparison(pipeline, mode);
        Side source = source(pipeline);
        Side target =
                PushedSide.of(
                        pipeline.connection(), reads, dataset, pipeline.sink().schema().names());
        List<Digest> wanted = source.digests(comparison);
        List<Digest> found = target.digests(comparison);
        Set<Integer> open = differing(wanted, found);
        RowDiff diff = new RowDiff(comparison, parked(pipeline, comparison), alone(pipeline));
        for (Set<Integer> some : portions(open, wanted)) {
            diff.compare(source, target, some);
        }
        StepVerdict verdict =
                diff.verdict(
                        pipeline.step(), pipeline.target().dataset(), total(wanted), total(found));
        return new Compared(verdict, diff.repairs(), comparison, source, dataset, open);
    }

    private static Set<Integer> differing(List<Digest> wanted, List<Digest> found) {
        Set<Integer> open = new TreeSet<>();
        for (int bucket = 0; bucket < wanted.size(); bucket++) {
            if (!wanted.get(bucket).equals(found.get(bucket))) {
                open.add(bucket);
            }
        }
        return open;
    }

    /// Buckets grouped so that their rows fit into memory at once.
    private static List<Set<Integer>> portions(Set<Integer> buckets, List<Digest> wanted) {
        List<Set<Integer>> portions = new ArrayList<>();
        Set<Integer> some = new TreeSet<>();
        for (int bucket : buckets) {
            some.add(bucket);
            if (rows(wanted, some) >= ROWS_AT_ONCE) {
                portions.add(some);
                some = new TreeSet<>();
            }
        }
        if (!some.isEmpty()) {
            portions.add(some);
        }
        return portions;
    }

    /// Whether the target is to hold the source's rows and no others.
    private static boolean alone(Pipeline pipeline) {
        return switch (pipeline.target().mode()) {
            case REPLACE, MIRROR -> true;
            case APPEND, UPSERT -> false;
        };
    }

    private static long rows(List<Digest> digests, Set<Integer> buckets) {
        return buckets.stream().mapToLong(bucket -> digests.get(bucket).rows()).sum();
    }

    private static long total(List<Digest> digests) {
        return digests.stream().mapToLong(Digest::rows).sum();
    }

    /// In COUNT mode only the keys are compared: what is there, not what it holds.
    private static Comparison comparison(Pipeline pipeline, VerifyMode mode) {
        List<CanonicalColumn> columns = canonical(pipeline.sink().schema());
        List<String> names =
                pipeline.target().key().isEmpty() ? keyOf(pipeline) : pipeline.target().key();
        List<CanonicalColumn> key =
                columns.stream().filter(column -> names.contains(column.name())).toList();
        List<CanonicalColumn> compared =
                mode == VerifyMode.COUNT && !names.isEmpty() ? key : columns;
        return new Comparison(compared, key.isEmpty() ? columns : key, buckets(pipeline));
    }

    /// A dataset copied as it is has its own key.
    private static List<String> keyOf(Pipeline pipeline) {
        boolean plain = pipeline.rows().isEmpty() && pipeline.target().mode() == WriteMode.REPLACE;
        return plain && pipeline.head() instanceof Node.Reading reading
                ? reading.dataset().key().stream().filter(pipeline.sink().schema()::has).toList()
                : List.of();
    }

    private static List<CanonicalColumn> canonical(Schema schema) {
        List<CanonicalColumn> columns = new ArrayList<>();
        for (Field field : schema.fields()) {
            columns.add(new CanonicalColumn(field.name(), field.type()));
        }
        return columns;
    }

    private static int buckets(Pipeline pipeline) {
        long rows =
                pipeline.head() instanceof Node.Reading reading
                        ? reading.dataset().rowsEstimated()
                        : -1;
        return Math.clamp(rows / ROWS_A_BUCKET, 16, BUCKETS_MAX);
    }

    /// A dataset without steps in between is compared where it lies; its columns have the target's
    /// names already.
    private static Side source(Pipeline pipeline) {
        boolean asItIs =
                pipeline.rows().isEmpty()
                        && pipeline.head() instanceof Node.Reading reading
                        && reading.schema().names().equals(pipeline.sink().schema().names())
                        && reading.scan().incremental().isEmpty();
        return asItIs
                ? new PushedSide((Node.Reading) pipeline.head())
                : new StreamedSide(pipeline.sink().schema(), () -> Inlet.open(pipeline, _ -> {}));
    }

    private Set<Map<String, @Nullable String>> parked(Pipeline pipeline, Comparison comparison) {
        Set<Map<String, @Nullable String>> keys = new HashSet<>();
        for (DeadLetter letter : letters) {
            if (letter.step().equals(pipeline.step()) && letter.state() == DeadLetter.State.NEW) {
                Map<String, @Nullable String> key = new LinkedHashMap<>();
                comparison.key().forEach(c -> key.put(c.name(), letter.row().get(c.name())));
                keys.add(key);
            }
        }
        return keys;
    }
}
