package dev.mortise.engine.sample;

import dev.mortise.engine.plan.Inlet;
import dev.mortise.engine.plan.Node;
import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.Source;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Takes one sample, within its limits. Any thread may [#cancel] it; then what was found until then
/// is the sample. Systems are told to stop as well, so that their connections are free again.
public final class Sampling {
    /// How long a system has to stop before its connection is cut.
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final Limits limits;
    private final Tally tally;
    private volatile @Nullable RuntimeException failure;

    public Sampling(Limits limits) {
        this.limits = limits;
        this.tally = new Tally(limits);
    }

    /// The first rows of a node. To be called once.
    ///
    /// @throws dev.mortise.spi.problem.ProblemException what reading or computing them met
    public Sample take(Node node) {
        boolean plain = node instanceof Node.Reading;
        // One more than is wanted tells whether there are more.
        Node limited = limited(node, plain ? limits.rowsMax() + 1L : limits.readMax());
        Thread reader = Thread.ofVirtual().name("sample").start(() -> read(limited));
        try {
            if (!reader.join(limits.time())) {
                tally.stop();
                end(reader);
            }
        } catch (InterruptedException _) {
            tally.stop();
            reader.interrupt();
            Thread.currentThread().interrupt();
        }
        RuntimeException failed = failure;
        if (failed != null && !tally.stopped()) {
            throw failed;
        }
        return tally.sample(node.schema());
    }

    private static void end(Thread reader) throws InterruptedException {
        if (!reader.join(GRACE)) {
            // Closes the socket it waits on.
            reader.interrupt();
            reader.join(GRACE);
        }
    }

    /// Ends it soon, from another thread.
    public void cancel() {
        tally.stop();
    }

    private void read(Node node) {
        try (Source rows = tally.opened(Inlet.open(node, tally))) {
            boolean more = true;
            while (more) {
                tally.goOn();
                Batch batch = rows.next();
                more = batch != null && tally.add(batch);
            }
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    private Node limited(Node node, long most) {
        return switch (node) {
            case Node.Reading reading ->
                    new Node.Reading(
                            reading.step(),
                            reading.connection(),
                            new LimitedReads(reading.connector(), tally, most),
                            reading.dataset(),
                            reading.scan(),
                            reading.schema());
            case Node.Rowwise row ->
                    new Node.Rowwise(
                            row.step(), limited(row.input(), most), row.schema(), row.open());
            case Node.Querying query -> {
                Map<String, Node> inputs = new LinkedHashMap<>();
                query.inputs().forEach((name, input) -> inputs.put(name, limited(input, most)));
                Node.Opening opening =
                        (given, rejects) -> tally.opened(query.open().open(given, rejects));
                yield new Node.Querying(query.step(), inputs, query.schema(), opening);
            }
        };
    }
}
