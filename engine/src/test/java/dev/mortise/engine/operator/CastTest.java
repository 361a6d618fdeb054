package dev.mortise.engine.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Loss;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Schema;
import dev.mortise.spi.type.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CastTest {
    private final Rows.Collected rejects = new Rows.Collected();

    private List<String> cast(Type from, Type to, List<String> values) {
        Schema source = Schema.of(Field.of("id", Scalar.INT32), Field.of("v", from));
        Schema target = Schema.of(Field.of("id", Scalar.INT32), Field.of("v", to));
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            rows.add(List.of(Integer.toString(i), values.get(i)));
        }
        Batch batch = Rows.batch(source, rows);
        Optional<RowOperator> cast = Cast.between(source, target);
        if (cast.isEmpty()) {
            return values;
        }
        try (RowOperator operator = cast.get()) {
            return Rows.texts(operator.apply(batch, rejects)).stream()
                    .map(row -> row.substring(row.indexOf('|') + 1))
                    .toList();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "int32; int64; -7 0 ∅; -7 0 ∅; ''",
                "int64; int16; 32767 -32768 32768; 32767 -32768; 2",
                "int64; uint64; 5 -5; 5; 1",
                "uint64; int64; 5 18446744073709551615; 5; 1",
                "uint64; decimal(20,0); 18446744073709551615; 18446744073709551615; ''",
                "bool; int32; true false ∅; 1 0 ∅; ''",
                "int32; bool; 1 0 2; true false; 2",
                "int32; decimal(5,2); 999 -999 1000; 999.00 -999.00; 2",
                "decimal(5,2); int32; 7.00 7.50 -1.00; 7 -1; 1",
                "decimal(5,2); decimal(4,1); 99.90 99.95 999.90; 99.9 999.9; 1",
                "decimal(4,1); decimal(30,10); -99.9; -99.9000000000; ''",
                "decimal(30,10); decimal(4,1); -99.9 -99.95; -99.9; 1",
                "float64; decimal(5,1); 0.1 0.15 NaN 99999; 0.1; 1 2 3",
                "decimal(18,2); float64;"
                        + " 0.10 1234567890123456.78 12345678901234.50; 0.1 1.23456789012345E13; 1",
                "decimal(18,2); float64; 9999999999999999.99; ''; 0",
                "int64; float64; 9007199254740992 9007199254740993; 9.007199254740992E15; 1",
                "float64; int32; 3.0 3.5 Infinity; 3; 1 2",
                "float64; float32; 0.1 1e300; 0.1; 1",
                "date; timestamp; 2024-02-29; 2024-02-29_00:00:00; ''",
                "text; int32; 12 -12 +3 2147483648 x 1.0; 12 -12 3; 3 4 5",
                "text; decimal(6,2); 1.5 -0.05 1.505 12345 1e2; 1.50 -0.05 100.00; 2 3",
                "text; decimal(24,2);"
                        + " 1.5 123456789012345678901.25; 1.50 123456789012345678901.25; ''",
                "text; date;"
                        + " 2024-02-29 2023-02-29 2024-13-01 9999-12-31;"
                        + " 2024-02-29 9999-12-31; 1 2",
                "text; timestamp; 2024-02-29T23:59:59.5 2024-01-01 infinity 2024-01-01T25:00:00;"
                        + " 2024-02-29_23:59:59.5 2024-01-01_00:00:00 infinity; 3",
                "text; timestamptz;"
                        + " 2024-01-01T00:00:00Z 2024-01-01T00:00:00+08:00 2024-01-01T00:00:00;"
                        + " 2024-01-01_00:00:00Z 2023-12-31_16:00:00Z; 2",
                "text; json; {\"a\":1} [1 {} 1; {\"a\":1} {} 1; 1",
                "text; uuid;"
                        + " 00000000-0000-0000-0000-00000000000A x;"
                        + " 00000000-0000-0000-0000-00000000000a; 1",
                "text; bool; yes f 1 2; true false true; 3",
                "bytes; text; 00ff; 00ff; ''",
            })
    void convertsExactlyOrRejects(
            String from, String to, String values, String expected, String rejected) {
        List<String> got = cast(Type.parse(from), Type.parse(to), words(values));
        assertEquals(
                words(expected == null ? "" : expected),
                got.stream()
                        .map(v -> to.startsWith("timestamp") ? v.replace(' ', '_') : v)
                        .toList());
        assertEquals(
                words(rejected == null ? "" : rejected),
                rejects.rows.stream().map(r -> r.row().replaceAll("\\D*(\\d+).*", "$1")).toList());
        rejects.rows.forEach(row -> assertEquals("v", row.column()));
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.replace("''", "").split(" ")).filter(w -> !w.isEmpty()).toList();
    }

    @Test
    void cutsTheTimeOfDayOnlyAsAKnownLoss() {
        assertEquals(
                List.of("1969-12-31"),
                cast(Scalar.TIMESTAMP, Scalar.DATE, List.of("1969-12-31 23:59:59")));
        assertTrue(Cast.loss(Scalar.TIMESTAMP, Scalar.DATE).refused());
    }

    @Test
    void refusesPairsWithoutAWayWhenPlanned() {
        Schema uuid = Schema.of(Field.of("a", Scalar.UUID), Field.of("b", Scalar.DATE));
        Schema ints = Schema.of(Field.of("a", Scalar.INT32), Field.of("b", Scalar.BOOL));
        ProblemException e = assertThrows(ProblemException.class, () -> Cast.between(uuid, ints));
        assertEquals(ProblemCode.TYPE_MISMATCH, e.problem().code());
        assertEquals("column 'a': expected int32, got uuid", e.problem().message());
        assertEquals(Loss.Kind.UNSUPPORTED, Cast.loss(Scalar.DATE, Scalar.BOOL).kind());
    }

    @Test
    void bringsEveryLosslessValueThereAndBack() {
        long seed = System.nanoTime();
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        List<Type> types = Samples.types();
        for (Type from : types) {
            for (Type to : types) {
                if (Cast.loss(from, to).kind() != Loss.Kind.LOSSLESS
                        || Cast.loss(to, from).kind() == Loss.Kind.UNSUPPORTED) {
                    continue;
                }
                List<String> values = Samples.values(from, 50, random);
                List<String> there = cast(from, to, values);
                String pair = "seed " + seed + ": " + from.text() + " to " + to.text();
                assertEquals(List.of(), rejects.rows, pair);
                assertEquals(values, cast(to, from, there), pair);
            }
        }
    }
}
