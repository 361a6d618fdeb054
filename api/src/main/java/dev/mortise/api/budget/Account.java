package dev.mortise.api.budget;

import dev.mortise.api.budget.Ledger.Lease;
import dev.mortise.api.budget.Ledger.Wish;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The budget of one group within this process. Callers wait in the order they came; the first of
/// them visits the ledger for all. Used by many threads.
final class Account {
    static final Comparator<Account> ORDER = Comparator.comparing(account -> account.group);

    private static final long BLOCK_MAX = 512;
    private static final Duration FLUSH = Duration.ofMillis(20);

    private final String group;
    private final Board board;
    private final InstantSource clock;
    private final Map<String, List<Limit>> stated = new TreeMap<>();
    private final Pool pool = new Pool();
    private final ReentrantLock turn = new ReentrantLock(true);
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicLong waitingWeight = new AtomicLong();
    private final AtomicBoolean flushing = new AtomicBoolean();
    private volatile Ledger ledger;
    private volatile @Nullable Thread first;
    private long block;
    private long blockAt;

    Account(String group, Board board, List<Limit> limits, InstantSource clock) {
        this.group = group;
        this.board = board;
        this.ledger = new Ledger(board, limits);
        this.clock = clock;
    }

    /// What a connection says of the group from now on. Of all that use it the strictest holds;
    /// counts of limits that stay are kept.
    synchronized void limits(String connection, List<Limit> limits) {
        stated.put(connection, limits);
        List<Limit> strictest = Limit.strictest(stated.values());
        if (strictest.stream().filter(Limit.Windowed.class::isInstance).count() > Sheet.ROWS) {
            throw ProblemException.of(
                    ProblemCode.LIMIT_EXCEEDED,
                    "expected at most %d windows in budget '%s' over all connections that use it"
                            .formatted(Sheet.ROWS, group),
                    "give these connections the same limits");
        }
        if (!ledger.limits().equals(strictest)) {
            ledger = new Ledger(board, strictest);
        }
    }

    private long now() {
        return Limit.micros(clock.instant());
    }

    Permit acquire(int weight, Instant deadline) {
        checkFits(weight);
        waiting.incrementAndGet();
        waitingWeight.addAndGet(weight);
        try {
            if (turn.hasQueuedThreads() || !fromPool(weight)) {
                inTurn(weight, deadline);
            }
        } finally {
            waiting.decrementAndGet();
            waitingWeight.addAndGet(-weight);
        }
        flushLater();
        return new Held(weight);
    }

    private boolean fromPool(int weight) {
        long now = now();
        return !ledger.silent(now) && pool.take(weight, now);
    }

    private void inTurn(int weight, Instant deadline) {
        try {
            Duration left = Duration.between(clock.instant(), deadline);
            if (!turn.tryLock(Math.max(0, left.toNanos()), TimeUnit.NANOSECONDS)) {
                throw late();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw cancelled();
        }
        first = Thread.currentThread();
        try {
            while (!fromPool(weight)) {
                Lease lease = lease(weight);
                if (lease.calls() == 0) {
                    waitFor(lease, deadline);
                }
            }
        } finally {
            first = null;
            turn.unlock();
        }
    }

    private Lease lease(int weight) {
        Wish wish = new Wish(weight, waitingWeight.get(), waiting.get(), ahead(now()));
        Lease lease = ledger.visit(this::now, () -> pool.report(now(), true), wish);
        pool.add(lease, now());
        return lease;
    }

    /// How many calls more than wait are worth leasing: twice as many each time they went fast.
    private long ahead(long now) {
        boolean fast = now - blockAt < Pool.AGE_MICROS;
        block = fast ? Math.min(BLOCK_MAX, block * 2 + 1) : 0;
        blockAt = now;
        return block;
    }

    private void waitFor(Lease lease, Instant deadline) {
        long now = now();
        long end = Limit.micros(deadline);
        if (now >= end || (lease.next() > end && lease.stop().isPresent())) {
            throw lease.stop()
                    .map(stop -> new ProblemException(stop.problem(group)))
                    .orElseGet(this::late);
        }
        long micros = Math.min(lease.next(), end) - now;
        // Woken early by a call of our own that ends; it may have made room.
        LockSupport.parkNanos(Math.max(micros, 100) * 1_000);
        if (Thread.currentThread().isInterrupted()) {
            throw cancelled();
        }
    }

    private void checkFits(int weight) {
        for (Limit limit : ledger.limits()) {
            if (limit instanceof Limit.Windowed && weight > limit.max()) {
                throw ProblemException.of(
                        ProblemCode.LIMIT_EXCEEDED,
                        "expected a call of weight up to %s in budget '%s', got %d"
                                .formatted(limit.label(), group, weight),
                        "lower the weight of the resource, or raise the limit");
            }
        }
    }

    private ProblemException late() {
        return ProblemException.of(
                ProblemCode.THROTTLED,
                "expected a turn on budget '%s' before the deadline, others wait for it too"
                        .formatted(group),
                "wait longer, or let fewer flows share the budget");
    }

    private static ProblemException cancelled() {
        return ProblemException.of(
                ProblemCode.CANCELLED, "the call was cancelled while it waited", "run again");
    }

    void pauseUntil(Instant until) {
        ledger.pauseUntil(Limit.micros(until));
    }

    void quotaGoneUntil(Instant until) {
        ledger.quotaGoneUntil(Limit.micros(until));
    }

    List<Usage> usage() {
        ledger.visit(this::now, () -> pool.report(now(), true), Wish.NOTHING);
        return ledger.usage(now());
    }

    private void released() {
        Thread head = first;
        if (head != null) {
            LockSupport.unpark(head);
        }
        flushLater();
    }

    /// What nobody asks for goes back within milliseconds; what is done is told to the others.
    private void flushLater() {
        if (flushing.compareAndSet(false, true)) {
            Thread.ofVirtual().name("budget " + group).start(this::flush);
        }
    }

    private void flush() {
        try {
            while (!pool.empty()) {
                LockSupport.parkNanos(FLUSH.toNanos());
                ledger.visit(this::now, () -> pool.report(now(), false), Wish.NOTHING);
            }
        } catch (ProblemException _) {
            // The board cannot be reached; the next caller is told. What was not reported still
            // counts, so no limit is passed.
            return;
        } finally {
            flushing.set(false);
        }
        if (!pool.empty()) {
            flushLater();
        }
    }

    private final class Held implements Permit {
        private final int weight;
        private final AtomicBoolean closed = new AtomicBoolean();

        Held(int weight) {
            this.weight = weight;
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                pool.done(weight);
                released();
            }
        }

        @Override
        public void unused() {
            if (closed.compareAndSet(false, true)) {
                pool.unused(weight);
                released();
            }
        }
    }
}
