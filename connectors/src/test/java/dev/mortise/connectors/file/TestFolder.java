package dev.mortise.connectors.file;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.connect.Reads;
import dev.mortise.spi.connect.RejectedRow;
import dev.mortise.spi.connect.Scan;
import dev.mortise.spi.connect.Snapshot;
import dev.mortise.spi.connect.Source;
import dev.mortise.spi.type.Schema;
import dev.mortise.testkit.contract.Rows;
import dev.mortise.testkit.contract.TestSettings;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A folder with files of a test, and what a connection to it reads.
record TestFolder(Path path) {

    /// What came of reading a file.
    record Found(Schema schema, List<List<@Nullable String>> rows, List<RejectedRow> rejected) {
        List<String> types() {
            return schema.fields().stream().map(field -> field.type().text()).toList();
        }
    }

    void put(String name, String text) throws IOException {
        put(name, text, StandardCharsets.UTF_8);
    }

    void put(String name, String text, Charset charset) throws IOException {
        put(name, text.getBytes(charset));
    }

    void put(String name, byte[] bytes) throws IOException {
        Files.write(path.resolve(name), bytes);
    }

    FileConnector open(Map<String, ?> options) {
        Map<String, Object> all = new HashMap<>(options);
        all.put("path", path.toString());
        FileFactory factory = new FileFactory();
        return (FileConnector) factory.open(TestSettings.of(factory, all));
    }

    Found read(String name) {
        return read(name, Map.of());
    }

    /// Reads a file whose format has some words.
    Found readAs(String name, Map<String, ?> words) {
        return read(name, Map.of("formats", Map.of(name, words)));
    }

    Found read(String name, Map<String, ?> options) {
        try (FileConnector connector = open(options)) {
            return read(connector, name, Scan.ALL);
        }
    }

    static Found read(Reads reads, String name, Scan scan) {
        List<Batch> batches = new ArrayList<>();
        List<RejectedRow> rejected = new ArrayList<>();
        try (Snapshot snapshot = reads.snapshot(reads.describe(name), scan)) {
            for (Range range : snapshot.ranges(Long.MAX_VALUE)) {
                batches.addAll(batches(snapshot, range, rejected));
            }
            return new Found(snapshot.schema(), Rows.texts(batches), rejected);
        }
    }

    private static List<Batch> batches(Snapshot snapshot, Range range, List<RejectedRow> rejected) {
        List<Batch> batches = new ArrayList<>();
        try (Source source = snapshot.source(range, rejected::add)) {
            for (Batch batch = source.next(); batch != null; batch = source.next()) {
                batches.add(batch);
            }
        }
        return batches;
    }
}
