package dev.mortise.api.recipe;

import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

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

    /// Values with their ends, the oldest first.
    final class InMemory implements Seen {
        private final int valuesMax;
        private final Map<String, Instant> ends = new LinkedHashMap<>();

        private InMemory(int valuesMax) {
            this.valuesMax = valuesMax;
        }

        @Override
        public synchronized boolean first(String value, Instant now, Instant until) {
            Instant end = ends.get(value);
            if (end != null && end.isAfter(now)) {
                return false;
            }
            ends.remove(value);
            forget(now);
            if (ends.size() >= valuesMax) {
                return false;
            }
            ends.put(value, until);
            return true;
        }

        private void forget(Instant now) {
            Iterator<Instant> oldest = ends.values().iterator();
            while (oldest.hasNext() && !oldest.next().isAfter(now)) {
                oldest.remove();
            }
        }
    }
}
