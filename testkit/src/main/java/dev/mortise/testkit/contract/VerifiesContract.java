package dev.mortise.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.CanonicalColumn;
import dev.mortise.spi.connect.Connector;
import dev.mortise.spi.connect.Digest;
import dev.mortise.spi.connect.Predicate;
import dev.mortise.spi.connect.Reads;
import dev.mortise.spi.connect.RowDigest;
import dev.mortise.spi.connect.RowFilter;
import dev.mortise.spi.connect.Verifies;
import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Schema;
import dev.mortise.spi.type.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Checksums computed where the data is equal those computed here, and no difference escapes them.
public interface VerifiesContract extends ConnectorFixture {
    List<CanonicalColumn> ID = List.of(new CanonicalColumn("id", Scalar.INT64));
    int BUCKETS = 16;

    /// Types whose form the system cannot compute, so that the rows are read instead.
    default Set<Type> computedHere() {
        return Set.of();
    }

    @TestFactory
    default Stream<DynamicTest> equalDataGivesEqualDigests() {
        String dataset = seedSamples("contract_digest", 0, 3_000);
        List<Batch> rows = Samples.batches(sampleSchema(), 0, 3_000);
        List<Field> fields = sampleSchema().fields();
        Stream<DynamicTest> single =
                fields.stream().map(field -> compare(dataset, List.of(column(field)), rows));
        List<CanonicalColumn> all =
                fields.stream()
                        .filter(field -> !computedHere().contains(field.type()))
                        .map(VerifiesContract::column)
                        .toList();
        return Stream.concat(single, Stream.of(compare(dataset, all, rows)));
    }

    @TestFactory
    default Stream<DynamicTest> columnsAreComparedAsTheWiderType() {
        String dataset = seedSamples("contract_wider", 0, 500);
        List<Batch> rows = Samples.batches(sampleSchema(), 0, 500);
        return Stream.of(
                        new CanonicalColumn("qty", Scalar.INT64),
                        new CanonicalColumn("qty", new Decimal(18, 4)),
                        new CanonicalColumn("amount", new Decimal(38, 2)),
                        new CanonicalColumn("amount", new Decimal(30, 6)))
                .filter(column -> sampleSchema().has(column.name()))
                .filter(column -> !computedHere().contains(column.type()))
                .map(column -> compare(dataset, List.of(column), rows));
    }

    private static CanonicalColumn column(Field field) {
        return new CanonicalColumn(field.name(), field.type());
    }

    private DynamicTest compare(String dataset, List<CanonicalColumn> columns, List<Batch> rows) {
        return DynamicTest.dynamicTest(
                columns.toString(),
                () -> {
                    Optional<List<Digest>> digests = digests(dataset, columns, Optional.empty());
                    if (columns.size() == 1 && computedHere().contains(columns.getFirst().type())) {
                        assertEquals(Optional.empty(), digests, "a form said not to be computed");
                        return;
                    }
                    assertEquals(Optional.of(reference(rows, columns)), digests);
                });
    }

    private Optional<List<Digest>> digests(
            String dataset, List<CanonicalColumn> columns, Optional<Predicate> filter) {
        try (Connector connector = open()) {
            var described = ((Reads) connector).describe(dataset);
            return ((Verifies) connector).digests(described, columns, ID, filter, BUCKETS);
        }
    }

    private static List<Digest> reference(List<Batch> rows, List<CanonicalColumn> columns) {
        RowDigest digest = new RowDigest(rows.getFirst().schema(), columns, ID, BUCKETS);
        rows.forEach(digest::add);
        return digest.digests();
    }

    @Test
    default void digestsOnlyTheFilteredRows() {
        String dataset = seedSamples("contract_digest_some", 0, 1_000);
        Predicate low = new Predicate.Compare("id", Predicate.Op.LESS, "700");
        Predicate filter = Predicate.and(low, new Predicate.Buckets(ID, BUCKETS, Set.of(1, 2, 7)));
        RowFilter here = new RowFilter(sampleSchema(), filter);
        List<Batch> rows =
                Samples.batches(sampleSchema(), 0, 1_000).stream().map(here::apply).toList();
        List<CanonicalColumn> columns = List.of(column(sampleSchema().field(1)));
        assertEquals(
                Optional.of(reference(rows, columns)),
                digests(dataset, columns, Optional.of(filter)));
    }

