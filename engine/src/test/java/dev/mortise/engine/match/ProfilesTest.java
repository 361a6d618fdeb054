package dev.mortise.engine.match;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.Cell;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.connect.Dataset;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Loss;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Schema;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ProfilesTest {
    @Test
    void takesCommentLengthKeyAndValues() {
        Field code = new Field("code", Scalar.TEXT, false, "varchar(20)", "客户编码", Loss.NONE);
        Schema schema = Schema.of(code);
        Column[] columns = Batch.columns(schema, 2);
        Cell.parse(Scalar.TEXT, "C01", columns[0], 0);
        columns[0].setNull(1);
        Dataset dataset = Dataset.of("customer", schema, List.of("code"));
        assertEquals(
                List.of(
                        new FieldProfile(
                                "code", Scalar.TEXT, false, true, "客户编码", 20, List.of("C01"))),
                Profiles.of(dataset, List.of(new Batch(schema, columns, 2))));
    }

    @Test
    void takesNoNoteOfAConnectorForAComment() {
        Field guessed =
                new Field("a", Scalar.INT64, true, null, "type guessed", Loss.widening("guessed"));
        Dataset dataset = Dataset.of("a.csv", Schema.of(guessed), List.of());
        assertEquals("", Profiles.of(dataset, List.of()).getFirst().comment());
    }
}
