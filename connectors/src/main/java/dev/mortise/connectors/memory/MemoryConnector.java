package dev.mortise.connectors.memory;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.Dataset;
import dev.mortise.spi.connect.Deletes;
import dev.mortise.spi.connect.Digests;
import dev.mortise.spi.connect.Health;
import dev.mortise.spi.connect.Predicate;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.connect.Reads;
import dev.mortise.spi.connect.RowFilter;
import dev.mortise.spi.connect.Scan;
import dev.mortise.spi.connect.Sink;
import dev.mortise.spi.connect.Snapshot;
import dev.mortise.spi.connect.Source;
import dev.mortise.spi.connect.Target;
import dev.mortise.spi.connect.Verifies;
import dev.mortise.spi.connect.Writes;
import dev.mortise.spi.digest.Digest;
import dev.mortise.spi.digest.DigestForm;
import dev.mortise.spi.digest.Hashing;
import dev.mortise.spi.digest.RowDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// A connection to a [MemoryStore].
final class MemoryConnector implements Reads, Writes, Verifies, Deletes {
    private final MemoryStore store;

    MemoryConnector(MemoryStore store) {
        this.store = store;
    }

    @Override
    public Health check() {
        return new Health(List.of(Health.Step.LOGIN), Optional.empty(), "1");
    }

    @Override
    public List<String> datasets(String pattern) {
        String regex = Pattern.quote(pattern).replace("*", "\\E.*\\Q");
        return store.names().stream().filter(name -> name.matches(regex)).toList();
    }

    @Override
    public Dataset describe(String name) {
        return store.describe(name);
    }

    @Override
    public Snapshot snapshot(Dataset dataset, Scan scan) {
        synchronized (store) {
            Table table = store.table(dataset.name());
            return new MemorySnapshot(table.dataset(), scan, table.rows(), table.version());
        }
    }

    @Override
    public Sink sink(Target target) {
        return new MemorySink(store, target);
    }

    @Override
    public Digests digests(Dataset dataset, Hashing hashing, Optional<Predicate> filter) {
        Scan scan = new Scan(List.of(), filter, Optional.empty());
        return new MemoryDigests(snapshot(dataset, scan), hashing);
    }

    /// Digests computed as the engine would, had it read the rows.
    private record MemoryDigests(Snapshot snapshot, Hashing hashing) implements Digests {
        @Override
        public Map<DigestForm, Integer> costs() {
            return Map.of(DigestForm.PLAIN, READING, DigestForm.CANONICAL, READING);
        }

        @Override
        public List<Range> parts(long rowsMax) {
            return snapshot.ranges(rowsMax);
        }

        @Override
        public List<Digest> compute(DigestForm form, Range part) {
            RowDigest digest = new RowDigest(form, snapshot.schema(), hashing);
            try (Source source = snapshot.source(part, _ -> {})) {
                for (Batch batch = source.next(); batch != null; batch = source.next()) {
                    digest.add(batch);
                }
            }
            return digest.digests();
        }
    }

    @Override
    public long delete(Dataset dataset, Predicate rows) {
        synchronized (store) {
            Table table = store.table(dataset.name());
            RowFilter filter = new RowFilter(table.dataset().schema(), new Predicate.Not(rows));
            List<Batch> all = table.batches(table.dataset().schema());
            List<Batch> left = all.stream().map(filter::apply).toList();
            store.put(table.dataset(), left);
            return rowsOf(all) - rowsOf(left);
        }
    }

    private static long rowsOf(List<Batch> batches) {
        return batches.stream().mapToLong(Batch::rows).sum();
    }

    @Override
    public void close() {
        // The store belongs to the process, not to the connection.
    }
}
