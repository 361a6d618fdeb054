package dev.mortise.engine.verify;

import dev.mortise.spi.digest.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The digests of both sides.
record BothDigests(Reach source, Reach target) {
    /// Rows compared one by one at a time, held in memory.
    private static final int ROWS_AT_ONCE = 131_072;

    /// The buckets in which the sides differ.
    Set<Integer> differing() {
        List<Digest> wanted = source.sums();
        Set<Integer> open = new TreeSet<>();
        for (int bucket = 0; bucket < wanted.size(); bucket++) {
            if (!wanted.get(bucket).equals(target.sums().get(bucket))) {
                open.add(bucket);
            }
        }
        return open;
    }

    /// Those buckets, grouped so that their rows fit into memory at once.
    List<Set<Integer>> portions() {
        List<Set<Integer>> portions = new ArrayList<>();
        Set<Integer> some = new TreeSet<>();
        long rows = 0;
        for (int bucket : differing()) {
            some.add(bucket);
            rows += source.sums().get(bucket).rows();
            if (rows >= ROWS_AT_ONCE) {
                portions.add(some);
                some = new TreeSet<>();
                rows = 0;
            }
        }
        if (!some.isEmpty()) {
            portions.add(some);
        }
        return portions;
    }

    long sourceRows() {
        return source.rows();
    }

    long targetRows() {
        return target.rows();
    }
}
