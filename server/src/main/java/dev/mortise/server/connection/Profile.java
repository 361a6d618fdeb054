package dev.mortise.server.connection;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.Cell;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Type;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the values of one column look like, in the rows of a preview.
///
/// @param nullPercent of all rows, with one digit after the point
/// @param min the least value; null when all are null
public record Profile(
        String name,
        String type,
        int nulls,
        double nullPercent,
        int distinct,
        @Nullable String min,
        @Nullable String max) {
    static Profile of(Field field, int place, List<Batch> batches) {
        Comparator<String> order = order(field.type());
        Set<String> distinct = new HashSet<>();
        int rows = 0;
        int nulls = 0;
        String min = null;
        String max = null;
        for (Batch batch : batches) {
            Column column = batch.column(place);
            rows += batch.rows();
            for (int row = 0; row < batch.rows(); row++) {
                if (column.isNull(row)) {
                    nulls++;
                    continue;
                }
                String text = Cell.text(field.type(), column, row);
                distinct.add(text);
                min = min == null || order.compare(text, min) < 0 ? text : min;
                max = max == null || order.compare(text, max) > 0 ? text : max;
            }
        }
        double percent = rows == 0 ? 0 : Math.round(nulls * 1_000.0 / rows) / 10.0;
        return new Profile(
                field.name(),
                field.type().text(),
                nulls,
                percent,
                distinct.size(),
                Preview.clipped(min),
                Preview.clipped(max));
    }

    /// Numbers by their value; all else by its canonical text, which orders times rightly, too.
    private static Comparator<String> order(Type type) {
        return switch (type) {
            case Decimal _ -> Comparator.comparing(BigDecimal::new);
            case Scalar scalar ->
                    switch (scalar) {
                        case INT8, INT16, INT32, INT64, UINT64 ->
                                Comparator.comparing(BigDecimal::new);
                        case FLOAT32, FLOAT64 -> Comparator.comparingDouble(Double::parseDouble);
                        case BOOL, TEXT, BYTES, DATE, TIME, TIMESTAMP, TIMESTAMPTZ, UUID, JSON ->
                                Comparator.naturalOrder();
                    };
        };
    }
}
