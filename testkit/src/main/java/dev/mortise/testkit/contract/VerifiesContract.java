package dev.mortise.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.Connector;
import dev.mortise.spi.connect.Predicate;
import dev.mortise.spi.connect.Reads;
import dev.mortise.spi.connect.RowFilter;
import dev.mortise.spi.connect.Scan;
import dev.mortise.spi.digest.CanonicalColumn;
import dev.mortise.spi.digest.Digest;
import dev.mortise.spi.digest.DigestForm;
import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Schema;
import dev.mortise.spi.type.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Checksums computed where the data is equal those computed here, where the form is one that is
/// computed here; and in no form does a difference escape them.
public interface VerifiesContract extends ConnectorFixture {
    List<CanonicalColumn> ID = Digesting.ID;
    int BUCKETS = Digesting.BUCKETS;

    /// Types whose canonical form the system cannot compute.
    default Set<Type> computedHere() {
        return Set.of();
    }

    @TestFactory
    default Stream<DynamicTest> equalDataGivesEqualDigests() {
        String dataset = seedSamples("contract_digest", 0, 3_000);
        String twin = seedSamples("contract_digest_twin", 0, 3_000);
        List<Batch> rows = Samples.batches(sampleSchema(), 0, 3_000);
        List<Field> fields = sampleSchema().fields();
        Stream<List<CanonicalColumn>> single = fields.stream().map(f -> List.of(column(f)));
        List<CanonicalColumn> all =
                fields.stream()
                        .filter(field -> !computedHere().contains(field.type()))
                        .map(VerifiesContract::column)
                        .toList();
        return Stream.concat(single, Stream.of(all))
                .map(
                        columns ->
                                DynamicTest.dynamicTest(
                                        columns.toString(),
                                        () -> {
                                            compare(dataset, columns, rows);
                                            assertEquals(
                                                    digests(dataset, columns),
                                                    digests(twin, columns));
                                        }));
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
                .map(
                        column ->
                                DynamicTest.dynamicTest(
                                        column.toString(),
                                        () -> compare(dataset, List.of(column), rows)));
    }

    private static CanonicalColumn column(Field field) {
        return new CanonicalColumn(field.name(), field.type());
    }

    private void compare(String dataset, List<CanonicalColumn> columns, List<Batch> rows) {
        Map<DigestForm, List<Digest>> digests = digests(dataset, columns);
        assertEquals(
                columns.stream().noneMatch(column -> computedHere().contains(column.type())),
                digests.containsKey(DigestForm.CANONICAL),
                "whether the canonical form is computed there");
        digests.forEach(
                (form, found) ->
                        Digesting.reference(form, rows, columns)
                                .ifPresent(wanted -> assertEquals(wanted, found, form.name())));
    }

    private Map<DigestForm, List<Digest>> digests(String dataset, List<CanonicalColumn> columns) {
        return Digesting.of(this, dataset, columns, Optional.empty(), Long.MAX_VALUE);
    }

    @Test
    default void partsHoldEachRowOnce() {
        String dataset = seedSamples("contract_digest_parts", 0, 5_000);
        assertEquals(digests(dataset, ID), Digesting.of(this, dataset, ID, Optional.empty(), 700));
    }

    @Test
    default void digestsOnlyTheFilteredRows() {
        String dataset = seedSamples("contract_digest_some", 0, 1_000);
        Predicate low = new Predicate.Compare("id", Predicate.Op.LESS, "700");
        RowFilter here = new RowFilter(sampleSchema(), low);
        List<Batch> rows =
                Samples.batches(sampleSchema(), 0, 1_000).stream().map(here::apply).toList();
        List<CanonicalColumn> columns = List.of(column(sampleSchema().field(1)));
        Digesting.of(this, dataset, columns, Optional.of(low), Long.MAX_VALUE)
                .forEach(
                        (form, found) -> {
                            assertEquals(700, rows(found));
                            Digesting.reference(form, rows, columns)
                                    .ifPresent(wanted -> assertEquals(wanted, found));
                        });
    }

    private static long rows(Collection<Digest> digests) {
        return digests.stream().mapToLong(Digest::rows).sum();
    }

    /// Where rows differ, those of a bucket are read: they have to be the ones that were summed.
    @Test
    default void readsTheRowsOfABucketAsTheyWereCounted() {
        String dataset = seedSamples("contract_digest_buckets", 0, 1_000);
        digests(dataset, ID)
                .forEach(
                        (form, found) -> {
                            for (Set<Integer> some : List.of(Set.of(3), Set.of(0, 1, 7, 15))) {
                                long counted =
                                        some.stream().mapToLong(b -> found.get(b).rows()).sum();
                                Predicate within = new Predicate.Buckets(form, ID, BUCKETS, some);
                                assertEquals(counted, read(dataset, within), form.name());
                            }
                        });
    }

    private long read(String dataset, Predicate filter) {
        try (Connector connector = open()) {
            Reads reads = (Reads) connector;
            return Rows.count(
                    Reading.batches(reads, reads.describe(dataset), Scan.ALL.where(filter)));
        }
    }

