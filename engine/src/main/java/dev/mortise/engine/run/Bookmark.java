package dev.mortise.engine.run;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a finished run leaves in the target beside its rows: its name, so that a flow of many
/// writes that crashed later does not do this one again, and the cursor the next run starts after.
///
/// @param cursor null when the step is not incremental, or has seen no row yet
record Bookmark(String run, @Nullable String cursor) {
    private static final char SEPARATOR = '\n';

    static Bookmark parse(Optional<String> text) {
        String kept = text.orElse("");
        int separator = kept.indexOf(SEPARATOR);
        return separator < 0
                ? new Bookmark(kept, null)
                : new Bookmark(kept.substring(0, separator), kept.substring(separator + 1));
    }

    String text() {
        return cursor == null ? run : run + SEPARATOR + cursor;
    }

    /// The bookmark of a later run, whose cursor holds unless it saw nothing.
    Bookmark then(String next, @Nullable String moved) {
        return new Bookmark(next, moved == null ? cursor : moved);
    }
}
