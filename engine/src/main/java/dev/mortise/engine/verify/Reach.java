package dev.mortise.engine.verify;

import dev.mortise.spi.connect.Range;
import dev.mortise.spi.digest.Digest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How far the digests of a side have got. Sums over parts do not ask for their order, so a later
/// process goes on with what is left.
///
/// @param left parts not yet digested, or what is left of them
/// @param sums of the rows digested so far, one a bucket
/// @param setAside rows met so far that the flow sets aside
record Reach(List<Range> left, List<Digest> sums, long setAside) {
    Reach {
        left = List.copyOf(left);
        sums = List.copyOf(sums);
    }

    static Reach begin(List<Range> parts, int buckets) {
        return new Reach(parts, Collections.nCopies(buckets, Digest.NONE), 0);
    }

    boolean done() {
        return left.isEmpty();
    }

    long rows() {
        return sums.stream().mapToLong(Digest::rows).sum();
    }

    /// @param rest what is left of the part; null when it is done
    Reach then(Range part, @Nullable Range rest, List<Digest> more, long aside) {
        List<Range> parts = new ArrayList<>();
        for (Range range : left) {
            if (range.part() != part.part()) {
                parts.add(range);
            } else if (rest != null) {
                parts.add(rest);
            }
        }
        List<Digest> both = new ArrayList<>();
        for (int i = 0; i < sums.size(); i++) {
            both.add(sums.get(i).plus(more.get(i)));
        }
        return new Reach(parts, both, setAside + aside);
    }
}
