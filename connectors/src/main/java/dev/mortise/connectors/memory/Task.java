package dev.mortise.connectors.memory;

import dev.mortise.spi.connect.Claim;
import dev.mortise.spi.connect.Claim.PartState;
import dev.mortise.spi.connect.Fence;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Where a task stands: its epoch, its cursor, the parts of a run that has not finished and what
/// that run has written aside. Guarded by the lock of its store.
final class Task {
    private final String name;
    private final Map<Integer, PartState> parts = new TreeMap<>();
    private long epoch;
    private @Nullable String cursor;
    private @Nullable Table shadow;

    Task(String name) {
        this.name = name;
    }

    Claim claim(Fence fence) {
        if (fence.yieldsTo(epoch)) {
            checkEpoch(fence.first());
        }
        epoch = fence.next(epoch);
        return new Claim(epoch, List.copyOf(parts.values()), Optional.ofNullable(cursor));
    }

    void begin(List<Range> ranges, @Nullable Table aside) {
        parts.clear();
        ranges.forEach(range -> parts.put(range.part(), new PartState(range, false, 0, 0)));
        shadow = aside;
    }

    /// What is written until the run finishes, in the modes that publish at the end.
    @Nullable Table shadow() {
        return shadow;
    }

    /// @throws ProblemException FENCED when `claimed` is no longer the task's epoch
    void checkEpoch(long claimed) {
        if (claimed != epoch) {
            throw ProblemException.of(
                    ProblemCode.FENCED,
                    "another run of '" + name + "' has taken over from epoch " + claimed,
                    "let that run finish, or start this one again to take over from it");
        }
    }

    /// Whether a part still stands where the writer believes it does. If not, its commit has come
    /// before and only the answer was lost.
    boolean stands(Range range) {
        PartState part = parts.get(range.part());
        return part != null && !part.done() && part.range().equals(range);
    }

    void advance(Range range, @Nullable Range rest, long written, long rejected) {
        PartState part = parts.get(range.part());
        long writtenBefore = part == null ? 0 : part.rowsWritten();
        long rejectedBefore = part == null ? 0 : part.rowsRejected();
        parts.put(
                range.part(),
                new PartState(
                        rest == null ? range : rest,
                        rest == null,
                        writtenBefore + written,
                        rejectedBefore + rejected));
    }

    void finish(@Nullable String next) {
        parts.clear();
        shadow = null;
        cursor = next == null ? cursor : next;
    }
}
