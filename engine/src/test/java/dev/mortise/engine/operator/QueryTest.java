package dev.mortise.engine.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.engine.flow.Step;
import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.batch.BytesColumn;
import dev.mortise.spi.batch.Column;
import dev.mortise.spi.batch.LongColumn;
import dev.mortise.spi.connect.Source;
import dev.mortise.spi.option.Place;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Schema;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueryTest {
    private static final Place PLACE = new Place("flows/f.yaml", 3, 1);
    private static final Schema ORDERS =
            Schema.of(
                    Field.of("no", Scalar.INT64),
                    Field.of("cust", Scalar.TEXT),
                    Field.of("amt", new Decimal(12, 2)));
    private static final Schema CUSTOMERS =
            Schema.of(Field.of("code", Scalar.TEXT), Field.of("id", Scalar.INT32));
    private static final Map<String, Schema> SCHEMAS =
            Map.of("orders", ORDERS, "customers", CUSTOMERS);

    private final Expressions expressions;
    private final Rows.Collected rejects = new Rows.Collected();
    private final AtomicInteger opened = new AtomicInteger();

    QueryTest(@TempDir Path spill) {
        expressions = new Expressions(Expressions.Limits.spillingTo(spill));
    }

    @AfterEach
    void close() {
        expressions.close();
    }

    private Map<String, Supplier<Source>> inputs() {
        return Map.of(
                "orders",
                () -> {
                    opened.incrementAndGet();
                    return Rows.source(
                            Rows.batch(ORDERS, "1|a|10.00", "2|b|5.50"),
                            Rows.batch(ORDERS, "3|a|∅", "4|c|1.00"));
                },
                "customers",
                () -> Rows.source(Rows.batch(CUSTOMERS, "a|7", "b|8")));
    }

    private Planned<Query> sql(String query) {
        Step.Sql step = new Step.Sql("q", query, List.of("orders", "customers"), PLACE);
        return Query.sql(expressions, step, SCHEMAS);
    }

    private List<String> run(Planned<Query> planned) {
        assertEquals(List.of(), planned.problems());
        return Rows.texts(planned.open().open(inputs(), rejects));
    }

    @Test
    void joinsGroupsAndKeepsTheOrderAskedFor() {
        assertEquals(
                List.of("4|∅", "3|7", "2|8", "1|7"),
                run(
                        sql(
                                "select o.no, c.id from orders o left join customers c"
                                        + " on c.code = o.cust order by o.no desc -- last first")));
        Planned<Query> grouped =
                sql("select cust, sum(amt) t, count(*) n from orders group by 1 order by 1");
        assertEquals(new Decimal(38, 2), grouped.schema().field(1).type());
        assertEquals(List.of("a|10.00|2", "b|5.50|1", "c|1.00|1"), run(grouped));
        assertEquals(List.of("4"), run(sql("select count(*) as n from orders")));
    }

    @Test
    void readsAnInputOnceHoweverOftenItIsNamed() {
        assertEquals(
                List.of("1|3", "3|1"),
                run(
                        sql(
                                "select a.no, b.no as other from orders a join orders b"
                                        + " on a.cust = b.cust and a.no <> b.no order by 1")));
        assertEquals(1, opened.get());
    }

    @Test
    void reportsWhatIsWrongWithAQuery() {
        assertEquals(
                List.of("no step is called 'order'; did you mean 'orders'?"),
                shown(sql("select * from \"order\"")));
        assertEquals(
                List.of("no column 'custom' arrives here; did you mean 'cust'?"),
                shown(sql("select custom from orders")));
        assertEquals(
                List.of("two columns of the result are called 'no'; name one of them with 'as'"),
                shown(sql("select no, no from orders")));
        assertEquals(1, sql("drop table orders").problems().size());
        assertEquals(1, sql("select 1; select 2").problems().size());
        assertEquals("flows/f.yaml:3:1", sql("selct 1").problems().getFirst().place());
    }

    private static List<String> shown(Planned<Query> planned) {
        return planned.problems().stream().map(p -> p.message() + "; " + p.fix()).toList();
    }

    @Test
    void keepsTheFirstRowOfEachKey() {
        Step.Dedupe newest =
                new Step.Dedupe("d", "orders", List.of("cust"), Optional.of("no desc"), PLACE);
        Map<String, Schema> schemas = Map.of("orders", ORDERS);
        assertEquals(
                List.of("2|b|5.50", "3|a|∅", "4|c|1.00"),
                run(Query.dedupe(expressions, newest, schemas)).stream().sorted().toList());
        Step.Dedupe first =
                new Step.Dedupe("d", "orders", List.of("cust"), Optional.empty(), PLACE);
        assertEquals(
                List.of("1|a|10.00", "2|b|5.50", "4|c|1.00"),
                run(Query.dedupe(expressions, first, schemas)).stream().sorted().toList());
        Step.Dedupe wrong =
                new Step.Dedupe("d", "orders", List.of("kust"), Optional.empty(), PLACE);
        assertEquals(
                ProblemCode.COLUMN_MISSING,
                Query.dedupe(expressions, wrong, schemas).problems().getFirst().code());
    }

    @Test
    void unitesByNameAndWidensTypes() {
        Schema more =
                Schema.of(
                        Field.of("cust", Scalar.TEXT),
                        Field.of("amt", new Decimal(10, 4)),
                        Field.of("no", Scalar.INT16));
        Step.Union step = new Step.Union("u", List.of("orders", "more"), PLACE);
        Planned<Query> planned =
                Query.union(expressions, step, Map.of("orders", ORDERS, "more", more));
        assertEquals(List.of(), planned.problems());
        Map<String, Supplier<Source>> inputs =
                Map.of(
                        "orders", () -> Rows.source(Rows.batch(ORDERS, "1|a|10.00")),
                        "more", () -> Rows.source(Rows.batch(more, "z|0.1234|9")));
        assertEquals(
                List.of("1|a|10.0000", "9|z|0.1234"),
                Rows.texts(planned.open().open(inputs, rejects)));
        List<Problem> problems =
                Query.union(
                                expressions,
                                new Step.Union("u", List.of("orders", "customers"), PLACE),
                                SCHEMAS)
                        .problems();
        assertEquals(5, problems.size());
        Schema texts = Schema.of(Field.of("no", Scalar.TEXT));
        Schema ints = Schema.of(Field.of("no", Scalar.INT32));
        assertEquals(
                List.of(
                        "column 'no': expected text, got int32 from 'b';"
                                + " convert one of them in a map step before"),
                shown(
                        Query.union(
                                expressions,
                                new Step.Union("u", List.of("a", "b"), PLACE),
                                Map.of("a", texts, "b", ints))));
    }

    @Test
    void tellsOfAValueThatFailsLateInsteadOfEndingEarly() {
        Planned<Query> planned =
                sql(
                        "select case when i = 2900000 then cast('x' || i as int) else i end as v"
                                + " from range(3000000) t(i)");
        try (Source source = planned.open().open(inputs(), rejects)) {
            ProblemException e =
                    assertThrows(
                            ProblemException.class,
                            () -> {
                                while (source.next() != null) {
                                    assertFalse(rejects.rows.iterator().hasNext());
                                }
                            });
            assertEquals(ProblemCode.CAST_FAILED, e.problem().code());
        }
    }

    @Test
    void handsOnTheProblemOfAnInputAndClosesIt() {
        AtomicBoolean closed = new AtomicBoolean();
        ProblemException lost =
                ProblemException.of(ProblemCode.CONNECTION_LOST, "the source went away", "");
        Source failing =
                new Source() {
                    private int calls;

                    @Override
                    public Batch next() {
                        if (calls++ > 0) {
                            throw lost;
                        }
                        return Rows.batch(ORDERS, "1|a|10.00");
                    }

                    @Override
                    public void close() {
                        closed.set(true);
                    }
                };
        Planned<Query> planned = sql("select no from orders order by no");
        ProblemException e =
                assertThrows(
                        ProblemException.class,
                        () ->
                                Rows.texts(
                                        planned.open()
                                                .open(
                                                        Map.of(
                                                                "orders",
                                                                () -> failing,
                                                                "customers",
                                                                Rows::source),
                                                        rejects)));
        assertEquals(lost, e);
        assertTrue(closed.get());
    }

    @Test
    void sortsFarMoreRowsThanItsMemoryHolds(@TempDir Path spill) {
        long rows = Long.getLong("mortise.rows", 1_000_000L);
        Schema schema = Schema.of(Field.of("id", Scalar.INT64), Field.of("note", Scalar.TEXT));
        var limits = new Expressions.Limits(2, 100L << 20, spill);
        long started = System.nanoTime();
        try (Expressions small = new Expressions(limits)) {
            Planned<Query> planned =
                    Query.sql(
                            small,
                            new Step.Sql(
                                    "q", "select * from big order by id", List.of("big"), PLACE),
                            Map.of("big", schema));
            long next = 0;
            try (Source sorted =
                    planned.open().open(Map.of("big", () -> backwards(schema, rows)), rejects)) {
                for (Batch b = sorted.next(); b != null; b = sorted.next()) {
                    next = continued(b, next);
                }
            }
            assertEquals(rows, next);
        }
        System.err.printf("sort of %d: %.2f s%n", rows, (System.nanoTime() - started) / 1e9);
    }

    private static long continued(Batch batch, long first) {
        assertTrue(batch.rows() <= Batch.ROWS_MAX);
        for (int row = 0; row < batch.rows(); row++) {
            assertEquals(first + row, ((LongColumn) batch.column(0)).value(row));
        }
        return first + batch.rows();
    }

    private static Source backwards(Schema schema, long rows) {
        return new Source() {
            private long left = rows;

            @Override
            public @Nullable Batch next() {
                int count = (int) Math.min(left, Batch.ROWS_MAX);
                Column[] columns = Batch.columns(schema, count);
                for (int row = 0; row < count; row++) {
                    ((LongColumn) columns[0]).set(row, --left);
                    ((BytesColumn) columns[1])
                            .set(
                                    row,
                                    "a note of some sixty bytes, so that they must spill " + left);
                }
                return count == 0 ? null : new Batch(schema, columns, count);
            }

            @Override
            public void close() {
                left = 0;
            }
        };
    }
}
