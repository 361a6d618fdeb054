package dev.mortise.api.calls;

import java.util.Arrays;

/// How long calls took, counted in buckets: eight to each doubling, so that a percentile is at most
/// an eighth too high. Not for several threads.
final class Latencies {
    private static final int SUB_BITS = 3;
    private static final int SUB = 1 << SUB_BITS;

    /// Up to 2^40 microseconds, twelve days.
    private static final int BUCKETS = (41 - SUB_BITS) * SUB;

    private final long[] counts = new long[BUCKETS];

    void add(long micros) {
        counts[bucket(micros)]++;
    }

    void add(Latencies other) {
        for (int i = 0; i < BUCKETS; i++) {
            counts[i] += other.counts[i];
        }
    }

    /// Below eight microseconds one bucket each; above, the bits after the highest one choose.
    static int bucket(long micros) {
        long value = Math.max(0, micros);
        if (value < SUB) {
            return (int) value;
        }
        int high = 63 - Long.numberOfLeadingZeros(value);
        int sub = (int) (value >>> (high - SUB_BITS)) & (SUB - 1);
        return Math.min(BUCKETS - 1, (high - SUB_BITS + 1) * SUB + sub);
    }

    /// The most microseconds that fall into a bucket.
    static long most(int bucket) {
        if (bucket < SUB) {
            return bucket;
        }
        int shift = bucket / SUB - 1;
        return ((SUB + bucket % SUB + 1L) << shift) - 1;
    }

    long count() {
        return Arrays.stream(counts).sum();
    }

    /// Microseconds that the given share of calls did not exceed; 0 without calls.
    ///
    /// @param share from 0 to 1
    long percentile(double share) {
        long wanted = (long) Math.ceil(share * count());
        long seen = 0;
        for (int i = 0; i < BUCKETS; i++) {
            seen += counts[i];
            if (seen > 0 && seen >= wanted) {
                return most(i);
            }
        }
        return 0;
    }

    /// `bucket:count` pairs with commas between, for a file.
    String text() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < BUCKETS; i++) {
            if (counts[i] > 0) {
                text.append(text.isEmpty() ? "" : ",").append(i).append(':').append(counts[i]);
            }
        }
        return text.toString();
    }

    /// @throws NumberFormatException when the text is none of ours
    static Latencies parse(String text) {
        Latencies latencies = new Latencies();
        for (String pair : text.isEmpty() ? new String[0] : text.split(",")) {
            int colon = pair.indexOf(':');
            int bucket = Integer.parseInt(pair, 0, colon, 10);
            if (bucket < 0 || bucket >= BUCKETS) {
                throw new NumberFormatException("no bucket: " + bucket);
            }
            latencies.counts[bucket] += Long.parseLong(pair, colon + 1, pair.length(), 10);
        }
        return latencies;
    }
}
