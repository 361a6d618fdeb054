package dev.mortise.server.alert;

import dev.mortise.server.store.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Looks and sends every few seconds while the server runs.
@Component
final class AlertClock implements SmartLifecycle {
    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final Duration STOP_MAX = Duration.ofSeconds(15);
    private static final Logger LOG = LoggerFactory.getLogger(AlertClock.class);

    private final Database database;
    private final Watchman watchman;
    private final Outbox outbox;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("alerts").factory());
    private volatile boolean running;

    AlertClock(Database database, Watchman watchman, Outbox outbox) {
        this.database = database;
        this.watchman = watchman;
        this.outbox = outbox;
    }

    @Override
    public void start() {
        running = true;
        long millis = EVERY.toMillis();
        var _ = thread.scheduleWithFixedDelay(this::tick, millis, millis, TimeUnit.MILLISECONDS);
    }

    private void tick() {
        try {
            Instant now = database.now();
            watchman.look(now);
            outbox.send(now);
        } catch (RuntimeException e) {
            // The next tick finds everything as it is in the database.
            LOG.error("looking for incidents failed unexpectedly", e);
        }
    }

    @Override
    public void stop() {
        running = false;
        thread.shutdown();
        try {
            if (!thread.awaitTermination(STOP_MAX.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("a message was still on its way; it will be sent again");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
