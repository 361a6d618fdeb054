package dev.mortise.engine.verify;

import dev.mortise.engine.flow.Flow.VerifyMode;
import dev.mortise.engine.plan.Node;
import dev.mortise.engine.plan.Pipeline;
import dev.mortise.spi.connect.WriteMode;
import dev.mortise.spi.digest.CanonicalColumn;
import dev.mortise.spi.digest.DigestForm;
import dev.mortise.spi.digest.Hashing;
import java.util.List;

/// What is compared, and in which form. Without a key that identifies a row, all columns do.
record Comparison(DigestForm form, Hashing hashing) {
    private static final int ROWS_A_BUCKET = 8_192;
    private static final int BUCKETS_MAX = 1_024;

    /// In COUNT mode only the keys are compared: what is there, not what it holds.
    static Comparison of(Pipeline pipeline, VerifyMode mode) {
        List<CanonicalColumn> columns =
                pipeline.sink().schema().fields().stream()
                        .map(field -> new CanonicalColumn(field.name(), field.type()))
                        .toList();
        List<String> names =
                pipeline.target().key().isEmpty() ? keyOf(pipeline) : pipeline.target().key();
        List<CanonicalColumn> named =
                columns.stream().filter(column -> names.contains(column.name())).toList();
        List<CanonicalColumn> key = named.isEmpty() ? columns : named;
        return new Comparison(
                DigestForm.CANONICAL,
                new Hashing(mode == VerifyMode.COUNT ? key : columns, key, buckets(pipeline)));
    }

    /// A dataset copied as it is has its own key.
    private static List<String> keyOf(Pipeline pipeline) {
        boolean plain = pipeline.rows().isEmpty() && pipeline.target().mode() == WriteMode.REPLACE;
        if (!plain || !(pipeline.head() instanceof Node.Reading reading)) {
            return List.of();
        }
        List<String> key = reading.dataset().key();
        return key.stream().allMatch(pipeline.sink().schema()::has) ? key : List.of();
    }

    private static int buckets(Pipeline pipeline) {
        long rows =
                pipeline.head() instanceof Node.Reading reading
                        ? reading.dataset().rowsEstimated()
                        : -1;
        return Math.clamp(rows / ROWS_A_BUCKET, 16, BUCKETS_MAX);
    }

    Comparison in(DigestForm other) {
        return new Comparison(other, hashing);
    }

    List<CanonicalColumn> columns() {
        return hashing.columns();
    }

    List<CanonicalColumn> key() {
        return hashing.key();
    }
}
