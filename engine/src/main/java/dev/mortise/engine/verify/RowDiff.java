package dev.mortise.engine.verify;

import dev.mortise.engine.plan.Pipeline;
import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.Cell;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.connect.Source;
import dev.mortise.spi.connect.WriteMode;
import dev.mortise.spi.digest.CanonicalColumn;
import dev.mortise.spi.digest.Fingerprint;
import dev.mortise.spi.type.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Compares the rows of some buckets one by one, by key. Holds the source's rows in memory, so the
/// buckets asked for must be few. Of rows with one key the equal ones are paired first.
final class RowDiff {
    private final Comparison comparison;
    private final Parked parked;
    private final boolean extraCounts;
    private final List<Difference> shown = new ArrayList<>();
    private final Repairs repairs = new Repairs();
    private final boolean once;
    private final Set<Fingerprint> met = new HashSet<>();
    private long missing;
    private long extra;
    private long different;
    private long expected;

    /// @param parked rows that are known not to be in the target
    /// @param mode says whether the target may hold nothing but the source's rows, and whether a
    ///     key once only
    RowDiff(Comparison comparison, Parked parked, WriteMode mode) {
        this.comparison = comparison;
        this.parked = parked;
        this.extraCounts = mode == WriteMode.REPLACE || mode == WriteMode.MIRROR;
        this.once = mode == WriteMode.UPSERT || mode == WriteMode.MIRROR;
    }

    /// A row of a batch.
    private record Spot(Batch batch, int row) {}

    /// A row of the source that has found no equal one yet, before others with the same key.
    private static final class Waiting {
        private final Spot spot;
        private final Fingerprint whole;
        private final @Nullable Waiting next;

        Waiting(Spot spot, Fingerprint whole, @Nullable Waiting next) {
            this.spot = spot;
            this.whole = whole;
            this.next = next;
        }

        /// The chain without the first one that is equal to a row; itself when none is.
        @Nullable Waiting without(Fingerprint row) {
            if (whole.equals(row)) {
                return next;
            }
            Waiting rest = next == null ? null : next.without(row);
            return rest == next ? this : new Waiting(spot, whole, rest);
        }
    }

