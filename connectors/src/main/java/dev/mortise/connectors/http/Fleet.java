package dev.mortise.connectors.http;

import dev.mortise.api.budget.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/// Does many like things, a few at a time, and gives all their results in order. The first failure
/// ends it: what has not begun is left, and the failure is thrown once nothing runs any more.
final class Fleet {
    private Fleet() {}

    static <T, R> List<R> run(List<T> work, int threads, Function<T, List<R>> each) {
        int crew = Math.min(threads, work.size());
        if (crew <= 1) {
            return work.stream().map(each).flatMap(List::stream).toList();
        }
        List<List<R>> results = new ArrayList<>(java.util.Collections.nCopies(work.size(), null));
        AtomicInteger next = new AtomicInteger();
        List<Future<?>> hands = new ArrayList<>();
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < crew; i++) {
                hands.add(pool.submit(() -> work(work, next, each, results)));
            }
            hands.forEach(hand -> await(hand, next));
        }
        return results.stream().flatMap(List::stream).toList();
    }

    private static <T, R> void work(
            List<T> work, AtomicInteger next, Function<T, List<R>> each, List<List<R>> results) {
        for (int i = next.getAndIncrement(); i < work.size(); i = next.getAndIncrement()) {
            try {
                // Each place is written by one thread and read after it has ended.
                results.set(i, each.apply(work.get(i)));
            } catch (RuntimeException e) {
                next.set(Integer.MAX_VALUE / 2);
                throw e;
            }
        }
    }

    private static void await(Future<?> hand, AtomicInteger next) {
        try {
            hand.get();
        } catch (InterruptedException _) {
            next.set(Integer.MAX_VALUE / 2);
            Thread.currentThread().interrupt();
            throw Ticker.cancelled();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e);
        }
    }
}
