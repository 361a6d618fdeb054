package dev.mortise.engine.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mortise.engine.flow.Step;
import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.Predicate;
import dev.mortise.spi.option.Place;
import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Schema;
import dev.mortise.spi.type.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WireTest {
    private final Expressions expressions;
    private final Rows.Collected rejects = new Rows.Collected();

    WireTest(@TempDir Path spill) {
        expressions = new Expressions(Expressions.Limits.spillingTo(spill));
    }

    @AfterEach
    void close() {
        expressions.close();
    }

    private Planned<RowOperator> map(Schema schema, Map<String, String> columns) {
        return expressions.map(
                new Step.Mapping("m", "t", columns, false, 0, Set.of(), Place.NOWHERE), schema);
    }

    @Test
    void bringsEveryValueOfEveryTypeThroughDuckDbUnchanged() {
        long seed = System.nanoTime();
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        List<Field> fields = new ArrayList<>();
        Map<String, String> columns = new LinkedHashMap<>();
        List<List<String>> rows = new ArrayList<>();
        int count = 3_000;
        for (int i = 0; i < count; i++) {
            rows.add(new ArrayList<>());
        }
        for (Type type : Samples.types()) {
            String name = "c" + fields.size();
            fields.add(Field.of(name, type));
            columns.put(name, "(" + name + ")");
            List<String> values = Samples.values(type, count, random);
            for (int i = 0; i < count; i++) {
                rows.get(i).add(values.get(i));
            }
        }
        Schema schema = new Schema(fields);
        Batch batch = Rows.batch(schema, rows);
        Planned<RowOperator> planned = map(schema, columns);
        assertEquals(List.of(), planned.problems(), "seed " + seed);
        assertEquals(schema, planned.schema());
        try (RowOperator operator = planned.open()) {
            assertEquals(Rows.texts(batch), Rows.texts(operator.apply(batch, rejects)), "" + seed);
        }
        assertEquals(List.of(), rejects.rows);
    }

    @Test
    void givesTypesOfDuckDbThatWeLackAHome() {
        Schema schema = Schema.of(Field.of("i", Scalar.INT32));
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("huge", "i::hugeint * 10000000000000000000000");
        columns.put("list", "[i, null]");
        columns.put("struct", "{'a': i}");
        columns.put("span", "interval (i) day");
        columns.put("small", "i::utinyint");
        columns.put("nothing", "null");
        columns.put("at", "make_timestamp(0)::timestamp_s");
        Planned<RowOperator> planned = map(schema, columns);
        assertEquals(List.of(), planned.problems());
        assertEquals(
                List.of(
                        new Decimal(38, 0),
                        Scalar.JSON,
                        Scalar.JSON,
                        Scalar.TEXT,
                        Scalar.INT16,
                        Scalar.TEXT,
                        Scalar.TIMESTAMP),
                planned.schema().fields().stream().map(Field::type).toList());
        try (RowOperator operator = planned.open()) {
            assertEquals(
                    List.of(
                            "50000000000000000000000|[5,null]|{\"a\":5}|5 days|5|∅|1970-01-01"
                                    + " 00:00:00"),
                    Rows.texts(operator.apply(Rows.batch(schema, "5"), rejects)));
        }
    }

    @Test
    void computesWithTimesInUtc() {
        Schema schema = Schema.of(Field.of("seen", Scalar.TIMESTAMPTZ));
        Planned<RowOperator> planned =
                map(schema, Map.of("hour", "hour(seen + interval 90 minute)"));
        try (RowOperator operator = planned.open()) {
            Batch batch = Rows.batch(schema, "2024-03-31 00:30:00Z");
            assertEquals(List.of("2"), Rows.texts(operator.apply(batch, rejects)));
        }
    }

    @Test
    void pushesDownWhatIsColumnsAgainstConstants() {
        Schema schema =
                Schema.of(
                        Field.of("id", Scalar.INT64),
                        Field.of("Name", Scalar.TEXT),
                        Field.of("amt", new Decimal(12, 2)),
                        Field.of("day", Scalar.DATE),
                        Field.of("ok", Scalar.BOOL));
        Map<String, String> pushed = new LinkedHashMap<>();
        pushed.put("id > 5", "Compare[column=id, op=GREATER, literal=5]");
        pushed.put("-5 <= id", "Compare[column=id, op=GREATER_EQUAL, literal=-5]");
        pushed.put("amt = 1.5", "Compare[column=amt, op=EQUAL, literal=1.50]");
        pushed.put("name = 'it''s'", "Compare[column=Name, op=EQUAL, literal=it's]");
        pushed.put("day < date '2024-01-31'", "Compare[column=day, op=LESS, literal=2024-01-31]");
        pushed.put("ok = true", "Compare[column=ok, op=EQUAL, literal=true]");
        pushed.put("id in (1, 2)", "In[column=id, literals=[1, 2]]");
        pushed.put("amt is not null", "Not[of=IsNull[column=amt]]");
        pushed.put(
                "not (id = 1 or name is null)",
                "Not[of=Or[any=[Compare[column=id, op=EQUAL, literal=1], IsNull[column=Name]]]]");
        pushed.put(
                "id between 1 and 2 and day >= '2024-01-01'",
                "And[all=[And[all=[Compare[column=id, op=GREATER_EQUAL, literal=1],"
                        + " Compare[column=id, op=LESS_EQUAL, literal=2]]],"
                        + " Compare[column=day, op=GREATER_EQUAL, literal=2024-01-01]]]");
        pushed.forEach(
                (condition, predicate) ->
                        assertEquals(
                                Optional.of(predicate),
                                expressions.predicate(condition, schema).map(Predicate::toString),
                                condition));
        for (String kept :
                List.of(
                        "id > 1.5",
                        "lower(name) = 'a'",
                        "id = amt",
                        "name < 'b'",
                        "id = null",
                        "amt = 1.505",
                        "id in (1, amt)",
                        "missing = 1",
                        "id >",
                        "ok")) {
            assertEquals(Optional.empty(), expressions.predicate(kept, schema), kept);
        }
    }
}
