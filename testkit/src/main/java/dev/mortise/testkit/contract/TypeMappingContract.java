package dev.mortise.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.Connector;
import dev.mortise.spi.connect.Reads;
import dev.mortise.spi.connect.Scan;
import dev.mortise.spi.connect.Target;
import dev.mortise.spi.connect.WriteMode;
import dev.mortise.spi.connect.Writes;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Loss;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Schema;
import dev.mortise.spi.type.Type;
import dev.mortise.spi.type.TypeRule;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/// Values keep their type and themselves through reading and writing, and the published table of
/// types is the one that was tried.
public interface TypeMappingContract extends ConnectorFixture {
    List<TypeCase> typeCases();

    /// Makes a dataset with the columns `id` (1, 2) and `value` of the native type, with the
    /// literal in the first row and null in the second. A literal of null leaves it without rows.
    void seedNative(String dataset, String nativeType, @Nullable String literal);

    @TestFactory
    default Stream<DynamicTest> everyNativeValueReadsAsOurs() {
        return typeCases().stream().map(one -> named(one, () -> readNative(one)));
    }

    private static DynamicTest named(TypeCase one, Executable act) {
        return DynamicTest.dynamicTest(one.nativeType() + " " + one.literal(), act);
    }

    private void readNative(TypeCase one) {
        String dataset = dataset("contract_native");
        seedNative(dataset, one.nativeType(), one.literal());
        try (Connector connector = open()) {
            Reads reads = (Reads) connector;
            Schema schema = reads.describe(dataset).schema();
            Field field = schema.find("value").orElseThrow();
            assertEquals(one.type(), field.type());
            assertNotEquals(Loss.Kind.UNSUPPORTED, field.loss().kind());
            assertValues(one, dataset);
        }
    }

    private void assertValues(TypeCase one, String dataset) {
        try (Connector connector = open()) {
            Reads reads = (Reads) connector;
            List<Batch> read = Reading.batches(reads, reads.describe(dataset), Scan.ALL);
            assertEquals(
                    List.of(Rows.row(one.text()), Rows.row((String) null)),
                    Rows.texts(read).stream()
                            .sorted((a, b) -> String.valueOf(a.get(0)).compareTo(b.get(0)))
                            .map(row -> row.subList(1, 2))
                            .toList());
        }
    }

    @TestFactory
    default Stream<DynamicTest> everyWrittenValueReadsTheSame() {
        return typeCases().stream()
                .filter(TypeCase::written)
                .map(one -> named(one, () -> writeInto(one)));
    }

    private void writeInto(TypeCase one) {
        String dataset = dataset("contract_native_written");
        seedNative(dataset, one.nativeType(), null);
        write(dataset, one.type(), one.text(), WriteMode.APPEND, false);
        assertValues(one, dataset);
    }

    @TestFactory
    default Stream<DynamicTest> everyTypeOfADatasetMadeHereKeepsItsValues() {
        return typeCases().stream()
                .filter(TypeCase::written)
                .map(one -> named(one, () -> writeAnew(one)));
    }

    private void writeAnew(TypeCase one) {
        String dataset = dataset("contract_native_made");
        drop(dataset);
        write(dataset, one.type(), one.text(), WriteMode.APPEND, true);
        assertValues(one, dataset);
    }

    private void write(String dataset, Type type, String text, WriteMode mode, boolean create) {
        Schema schema = Schema.of(Field.required("id", Scalar.INT32), Field.of("value", type));
        Batch batch = Rows.batch(schema, Rows.row("1", text), Rows.row("2", null));
        Target target = new Target("contract/" + dataset, dataset, schema, mode, List.of(), create);
        try (Connector connector = open()) {
            Writes writes = (Writes) connector;
            Writing.run(writes, target, List.of(batch));
        }
    }

    @Test
    default void everyPublishedTypeWasTried() {
        TreeSet<String> published = new TreeSet<>();
        for (TypeRule rule : factory().types()) {
            if (rule.way() != TypeRule.Way.WRITE && rule.loss().kind() != Loss.Kind.UNSUPPORTED) {
                published.add(word(rule.nativeType()));
            }
        }
        TreeSet<String> tried = new TreeSet<>();
        typeCases().forEach(one -> tried.add(word(one.nativeType())));
        published.removeAll(tried);
        assertEquals(new TreeSet<>(), published, "types published but never tried");
    }

    @Test
    default void everyTypeOfOursHasAWayOut() {
        try (Connector connector = open()) {
            assumeTrue(connector instanceof Writes, "the connector only reads");
        }
        TreeSet<String> ours = new TreeSet<>();
        for (TypeRule rule : factory().types()) {
            if (rule.way() != TypeRule.Way.READ) {
                ours.add(word(rule.type()));
            }
        }
        assertTrue(ours.contains("decimal"), "no rule writes decimals");
        for (Scalar scalar : Scalar.values()) {
            assertTrue(ours.contains(scalar.text()), "no rule writes " + scalar.text());
        }
    }

    /// A type's name without its parameters.
    private static String word(String type) {
        return type.replaceAll("\\(.*?\\)", "").strip();
    }
}
