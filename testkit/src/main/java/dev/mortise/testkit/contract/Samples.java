package dev.mortise.testkit.contract;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.Times;
import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Schema;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rows the contracts work with: everything in a row follows from its id. Text that trips
/// careless code, nulls in every column but `id` and `at`; two rows share each `at`.
public final class Samples {
    public static final Schema SCHEMA =
            Schema.of(
                    Field.required("id", Scalar.INT64),
                    Field.of("name", Scalar.TEXT),
                    Field.of("qty", Scalar.INT32),
                    Field.of("amount", new Decimal(18, 2)),
                    Field.of("price", Scalar.FLOAT64),
                    Field.of("active", Scalar.BOOL),
                    Field.of("day", Scalar.DATE),
                    Field.of("at", Scalar.TIMESTAMP),
                    Field.of("seen", Scalar.TIMESTAMPTZ));

    private static final long START = LocalDate.of(2024, 2, 28).toEpochDay() * Times.MICROS_A_DAY;

    private Samples() {}

    /// The rows of the ids from `first` up to and without `end`.
    public static List<Batch> batches(Schema schema, long first, long end) {
        List<Batch> batches = new ArrayList<>();
        for (long id = first; id < end; id += Batch.ROWS_MAX) {
            batches.add(batch(schema, id, Math.min(end, id + Batch.ROWS_MAX)));
        }
        return batches;
    }

    public static Batch batch(Schema schema, long first, long end) {
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (long id = first; id < end; id++) {
            rows.add(row(schema, id));
        }
        return Rows.batch(schema, rows);
    }

    /// The texts of one row.
    public static List<@Nullable String> row(Schema schema, long id) {
        @Nullable String[] texts = new @Nullable String[schema.size()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = text(schema.field(i).name(), id);
        }
        return Rows.row(texts);
    }

    private static @Nullable String text(String column, long id) {
        return switch (column) {
            case "id" -> Long.toString(id);
            case "name" -> name(id);
            case "qty" -> id % 7 == 0 ? null : Long.toString(id * 3 - 100);
            case "amount" ->
                    id % 11 == 0 ? null : BigDecimal.valueOf(id * 37 - 5_000, 2).toPlainString();
            case "price" -> id % 5 == 0 ? null : Double.toString(id / 3.0 - 10);
            case "active" -> id % 3 == 0 ? null : Boolean.toString(id % 2 == 0);
            case "day" ->
                    id % 13 == 0
                            ? null
                            : LocalDate.of(2024, 2, 28).plusDays(id % 400 * 53 - 9_000).toString();
            case "at" -> Times.timestampText(START + id / 2 * 1_000_001);
            case "seen" ->
                    id % 17 == 0 ? null : Times.instantText(START + id * 61_000_000 + id % 3);
            default -> throw new IllegalArgumentException("no sample column '" + column + "'");
        };
    }

    private static @Nullable String name(long id) {
        return switch ((int) (id % 8)) {
            case 0 -> null;
            case 1 -> "a";
            case 2 -> "A";
            case 3 -> "a ";
            case 4 -> "";
            case 5 -> "o'brien \\N \"q\", 100%_\t\n;";
            case 6 -> "榫接 é 🙂";
            default -> "row " + id;
        };
    }
}
