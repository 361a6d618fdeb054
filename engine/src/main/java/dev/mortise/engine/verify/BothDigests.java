package dev.mortise.engine.verify;

import dev.mortise.spi.connect.Digest;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// The digests of both sides, taken side by side.
record BothDigests(List<Digest> source, List<Digest> target) {
    static BothDigests of(Side source, Side target, Comparison comparison) {
        FutureTask<List<Digest>> found = new FutureTask<>(() -> target.digests(comparison));
        Thread thread = Thread.ofPlatform().name("verify-target").start(found);
        try {
            List<Digest> wanted = source.digests(comparison);
            return new BothDigests(wanted, found.get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the target was read", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException("reading the target: " + e.getCause(), e);
        } finally {
            thread.interrupt();
        }
    }

    /// The buckets in which the sides differ.
    Set<Integer> differing() {
        Set<Integer> open = new TreeSet<>();
        for (int bucket = 0; bucket < source.size(); bucket++) {
            if (!source.get(bucket).equals(target.get(bucket))) {
                open.add(bucket);
            }
        }
        return open;
    }

    long sourceRows() {
        return total(source);
    }

    long targetRows() {
        return total(target);
    }

    private static long total(List<Digest> digests) {
        return digests.stream().mapToLong(Digest::rows).sum();
    }
}
