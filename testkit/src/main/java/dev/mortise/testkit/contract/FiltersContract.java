package dev.mortise.testkit.contract;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.Connector;
import dev.mortise.spi.connect.Predicate;
import dev.mortise.spi.connect.Predicate.Op;
import dev.mortise.spi.connect.Reads;
import dev.mortise.spi.connect.RowFilter;
import dev.mortise.spi.connect.Scan;
import dev.mortise.spi.digest.CanonicalColumn;
import dev.mortise.spi.digest.DigestForm;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Pushing a filter down changes no row: the result is the one that filtering here gives.
public interface FiltersContract extends ConnectorFixture {
    /// Ids whose values serve as literals: text with blanks, quotes and capitals among them.
    List<Long> LITERAL_IDS = List.of(1L, 2L, 3L, 4L, 5L, 6L, 127L);

    @TestFactory
    default Stream<DynamicTest> everyPredicateKeepsTheRowsThatJavaKeeps() {
        String dataset = seedSamples("contract_filters", 0, 500);
        return predicates(sampleSchema()).stream()
                .map(
                        predicate ->
                                DynamicTest.dynamicTest(
                                        predicate.toString(), () -> compare(dataset, predicate)));
    }

    private void compare(String dataset, Predicate predicate) {
        RowFilter filter = new RowFilter(sampleSchema(), predicate);
        List<Batch> expected =
                Samples.batches(sampleSchema(), 0, 500).stream().map(filter::apply).toList();
        try (Connector connector = open()) {
            Reads reads = (Reads) connector;
            Scan scan = Scan.ALL.where(predicate);
            Rows.assertSame(expected, Reading.batches(reads, reads.describe(dataset), scan));
        }
    }

    private static List<Predicate> predicates(Schema schema) {
        List<Predicate> predicates = new ArrayList<>();
        for (Field field : schema.fields()) {
            predicates.addAll(ofColumn(schema, field));
        }
        Predicate low = new Predicate.Compare("id", Op.LESS, "100");
        Predicate high = new Predicate.Compare("id", Op.GREATER_EQUAL, "400");
        Predicate a = new Predicate.Compare("name", Op.EQUAL, "a");
        predicates.add(new Predicate.Or(List.of(low, high)));
        predicates.add(Predicate.and(low, new Predicate.Not(a)));
        predicates.add(new Predicate.Not(new Predicate.Or(List.of(low, a))));
        predicates.add(new Predicate.Or(List.of(a, new Predicate.IsNull("name"))));
        predicates.add(new Predicate.Not(new Predicate.And(List.of(low, a))));
        predicates.add(new Predicate.And(List.of()));
        predicates.add(new Predicate.Or(List.of()));
        predicates.add(new Predicate.In("name", List.of()));
        predicates.add(
                new Predicate.Buckets(
                        DigestForm.CANONICAL,
                        List.of(new CanonicalColumn("id", Scalar.INT64)),
                        16,
                        Set.of(0, 3, 15)));
        return predicates;
    }

    private static List<Predicate> ofColumn(Schema schema, Field field) {
        String column = field.name();
        List<String> literals = new ArrayList<>();
        for (long id : LITERAL_IDS) {
            String text = Samples.row(schema, id).get(schema.indexOf(column));
            if (text != null) {
                literals.add(text);
            }
        }
        List<Predicate> predicates = new ArrayList<>();
        predicates.add(new Predicate.IsNull(column));
        predicates.add(new Predicate.Not(new Predicate.IsNull(column)));
        predicates.add(new Predicate.In(column, literals));
        predicates.add(new Predicate.Not(new Predicate.In(column, literals)));
        boolean text = field.type() == Scalar.TEXT;
        for (String literal : text ? literals : literals.subList(0, 1)) {
            // How text sorts is each system's own affair; what is equal is not.
            for (Op op : text ? List.of(Op.EQUAL, Op.UNEQUAL) : List.of(Op.values())) {
                predicates.add(new Predicate.Compare(column, op, literal));
            }
        }
        return predicates;
    }
}
