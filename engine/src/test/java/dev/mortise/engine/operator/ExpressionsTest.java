package dev.mortise.engine.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.engine.flow.Step;
import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.BytesColumn;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.batch.IntColumn;
import dev.mortise.spi.batch.LongColumn;
import dev.mortise.spi.option.Place;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Schema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExpressionsTest {
    private static final Place PLACE = new Place("flows/orders.yaml", 7, 5);
    private static final Schema ORDERS =
            Schema.of(
                    Field.required("so_no", Scalar.INT64),
                    Field.of("Cust", Scalar.TEXT),
                    Field.of("amt", new Decimal(12, 2)),
                    Field.of("qty", Scalar.INT16));

    private final Expressions expressions;
    private final Rows.Collected rejects = new Rows.Collected();

    ExpressionsTest(@TempDir Path spill) {
        expressions = new Expressions(Expressions.Limits.spillingTo(spill));
    }

    @AfterEach
    void close() {
        expressions.close();
    }

    private static Step.Mapping mapping(boolean keep, String... columns) {
        Map<String, String> entries = new LinkedHashMap<>();
        for (int i = 0; i < columns.length; i += 2) {
            entries.put(columns[i], columns[i + 1]);
        }
        return new Step.Mapping("mapped", "orders", entries, keep, 0, Set.of(), PLACE);
    }

    private static Batch orders() {
        return Rows.batch(ORDERS, "1|ada|10.50|2", "2|bob|∅|3", "3|∅|-1.00|0");
    }

    private List<String> apply(Planned<RowOperator> planned, Batch batch) {
        assertEquals(List.of(), planned.problems());
        try (RowOperator operator = planned.open()) {
            return Rows.texts(operator.apply(batch, rejects));
        }
    }

    @Test
    void picksRenamesAndAddsConstantsInOrder() {
        Planned<RowOperator> planned =
                expressions.map(
                        mapping(
                                false,
                                "customer",
                                "cust",
                                "no",
                                "\"so_no\"",
                                "source",
                                "'e''rp'",
                                "one",
                                "1",
                                "rate",
                                "0.05"),
                        ORDERS);
        assertEquals(
                List.of("ada|1|e'rp|1|0.05", "bob|2|e'rp|1|0.05", "∅|3|e'rp|1|0.05"),
                apply(planned, orders()));
        assertEquals(
                List.of(Scalar.TEXT, Scalar.INT64, Scalar.TEXT, Scalar.INT32, new Decimal(3, 2)),
                planned.schema().fields().stream().map(Field::type).toList());
    }

    @Test
    void givesLiteralsTheTypesOfDuckDb() {
        for (String literal : List.of("0.05", "1.5", "-12.340", "7", "-7", "3000000000", "'x'")) {
            Planned<RowOperator> here = expressions.map(mapping(false, "v", literal), ORDERS);
            Planned<RowOperator> there =
                    expressions.map(mapping(false, "v", "(" + literal + ")"), ORDERS);
            assertEquals(there.schema().field(0).type(), here.schema().field(0).type(), literal);
        }
    }

    @Test
    void computesColumnsAndKeepsTheOthers() {
        Planned<RowOperator> planned =
                expressions.map(
                        mapping(
                                true,
                                "total",
                                "cast(amt * qty as decimal(18,2)) -- money",
                                "big",
                                "orders.amt > 5"),
                        ORDERS);
        assertEquals(
                List.of("so_no", "Cust", "amt", "qty", "total", "big"), planned.schema().names());
        assertEquals(
                List.of("1|ada|10.50|2|21.00|true", "2|bob|∅|3|∅|∅", "3|∅|-1.00|0|0.00|false"),
                apply(planned, orders()));
    }

    @Test
    void keepsRowsForWhichTheConditionIsTrue() {
        Planned<RowOperator> planned =
                expressions.where(new Step.Where("w", "orders", "amt < 11", PLACE), ORDERS);
        assertEquals(List.of("1|ada|10.50|2", "3|∅|-1.00|0"), apply(planned, orders()));
        Planned<RowOperator> none =
                expressions.where(new Step.Where("w", "orders", "false", PLACE), ORDERS);
        try (RowOperator operator = none.open()) {
            assertNull(operator.apply(orders(), rejects));
        }
    }

    @Test
    void reportsAllProblemsOfAMapAtOnce() {
        Planned<RowOperator> planned =
                expressions.map(
                        mapping(
                                false,
                                "a",
                                "amount + 1",
                                "b",
                                "uppr(cust)",
                                "c",
                                "sum(amt)",
                                "d",
                                "row_number() over ()",
                                "e",
                                "1 +",
                                "f",
                                "qty + 1",
                                "g",
                                "1) , (2",
                                "h",
                                "unnest([1,2])",
                                "i",
                                "*",
                                "j",
                                "(select 1) from orders where (true"),
                        ORDERS);
        List<String> lines = planned.problems().stream().map(Problem::line).toList();
        assertEquals(
                List.of(
                        "flows/orders.yaml:7:5: column 'a': no column 'amount' arrives here;"
                                + " known: Cust, amt, qty, so_no (EXPRESSION_INVALID)",
                        "flows/orders.yaml:7:5: column 'b': no function is called 'uppr'; did you"
                                + " mean 'upper'? (EXPRESSION_INVALID)"),
                lines.subList(0, 2));
        assertEquals(9, lines.size(), () -> String.join("\n", lines));
        assertEquals(List.of("f"), planned.schema().names());
        assertThrows(ProblemException.class, planned::open);
    }

    @Test
    void setsAsideOnlyTheRowsWhoseExpressionFails() {
        Schema texts = Schema.of(Field.of("id", Scalar.INT32), Field.of("t", Scalar.TEXT));
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            rows.add(List.of("" + i, i % 1_000 == 7 ? "x" + i : i % 10 == 0 ? Rows.NULL : "" + i));
        }
        Planned<RowOperator> planned =
                expressions.map(
                        mapping(false, "id", "id", "up", "upper(t)", "n", "cast(t as int)"), texts);
        List<String> good = apply(planned, Rows.batch(texts, rows));
        assertEquals(4_995, good.size());
        assertEquals("8|8|8", good.get(7));
        assertEquals(5, rejects.rows.size());
        assertEquals("n", rejects.rows.getFirst().column());
        assertEquals("{\"id\":\"7\",\"t\":\"x7\"}", rejects.rows.getFirst().row());
        assertEquals(ProblemCode.CAST_FAILED, rejects.rows.getFirst().problem().code());
        assertEquals(
                "column 'n': could not convert string 'x7' to INT32 when casting"
                        + " from source column t",
                rejects.rows.getFirst().problem().message());
    }

    @Test
    void rejectsAndWarnsAndFailsByRule() {
        Step.Rule positive =
                new Step.Rule(
                        Optional.of("amt"), "amt >= 0", Step.Rule.Otherwise.REJECT, "amt >= 0");
        Step.Rule many =
                new Step.Rule(Optional.empty(), "qty > 2", Step.Rule.Otherwise.WARN, "qty > 2");
        Step.Rule fatal =
                new Step.Rule(Optional.empty(), "so_no < 3", Step.Rule.Otherwise.FAIL, "so_no < 3");
        Planned<RowOperator> planned =
                expressions.expect(
                        new Step.Expect("e", "orders", List.of(positive, many), PLACE), ORDERS);
        assertEquals(List.of("1|ada|10.50|2"), apply(planned, orders()));
        assertEquals(List.of(2L), rejects.warned);
        assertEquals(2, rejects.rows.size());
        assertEquals(ProblemCode.RULE_BROKEN, rejects.rows.getFirst().problem().code());
        assertEquals("amt", rejects.rows.getFirst().column());
        Planned<RowOperator> failing =
                expressions.expect(new Step.Expect("e", "orders", List.of(fatal), PLACE), ORDERS);
        try (RowOperator operator = failing.open()) {
            ProblemException e =
                    assertThrows(ProblemException.class, () -> operator.apply(orders(), rejects));
            assertEquals("flows/orders.yaml:7:5", e.problem().place());
        }
    }

    @Test
    void keepsUsersFromFilesAndSettings() {
        Planned<RowOperator> planned =
                expressions.map(
                        mapping(false, "a", "(select content from read_text('/etc/passwd'))"),
                        ORDERS);
        if (planned.problems().isEmpty()) {
            try (RowOperator operator = planned.open()) {
                assertThrows(ProblemException.class, () -> operator.apply(orders(), rejects));
            }
        }
    }

    @Test
    void computesAndFiltersManyRowsCheaply() {
        int batches = Integer.getInteger("mortise.batches", 20);
        Batch batch = wide();
        Schema schema = batch.schema();
        Planned<RowOperator> map =
                expressions.map(
                        mapping(true, "total", "cast(amount * qty as decimal(18,2))"), schema);
        Planned<RowOperator> where =
                expressions.where(new Step.Where("w", "orders", "status <> 'paid'", PLACE), schema);
        try (RowOperator filter = where.open();
                RowOperator compute = map.open()) {
            long rows = 0;
            long cpu = 0;
            for (int i = 0; i < batches; i++) {
                if (i == batches / 2) {
                    cpu = cpu();
                }
                Batch filtered = filter.apply(batch, rejects);
                Batch computed = compute.apply(java.util.Objects.requireNonNull(filtered), rejects);
                rows += java.util.Objects.requireNonNull(computed).rows();
            }
            assertTrue(rows > 0);
            if (batches > 20) {
                double perRow = (cpu() - cpu) / 1e3 / ((batches - batches / 2) * 8_192.0);
                System.err.printf("map + where: %.3f us CPU a row%n", perRow);
            }
        }
    }

    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean)
                        java.lang.management.ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static Batch wide() {
        List<Field> fields = new ArrayList<>();
        fields.add(Field.of("id", Scalar.INT64));
        fields.add(Field.of("status", Scalar.TEXT));
        fields.add(Field.of("amount", new Decimal(12, 2)));
        fields.add(Field.of("qty", Scalar.INT16));
        for (int i = 0; i < 8; i++) {
            fields.add(Field.of("c" + i, i % 2 == 0 ? Scalar.TEXT : Scalar.INT64));
        }
        Schema schema = new Schema(fields);
        Column[] columns = Batch.columns(schema, Batch.ROWS_MAX);
        String[] states = {"new", "paid", "shipped", "done", "returned"};
        for (int row = 0; row < Batch.ROWS_MAX; row++) {
            for (int i = 0; i < columns.length; i++) {
                switch (columns[i]) {
                    case LongColumn c -> c.set(row, row * 31L);
                    case IntColumn c -> c.set(row, row % 100);
                    case BytesColumn c -> c.set(row, i == 1 ? states[row % 5] : "note for " + row);
                    default -> throw new IllegalStateException();
                }
            }
        }
        return new Batch(schema, columns, Batch.ROWS_MAX);
    }
}
