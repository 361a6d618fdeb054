package dev.mortise.connectors.memory;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.ConnectorFactory;
import dev.mortise.spi.connect.Dataset;
import dev.mortise.spi.option.Settings;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Schema;
import dev.mortise.spi.type.Type;
import dev.mortise.testkit.contract.OptionsContract;
import dev.mortise.testkit.contract.ReadsContract;
import dev.mortise.testkit.contract.Rows;
import dev.mortise.testkit.contract.TestSettings;
import dev.mortise.testkit.contract.TypeCase;
import dev.mortise.testkit.contract.TypeMappingContract;
import dev.mortise.testkit.contract.VerifiesContract;
import dev.mortise.testkit.contract.WritesContract;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/// The memory connector keeps every contract.
final class MemoryConnectorTest
        implements ReadsContract,
                WritesContract,
                VerifiesContract,
                OptionsContract,
                TypeMappingContract {
    private static final String STORE = "memory-connector-test";

    private final MemoryStore store = MemoryStore.named(STORE);

    @AfterEach
    void clear() {
        store.clear();
    }

    @Override
    public ConnectorFactory factory() {
        return new MemoryFactory();
    }

    @Override
    public Settings settings() {
        return TestSettings.of(factory(), Map.of("store", STORE));
    }

    @Override
    public void seed(String dataset, Schema schema, List<String> key, List<Batch> rows) {
        store.put(Dataset.of(dataset, schema, key), rows);
    }

    @Override
    public void append(String dataset, List<Batch> rows) {
        store.append(dataset, rows);
    }

    @Override
    public void drop(String dataset) {
        store.drop(dataset);
    }

    @Override
    public List<Batch> readBack(String dataset) {
        return store.read(dataset);
    }

    @Override
    public Optional<String> textOfTen() {
        return Optional.of("text(10)");
    }

    @Override
    public Map<ProblemCode, Settings> broken() {
        return Map.of();
    }

    @Override
    public void seedNative(String dataset, String nativeType, @Nullable String literal) {
        Type type = Type.parse(nativeType.startsWith("text") ? "text" : nativeType);
        Schema schema = Schema.of(Field.required("id", Scalar.INT32), Field.of("value", type));
        List<Batch> rows =
                literal == null
                        ? List.of()
                        : List.of(Rows.batch(schema, Rows.row("1", literal), Rows.row("2", null)));
        seed(dataset, schema, List.of("id"), rows);
    }

    @Override
    public List<TypeCase> typeCases() {
        return List.of(
                same(Scalar.BOOL, "true"),
                same(Scalar.INT8, "-128"),
                same(Scalar.INT16, "32767"),
                same(Scalar.INT32, "-2147483648"),
                same(Scalar.INT64, "9223372036854775807"),
                same(Scalar.UINT64, "18446744073709551615"),
                same(Scalar.FLOAT32, "0.1"),
                same(Scalar.FLOAT64, "-0.0"),
                same(Scalar.FLOAT64, "NaN"),
                same(new Decimal(18, 2), "9999999999999999.99"),
                same(new Decimal(38, 0), "-99999999999999999999999999999999999999"),
                same(Scalar.TEXT, "榫接 🙂"),
                same(Scalar.BYTES, "00ff"),
                same(Scalar.DATE, "-0043-03-15"),
                same(Scalar.TIME, "24:00:00"),
                same(Scalar.TIMESTAMP, "infinity"),
                same(Scalar.TIMESTAMPTZ, "2024-02-29 23:59:59.000001Z"),
                same(Scalar.UUID, "123e4567-e89b-12d3-a456-426614174000"),
                same(Scalar.JSON, "{\"a\": 1}"));
    }

    private static TypeCase same(Type type, String text) {
        return TypeCase.both(type.text(), text, type, text);
    }
}
