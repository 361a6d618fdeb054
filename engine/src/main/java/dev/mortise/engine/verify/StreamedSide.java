package dev.mortise.engine.verify;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.Digests;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.connect.Rejects;
import dev.mortise.spi.connect.Source;
import dev.mortise.spi.digest.DigestForm;
import dev.mortise.spi.digest.Hashing;
import dev.mortise.spi.digest.RowDigest;
import dev.mortise.spi.type.Schema;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A side whose rows come here to be hashed: where a mapping stands in between, or where that is
/// cheaper than to let the system compute digests, or the only way.
final class StreamedSide implements Side {
    static final Map<DigestForm, Integer> COSTS =
            Map.of(
                    DigestForm.PLAIN,
                    Digests.READING,
                    DigestForm.CANONICAL,
                    Digests.READING * 5 / 2);

    /// So often it is told how far a part is done that can be entered midway.
    private static final long TELL_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Schema schema;
    private final Supplier<Inflow> open;

    /// @param schema of the rows that come
    StreamedSide(Schema schema, Supplier<Inflow> open) {
        this.schema = schema;
        this.open = open;
    }

    @Override
    public Map<DigestForm, Integer> costs(Hashing hashing) {
        return COSTS;
    }

    @Override
    public Parts open(Comparison comparison) {
        return new Streamed(open.get(), schema, comparison);
    }

    private record Streamed(Inflow inflow, Schema schema, Comparison comparison) implements Parts {
        @Override
        public List<Range> split(long rowsMax) {
            return inflow.ranges(rowsMax);
        }

        @Override
        public int threads() {
            return 1;
        }

        @Override
        public void digest(Range part, Reached reached) {
            AtomicLong setAside = new AtomicLong();
            RowDigest digest = digest(schema, comparison);
            long told = System.nanoTime();
            try (Source source = inflow.source(part, _ -> setAside.incrementAndGet())) {
                for (Batch batch = source.next(); batch != null; batch = source.next()) {
                    digest.add(batch);
                    Range rest = System.nanoTime() - told > TELL_NANOS ? source.rest() : null;
                    if (rest != null) {
                        reached.at(rest, digest.digests(), setAside.getAndSet(0));
                        digest = digest(schema, comparison);
                        told = System.nanoTime();
                    }
                }
            }
            reached.at(null, digest.digests(), setAside.get());
        }

        private static RowDigest digest(Schema schema, Comparison comparison) {
            return new RowDigest(comparison.form(), schema, comparison.hashing());
        }

        @Override
        public void close() {
            inflow.close();
        }
    }

    @Override
    public Source rows(Comparison comparison, Set<Integer> buckets, Rejects rejects) {
        return within(open.get().all(_ -> {}), comparison, buckets);
    }

    /// Those rows of a source that lie in some buckets.
    private Source within(Source source, Comparison comparison, Set<Integer> buckets) {
        RowDigest digest = new RowDigest(comparison.form(), schema, comparison.hashing());
        return new Source() {
            @Override
            public @Nullable Batch next() {
                for (Batch batch = source.next(); batch != null; batch = source.next()) {
                    Batch left = within(batch, digest, buckets);
                    if (left.rows() > 0) {
                        return left;
                    }
                }
                return null;
            }

            @Override
            public void close() {
                source.close();
            }
        };
    }

    private static Batch within(Batch batch, RowDigest digest, Set<Integer> buckets) {
        int[] kept = new int[batch.rows()];
        int count = 0;
        for (int row = 0; row < kept.length; row++) {
            if (buckets.contains(digest.bucket(batch, row))) {
                kept[count++] = row;
            }
        }
        return batch.select(kept, count);
    }
}
