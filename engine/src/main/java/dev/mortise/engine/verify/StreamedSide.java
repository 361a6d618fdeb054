package dev.mortise.engine.verify;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.Digest;
import dev.mortise.spi.connect.Rejects;
import dev.mortise.spi.connect.RowDigest;
import dev.mortise.spi.connect.Source;
import dev.mortise.spi.type.Schema;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A side whose rows come here to be hashed: where a mapping stands in between, or the system
/// cannot compute our digests.
final class StreamedSide implements Side {
    private final Schema schema;
    private final Function<Rejects, Source> open;
    private final AtomicLong setAside = new AtomicLong();

    StreamedSide(Schema schema, Function<Rejects, Source> open) {
        this.schema = schema;
        this.open = open;
    }

    @Override
    public List<Digest> digests(Comparison comparison) {
        RowDigest digest = digest(comparison);
        setAside.set(0);
        try (Source source = open.apply(_ -> setAside.incrementAndGet())) {
            for (Batch batch = source.next(); batch != null; batch = source.next()) {
                digest.add(batch);
            }
        }
        return digest.digests();
    }

    @Override
    public long setAside() {
        return setAside.get();
    }

    private RowDigest digest(Comparison comparison) {
        return new RowDigest(schema, comparison.columns(), comparison.key(), comparison.buckets());
    }

    @Override
    public Source rows(Comparison comparison, Set<Integer> buckets) {
        RowDigest digest = digest(comparison);
        Source source = open.apply(_ -> {});
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
