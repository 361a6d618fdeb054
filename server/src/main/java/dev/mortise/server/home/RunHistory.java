package dev.mortise.server.home;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/// What the runs of a project came to, without reading them all: hours that are over are rolled up
/// once, and what they come to is remembered until the next one is.
@Component
final class RunHistory {
    /// How far back anybody may look.
    static final Duration LONGEST = Duration.ofDays(30);

    /// A run is written as ended a little after it did.
    private static final long SETTLED = Duration.ofMinutes(10).toMillis();

    private static final int REMEMBERED_MAX = 500;

    private final HomeStore store;
    private final Map<Key, Known> remembered = new ConcurrentHashMap<>();

    private record Key(String project, Duration window) {}

    private record Known(long until, Tally tally) {}

    RunHistory(HomeStore store) {
        this.store = store;
    }

    /// @param window how far back, counted in full hours
    Tally over(String project, Duration window, Instant now) {
        long until = rolled(project, now);
        Tally tally = new Tally();
        tally.add(hours(project, window, until));
        tally.add(store.since(project, until));
        return tally;
    }

    /// Rolls up the hours that are over.
    private long rolled(String project, Instant now) {
        long closed = floor(now.toEpochMilli() - SETTLED);
        long until = store.rolledUntil(project);
        if (until < closed) {
            long first = floor(now.minus(LONGEST).toEpochMilli());
            store.roll(project, Math.max(until, first), closed);
            return closed;
        }
        return until;
    }

    private Tally hours(String project, Duration window, long until) {
        Key key = new Key(project, window);
        Known known = remembered.get(key);
        if (known == null || known.until() != until) {
            known = new Known(until, store.hours(project, until - window.toMillis()));
            if (remembered.size() >= REMEMBERED_MAX) {
                remembered.clear();
            }
            remembered.put(key, known);
        }
        return known.tally();
    }

    private static long floor(long millis) {
        return millis / HomeStore.HOUR * HomeStore.HOUR;
    }
}
