package dev.mortise.spi.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BatchTest {
    private static final Schema SCHEMA =
            Schema.of(
                    Field.of("i", Scalar.INT32),
                    Field.of("l", Scalar.INT64),
                    Field.of("w", new Decimal(38, 0)),
                    Field.of("d", Scalar.FLOAT64),
                    Field.of("b", Scalar.TEXT));

    /// Every third row is null throughout, the others hold their number.
    private static Batch rows(int count) {
        Column[] columns = Batch.columns(SCHEMA, count);
        for (int row = 0; row < count; row++) {
            for (int i = 0; i < columns.length; i++) {
                if (row % 3 == 0) {
                    columns[i].setNull(row);
                } else {
                    Cell.parse(SCHEMA.field(i).type(), Integer.toString(row), columns[i], row);
                }
            }
        }
        return new Batch(SCHEMA, columns, count);
    }

    private static List<String> json(Batch batch) {
        List<String> rows = new ArrayList<>();
        for (int row = 0; row < batch.rows(); row++) {
            rows.add(RowJson.of(batch, row));
        }
        return rows;
    }

    @Test
    void selectsRowsInTheOrderAskedForAlsoTwice() {
        Batch batch = rows(130);
        Batch selected = batch.select(new int[] {129, 1, 0, 64, 64, 65, 7, 7}, 6);
        assertEquals(6, selected.rows());
        List<String> all = json(batch);
        List<String> expected = new ArrayList<>();
        for (int row : new int[] {129, 1, 0, 64, 64, 65}) {
            expected.add(all.get(row));
        }
        assertEquals(expected, json(selected));
    }

    @Test
    void slicesAreTheRowsBetween() {
        Batch batch = rows(200);
        assertEquals(json(batch).subList(60, 140), json(batch.slice(60, 140)));
        assertEquals(0, batch.slice(5, 5).rows());
        assertSame(batch, batch.slice(0, 200));
    }

    @Test
    void knowsAboutHowManyBytesItHolds() {
        // int 4, long 8, wide 16, double 8, offset 4 and one digit a row that is not null.
        assertEquals(10 * (4 + 8 + 16 + 8 + 4) + 6, rows(10).bytes());
    }

    @Test
    void aSchemaOfOtherNamesFitsTheSameColumns() {
        Schema other =
                new Schema(SCHEMA.fields().stream().map(f -> f.named(f.name() + "2")).toList());
        assertEquals(List.of("i2", "l2", "w2", "d2", "b2"), rows(3).as(other).schema().names());
    }

    @Test
    void needsAColumnAField() {
        Column[] one = {new IntColumn(1)};
        assertThrows(IllegalArgumentException.class, () -> new Batch(SCHEMA, one, 1));
    }

    @Test
    void aRowAsJsonQuotesWhatMustBe() {
        Schema schema = Schema.of(Field.of("a\"b", Scalar.TEXT), Field.of("n", Scalar.INT32));
        Column[] columns = Batch.columns(schema, 1);
        ((BytesColumn) columns[0]).set(0, "\\\"\n\t\r\u0001 榫");
        columns[1].setNull(0);
        assertEquals(
                "{\"a\\\"b\":\"\\\\\\\"\\n\\t\\r\\u0001 榫\",\"n\":null}",
                RowJson.of(new Batch(schema, columns, 1), 0));
    }
}