    void compare(Side source, Side target, Set<Integer> buckets) {
        met.clear();
        Map<Fingerprint, @Nullable Waiting> waiting = new HashMap<>();
        try (Source rows = source.rows(comparison, buckets, _ -> expected++)) {
            for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
                hold(batch, waiting);
            }
        }
        Map<Fingerprint, List<Spot>> unequal = new HashMap<>();
        try (Source rows = target.rows(comparison, buckets, _ -> {})) {
            for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
                match(batch, waiting, unequal);
            }
        }
        unequal.forEach((key, spots) -> pair(key, spots, waiting));
        waiting.forEach(
                (key, left) -> {
                    for (Waiting one = left; one != null; one = one.next) {
                        missing(key, one.spot);
                    }
                });
    }

    private Fingerprint.Taker keys(Schema schema) {
        return new Fingerprint.Taker(schema, comparison.key());
    }

    private Fingerprint.Taker whole(Schema schema) {
        return new Fingerprint.Taker(schema, comparison.columns());
    }

    private void hold(Batch batch, Map<Fingerprint, @Nullable Waiting> waiting) {
        Fingerprint.Taker keys = keys(batch.schema());
        Fingerprint.Taker whole = whole(batch.schema());
        for (int row = 0; row < batch.rows(); row++) {
            Fingerprint key = keys.of(batch, row);
            Waiting one = new Waiting(new Spot(batch, row), whole.of(batch, row), waiting.get(key));
            waiting.put(key, one);
        }
    }

    private void match(
            Batch batch,
            Map<Fingerprint, @Nullable Waiting> waiting,
            Map<Fingerprint, List<Spot>> unequal) {
        Fingerprint.Taker keys = keys(batch.schema());
        Fingerprint.Taker whole = whole(batch.schema());
        for (int row = 0; row < batch.rows(); row++) {
            Fingerprint key = keys.of(batch, row);
            Waiting all = waiting.get(key);
            Waiting rest = all == null ? null : all.without(whole.of(batch, row));
            if (rest != all) {
                waiting.put(key, rest);
                met.add(key);
            } else if (waiting.containsKey(key)) {
                unequal.computeIfAbsent(key, _ -> new ArrayList<>()).add(new Spot(batch, row));
            } else {
                extra(new Spot(batch, row));
            }
        }
    }

    /// Rows of one key that are not equal to any: the source's changed rows, then surplus ones.
    private void pair(
            Fingerprint key, List<Spot> spots, Map<Fingerprint, @Nullable Waiting> waiting) {
        Waiting left = waiting.get(key);
        for (Spot spot : spots) {
            if (left == null) {
                extra(spot);
            } else {
                different(key, left.spot, spot);
                met.add(key);
                left = left.next;
            }
        }
        waiting.put(key, left);
    }

    private void missing(Fingerprint print, Spot spot) {
        Map<String, @Nullable String> key = key(spot);
        if (parked.contains(key) || (once && met.contains(print))) {
            expected++;
            return;
        }
        missing++;
        repairs.missing(print);
        show(new Difference(Difference.Kind.MISSING, key, Map.of()));
    }

    private void extra(Spot spot) {
        if (extraCounts) {
            extra++;
            Map<String, @Nullable String> key = key(spot);
            repairs.extra(key);
            show(new Difference(Difference.Kind.EXTRA, key, Map.of()));
        }
    }

    private void different(Fingerprint key, Spot source, Spot target) {
        different++;
        repairs.different(key, key(target));
        if (shown.size() == StepVerdict.SHOWN_MAX) {
            return;
        }
        Map<String, Difference.Values> columns = new TreeMap<>();
        for (CanonicalColumn column : comparison.columns()) {
            if (!encoding(source, column).equals(encoding(target, column))) {
                columns.put(
                        column.name(),
                        new Difference.Values(
                                text(source, column.name()), text(target, column.name())));
            }
        }
        show(new Difference(Difference.Kind.DIFFERENT, key(source), columns));
    }

    private static String encoding(Spot spot, CanonicalColumn column) {
        return Fingerprint.encoding(List.of(column), spot.batch(), spot.row());
    }

    private void show(Difference difference) {
        if (shown.size() < StepVerdict.SHOWN_MAX) {
            shown.add(difference);
        }
    }

    private Map<String, @Nullable String> key(Spot spot) {
        Map<String, @Nullable String> key = new LinkedHashMap<>();
        comparison.key().forEach(column -> key.put(column.name(), text(spot, column.name())));
        return key;
    }

    private static @Nullable String text(Spot spot, String name) {
        int place = spot.batch().schema().indexOf(name);
        Column column = spot.batch().column(place);
        return column.isNull(spot.row())
                ? null
                : Cell.text(spot.batch().field(place).type(), column, spot.row());
    }

    Repairs repairs() {
        return repairs;
    }

    /// What rows compared one by one have shown so far.
    ///
    /// @param portions of buckets that were compared
    record Found(
            int portions,
            long missing,
            long extra,
            long different,
            long expected,
            List<Difference> shown) {
        Found {
            shown = List.copyOf(shown);
        }
    }

    Found found(int portions) {
        return new Found(portions, missing, extra, different, expected, shown);
    }

    /// Begins with what an earlier process has found.
    void resume(Found found) {
        missing = found.missing();
        extra = found.extra();
        different = found.different();
        expected = found.expected();
        shown.addAll(found.shown());
    }

    StepVerdict verdict(Pipeline pipeline, BothDigests digests) {
        return new StepVerdict(
                pipeline.step(),
                pipeline.target().dataset(),
                digests.sourceRows(),
                digests.targetRows(),
                missing,
                extra,
                different,
                expected + digests.source().setAside(),
                0,
                shown);
    }
}
