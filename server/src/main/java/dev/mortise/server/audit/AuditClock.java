package dev.mortise.server.audit;

import dev.mortise.server.store.Database;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Anchors the audit every minute in which something was added, when the server starts and when it
/// stops, and removes what is too old.
@Component
final class AuditClock implements SmartLifecycle {
    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final int SHORTEN_EVERY = 60;
    private static final Logger LOG = LoggerFactory.getLogger(AuditClock.class);

    private final Database database;
    private final AuditMarkStore marks;
    private final AuditSeal seal;
    private final AuditAnchors anchors;
    private final AuditRetention retention;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("audit").factory());
    private long anchored;
    private long ticks;
    private volatile boolean running;

    AuditClock(
            Database database,
            AuditMarkStore marks,
            AuditSeal seal,
            AuditAnchors anchors,
            AuditRetention retention) {
        this.database = database;
        this.marks = marks;
        this.seal = seal;
        this.anchors = anchors;
        this.retention = retention;
    }

    @Override
    public void start() {
        running = true;
        signUnsigned();
        anchor();
        long seconds = EVERY.toSeconds();
        var _ = thread.scheduleWithFixedDelay(this::tick, seconds, seconds, TimeUnit.SECONDS);
    }

    /// One that was written before heads were signed, or while the key was away.
    private void signUnsigned() {
        database.write(
                dsl -> {
                    AuditMark head = marks.head(dsl).orElse(null);
                    if (head != null && head.mac().isEmpty()) {
                        marks.head(
                                dsl,
                                AuditMark.signed(
                                        AuditMark.Kind.HEAD, head.seq(), head.hash(), seal));
                    }
                    return null;
                });
    }

    private void tick() {
        anchor();
        if (ticks++ % SHORTEN_EVERY == 0) {
            try {
                retention.apply();
            } catch (RuntimeException e) {
                LOG.error("shortening the audit failed unexpectedly", e);
            }
        }
    }

    /// Notes how far the audit goes, if it went on and is what was signed.
    synchronized void anchor() {
        try {
            AuditMark head = database.read(dsl -> marks.head(dsl)).orElse(null);
            if (head == null || head.seq() == anchored || head.mac().isEmpty()) {
                return;
            }
            if (head.isGenuine(seal)) {
                anchors.add(head);
                anchored = head.seq();
            }
        } catch (RuntimeException e) {
            LOG.warn("audit not anchored; tried again in a minute reason={}", e.toString());
        }
    }

    @Override
    public void stop() {
        running = false;
        thread.shutdown();
        anchor();
    }

    /// Before the door to the web opens, and after it has closed.
    @Override
    public int getPhase() {
        return 0;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
