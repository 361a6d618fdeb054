package dev.mortise.engine.verify;

import dev.mortise.engine.verify.Side.Comparison;
import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.Cell;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.connect.CanonicalColumn;
import dev.mortise.spi.connect.Digest;
import dev.mortise.spi.connect.RowDigest;
import dev.mortise.spi.connect.Source;
import dev.mortise.spi.type.Schema;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Compares the rows of some buckets one by one, by key. Holds the source's rows in memory, so the
/// buckets asked for must be few.
final class RowDiff {
    private final Comparison comparison;
    private final Set<Map<String, @Nullable String>> parked;
    private final boolean extraCounts;
    private final List<Difference> shown = new ArrayList<>();
    private final Repairs repairs = new Repairs();
    private long missing;
    private long extra;
    private long different;
    private long expected;

    /// @param parked keys of rows that are known not to be in the target
    /// @param extraCounts whether the target may hold nothing but the source's rows
    RowDiff(Comparison comparison, Set<Map<String, @Nullable String>> parked, boolean extraCounts) {
        this.comparison = comparison;
        this.parked = parked;
        this.extraCounts = extraCounts;
    }

    /// A row of a batch.
    private record Spot(Batch batch, int row) {}

    void compare(Side source, Side target, Set<Integer> buckets) {
        Map<Digest, Deque<Spot>> waiting = new HashMap<>();
        try (Source rows = source.rows(comparison, buckets)) {
            for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
                hold(batch, waiting);
            }
        }
        try (Source rows = target.rows(comparison, buckets)) {
            for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
                match(batch, waiting);
            }
        }
        waiting.values().forEach(left -> left.forEach(this::missing));
    }

    private RowDigest keys(Schema schema) {
        return new RowDigest(schema, comparison.key(), List.of(), 1);
    }

    private RowDigest whole(Schema schema) {
        return new RowDigest(schema, comparison.columns(), List.of(), 1);
    }

    private void hold(Batch batch, Map<Digest, Deque<Spot>> waiting) {
        RowDigest keys = keys(batch.schema());
        for (int row = 0; row < batch.rows(); row++) {
            waiting.computeIfAbsent(keys.of(batch, row), _ -> new ArrayDeque<>())
                    .add(new Spot(batch, row));
        }
    }

    private void match(Batch batch, Map<Digest, Deque<Spot>> waiting) {
        RowDigest keys = keys(batch.schema());
        RowDigest whole = whole(batch.schema());
        for (int row = 0; row < batch.rows(); row++) {
            Deque<Spot> candidates = waiting.get(keys.of(batch, row));
            Spot spot = candidates == null ? null : candidates.poll();
            if (spot == null) {
                extra(new Spot(batch, row));
                continue;
            }
            Digest wanted = whole(spot.batch().schema()).of(spot.batch(), spot.row());
            if (!wanted.equals(whole.of(batch, row))) {
                different(spot, new Spot(batch, row));
            }
        }
    }

    private void missing(Spot spot) {
        Map<String, @Nullable String> key = key(spot);
        if (parked.contains(key)) {
            expected++;
            return;
        }
        missing++;
        repairs.copy(keyDigest(spot));
        show(new Difference(Difference.Kind.MISSING, key, Map.of()));
    }

    private void extra(Spot spot) {
        if (extraCounts) {
            extra++;
            Map<String, @Nullable String> key = key(spot);
            repairs.delete(key);
            show(new Difference(Difference.Kind.EXTRA, key, Map.of()));
        }
    }

    private void different(Spot source, Spot target) {
        different++;
        repairs.copy(keyDigest(source));
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

    private Digest keyDigest(Spot spot) {
        return keys(spot.batch().schema()).of(spot.batch(), spot.row());
    }

    private static String encoding(Spot spot, CanonicalColumn column) {
        return new RowDigest(spot.batch().schema(), List.of(column), List.of(), 1)
                .encoding(spot.batch(), spot.row());
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

    StepVerdict verdict(String step, String dataset, long sourceRows, long targetRows) {
        return new StepVerdict(
                step, dataset, sourceRows, targetRows, missing, extra, different, expected, shown);
    }
}
