package dev.mortise.connectors.file;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.ConnectorFactory;
import dev.mortise.spi.connect.WriteMode;
import dev.mortise.spi.option.Settings;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Schema;
import dev.mortise.testkit.contract.OptionsContract;
import dev.mortise.testkit.contract.ReadsContract;
import dev.mortise.testkit.contract.TestSettings;
import dev.mortise.testkit.contract.WritesContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A folder of files of one kind, whose columns have the types of the contracts' samples.
interface FileFixture extends ReadsContract, WritesContract, OptionsContract {
    Path folder();

    String ending();

    /// Writes a file without the connector.
    void write(Path file, Schema schema, List<Batch> rows) throws IOException;

    @Override
    default ConnectorFactory factory() {
        return new FileFactory();
    }

    @Override
    default Settings settings() {
        Map<String, String> types = new LinkedHashMap<>();
        for (Field field : sampleSchema().fields()) {
            types.put(field.name(), field.type().text());
        }
        return TestSettings.of(
                factory(),
                Map.of(
                        "path",
                        folder().toString(),
                        "formats",
                        Map.of("*" + ending(), Map.of("columns", types))));
    }

    @Override
    default String dataset(String word) {
        return word + ending();
    }

    @Override
    default void seed(String dataset, Schema schema, List<String> key, List<Batch> rows) {
        try {
            Path next = folder().resolve("." + dataset);
            write(next, schema, rows);
            Files.move(
                    next,
                    folder().resolve(dataset),
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            forgetRuns();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A test that seeds anew also forgets what runs before it left.
    default void forgetRuns() throws IOException {
        try (var files = Files.list(folder())) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (file.getFileName().toString().startsWith(FileLedger.PREFIX)) {
                    Files.delete(file);
                }
            }
        }
    }

    @Override
    default void drop(String dataset) {
        try {
            Files.deleteIfExists(folder().resolve(dataset));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    default void append(String dataset, List<Batch> rows) {
        // Files have no writers that add rows in transactions.
    }

    @Override
    default boolean missesRows() {
        return false;
    }

    @Override
    default Set<WriteMode> modes() {
        return EnumSet.of(WriteMode.APPEND, WriteMode.REPLACE);
    }

    @Override
    default Optional<String> textOfTen() {
        return Optional.empty();
    }

    @Override
    default boolean requiresValues() {
        return false;
    }

    @Override
    default boolean hasKeys() {
        return false;
    }

    @Override
    default Map<ProblemCode, Settings> broken() {
        return Map.of(
                ProblemCode.FILE_MISSING,
                TestSettings.of(factory(), Map.of("path", folder().resolve("nowhere").toString())));
    }
}
