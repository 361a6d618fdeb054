package dev.mortise.server.home;

import java.util.Arrays;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// How long runs took, counted in buckets of which each is a tenth wider than the one before: a
/// percentile is off by 5 % at most, whatever the number of runs.
final class Latencies {
    private static final double LEAST_SECONDS = 0.001;
    private static final double GROWTH = Math.log(1.1);

    /// The last one begins after two weeks.
    private static final int BUCKETS = 221;

    private final long[] counts = new long[BUCKETS];

    void add(double seconds) {
        counts[bucket(seconds)]++;
    }

    private static int bucket(double seconds) {
        double ratio = Math.max(seconds, LEAST_SECONDS) / LEAST_SECONDS;
        return Math.clamp(Math.round(Math.log(ratio) / GROWTH), 0, BUCKETS - 1);
    }

    void add(Latencies other) {
        for (int i = 0; i < BUCKETS; i++) {
            counts[i] += other.counts[i];
        }
    }

    /// @param percent 0 to 100
    /// @return null of none
    @Nullable Double percentile(double percent) {
        long all = Arrays.stream(counts).sum();
        if (all == 0) {
            return null;
        }
        long rank = Math.max(1, (long) Math.ceil(all * percent / 100));
        long passed = 0;
        for (int i = 0; i < BUCKETS; i++) {
            passed += counts[i];
            if (passed >= rank) {
                return LEAST_SECONDS * Math.exp(GROWTH * i);
            }
        }
        throw new IllegalStateException("a rank beyond all");
    }

    String text() {
        StringJoiner text = new StringJoiner(",");
        for (int i = 0; i < BUCKETS; i++) {
            if (counts[i] > 0) {
                text.add(i + ":" + counts[i]);
            }
        }
        return text.toString();
    }

    static Latencies of(String text) {
        Latencies latencies = new Latencies();
        for (String part : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            int colon = part.indexOf(':');
            int bucket = Integer.parseInt(part.substring(0, colon));
            latencies.counts[bucket] += Long.parseLong(part.substring(colon + 1));
        }
        return latencies;
    }
}
