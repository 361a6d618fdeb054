package dev.mortise.connectors.http;

import dev.mortise.api.budget.Ticker;
import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.connect.RejectedRow;
import dev.mortise.spi.connect.Scan;
import dev.mortise.spi.connect.Snapshot;
import dev.mortise.spi.connect.Source;
import dev.mortise.spi.problem.Problem;
import dev.mortise.testkit.contract.Rows;
import dev.mortise.testkit.contract.TestSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A connection of a test, on time that passes only when somebody waits for it.
final class Fixture {
    final Time time = new Time();
    final List<RejectedRow> rejected = new ArrayList<>();
    private final Map<String, Object> values = new LinkedHashMap<>();
    private Path folder = temporary();

    /// Waits end at once and are written down.
    static final class Time implements Ticker {
        final List<Duration> waits = new ArrayList<>();
        private long nanos = 1_000;

        @Override
        public synchronized long nanos() {
            return nanos;
        }

        @Override
        public synchronized Instant now() {
            return Instant.parse("2026-01-01T00:00:00Z").plusNanos(nanos - 1_000);
        }

        @Override
        public synchronized void pause(Duration wait) {
            waits.add(wait);
            nanos += wait.toNanos();
        }

        synchronized void pass(Duration time) {
            nanos += time.toNanos();
        }
    }

    Fixture(String url) {
        values.put("base_url", url);
        values.put("reach", "private");
        values.put("retries", "3");
    }

    /// What a connection keeps between runs is another test's no business.
    private static Path temporary() {
        try {
            Path folder = Files.createTempDirectory("mortise-http");
            folder.toFile().deleteOnExit();
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Fixture set(String option, Object value) {
        values.put(option, value);
        return this;
    }

    Fixture in(Path project) {
        folder = project;
        return this;
    }

    /// One resource called `orders`.
    Fixture orders(Map<String, ?> words) {
        return set("resources", Map.of("orders", words));
    }

    /// What is wrong with the definition.
    List<Problem> problems() {
        return TestSettings.problems(new HttpFactory(), folder, values);
    }

    HttpConnector open() {
        var settings = TestSettings.of(new HttpFactory(), folder, values);
        return new HttpConnector(settings, Endpoint.of(settings), time);
    }

    List<List<@Nullable String>> read() {
        return read(Scan.ALL);
    }

    List<List<@Nullable String>> read(Scan scan) {
        try (HttpConnector connector = open()) {
            return read(connector, scan);
        }
    }

    List<List<@Nullable String>> read(HttpConnector connector) {
        return read(connector, Scan.ALL);
    }

    private List<List<@Nullable String>> read(HttpConnector connector, Scan scan) {
        List<Batch> batches = new ArrayList<>();
        try (Snapshot snapshot = connector.snapshot(connector.describe("orders"), scan)) {
            for (Range range : snapshot.ranges(1_000)) {
                read(snapshot, range, batches);
            }
        }
        return Rows.texts(batches);
    }

    private void read(Snapshot snapshot, Range range, List<Batch> batches) {
        try (Source source = snapshot.source(range, rejected::add)) {
            for (Batch batch = source.next(); batch != null; batch = source.next()) {
                batches.add(batch);
            }
        }
    }

    /// Reads and leaves after every batch, to come back as another process would.
    List<List<@Nullable String>> readInPieces(Scan scan) {
        List<Batch> batches = new ArrayList<>();
        try (HttpConnector connector = open();
                Snapshot snapshot = connector.snapshot(connector.describe("orders"), scan)) {
            for (Range range : snapshot.ranges(1_000)) {
                Range rest = range;
                while (rest != null) {
                    rest = piece(snapshot, rest, batches);
                }
            }
        }
        return Rows.texts(batches);
    }

    private @Nullable Range piece(Snapshot snapshot, Range range, List<Batch> batches) {
        try (Source source = snapshot.source(range, rejected::add)) {
            Batch batch = source.next();
            if (batch == null) {
                return null;
            }
            batches.add(batch);
            return source.rest();
        }
    }
}
