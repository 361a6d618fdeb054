package dev.mortise.server.home;

import java.util.Map;
import java.util.TreeMap;

/// Runs summed up by flow and by hour. Grows while it is filled, and is then only read.
final class Tally {
    final Map<String, Sum> flows = new TreeMap<>();

    /// Rows by the millisecond the hour begins with.
    final Map<Long, Long> rowsByHour = new TreeMap<>();

    /// Of one flow.
    static final class Sum {
        long succeeded;
        long rejected;
        long failed;
        long rows;
        long lastSuccess;
        final Latencies latencies = new Latencies();

        long runs() {
            return succeeded + rejected + failed;
        }

        void add(Sum other) {
            succeeded += other.succeeded;
            rejected += other.rejected;
            failed += other.failed;
            rows += other.rows;
            lastSuccess = Math.max(lastSuccess, other.lastSuccess);
            latencies.add(other.latencies);
        }
    }

    void add(String flow, long hour, Sum sum) {
        flows.computeIfAbsent(flow, _ -> new Sum()).add(sum);
        rowsByHour.merge(hour, sum.rows, Long::sum);
    }

    void add(Tally other) {
        other.flows.forEach((flow, sum) -> flows.computeIfAbsent(flow, _ -> new Sum()).add(sum));
        other.rowsByHour.forEach((hour, rows) -> rowsByHour.merge(hour, rows, Long::sum));
    }

    Sum all() {
        Sum all = new Sum();
        flows.values().forEach(all::add);
        return all;
    }
}
