package dev.mortise.api.answer;

import dev.mortise.spi.option.Sentence;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/// What a contract says of an answer.
///
/// @param code the vendor's, as text on one line and cut; empty when there is none
/// @param message the vendor's, on one line and cut; may quote what was sent, so hide secrets in it
/// @param advice the contract's, in the words of a person who has met the code before
public record Verdict(
        Meaning meaning, String code, String message, Optional<Sentence> advice, ZoneId zone) {
    private static final int FORBIDDEN = 403;

    /// The problem of an answer that is no success.
    ///
    /// @param asked the call, without secrets: `GET 'https://api.example.com/orders'`
    /// @param status of the answer
    public Problem problem(String asked, int status) {
        String vendor = vendor();
        String got = "status " + status + (vendor.isEmpty() ? "" : " with " + vendor);
        String message = "expected success from %s, got %s".formatted(asked, got);
        return switch (meaning) {
            case Meaning.Ok _, Meaning.Empty _ ->
                    throw new IllegalStateException("a success is no problem");
            case Meaning.AuthExpired _ ->
                    told(ProblemCode.LOGIN_REFUSED, message, "check 'auth' of the connection");
            case Meaning.AuthDenied _ ->
                    told(
                            status == FORBIDDEN
                                    ? ProblemCode.PRIVILEGE_MISSING
                                    : ProblemCode.LOGIN_REFUSED,
                            message,
                            "check id, secret and permissions of 'auth' with the vendor");
            case Meaning.Throttled(var wait) ->
                    told(
                            ProblemCode.THROTTLED,
                            message + ", wait " + wait.toSeconds() + " s",
                            "lower 'per' or 'concurrency' of 'limits'");
            case Meaning.QuotaGone(var until) ->
                    told(
                            ProblemCode.THROTTLED,
                            message + "; the quota resets at " + shown(until),
                            "run again after that, or raise the quota with the vendor");
            case Meaning.Retryable _ ->
                    told(
                            ProblemCode.SERVER_UNAVAILABLE,
                            message,
                            "run again; if it stays, ask the API's owner");
            case Meaning.BusinessReject _ ->
                    told(ProblemCode.ROW_REFUSED, message, "mend the row and replay it");
            case Meaning.AwaitingGrant _ ->
                    told(
                            ProblemCode.PRIVILEGE_MISSING,
                            message,
                            "let an administrator grant this call on the vendor's side");
            case Meaning.Unreadable(var found) ->
                    told(
                            ProblemCode.SERVER_FAILED,
                            message + "; " + found,
                            "check 'base_url' and the path: a login page or a proxy may answer");
            case Meaning.Unexplained _ ->
                    told(
                            ProblemCode.SERVER_FAILED,
                            message + ", which the contract does not know",
                            "add a rule for it to 'errors' of the connection");
        };
    }

    private Problem told(ProblemCode problem, String said, String fix) {
        return Problem.of(problem, said, advice.map(Sentence::en).orElse(fix));
    }

    private String shown(Instant until) {
        return DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm VV").format(until.atZone(zone));
    }

    private String vendor() {
        String named = code.isEmpty() ? "" : "code '" + code + "'";
        String said = message.isEmpty() ? "" : "'" + message + "'";
        return named + (named.isEmpty() || said.isEmpty() ? "" : " and ") + said;
    }
}
