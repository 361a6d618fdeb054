package dev.mortise.api.draft.call;

import java.util.function.UnaryOperator;

/// Something the author of the connection should know about a draft.
///
/// @param place in the document imported: `file:line:column`
/// @param message what stood there and what became of it; never a secret
/// @param fix what to do; empty when nothing has to be done
public record Finding(Kind kind, String place, String message, String fix) {
    /// Why it is told.
    public enum Kind {
        /// A secret stood there, or belongs there; the draft has a placeholder.
        SECRET,
        /// A value is missing without which the call cannot work.
        FILL_IN,
        /// It was not carried over.
        LEFT_OUT,
        /// It was concluded from names or samples and may be wrong.
        GUESSED
    }

    /// One line: `place: message; fix (KIND)`.
    public String line() {
        return line(UnaryOperator.identity());
    }

    /// The same with its sentences in another language.
    public String line(UnaryOperator<String> told) {
        String where = place.isEmpty() ? "" : place + ": ";
        String what = told.apply(message) + (fix.isEmpty() ? "" : "; " + told.apply(fix));
        return where + what + " (" + kind + ")";
    }
}
