package dev.mortise.engine.run;

import dev.mortise.spi.connect.Claim;
import dev.mortise.spi.connect.Claim.PartState;
import dev.mortise.spi.connect.Lane;
import dev.mortise.spi.connect.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    private static final Pattern BOUNDS =
            Pattern.compile("(?:cursor|parked):([0-9a-f]{8}):(.*)", Pattern.DOTALL);

    private final Range pending;
    private final String definition;
    private boolean parked;

    /// @param parts of a run that begins
    /// @param definition the fingerprint of the flow that begins it
    PendingCursor(List<Range> parts, String definition, @Nullable String cursor) {
        this.definition = definition;
        this.pending = new Range(parts.size(), bounds(MARK, cursor));
    }

    private String bounds(String mark, @Nullable String cursor) {
        return mark + definition + ":" + (cursor == null ? "" : cursor);
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
        String bounds = bounds(PARKED, seen);
        if (!parked && bounds.length() <= Range.BOUNDS_MAX) {
            lane.commit(pending, new Range(pending.part(), bounds), 0);
            parked = true;
        }
    }

    static boolean is(PartState part) {
        return BOUNDS.matcher(part.range().bounds()).matches();
    }

    /// Whether an unfinished incremental run is one that parked.
    static boolean parked(Claim claim) {
        return claim.parts().stream()
                .anyMatch(part -> is(part) && part.range().bounds().startsWith(PARKED));
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
                .map(part -> matched(part).group(2))
                .filter(cursor -> !cursor.isEmpty())
                .findFirst()
                .orElse(null);
    }

    /// The fingerprint of the flow that began an unfinished incremental run.
    static Optional<String> definition(Claim claim) {
        return claim.parts().stream()
                .filter(PendingCursor::is)
                .map(part -> matched(part).group(1))
                .findFirst();
    }

    private static Matcher matched(PartState part) {
        Matcher matcher = BOUNDS.matcher(part.range().bounds());
        if (!matcher.matches()) {
            throw new IllegalStateException("bounds " + part.range().bounds());
        }
        return matcher;
    }
}
