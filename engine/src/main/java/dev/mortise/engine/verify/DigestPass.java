package dev.mortise.engine.verify;

import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Takes the digests of both sides, side by side, and notes down how far it has got.
final class DigestPass {
    private final SideRun source;
    private final SideRun target;

    DigestPass(Side source, Side target, Comparison comparison, Notes.Step notes) {
        Notes.Digested known = notes.digested(comparison);
        this.source = new SideRun(source, comparison, known.source(), notes::source);
        this.target = new SideRun(target, comparison, known.target(), notes::target);
    }

    BothDigests run() {
        Thread.Builder threads = Thread.ofPlatform().name("verify-", 0).daemon();
        try (ExecutorService pool = Executors.newThreadPerTaskExecutor(threads.factory())) {
            Future<Reach> other = pool.submit(() -> stopping(target, source, pool));
            Reach wanted = stopping(source, target, pool);
            return new BothDigests(wanted, other.get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            source.stop();
            target.stop();
            throw new ProblemException(cancelled(), e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException("digesting: " + e.getCause(), e);
        }
    }

    private static dev.mortise.spi.problem.Problem cancelled() {
        return dev.mortise.spi.problem.Problem.of(
                ProblemCode.CANCELLED,
                "the verification was cancelled",
                "verify again: it goes on where it stood");
    }

    /// A side that fails stops the other, whose digests nobody wants then.
    private static Reach stopping(SideRun run, SideRun other, ExecutorService pool)
            throws InterruptedException, ExecutionException {
        boolean done = false;
        try {
            Reach reach = run.run(pool);
            done = true;
            return reach;
        } finally {
            if (!done) {
                other.stop();
            }
        }
    }
}
