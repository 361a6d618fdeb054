package dev.mortise.engine.run;

import dev.mortise.spi.connect.Claim;
import dev.mortise.spi.connect.Claim.PartState;
import dev.mortise.spi.connect.Lane;
import dev.mortise.spi.connect.Range;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The cursor an incremental run will leave, kept beside its parts from the start, as one part more
/// that nobody moves. A run that dies after its last part and before it finishes is then only
/// finished: reading again what an appending sink already has would double it.
///
/// A run whose source has had enough for now *parks*: its parts stay where they stand and the next
/// run goes on with them. The cursor is then what had been seen by the first parking, whatever
/// later runs see: a row behind which the reading has passed, and that changes before the reading
/// is through, is above it and found by the read after.
final class PendingCursor {
    private static final String MARK = "cursor:";
    private static final String PARKED = "parked:";

    private final Range pending;
    private boolean parked;

    /// @param parts of a run that begins
    PendingCursor(List<Range> parts, @Nullable String cursor) {
        this.pending = new Range(parts.size(), MARK + (cursor == null ? "" : cursor));
    }

    List<Range> beside(List<Range> parts) {
        List<Range> all = new ArrayList<>(parts);
        all.add(pending);
        return all;
    }

    /// Says that the run goes on later from where its parts stand. Only the first lane to park says
    /// so. A crash before this leaves a run that begins anew.
    ///
    /// @param seen the highest value so far; null when there was none
    synchronized void park(Lane lane, @Nullable String seen) {
        String bounds = PARKED + (seen == null ? "" : seen);
        if (!parked && bounds.length() <= Range.BOUNDS_MAX) {
            lane.commit(pending, new Range(pending.part(), bounds), 0);
            parked = true;
        }
    }

    static boolean is(PartState part) {
        String bounds = part.range().bounds();
        return bounds.startsWith(MARK) || bounds.startsWith(PARKED);
    }

    /// Whether an unfinished incremental run is one that parked.
    static boolean parked(Claim claim) {
        return claim.parts().stream().anyMatch(part -> part.range().bounds().startsWith(PARKED));
    }

    /// Whether all parts of an unfinished incremental run are in the target.
    static boolean allDone(Claim claim) {
        return claim.parts().stream().anyMatch(PendingCursor::is)
                && claim.parts().stream().allMatch(part -> part.done() || is(part));
    }

    /// Null when the run saw nothing that moves the cursor.
    static @Nullable String of(Claim claim) {
        return claim.parts().stream()
                .filter(PendingCursor::is)
                .map(part -> part.range().bounds().substring(MARK.length()))
                .filter(cursor -> !cursor.isEmpty())
                .findFirst()
                .orElse(null);
    }
}
