package dev.mortise.engine.operator;

import dev.mortise.engine.flow.Step;
import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.Cell;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.connect.RejectedRow;
import dev.mortise.spi.connect.Source;
import dev.mortise.spi.type.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows of canonical texts, as batches and back.
final class Rows {
    static final String NULL = "∅";

    private Rows() {}

    static Batch batch(Schema schema, List<List<String>> rows) {
        Column[] columns = Batch.columns(schema, rows.size());
        for (int row = 0; row < rows.size(); row++) {
            for (int i = 0; i < columns.length; i++) {
                String text = rows.get(row).get(i);
                if (text.equals(NULL)) {
                    columns[i].setNull(row);
                } else {
                    Cell.parse(schema.field(i).type(), text, columns[i], row);
                }
            }
        }
        return new Batch(schema, columns, rows.size());
    }

    static Batch batch(Schema schema, String... rows) {
        return batch(schema, Arrays.stream(rows).map(row -> List.of(row.split("\\|"))).toList());
    }

    static List<String> texts(@Nullable Batch batch) {
        List<String> rows = new ArrayList<>();
        for (int row = 0; batch != null && row < batch.rows(); row++) {
            List<String> cells = new ArrayList<>();
            for (int i = 0; i < batch.schema().size(); i++) {
                Column column = batch.column(i);
                cells.add(
                        column.isNull(row) ? NULL : Cell.text(batch.field(i).type(), column, row));
            }
            rows.add(String.join("|", cells));
        }
        return rows;
    }

    static List<String> texts(Source source) {
        List<String> rows = new ArrayList<>();
        try (source) {
            for (Batch batch = source.next(); batch != null; batch = source.next()) {
                rows.addAll(texts(batch));
            }
        }
        return rows;
    }

    /// A source over ready batches.
    static Source source(Batch... batches) {
        return new Source() {
            private int next;

            @Override
            public @Nullable Batch next() {
                return next < batches.length ? batches[next++] : null;
            }

            @Override
            public void close() {
                next = batches.length;
            }
        };
    }

    static final class Collected implements Warnings {
        final List<RejectedRow> rows = new ArrayList<>();
        final List<Long> warned = new ArrayList<>();

        @Override
        public void reject(RejectedRow row) {
            rows.add(row);
        }

        @Override
        public void broken(Step.Rule rule, long count) {
            warned.add(count);
        }
    }
}
