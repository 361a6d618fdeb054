package dev.mortise.testkit.contract;

import static org.junit.jupiter.api.Assertions.fail;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.Cell;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.type.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Rows as lists of canonical texts and nulls: easy to write down and to compare.
public final class Rows {
    private static final int SHOWN_MAX = 5;

    private Rows() {}

    /// One row. Unlike `List.of` it takes nulls.
    public static List<@Nullable String> row(@Nullable String... texts) {
        return Arrays.asList(texts);
    }

    /// A batch of rows, however many.
    @SafeVarargs
    @SuppressWarnings("varargs")
    public static Batch batch(Schema schema, List<@Nullable String>... rows) {
        return batch(schema, List.of(rows));
    }

    public static Batch batch(Schema schema, List<List<@Nullable String>> rows) {
        Column[] columns = Batch.columns(schema, rows.size());
        for (int row = 0; row < rows.size(); row++) {
            for (int i = 0; i < columns.length; i++) {
                String text = rows.get(row).get(i);
                if (text == null) {
                    columns[i].setNull(row);
                } else {
                    Cell.parse(schema.field(i).type(), text, columns[i], row);
                }
            }
        }
        return new Batch(schema, columns, rows.size());
    }

    public static List<List<@Nullable String>> texts(List<Batch> batches) {
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (Batch batch : batches) {
            for (int row = 0; row < batch.rows(); row++) {
                rows.add(texts(batch, row));
            }
        }
        return rows;
    }

    private static List<@Nullable String> texts(Batch batch, int row) {
        @Nullable String[] texts = new @Nullable String[batch.schema().size()];
        for (int i = 0; i < texts.length; i++) {
            Column column = batch.column(i);
            texts[i] = column.isNull(row) ? null : Cell.text(batch.field(i).type(), column, row);
        }
        return row(texts);
    }

    /// Asserts that both hold the same rows as often, in whatever order.
    public static void assertSame(List<Batch> expected, List<Batch> actual) {
        Map<List<@Nullable String>, Integer> counts = new HashMap<>();
        texts(expected).forEach(row -> counts.merge(row, 1, Integer::sum));
        texts(actual).forEach(row -> counts.merge(row, -1, Integer::sum));
        List<String> missing = new ArrayList<>();
        List<String> extra = new ArrayList<>();
        counts.forEach(
                (row, count) -> {
                    if (count != 0) {
                        (count > 0 ? missing : extra).add(Math.abs(count) + " x " + row);
                    }
                });
        if (!missing.isEmpty() || !extra.isEmpty()) {
            fail(
                    "expected %d rows, got %d; missing %s; extra %s"
                            .formatted(count(expected), count(actual), some(missing), some(extra)));
        }
    }

    public static long count(List<Batch> batches) {
        return batches.stream().mapToLong(Batch::rows).sum();
    }

    private static String some(List<String> rows) {
        return rows.size() + " " + rows.stream().sorted().limit(SHOWN_MAX).toList();
    }
}
