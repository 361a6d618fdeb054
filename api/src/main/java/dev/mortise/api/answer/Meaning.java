package dev.mortise.api.answer;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What an answer means to whoever called.
public sealed interface Meaning {
    /// The classes of a definition.
    List<String> WORDS =
            List.of(
                    "ok",
                    "empty",
                    "auth-expired",
                    "auth-denied",
                    "throttled",
                    "quota-day",
                    "quota-month",
                    "retryable",
                    "business-reject",
                    "awaiting-grant");

    /// Success, proven by the contract.
    record Ok() implements Meaning {}

    /// Success without data: the page or slice ends here.
    record Empty() implements Meaning {}

    /// Token or session has ended: renew it and repeat the call once.
    record AuthExpired() implements Meaning {}

    /// Credential or permission is wrong: stop and tell the owner.
    record AuthDenied() implements Meaning {}

    /// Too many calls: pause the budget.
    record Throttled(Duration pause) implements Meaning {}

    /// The allowance of a day or month is used up: park until it resets.
    record QuotaGone(Instant until) implements Meaning {}

    /// May pass: try again within the retry budget.
    record Retryable() implements Meaning {}

    /// What was sent is refused: a dead letter with the reason.
    record BusinessReject() implements Meaning {}

    /// An administrator of the vendor's side has something to allow first.
    record AwaitingGrant() implements Meaning {}

    /// Something else came than was promised, such as a page for people instead of JSON.
    record Unreadable(String found) implements Meaning {}

    /// No rule of the contract fits: never a success.
    record Unexplained() implements Meaning {}

    /// The class as a definition writes it.
    default String word() {
        return switch (this) {
            case Ok _ -> "ok";
            case Empty _ -> "empty";
            case AuthExpired _ -> "auth-expired";
            case AuthDenied _ -> "auth-denied";
            case Throttled _ -> "throttled";
            case QuotaGone _ -> "quota";
            case Retryable _ -> "retryable";
            case BusinessReject _ -> "business-reject";
            case AwaitingGrant _ -> "awaiting-grant";
            case Unreadable _ -> "unreadable";
            case Unexplained _ -> "unexplained";
        };
    }

    default boolean success() {
        return this instanceof Ok || this instanceof Empty;
    }
}
