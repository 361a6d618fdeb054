package dev.mortise.api.draft;

import java.util.function.UnaryOperator;

/// A difference between a connection and a later draft of it.
///
/// @param resource its name in the connection; empty for the connection itself
/// @param what dotted words: `paging`, `columns.amount`; empty for the whole resource
/// @param place in the old document: `file:line:column`
/// @param message what was and what is, for people; without secrets
public record Change(Kind kind, String resource, String what, String place, String message) {
    /// What the merge did.
    public enum Kind {
        /// It is new in the document imported and was added.
        ADDED,
        /// It is no longer in the document imported. A part was removed; a resource is only marked,
        /// for flows may read it.
        REMOVED,
        /// It has another value now, and the merge took it.
        CHANGED,
        /// It differs, but was changed by hand and stays as it is.
        KEPT
    }

    /// One line: `place: resource what: message (KIND)`.
    public String line() {
        return line(UnaryOperator.identity());
    }

    /// The same with its message in another language.
    public String line(UnaryOperator<String> told) {
        String name = (resource + " " + what).strip();
        return place + ": " + name + ": " + told.apply(message) + " (" + kind + ")";
    }
}
