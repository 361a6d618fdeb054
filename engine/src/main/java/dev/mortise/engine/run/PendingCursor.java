package dev.mortise.engine.run;

import dev.mortise.spi.connect.Claim;
import dev.mortise.spi.connect.Claim.PartState;
import dev.mortise.spi.connect.Range;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The cursor an incremental run will leave, kept beside its parts from the start, as one part more
/// that nobody moves. A run that dies after its last part and before it finishes is then only
/// finished: reading again what an appending sink already has would double it.
final class PendingCursor {
    private static final String MARK = "cursor:";

    private PendingCursor() {}

    static List<Range> beside(List<Range> parts, @Nullable String cursor) {
        List<Range> all = new ArrayList<>(parts);
        all.add(new Range(parts.size(), MARK + (cursor == null ? "" : cursor)));
        return all;
    }

    private static boolean is(PartState part) {
        return part.range().bounds().startsWith(MARK);
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