    @Test
    default void anEmptyDatasetHasEmptyDigests() {
        String dataset = seedSamples("contract_digest_none", 0, 0);
        List<Digest> none = Collections.nCopies(BUCKETS, Digest.NONE);
        Map<DigestForm, List<Digest>> digests = digests(dataset, ID);
        assertFalse(digests.isEmpty());
        digests.values().forEach(found -> assertEquals(none, found));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 499, 999})
    default void oneChangedValueShowsInItsBucketAlone(int changed) {
        String dataset = seedSamples("contract_changed", 0, 1_000);
        List<CanonicalColumn> columns = List.of(ID.getFirst(), column(sampleSchema().field(1)));
        Map<DigestForm, List<Digest>> before = digests(dataset, columns);
        List<List<@Nullable String>> rows =
                new ArrayList<>(Rows.texts(Samples.batches(sampleSchema(), 0, 1_000)));
        rows.get(changed).set(1, "changed");
        Batch batch = Rows.batch(sampleSchema(), rows);
        seed(dataset, sampleSchema(), List.of("id"), List.of(batch));
        digests(dataset, columns)
                .forEach(
                        (form, after) -> {
                            List<Digest> old = before.getOrDefault(form, List.of());
                            int open = 0;
                            for (int i = 0; i < BUCKETS; i++) {
                                open += old.get(i).equals(after.get(i)) ? 0 : 1;
                                assertEquals(old.get(i).rows(), after.get(i).rows());
                            }
                            assertEquals(1, open, form.name());
                        });
    }

    /// Types the system keeps beside those of the sample rows.
    default Set<Type> otherTypes() {
        return Set.of();
    }

    /// Whether the system keeps the sign of a zero.
    default boolean keepsMinusZero() {
        return true;
    }

    @TestFactory
    default Stream<DynamicTest> tellsApartWhatLooksAlike() {
        Set<Type> kept = new HashSet<>(otherTypes());
        sampleSchema().fields().forEach(field -> kept.add(field.type()));
        return LookAlike.ALL.stream()
                .filter(pair -> kept.contains(pair.type()))
                .filter(pair -> keepsMinusZero() || !"-0.0".equals(pair.right()))
                .map(pair -> DynamicTest.dynamicTest(pair.toString(), () -> tellApart(pair)));
    }

    private void tellApart(LookAlike pair) {
        Schema schema =
                Schema.of(Field.required("id", Scalar.INT64), Field.of("value", pair.type()));
        List<CanonicalColumn> columns = List.of(new CanonicalColumn("value", pair.type()));
        List<Map<DigestForm, List<Digest>>> digests = new ArrayList<>();
        for (String value : Rows.row(pair.left(), pair.right())) {
            Batch batch = Rows.batch(schema, Rows.row("1", value));
            String dataset = dataset("contract_alike");
            seed(dataset, schema, List.of("id"), List.of(batch));
            compare(dataset, columns, List.of(batch));
            digests.add(digests(dataset, columns));
        }
        differ(digests.getFirst(), digests.getLast());
    }

    private static void differ(
            Map<DigestForm, List<Digest>> one, Map<DigestForm, List<Digest>> other) {
        assertEquals(one.keySet(), other.keySet());
        one.forEach((form, found) -> assertNotEquals(found, other.get(form), form.name()));
    }

    /// A sum of hashes that were themselves sums over the columns would not see it.
    @Test
    default void seesValuesThatChangedPlaces() {
        Schema schema =
                Schema.of(
                        Field.required("id", Scalar.INT64),
                        Field.of("a", Scalar.INT32),
                        Field.of("b", Scalar.INT32));
        List<CanonicalColumn> columns = schema.fields().stream().map(f -> column(f)).toList();
        List<Map<DigestForm, List<Digest>>> digests = new ArrayList<>();
        for (Batch rows :
                List.of(
                        Rows.batch(schema, Rows.row("1", "5", "6"), Rows.row("17", "7", "8")),
                        Rows.batch(schema, Rows.row("1", "7", "6"), Rows.row("17", "5", "8")),
                        Rows.batch(schema, Rows.row("1", "5", "8"), Rows.row("17", "7", "6")))) {
            String dataset = dataset("contract_places");
            seed(dataset, schema, List.of("id"), List.of(rows));
            digests.add(Digesting.whole(digests(dataset, columns)));
        }
        differ(digests.get(0), digests.get(1));
        differ(digests.get(0), digests.get(2));
    }

    @Test
    default void equalRowsCountEachTime() {
        Schema schema =
                Schema.of(Field.required("id", Scalar.INT64), Field.of("name", Scalar.TEXT));
        Batch twice = Rows.batch(schema, Rows.row("1", "a"), Rows.row("1", "a"));
        String dataset = dataset("contract_twins");
        seed(dataset, schema, List.of(), List.of(twice));
        List<CanonicalColumn> columns = List.of(ID.getFirst(), column(schema.field(1)));
        compare(dataset, columns, List.of(twice));
        for (List<Digest> digests : digests(dataset, columns).values()) {
            assertTrue(digests.stream().anyMatch(d -> d.rows() == 2 && d.sum() != 0));
        }
    }
}
