package dev.mortise.server.run;

import dev.mortise.server.reject.RejectExpiry;
import dev.mortise.server.reject.RejectStore;
import dev.mortise.server.store.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Has runs forgotten that are older than `MORTISE_RUN_DAYS`, and what else grows with time, a
/// little every few minutes, so that nobody waits long behind it. Rejected rows nobody has dealt
/// with wait for `MORTISE_REJECT_DAYS`.
@Component
final class RunRetention implements SmartLifecycle {
    static final int BATCH = 500;

    private static final Logger LOG = LoggerFactory.getLogger(RunRetention.class);
    private static final Duration EVERY = Duration.ofMinutes(10);
    private static final int BATCHES_MAX = 40;

    private final Database database;
    private final RunPurge runs;
    private final RejectStore rejects;
    private final RejectExpiry expiry;
    private final RunSettings settings;
    private final List<Past> pasts;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("run-retention").factory());
    private volatile boolean running;

    RunRetention(
            Database database,
            RunPurge runs,
            RejectStore rejects,
            RejectExpiry expiry,
            RunSettings settings,
            List<Past> pasts) {
        this.database = database;
        this.runs = runs;
        this.rejects = rejects;
        this.expiry = expiry;
        this.settings = settings;
        this.pasts = List.copyOf(pasts);
    }

    @Override
    public void start() {
        running = true;
        var _ = thread.scheduleWithFixedDelay(this::tick, 1, EVERY.toMinutes(), TimeUnit.MINUTES);
    }

    private void tick() {
        try {
            // Two servers would only wait for each other's rows.
            database.alone("run retention", () -> sweep(database.now()));
        } catch (RuntimeException e) {
            LOG.warn("old runs not forgotten; tried again reason={}", e.toString());
        }
    }

    /// @return how many runs were forgotten
    int sweep(Instant now) {
        Instant before = now.minus(settings.kept());
        int forgotten = all(() -> runs.forget(before, BATCH));
        int letters = all(() -> rejects.forget(before, BATCH));
        all(() -> expiry.forget(now.minus(settings.rejectsKept()), BATCH));
        for (Past past : pasts) {
            int some = all(() -> past.forget(now, settings.kept(), BATCH));
            if (some > 0) {
                LOG.info("past forgotten what={} lines={}", past.what(), some);
            }
        }
        if (forgotten + letters > 0) {
            LOG.info("old runs forgotten runs={} rejects={}", forgotten, letters);
        }
        return forgotten;
    }

    private int all(IntSupplier batch) {
        int sum = 0;
        for (int i = 0; i < BATCHES_MAX; i++) {
            int some = batch.getAsInt();
            sum += some;
            if (some < BATCH) {
                break;
            }
        }
        return sum;
    }

    @Override
    public void stop() {
        running = false;
        thread.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
