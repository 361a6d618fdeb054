package dev.mortise.engine.verify;

import dev.mortise.engine.plan.Node;
import dev.mortise.spi.connect.Digest;
import dev.mortise.spi.connect.Predicate;
import dev.mortise.spi.connect.Rejects;
import dev.mortise.spi.connect.Source;
import dev.mortise.spi.connect.Verifies;
import dev.mortise.spi.type.Schema;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/// A dataset as it stands, whose system may compute the digests where the data is; where it cannot,
/// the rows are hashed here.
final class PushedSide implements Side {
    private static final Predicate NONE = new Predicate.Or(List.of());

    private final Node.Reading reading;
    private final Schema schema;
    private final Opening opening;
    private final StreamedSide streamed;
    private final AtomicLong setAside = new AtomicLong();

    /// @param schema of the rows that `opening` gives
    PushedSide(Node.Reading reading, Schema schema, Opening opening) {
        this.reading = reading;
        this.schema = schema;
        this.opening = opening;
        this.streamed = new StreamedSide(schema, rejects -> opening.open(reading, rejects));
    }

    /// Opens the rows of a reading, as its flow would hand them on.
    @FunctionalInterface
    interface Opening {
        Source open(Node.Reading reading, Rejects rejects);
    }

    @Override
    public List<Digest> digests(Comparison comparison) {
        return pushed(comparison, reading.scan().filter())
                .orElseGet(() -> streamed.digests(comparison));
    }

    private Optional<List<Digest>> pushed(Comparison comparison, Optional<Predicate> filter) {
        return reading.connector() instanceof Verifies verifies
                ? verifies.digests(
                        reading.dataset(),
                        comparison.columns(),
                        comparison.key(),
                        filter,
                        comparison.buckets())
                : Optional.empty();
    }

    @Override
    public Source rows(Comparison comparison, Set<Integer> buckets) {
        if (!findsBuckets(comparison)) {
            return streamed.rows(comparison, buckets);
        }
        Predicate within = new Predicate.Buckets(comparison.key(), comparison.buckets(), buckets);
        Node.Reading some =
                new Node.Reading(
                        reading.step(),
                        reading.connection(),
                        reading.connector(),
                        reading.dataset(),
                        reading.scan().where(within),
                        reading.schema());
        return new StreamedSide(schema, _ -> opening.open(some, _ -> setAside.incrementAndGet()))
                .rows(comparison, buckets);
    }

    /// Whether the system can tell the rows of a bucket: asked for the keys of no row at all.
    private boolean findsBuckets(Comparison comparison) {
        Comparison keys = new Comparison(comparison.key(), comparison.key(), comparison.buckets());
        return pushed(keys, Optional.of(NONE)).isPresent();
    }

    @Override
    public long setAside() {
        return Math.max(streamed.setAside(), setAside.get());
    }
}
