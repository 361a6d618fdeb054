package dev.mortise.api.calls;

import java.time.Duration;
import java.time.Instant;

/// One call that is over.
///
/// @param resource which dataset it was for; `token` for signing in
/// @param outcome the class of the answer by its contract, such as `ok` or `throttled`; where there
///     was no answer, the code of the problem
/// @param status of HTTP; 0 when there was no answer
/// @param code the vendor's own, from the body; empty for none
/// @param sample what was asked and answered, secrets hidden; empty for a success
public record Called(
        Instant at,
        String resource,
        String outcome,
        int status,
        String code,
        Duration took,
        long bytes,
        String sample) {
    /// The outcome of a call that did what it was for.
    public static final String OK = "ok";

    /// Whether it succeeded by its contract: `empty` is a success without data.
    public boolean succeeded() {
        return succeeded(outcome);
    }

    static boolean succeeded(String outcome) {
        return outcome.equals(OK) || outcome.equals("empty");
    }
}
