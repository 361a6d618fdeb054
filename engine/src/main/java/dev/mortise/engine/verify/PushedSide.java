package dev.mortise.engine.verify;

import dev.mortise.engine.plan.Node;
import dev.mortise.spi.connect.Digests;
import dev.mortise.spi.connect.Predicate;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.connect.Rejects;
import dev.mortise.spi.connect.Source;
import dev.mortise.spi.connect.Verifies;
import dev.mortise.spi.digest.DigestForm;
import dev.mortise.spi.digest.Hashing;
import dev.mortise.spi.type.Schema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A dataset as it stands, whose system may compute the digests where the data is; where it cannot,
/// or not as cheaply, the rows are hashed here.
final class PushedSide implements Side {
    /// Sessions a system computes digests in at once: its own cores are wanted for other things.
    private static final int SESSIONS_MAX = 2;

    private final Node.Reading reading;
    private final Function<Node.Reading, Inflow> open;
    private final StreamedSide streamed;
    private @Nullable Digests digests;

    /// @param schema of the rows that come when they are read
    PushedSide(Node.Reading reading, Schema schema, Function<Node.Reading, Inflow> open) {
        this.reading = reading;
        this.open = open;
        this.streamed = new StreamedSide(schema, () -> open.apply(reading));
    }

    @Override
    public Map<DigestForm, Integer> costs(Hashing hashing) {
        Map<DigestForm, Integer> costs = new HashMap<>(StreamedSide.COSTS);
        pushed(hashing).forEach((form, cost) -> costs.merge(form, cost, Math::min));
        return costs;
    }

    private Map<DigestForm, Integer> pushed(Hashing hashing) {
        return digests(hashing).map(Digests::costs).orElse(Map.of());
    }

    /// Prepared once: a side is asked about one hashing alone.
    private synchronized Optional<Digests> digests(Hashing hashing) {
        if (digests == null && reading.connector() instanceof Verifies verifies) {
            digests = verifies.digests(reading.dataset(), hashing, reading.scan().filter());
        }
        return Optional.ofNullable(digests);
    }

    /// Whether the system computes a form at less than it costs here.
    private boolean pushes(Comparison comparison) {
        Integer there = pushed(comparison.hashing()).get(comparison.form());
        Integer here = StreamedSide.COSTS.get(comparison.form());
        return there != null && (here == null || there < here);
    }

    @Override
    public Parts open(Comparison comparison) {
        Optional<Digests> prepared = digests(comparison.hashing());
        return prepared.isPresent() && pushes(comparison)
                ? new Pushed(prepared.get(), comparison.form(), reading.connector().sessionsMax())
                : streamed.open(comparison);
    }

    private record Pushed(Digests digests, DigestForm form, int sessionsMax) implements Parts {
        @Override
        public List<Range> split(long rowsMax) {
            return digests.parts(rowsMax);
        }

        @Override
        public int threads() {
            return Math.clamp(sessionsMax / 2, 1, SESSIONS_MAX);
        }

        @Override
        public void digest(Range part, Reached reached) {
            reached.at(null, digests.compute(form, part), 0);
        }

        @Override
        public void close() {
            // Sessions are the connector's own.
        }
    }

    @Override
    public Source rows(Comparison comparison, Set<Integer> buckets, Rejects rejects) {
        if (!findsBuckets(comparison)) {
            return streamed.rows(comparison, buckets, rejects);
        }
        Hashing hashing = comparison.hashing();
        Predicate within =
                new Predicate.Buckets(comparison.form(), hashing.key(), hashing.buckets(), buckets);
        Node.Reading some =
                new Node.Reading(
                        reading.step(),
                        reading.connection(),
                        reading.connector(),
                        reading.dataset(),
                        reading.scan().where(within),
                        reading.schema());
        return open.apply(some).all(pushes(comparison) ? rejects : _ -> {});
    }

    /// Whether the system can tell the rows of a bucket. The key alone may have a form there when
    /// all columns have none.
    private boolean findsBuckets(Comparison comparison) {
        Hashing hashing = comparison.hashing();
        Hashing keys = new Hashing(hashing.key(), hashing.key(), hashing.buckets());
        return pushed(hashing).containsKey(comparison.form())
                || (reading.connector() instanceof Verifies verifies
                        && verifies.digests(reading.dataset(), keys, Optional.empty())
                                .costs()
                                .containsKey(comparison.form()));
    }
}
