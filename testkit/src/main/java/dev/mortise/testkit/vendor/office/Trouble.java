package dev.mortise.testkit.vendor.office;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// What a vendor does wrong on demand, each thing once: pages that repeat the one before them, and
/// pages that come late. Pages count from 0. Shared by threads.
public final class Trouble {
    private record Page(String dataset, int number) {}

    private final Map<Page, Duration> late = new HashMap<>();
    private final Map<Page, Boolean> repeated = new HashMap<>();

    /// The page comes that much later, the next time it is asked for.
    public synchronized Trouble delay(String dataset, int page, Duration wait) {
        late.put(new Page(dataset, page), wait);
        return this;
    }

    /// The page holds the rows of the one before it, the next time it is asked for.
    public synchronized Trouble repeat(String dataset, int page) {
        if (page < 1) {
            throw new IllegalArgumentException("page 0 has no page before it");
        }
        repeated.put(new Page(dataset, page), true);
        return this;
    }

    /// The page whose rows are to be shown; waits when it is to be late.
    int shown(String dataset, int page) {
        pause(delay(dataset, page));
        return repeats(dataset, page) ? page - 1 : page;
    }

    private synchronized Duration delay(String dataset, int page) {
        Duration wait = late.remove(new Page(dataset, page));
        return wait == null ? Duration.ZERO : wait;
    }

    private synchronized boolean repeats(String dataset, int page) {
        return repeated.remove(new Page(dataset, page)) != null;
    }

    private static void pause(Duration wait) {
        try {
            Thread.sleep(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
