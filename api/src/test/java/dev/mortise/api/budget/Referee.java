package dev.mortise.api.budget;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/// Counts calls as a strict vendor does: exactly, in every window, wherever it begins.
final class Referee {
    /// A call at the vendor's door.
    record Arrival(long micros, long weight) {}

    private Referee() {}

    /// The most that arrived in any stretch of time of the given length.
    static long most(List<Arrival> arrivals, long windowMicros) {
        List<Arrival> sorted =
                arrivals.stream().sorted(Comparator.comparingLong(Arrival::micros)).toList();
        Deque<Arrival> inside = new ArrayDeque<>();
        long sum = 0;
        long most = 0;
        for (Arrival arrival : sorted) {
            inside.add(arrival);
            sum += arrival.weight();
            while (inside.getFirst().micros() <= arrival.micros() - windowMicros) {
                sum -= inside.removeFirst().weight();
            }
            most = Math.max(most, sum);
        }
        return most;
    }
}
