package dev.mortise.engine.verify;

import dev.mortise.engine.flow.Flow.VerifyMode;
import dev.mortise.engine.plan.Node;
import dev.mortise.engine.plan.Pipeline;
import dev.mortise.spi.connect.CanonicalColumn;
import dev.mortise.spi.connect.WriteMode;
import java.util.List;

/// What is compared.
///
/// @param columns all of them, with the types in which they are compared
/// @param key those that identify a row; all of them where nothing else does
record Comparison(List<CanonicalColumn> columns, List<CanonicalColumn> key, int buckets) {
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
        List<CanonicalColumn> key =
                columns.stream().filter(column -> names.contains(column.name())).toList();
        if (key.isEmpty()) {
            return new Comparison(columns, columns, buckets(pipeline));
        }
        return new Comparison(mode == VerifyMode.COUNT ? key : columns, key, buckets(pipeline));
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
}
