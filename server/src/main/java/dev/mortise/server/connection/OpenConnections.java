package dev.mortise.server.connection;

import dev.mortise.engine.flow.Connection;
import dev.mortise.engine.flow.Project;
import dev.mortise.engine.plan.Connections;
import dev.mortise.server.outgoing.Addresses;
import dev.mortise.spi.connect.Connector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Connectors that stay open from one click to the next, for logging in takes longer than most
/// questions. One is kept for each definition; a definition that changes, if only in a secret, gets
/// another. Those nobody used for a while are closed.
@Component
public final class OpenConnections implements AutoCloseable {
    private static final int KEPT_MAX = 64;
    private static final Duration IDLE = Duration.ofSeconds(60);
    private static final Duration SWEEP = Duration.ofSeconds(15);

    private final Map<String, Kept> kept = new HashMap<>();
    private final IdentityHashMap<Connector, Kept> lent = new IdentityHashMap<>();
    private final ScheduledExecutorService sweeper =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("idle-connections").factory());

    OpenConnections() {
        var _ =
                sweeper.scheduleWithFixedDelay(
                        () -> closeIdle(IDLE.toNanos()),
                        SWEEP.toMillis(),
                        SWEEP.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    private static final class Kept {
        private final String key;
        private final Connector connector;
        private int users;
        private long since;

        Kept(String key, Connector connector) {
            this.key = key;
            this.connector = connector;
        }
    }

    /// The connections of a project, for one request: to be closed at its end.
    ///
    /// @param name of the project
    public Connections of(String name, Project project) {
        return new Connections(
                project.connections(),
                new Connections.Opening() {
                    @Override
                    public Connector open(Connection connection) {
                        return lend(name, connection);
                    }

                    @Override
                    public void giveBack(Connector connector) {
                        takeBack(connector);
                    }
                });
    }

    private synchronized Connector lend(String project, Connection connection) {
        String key =
                String.join(
                        "\n",
                        project,
                        connection.name(),
                        connection.type(),
                        connection.settings().fingerprint());
        Kept found = kept.get(key);
        if (found == null) {
            found = new Kept(key, Addresses.open(connection));
            lent.put(found.connector, found);
            if (kept.size() < KEPT_MAX) {
                kept.put(key, found);
            }
        }
        found.users++;
        return found.connector;
    }

    private void takeBack(Connector connector) {
        Connector over = release(connector);
        if (over != null) {
            over.close();
        }
    }

    /// @return the connector when it is not kept
    private synchronized @Nullable Connector release(Connector connector) {
        Kept known = lent.get(connector);
        if (known == null) {
            return null;
        }
        known.users--;
        known.since = System.nanoTime();
        boolean over = known.users == 0 && kept.get(known.key) != known;
        if (over) {
            lent.remove(connector);
        }
        return over ? connector : null;
    }

    /// Closes what nobody uses and nobody used for so long.
    void closeIdle(long nanos) {
        idle(nanos).forEach(Connector::close);
    }

    private synchronized List<Connector> idle(long nanos) {
        List<Connector> idle = new ArrayList<>();
        Iterator<Kept> all = kept.values().iterator();
        while (all.hasNext()) {
            Kept one = all.next();
            if (one.users == 0 && System.nanoTime() - one.since >= nanos) {
                all.remove();
                lent.remove(one.connector);
                idle.add(one.connector);
            }
        }
        return idle;
    }

    /// How many are open.
    synchronized int size() {
        return lent.size();
    }

    @Override
    public void close() {
        sweeper.shutdownNow();
        closeIdle(0);
    }
}
