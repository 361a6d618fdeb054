package dev.mortise.engine.run;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a finished write leaves in the target beside its rows: the name of its run, so that a flow
/// of many writes that crashed later does not do this one again; what it counted, for the receipt
/// of the run that resumes; and the cursor the next run starts after.
///
/// @param counts as [StepTally#text] gives them; empty when there are none
/// @param cursor null when the step is not incremental, or has seen no row yet
record Bookmark(String run, String counts, @Nullable String cursor) {
    /// Between the run's name and its counts, neither of which has one.
    private static final char SPACE = ' ';

    /// Before the cursor, which may be any text.
    private static final char LINE = '\n';

    static Bookmark parse(Optional<String> text) {
        String kept = text.orElse("");
        int line = kept.indexOf(LINE);
        String head = line < 0 ? kept : kept.substring(0, line);
        String cursor = line < 0 ? null : kept.substring(line + 1);
        int space = head.indexOf(SPACE);
        return space < 0
                ? new Bookmark(head, "", cursor)
                : new Bookmark(head.substring(0, space), head.substring(space + 1), cursor);
    }

    String text() {
        String head = counts.isEmpty() ? run : run + SPACE + counts;
        return cursor == null ? head : head + LINE + cursor;
    }

    /// The bookmark of a later run, whose cursor holds unless it saw nothing.
    Bookmark then(String next, String counted, @Nullable String moved) {
        return new Bookmark(next, counted, moved == null ? cursor : moved);
    }
}