    @Test
    default void anEmptyDatasetHasEmptyDigests() {
        String dataset = seedSamples("contract_digest_none", 0, 0);
        List<Digest> none = Collections.nCopies(BUCKETS, Digest.NONE);
        assertEquals(Optional.of(none), digests(dataset, ID, Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 499, 999})
    default void oneChangedValueShowsInItsBucketAlone(int changed) {
        String dataset = seedSamples("contract_changed", 0, 1_000);
        List<CanonicalColumn> columns = List.of(ID.getFirst(), column(sampleSchema().field(1)));
        List<Digest> before = digests(dataset, columns, Optional.empty()).orElseThrow();
        List<List<@Nullable String>> rows =
                new ArrayList<>(Rows.texts(Samples.batches(sampleSchema(), 0, 1_000)));
        rows.get(changed).set(1, "changed");
        Batch batch = Rows.batch(sampleSchema(), rows);
        seed(dataset, sampleSchema(), List.of("id"), List.of(batch));
        List<Digest> after = digests(dataset, columns, Optional.empty()).orElseThrow();
        int bucket = new RowDigest(sampleSchema(), columns, ID, BUCKETS).bucket(batch, changed);
        for (int i = 0; i < BUCKETS; i++) {
            assertEquals(i != bucket, before.get(i).equals(after.get(i)), "bucket " + i);
            assertEquals(before.get(i).rows(), after.get(i).rows());
        }
    }

    /// Two values that a careless comparison takes for one.
    record Pair(Type type, @Nullable String left, @Nullable String right) {}

    /// Pairs of values to tell apart; only those whose type the system keeps are tried.
    List<Pair> PAIRS =
            List.of(
                    new Pair(Scalar.TEXT, null, ""),
                    new Pair(Scalar.TEXT, "a", "a "),
                    new Pair(Scalar.TEXT, "a", "A"),
                    new Pair(Scalar.TEXT, "é", "e"),
                    new Pair(Scalar.TEXT, "é", "e\u0301"),
                    new Pair(Scalar.TEXT, "N", null),
                    new Pair(Scalar.INT32, null, "0"),
                    new Pair(Scalar.BOOL, null, "false"),
                    new Pair(Scalar.FLOAT64, "0.1", "0.1000000001"),
                    new Pair(Scalar.FLOAT64, "0.30000000000000004", "0.3"),
                    new Pair(Scalar.FLOAT64, "0.0", "-0.0"),
                    new Pair(new Decimal(18, 2), "0.00", "0.01"),
                    new Pair(Scalar.TIMESTAMP, "2024-02-29 00:00:00", "2024-02-29 00:00:00.000001"),
                    new Pair(
                            Scalar.TIMESTAMPTZ,
                            "2024-02-29 00:00:00Z",
                            "2024-02-29 00:00:00.000001Z"));

    /// Whether the system keeps the sign of a zero.
    default boolean keepsMinusZero() {
        return true;
    }

    @TestFactory
    default Stream<DynamicTest> tellsApartWhatLooksAlike() {
        List<Type> kept = sampleSchema().fields().stream().map(Field::type).toList();
        return PAIRS.stream()
                .filter(pair -> kept.contains(pair.type()))
                .filter(pair -> !computedHere().contains(pair.type()))
                .filter(pair -> keepsMinusZero() || !"-0.0".equals(pair.right()))
                .map(pair -> DynamicTest.dynamicTest(pair.toString(), () -> tellApart(pair)));
    }

    private void tellApart(Pair pair) {
        Schema schema =
                Schema.of(Field.required("id", Scalar.INT64), Field.of("value", pair.type()));
        List<CanonicalColumn> columns = List.of(new CanonicalColumn("value", pair.type()));
        List<List<Digest>> digests = new ArrayList<>();
        for (String value : Rows.row(pair.left(), pair.right())) {
            Batch batch = Rows.batch(schema, Rows.row("1", value));
            String dataset = dataset("contract_alike");
            seed(dataset, schema, List.of("id"), List.of(batch));
            List<Digest> digest = digests(dataset, columns, Optional.empty()).orElseThrow();
            assertEquals(reference(List.of(batch), columns), digest);
            digests.add(digest);
        }
        assertNotEquals(digests.getFirst(), digests.getLast());
    }

    @Test
    default void equalRowsCountEachTime() {
        Schema schema =
                Schema.of(Field.required("id", Scalar.INT64), Field.of("name", Scalar.TEXT));
        assumeTrue(!computedHere().contains(Scalar.TEXT));
        Batch twice = Rows.batch(schema, Rows.row("1", "a"), Rows.row("1", "a"));
        String dataset = dataset("contract_twins");
        seed(dataset, schema, List.of(), List.of(twice));
        List<CanonicalColumn> columns = List.of(ID.getFirst(), column(schema.field(1)));
        List<Digest> digests = digests(dataset, columns, Optional.empty()).orElseThrow();
        assertEquals(reference(List.of(twice), columns), digests);
        assertTrue(digests.stream().anyMatch(digest -> digest.rows() == 2 && digest.high() != 0));
    }
}
