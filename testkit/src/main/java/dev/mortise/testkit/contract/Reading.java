package dev.mortise.testkit.contract;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.Dataset;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.connect.Reads;
import dev.mortise.spi.connect.Rejects;
import dev.mortise.spi.connect.Scan;
import dev.mortise.spi.connect.Snapshot;
import dev.mortise.spi.connect.Source;
import java.util.ArrayList;
import java.util.List;

/// Reads whole datasets and ranges, allowing no rejects.
public final class Reading {
    static final Rejects NONE =
            row -> {
                throw new AssertionError("rejected " + row);
            };

    private Reading() {}

    /// Every row of a scan, range by range.
    public static List<Batch> batches(Reads reads, Dataset dataset, Scan scan) {
        try (Snapshot snapshot = reads.snapshot(dataset, scan)) {
            return batches(snapshot, Batch.ROWS_MAX);
        }
    }

    static List<Batch> batches(Snapshot snapshot, long rowsMax) {
        List<Batch> batches = new ArrayList<>();
        for (Range range : snapshot.ranges(rowsMax)) {
            batches.addAll(batches(snapshot, range));
        }
        return batches;
    }

    static List<Batch> batches(Snapshot snapshot, Range range) {
        List<Batch> batches = new ArrayList<>();
        try (Source source = snapshot.source(range, NONE)) {
            for (Batch batch = source.next(); batch != null; batch = source.next()) {
                batches.add(batch);
            }
        }
        return batches;
    }
}
