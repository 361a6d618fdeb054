package dev.mortise.api.draft;

import java.util.Optional;

/// Finds the other files a document refers to. Whoever hands one in decides what may be read; a
/// draft itself reads no file and calls nobody.
@FunctionalInterface
public interface Documents {
    /// Knows no other file.
    Documents NONE = _ -> Optional.empty();

    /// The text of a document.
    ///
    /// @param name the reference up to `#`, made relative to the document imported first
    Optional<String> find(String name);
}
