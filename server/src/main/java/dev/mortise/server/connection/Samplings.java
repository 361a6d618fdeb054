package dev.mortise.server.connection;

import dev.mortise.engine.plan.Node;
import dev.mortise.engine.sample.Limits;
import dev.mortise.engine.sample.Sample;
import dev.mortise.engine.sample.Sampling;
import dev.mortise.spi.connect.Scan;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.springframework.stereotype.Component;

/// The previews on their way, so that who asked for one can call it off.
@Component
public final class Samplings {
    /// After this much time what there is is shown.
    public static final Duration TIME = Duration.ofSeconds(10);

    private static final int RUNNING_MAX = 32;

    private final Map<String, Sampling> running = new ConcurrentHashMap<>();
    private final Semaphore places = new Semaphore(RUNNING_MAX);

    /// @param project and id by which it can be cancelled; an empty id when nobody will
    public Sample take(String project, String id, Node node, Limits limits) {
        if (!places.tryAcquire()) {
            throw ProblemException.of(
                    ProblemCode.THROTTLED,
                    "%d previews are running already".formatted(RUNNING_MAX),
                    "wait until some have ended, or cancel them");
        }
        String key = project + "\n" + id;
        Sampling sampling = new Sampling(limits);
        try {
            if (!id.isEmpty()) {
                running.put(key, sampling);
            }
            return sampling.take(node);
        } finally {
            running.remove(key, sampling);
            places.release();
        }
    }

    /// Ends one soon; nothing when it has ended already.
    public void cancel(String project, String id) {
        Sampling sampling = running.get(project + "\n" + id);
        if (sampling != null) {
            sampling.cancel();
        }
    }

    /// Whether a dataset that gave no row has rows which its filter or its cursor left out.
    public static boolean narrowed(Node node) {
        if (!(node instanceof Node.Reading reading)) {
            return false;
        }
        boolean narrow =
                reading.scan().filter().isPresent() || reading.scan().incremental().isPresent();
        Node all =
                new Node.Reading(
                        reading.step(),
                        reading.connection(),
                        reading.connector(),
                        reading.dataset(),
                        Scan.ALL,
                        reading.dataset().schema());
        return narrow && new Sampling(Limits.rows(1, TIME)).take(all).rows() > 0;
    }
}
