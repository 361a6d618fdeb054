package dev.mortise.engine.verify;

import dev.mortise.engine.plan.Inlet;
import dev.mortise.engine.plan.Node;
import dev.mortise.spi.connect.Dataset;
import dev.mortise.spi.connect.Digest;
import dev.mortise.spi.connect.Predicate;
import dev.mortise.spi.connect.Reads;
import dev.mortise.spi.connect.Scan;
import dev.mortise.spi.connect.Source;
import dev.mortise.spi.connect.Verifies;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A dataset as it stands, whose system may compute the digests where the data is; where it cannot,
/// the rows are hashed here.
final class PushedSide implements Side {
    private final Node.Reading reading;

    PushedSide(Node.Reading reading) {
        this.reading = reading;
    }

    static PushedSide of(String connection, Reads reads, Dataset dataset, List<String> columns) {
        return new PushedSide(
                new Node.Reading(
                        "verify",
                        connection,
                        reads,
                        dataset,
                        new Scan(columns, Optional.empty(), Optional.empty()),
                        dataset.schema().project(columns)));
    }

    @Override
    public List<Digest> digests(Comparison comparison) {
        return pushed(comparison).orElseGet(() -> streamed(Optional.empty()).digests(comparison));
    }

    private Optional<List<Digest>> pushed(Comparison comparison) {
        return reading.connector() instanceof Verifies verifies
                ? verifies.digests(
                        reading.dataset(),
                        comparison.columns(),
                        comparison.key(),
                        reading.scan().filter(),
                        comparison.buckets())
                : Optional.empty();
    }

    private StreamedSide streamed(Optional<Predicate> more) {
        Scan scan = more.map(reading.scan()::where).orElse(reading.scan());
        Node.Reading wanted =
                new Node.Reading(
                        reading.step(),
                        reading.connection(),
                        reading.connector(),
                        reading.dataset(),
                        scan,
                        reading.schema());
        return new StreamedSide(reading.schema(), () -> Inlet.open(wanted, _ -> {}));
    }

    @Override
    public Source rows(Comparison comparison, Set<Integer> buckets) {
        if (!(reading.connector() instanceof Verifies)) {
            return streamed(Optional.empty()).rows(comparison, buckets);
        }
        Predicate within = new Predicate.Buckets(comparison.key(), comparison.buckets(), buckets);
        return streamed(Optional.of(within)).rows(comparison, buckets);
    }
}
