package dev.mortise.api.calls;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a [CallBook] holds of a stretch of time.
///
/// @param resources by name
/// @param errors clusters of failed calls, the largest first
public record CallReport(List<Resource> resources, List<Cluster> errors) {
    public CallReport {
        resources = List.copyOf(resources);
        errors = List.copyOf(errors);
    }

    /// The figures of one resource.
    ///
    /// @param succeeded by the contract, not by the status
    /// @param p50 microseconds, as the others; at most an eighth too high
    public record Resource(
            String name, long calls, long succeeded, long bytes, long p50, long p95, long p99) {
        /// From 0 to 1; 1 without calls.
        public double successRate() {
            return calls == 0 ? 1 : (double) succeeded / calls;
        }
    }

    /// Calls that failed alike.
    ///
    /// @param last when the latest was, to the minute
    /// @param sample of one of them, secrets hidden
    public record Cluster(
            String resource,
            String outcome,
            int status,
            String code,
            long calls,
            Instant last,
            String sample) {}

    /// @param state the project's `.mortise` folder
    /// @param since from this minute on
    /// @throws IOException when the files cannot be read; lines that are broken are left out
    public static CallReport of(Path state, String connection, Instant since) throws IOException {
        Sums sums = new Sums();
        LocalDate first = LocalDate.ofInstant(since, ZoneOffset.UTC);
        for (Path file : CallBook.files(CallBook.folder(state, connection))) {
            if (!CallBook.day(file).isBefore(first)) {
                // A line that was cut inside a character is broken, the others are not.
                try (BufferedReader lines =
                        new BufferedReader(
                                new InputStreamReader(
                                        Files.newInputStream(file), StandardCharsets.UTF_8))) {
                    lines.lines().forEach(line -> sums.add(line, since));
                }
            }
        }
        return sums.report();
    }

    private static final class Sums {
        private final Map<String, Sum> resources = new TreeMap<>();
        private final Map<String, Cluster> errors = new TreeMap<>();

        void add(String text, Instant since) {
            CallLine line;
            try {
                line = CallLine.parse(text);
            } catch (IllegalArgumentException _) {
                // The end of a line that a full disk has cut.
                return;
            }
            if (line.kind().minute().isBefore(since)) {
                return;
            }
            resources.computeIfAbsent(line.kind().resource(), _ -> new Sum()).add(line);
            if (!Called.succeeded(line.kind().outcome())) {
                Cluster cluster = cluster(line);
                errors.merge(key(cluster), cluster, Sums::joined);
            }
        }

        private static Cluster cluster(CallLine line) {
            CallLine.Kind kind = line.kind();
            return new Cluster(
                    kind.resource(),
                    kind.outcome(),
                    kind.status(),
                    kind.code(),
                    line.latencies().count(),
                    kind.minute(),
                    line.last());
        }

        private static String key(Cluster cluster) {
            return String.join(
                    "\n",
                    cluster.resource(),
                    cluster.outcome(),
                    Integer.toString(cluster.status()),
                    cluster.code());
        }

        private static Cluster joined(Cluster old, Cluster more) {
            boolean later = !more.last().isBefore(old.last());
            return new Cluster(
                    old.resource(),
                    old.outcome(),
                    old.status(),
                    old.code(),
                    old.calls() + more.calls(),
                    later ? more.last() : old.last(),
                    later && !more.sample().isEmpty() ? more.sample() : old.sample());
        }

        CallReport report() {
            List<Resource> all = new ArrayList<>();
            resources.forEach((name, sum) -> all.add(sum.resource(name)));
            List<Cluster> clusters =
                    errors.values().stream()
                            .sorted(Comparator.comparingLong(Cluster::calls).reversed())
                            .toList();
            return new CallReport(all, clusters);
        }
    }

    private static final class Sum {
        private final Latencies latencies = new Latencies();
        private long succeeded;
        private long bytes;

        void add(CallLine line) {
            latencies.add(line.latencies());
            bytes += line.bytes();
            if (Called.succeeded(line.kind().outcome())) {
                succeeded += line.latencies().count();
            }
        }

        Resource resource(String name) {
            return new Resource(
                    name,
                    latencies.count(),
                    succeeded,
                    bytes,
                    latencies.percentile(0.50),
                    latencies.percentile(0.95),
                    latencies.percentile(0.99));
        }
    }
}
