package dev.mortise.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.Connector;
import dev.mortise.spi.connect.Lane;
import dev.mortise.spi.connect.RejectedRow;
import dev.mortise.spi.connect.Sink;
import dev.mortise.spi.connect.Target;
import dev.mortise.spi.connect.WriteMode;
import dev.mortise.spi.connect.Writes;
import dev.mortise.spi.problem.Fault;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Loss;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A bad row takes no good row with it, and says what is wrong with it.
public interface RejectsContract extends WritesFixture {
    /// How the system spells text of at most ten characters; empty when text has no limit there.
    Optional<String> textOfTen();

    /// Whether the system can say that a column takes no nulls.
    default boolean requiresValues() {
        return true;
    }

    /// Whether the system refuses a second row with the same key.
    default boolean hasKeys() {
        return true;
    }

    /// Whether the system's errors name the column.
    default boolean namesTheColumn() {
        return true;
    }

    /// What the arriving rows look like: anything may be null, text may be long.
    Schema ARRIVING = Schema.of(Field.of("id", Scalar.INT64), Field.of("name", Scalar.TEXT));

    /// What the dataset with a key looks like.
    Schema ARRIVING_KEYED =
            Schema.of(Field.required("id", Scalar.INT64), Field.of("name", Scalar.TEXT));

    @Test
    default void rejectsExactlyTheRowsThatLackAValue() {
        assumeTrue(requiresValues(), "the system takes nulls anywhere");
        Schema schema =
                Schema.of(Field.required("id", Scalar.INT64), Field.required("name", Scalar.TEXT));
        assertRejected("contract_nulls", schema, null, "name", Set.of(37L, 38L, 900L));
    }

    @Test
    default void rejectsExactlyTheRowsWhoseTextIsTooLong() {
        assumeTrue(textOfTen().isPresent(), "text has no limit there");
        String ten = textOfTen().orElseThrow();
        Field name = new Field("name", Scalar.TEXT, true, ten, null, Loss.NONE);
        Schema schema = Schema.of(Field.required("id", Scalar.INT64), name);
        assertRejected("contract_long", schema, "twelve chars", "name", Set.of(0L, 512L));
    }

    @Test
    default void rejectsABatchOfBadRowsWhole() {
        assumeTrue(requiresValues(), "the system takes nulls anywhere");
        Schema schema =
                Schema.of(Field.required("id", Scalar.INT64), Field.required("name", Scalar.TEXT));
        Set<Long> all = new TreeSet<>();
        for (long id = 0; id < 1_000; id++) {
            all.add(id);
        }
        assertRejected("contract_all_bad", schema, null, "name", all);
    }

    /// Appends the ids 0 to 999, some of them with a bad name, and expects only these to be
    // missing.
    private void assertRejected(
            String word, Schema schema, @Nullable String bad, String column, Set<Long> badIds) {
        String dataset = dataset(word);
        seed(dataset, schema, List.of("id"), List.of());
        List<List<@Nullable String>> rows = new ArrayList<>();
        List<List<@Nullable String>> good = new ArrayList<>();
        for (long id = 0; id < 1_000; id++) {
            String name = badIds.contains(id) ? bad : "name " + id;
            rows.add(Rows.row(Long.toString(id), name));
            if (!badIds.contains(id)) {
                good.add(Rows.row(Long.toString(id), name));
            }
        }
        Writing rejects = append(dataset, Rows.batch(ARRIVING, rows), badIds.size());
        Rows.assertSame(List.of(Rows.batch(ARRIVING, good)), readBack(dataset));
        Set<String> ids = new TreeSet<>();
        for (RejectedRow row : rejects.rejected()) {
            assertEquals(Fault.ROW, row.problem().fault(), row::toString);
            ids.add(row.row().replaceFirst(".*\"id\":\"(\\d+)\".*", "$1"));
            if (namesTheColumn()) {
                assertEquals(column, row.column(), row::toString);
            }
        }
        assertEquals(new TreeSet<>(badIds.stream().map(String::valueOf).toList()), ids);
    }

    @Test
    default void rejectsExactlyTheRowsWhoseKeyIsTaken() {
        assumeTrue(hasKeys(), "the system has no keys");
        String dataset = dataset("contract_taken");
        seed(dataset, ARRIVING_KEYED, List.of("id"), List.of(named("old", 0, 3)));
        List<List<@Nullable String>> rows =
                new ArrayList<>(Rows.texts(List.of(named("new", 2, 9))));
        rows.add(Rows.row("5", "twice"));
        Writing rejects = append(dataset, Rows.batch(ARRIVING, rows), 2);
        Rows.assertSame(List.of(named("old", 0, 3), named("new", 3, 9)), readBack(dataset));
        assertEquals(2, rejects.rejected().size());
        assertTrue(
                rejects.rejected().stream().allMatch(r -> r.problem().fault() == Fault.ROW),
                () -> rejects.rejected().toString());
    }

    private static Batch named(String name, int first, int end) {
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (int id = first; id < end; id++) {
            rows.add(Rows.row(Integer.toString(id), name));
        }
        return Rows.batch(ARRIVING, rows);
    }

    private Writing append(String dataset, Batch batch, int bad) {
        assumeTrue(modes().contains(WriteMode.APPEND), "the system cannot append");
        Target target =
                new Target(
                        "contract/" + dataset,
                        dataset,
                        ARRIVING,
                        WriteMode.APPEND,
                        List.of(),
                        false);
        Writing rejects = new Writing();
        try (Connector connector = open();
                Sink sink = ((Writes) connector).sink(target)) {
            Batch typed = batch.as(sink.plan().schema());
            Writing.begin(sink, Writing.PART);
            try (Lane lane = sink.lane()) {
                assertEquals(batch.rows() - bad, lane.write(typed, rejects));
                lane.commit(Writing.PART, null, bad);
            }
            sink.finish(null);
        }
        return rejects;
    }
}
