package dev.mortise.testkit.vendor.office;

import dev.mortise.testkit.vendor.Mood;
import dev.mortise.testkit.vendor.Told;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What a vendor does wrong: on demand, each thing once, pages that repeat the one before them and
/// pages that come late; and all that its [Mood] brings. Pages count from 0. Shared by threads.
public final class Trouble {
    private record Page(String dataset, int number) {}

    /// What becomes of a business call.
    enum Luck {
        FINE,
        THROTTLED,
        FAILED
    }

    private final Mood mood;
    private final Map<Page, Duration> late = new HashMap<>();
    private final Map<Page, Boolean> repeated = new HashMap<>();

    private int calls;

    public Trouble() {
        this(Mood.CALM);
    }

    public Trouble(Mood mood) {
        this.mood = mood;
    }

    /// Counts a business call and says what becomes of it.
    synchronized Luck luck() {
        calls++;
        if (mood.throttles(calls)) {
            return Luck.THROTTLED;
        }
        return mood.fails(calls) ? Luck.FAILED : Luck.FINE;
    }

    /// The same for a vendor that says it by the status; empty for a call that is answered.
    Optional<Told> struck() {
        return switch (luck()) {
            case FINE -> Optional.empty();
            case THROTTLED ->
                    Optional.of(Told.of(429, "text/plain", "slow down").with("Retry-After", "1"));
            case FAILED -> Optional.of(Told.of(503, "text/html", "<html>503</html>"));
        };
    }

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
        return repeats(dataset, page) ? page - 1 : mood.start(page, 1);
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
