package dev.mortise.engine.verify;

import dev.mortise.spi.connect.Range;
import dev.mortise.spi.digest.Digest;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Takes the digests of one side, part by part, on as many threads as the side allows.
final class SideRun {
    /// A part takes a second or two: so much is done again after a kill.
    private static final long ROWS_A_PART = 524_288;

    /// For fewer parts it does not pay to log in once more.
    private static final int PARTS_A_THREAD = 4;

    private final Side side;
    private final Comparison comparison;
    private final Consumer<Reach> told;
    private final boolean resumes;
    private final Deque<Range> open = new ArrayDeque<>();
    private @Nullable Reach reach;
    private volatile boolean failed;
    private volatile boolean stopped;

    /// @param known how far an earlier process had got; null when there was none
    /// @param told hears how far it has got, from one thread at a time
    SideRun(Side side, Comparison comparison, @Nullable Reach known, Consumer<Reach> told) {
        this.side = side;
        this.comparison = comparison;
        this.reach = known;
        this.resumes = known != null;
        this.told = told;
    }

    /// @param pool runs the threads beside the caller's
    Reach run(ExecutorService pool) throws InterruptedException, ExecutionException {
        Reach known = reach;
        if (known != null && known.done()) {
            return known;
        }
        try {
            return attempt(pool);
        } catch (ProblemException e) {
            // Parts of another process may mean other rows by now: then it is begun again.
            if (!resumes || e.problem().code() != ProblemCode.SOURCE_CHANGED) {
                throw e;
            }
            reach = null;
            failed = false;
            return attempt(pool);
        }
    }

    private Reach attempt(ExecutorService pool) throws InterruptedException, ExecutionException {
        try (Parts parts = side.open(comparison)) {
            Reach begun = begin(parts);
            int threads = Math.clamp(begun.left().size() / PARTS_A_THREAD, 1, parts.threads());
            List<Future<?>> others = new ArrayList<>();
            for (int i = 1; i < threads; i++) {
                others.add(pool.submit(() -> work(parts)));
            }
            try {
                work(parts);
            } finally {
                await(others);
            }
        }
        return reached();
    }

    /// The first failure counts; but nobody may use what is closed after this.
    private static void await(List<Future<?>> others)
            throws InterruptedException, ExecutionException {
        ExecutionException failure = null;
        for (Future<?> other : others) {
            try {
                other.get();
            } catch (ExecutionException e) {
                failure = failure == null ? e : failure;
            }
        }
        if (failure != null && failure.getCause() instanceof ProblemException problem) {
            throw problem;
        }
        if (failure != null) {
            throw failure;
        }
    }

    private synchronized Reach begin(Parts parts) {
        Reach begun = reach;
        if (begun == null) {
            begun = Reach.begin(parts.split(ROWS_A_PART), comparison.hashing().buckets());
            reach = begun;
        }
        open.clear();
        open.addAll(begun.left());
        return begun;
    }

    private void work(Parts parts) {
        try {
            for (Range part = next(); part != null; part = next()) {
                Range current = part;
                parts.digest(part, (rest, more, aside) -> advance(current, rest, more, aside));
            }
        } catch (RuntimeException | Error e) {
            failed = true;
            throw e;
        }
    }

    private synchronized @Nullable Range next() {
        return stopped || failed ? null : open.poll();
    }

    private synchronized void advance(
            Range part, @Nullable Range rest, List<Digest> more, long aside) {
        Reach now = reached().then(part, rest, more, aside);
        reach = now;
        told.accept(now);
    }

    private synchronized Reach reached() {
        return java.util.Objects.requireNonNull(reach, "begun before");
    }

    /// Ends it after the parts that are being digested.
    void stop() {
        stopped = true;
    }
}
