package dev.mortise.engine.plan;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.Cell;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.connect.Dataset;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.connect.Reads;
import dev.mortise.spi.connect.Scan;
import dev.mortise.spi.connect.Snapshot;
import dev.mortise.spi.connect.Source;
import dev.mortise.spi.type.Field;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the values of a column look like, from the first rows of a dataset.
public final class ColumnProfile {
    /// Rows looked at.
    public static final int ROWS_MAX = 100_000;

    /// Distinct values counted exactly up to here.
    public static final int DISTINCT_MAX = 10_000;

    private final Field field;
    private final Set<String> distinct = new HashSet<>();
    private long rows;
    private long nulls;
    private int longest;
    private @Nullable String example;

    private ColumnProfile(Field field) {
        this.field = field;
    }

    /// Looks at a dataset, one profile a column.
    public static List<ColumnProfile> of(Reads reads, Dataset dataset) {
        List<ColumnProfile> profiles = new ArrayList<>();
        dataset.schema().fields().forEach(field -> profiles.add(new ColumnProfile(field)));
        try (Snapshot snapshot = reads.snapshot(dataset, Scan.ALL)) {
            long seen = 0;
            for (Range range : snapshot.ranges(ROWS_MAX)) {
                if (seen < ROWS_MAX) {
                    seen += look(snapshot, range, profiles, ROWS_MAX - seen);
                }
            }
        }
        return profiles;
    }

    private static long look(
            Snapshot snapshot, Range range, List<ColumnProfile> profiles, long wanted) {
        long seen = 0;
        try (Source source = snapshot.source(range, _ -> {})) {
            for (Batch batch = source.next();
                    batch != null && seen < wanted;
                    batch = source.next()) {
                for (int i = 0; i < profiles.size(); i++) {
                    profiles.get(i).look(batch, i);
                }
                seen += batch.rows();
            }
        }
        return seen;
    }

    private void look(Batch batch, int place) {
        Column column = batch.column(place);
        rows += batch.rows();
        for (int row = 0; row < batch.rows(); row++) {
            if (column.isNull(row)) {
                nulls++;
            } else {
                look(Cell.text(batch.field(place).type(), column, row));
            }
        }
    }

    private void look(String text) {
        longest = Math.max(longest, text.length());
        example = example == null ? text : example;
        if (distinct.size() <= DISTINCT_MAX) {
            distinct.add(text);
        }
    }

    public Field field() {
        return field;
    }

    /// The share of rows that are null, 0 to 1.
    public double nullShare() {
        return rows == 0 ? 0 : (double) nulls / rows;
    }

    /// How many different values were seen; above [#DISTINCT_MAX] it only says "more".
    public int distinct() {
        return distinct.size();
    }

    /// Characters of the longest value.
    public int longest() {
        return longest;
    }

    /// The first value seen; empty when all are null.
    public String example() {
        return example == null ? "" : example;
    }
}
