package dev.mortise.spi.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.Cell;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.connect.Predicate.Op;
import dev.mortise.spi.digest.CanonicalColumn;
import dev.mortise.spi.digest.DigestForm;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Schema;
import dev.mortise.spi.type.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RowFilterTest {
    private static final Predicate UNKNOWN = new Predicate.Compare("v", Op.EQUAL, "9");
    private static final Predicate TRUE = new Predicate.And(List.of());
    private static final Predicate FALSE = new Predicate.Or(List.of());

    /// The values of one column, `-` standing for null.
    private static Batch values(String name, String... texts) {
        Type type = Type.parse(name);
        Schema schema = Schema.of(Field.of("v", type));
        Column[] columns = Batch.columns(schema, texts.length);
        for (int row = 0; row < texts.length; row++) {
            if (texts[row].equals("-")) {
                columns[0].setNull(row);
            } else {
                Cell.parse(type, texts[row], columns[0], row);
            }
        }
        return new Batch(schema, columns, texts.length);
    }

    private static List<String> kept(Batch batch, Predicate predicate) {
        Batch kept = new RowFilter(batch.schema(), predicate).apply(batch);
        List<String> texts = new ArrayList<>();
        for (int row = 0; row < kept.rows(); row++) {
            Column column = kept.column(0);
            texts.add(column.isNull(row) ? "-" : Cell.text(kept.field(0).type(), column, row));
        }
        return texts;
    }

    @ParameterizedTest
    @CsvSource({
        "EQUAL,2",
        "UNEQUAL,1 3",
        "LESS,1",
        "LESS_EQUAL,1 2",
        "GREATER,3",
        "GREATER_EQUAL,2 3"
    })
    void comparesButNeverWithNull(Op op, String expected) {
        Batch batch = values("int32", "1", "-", "2", "3");
        Predicate predicate = new Predicate.Compare("v", op, "2");
        assertEquals(List.of(expected.split(" ")), kept(batch, predicate));
    }

    @ParameterizedTest
    @CsvSource({
        "uint64,9223372036854775808,1",
        "'decimal(38,2)',1.00,-1.00",
        "'decimal(38,0)',18446744073709551616,18446744073709551615",
        "uuid,f0000000-0000-0000-0000-000000000000,10000000-0000-0000-0000-000000000000",
        "float64,NaN,Infinity",
        "timestamp,infinity,2024-01-01 00:00:00",
        "text,b,a",
        "text,'a ',a",
        "text,é,z",
        "bytes,ff,7f",
        "date,1970-01-01,1969-12-31",
        "bool,true,false"
    })
    void ordersEachTypeAsItsValuesAre(String type, String larger, String smaller) {
        Batch batch = values(type, smaller, larger);
        assertEquals(List.of(larger), kept(batch, new Predicate.Compare("v", Op.GREATER, smaller)));
        assertEquals(List.of(smaller), kept(batch, new Predicate.Compare("v", Op.LESS, larger)));
    }

    @Test
    void bothZerosAreEqual() {
        Batch batch = values("float64", "0.0", "-0.0", "NaN");
        assertEquals(
                List.of("0.0", "-0.0"), kept(batch, new Predicate.Compare("v", Op.EQUAL, "-0.0")));
        assertEquals(List.of("NaN"), kept(batch, new Predicate.Compare("v", Op.EQUAL, "NaN")));
    }

    @Test
    void followsThreeValuedLogic() {
        Batch unknown = values("int32", "-");
        assertEquals(List.of(), kept(unknown, new Predicate.Not(UNKNOWN)));
        assertEquals(List.of(), kept(unknown, Predicate.and(TRUE, UNKNOWN)));
        assertEquals(List.of("-"), kept(unknown, new Predicate.Not(Predicate.and(UNKNOWN, FALSE))));
        assertEquals(List.of("-"), kept(unknown, new Predicate.Or(List.of(UNKNOWN, TRUE))));
        assertEquals(
                List.of(),
                kept(unknown, new Predicate.Not(new Predicate.Or(List.of(FALSE, UNKNOWN)))));
        assertEquals(List.of("-"), kept(unknown, new Predicate.IsNull("v")));
        assertEquals(
                List.of(), kept(unknown, new Predicate.Not(new Predicate.In("v", List.of("1")))));
        assertEquals(
                List.of("-"), kept(unknown, new Predicate.Not(new Predicate.In("v", List.of()))));
    }

    @Test
    void bucketsDivideTheRows() {
        Batch batch = values("int64", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10");
        List<CanonicalColumn> key = List.of(new CanonicalColumn("v", Scalar.INT64));
        for (DigestForm form : List.of(DigestForm.CANONICAL, DigestForm.PLAIN)) {
            List<String> all = new ArrayList<>();
            for (int bucket = 0; bucket < 3; bucket++) {
                all.addAll(kept(batch, new Predicate.Buckets(form, key, 3, Set.of(bucket))));
            }
            assertEquals(10, all.size());
            assertEquals(10, new HashSet<>(all).size());
        }
    }

    @Test
    void refusesALiteralOfAnotherType() {
        Batch batch = values("int32", "1");
        assertThrows(
                ProblemException.class,
                () -> kept(batch, new Predicate.Compare("v", Op.EQUAL, "one")));
    }
}
