package dev.mortise.api.recipe;

import java.util.Map;

/// What a verification comes to.
public sealed interface Verdict {
    /// @param values the values read from where the recipe places them, such as the timestamp
    record Accepted(Map<String, String> values) implements Verdict {
        public Accepted {
            values = Map.copyOf(values);
        }
    }

    /// @param message for the log of the receiver: what was expected where; never a secret. The
    ///     sender is told no more than that the signature is wrong.
    record Refused(Reason reason, String message) implements Verdict {}

    enum Reason {
        /// A value is not where the recipe places it.
        MISSING,
        /// A value is there more than once, so that two readers might take different ones.
        AMBIGUOUS,
        /// A value is not of the form the recipe reads.
        MALFORMED,
        /// No key, or none valid now, has the id the message names.
        KEY_UNKNOWN,
        /// A signature, or another value that was computed again, differs.
        SIGNATURE_WRONG,
        /// The message is too old, or from the future.
        OUT_OF_TIME,
        /// The message has come before.
        REPLAYED
    }

    default boolean accepted() {
        return this instanceof Accepted;
    }
}
