package dev.mortise.api.recipe;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;

/// Remembers values that may come only once, such as a nonce. Safe for use by many threads.
public interface Seen {
    /// Whether the value comes for the first time; from now on it has been seen.
    ///
    /// @param until when it may be forgotten, because the message is too old by then anyway
    boolean first(String value, Instant now, Instant until);

    /// Sees everything for the first time.
    static Seen nothing() {
        return (_, _, _) -> true;
    }

    /// Remembers in the memory of this process.
    ///
    /// @param valuesMax how many values are held; when they are all still in time, new ones are
    ///     refused rather than an old one forgotten
    static Seen inMemory(int valuesMax) {
        return new InMemory(valuesMax);
    }

    /// Values with their ends, the first to end ahead.
    final class InMemory implements Seen {
        private record Known(String value, Instant end) {}

        private final int valuesMax;
        private final Set<String> values = new HashSet<>();
        private final Queue<Known> ends = new PriorityQueue<>(Comparator.comparing(Known::end));

        private InMemory(int valuesMax) {
            this.valuesMax = valuesMax;
        }

        @Override
        public synchronized boolean first(String value, Instant now, Instant until) {
            forget(now);
            if (values.size() >= valuesMax || !values.add(value)) {
                return false;
            }
            ends.add(new Known(value, until));
            return true;
        }

        private void forget(Instant now) {
            for (Known known = ends.peek();
                    known != null && !known.end().isAfter(now);
                    known = ends.peek()) {
                ends.remove();
                values.remove(known.value());
            }
        }
    }
}
