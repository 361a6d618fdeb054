package dev.mortise.connectors.http;

import dev.mortise.api.answer.Meaning;
import dev.mortise.api.answer.Verdict;
import dev.mortise.api.auth.Hiding;
import dev.mortise.connectors.http.Call.Answer;
import dev.mortise.spi.option.Secret;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// Says what an API answered instead of what was wanted, without the secrets of the connection:
/// everything shown passes [#hide]. Used by many threads.
final class Refusals {
    private static final int SHOWN_MAX = 200;

    private final Hiding hiding = new Hiding();

    /// Notes a secret in every form in which it may come back to us.
    void conceal(String secret) {
        hiding.conceal(secret);
    }

    /// Notes a secret that is made anew for each call.
    void concealPassing(String secret) {
        hiding.concealPassing(secret);
    }

    /// Notes what came from outside the definition. Of the address of the API the host stays to be
    /// seen: a message without it would help nobody.
    void conceal(List<Secret> outside, URI base) {
        String origin = base.getScheme() + "://" + base.getRawAuthority();
        for (Secret secret : outside) {
            if (secret.reveal().startsWith(origin)) {
                String rest = secret.reveal().substring(origin.length());
                List.of(rest.split("[/?&=#]", -1)).forEach(this::conceal);
            } else if (!named(base).contains(secret.reveal())) {
                conceal(secret.reveal());
            }
        }
    }

    private static List<String> named(URI base) {
        return List.of(
                String.valueOf(base.getHost()),
                String.valueOf(base.getRawAuthority()),
                Integer.toString(base.getPort()));
    }

    /// The same problem without the secrets in it.
    ProblemException hidden(ProblemException e) {
        Problem hidden = hidden(e.problem());
        return hidden.equals(e.problem()) ? e : new ProblemException(hidden);
    }

    /// The same problem without the secrets in it.
    Problem hidden(Problem told) {
        return new Problem(told.code(), hide(told.message()), told.place(), hide(told.fix()));
    }

    String hide(String text) {
        return hiding.hide(text);
    }

    /// The first characters of a body, on one line.
    String shown(byte[] body) {
        // Hidden before it is cut, lest half a secret stays.
        int bytes = Math.min(body.length, 64 * 1_024);
        String text = hide(new String(body, 0, bytes, StandardCharsets.UTF_8));
        String line = text.replaceAll("\\s+", " ").strip();
        int end = Math.min(line.length(), SHOWN_MAX);
        return line.length() > end ? line.substring(0, end) + "…" : line;
    }

    /// What an answer that is no success means by the contract of the connection.
    Problem problem(Call call, Answer answer) {
        Verdict verdict = answer.verdict().orElseThrow();
        Problem told = verdict.problem(asked(call), answer.status());
        boolean silent = verdict.code().isEmpty() && verdict.message().isEmpty();
        String body = answer.body().length == 0 ? "nothing" : "'" + shown(answer.body()) + "'";
        String message = hide(told.message()) + (silent ? "; its body is " + body : "");
        return switch (verdict.meaning()) {
            case Meaning.BusinessReject _ -> rejected(answer.status(), message);
            case Meaning.Unexplained _ when answer.status() >= 500 ->
                    Problem.of(
                            ProblemCode.SERVER_UNAVAILABLE,
                            message,
                            "run again; if it stays, ask the API's owner");
            default -> Problem.of(told.code(), message, told.fix());
        };
    }

    /// What a refusal says about the rows that were sent; empty when it is not about them, so that
    /// a mistake of the definition does not set every row aside.
    ///
    /// @param named whether the path names the row, which may then be unknown
    static Optional<ProblemCode> aboutTheRow(Answer answer, boolean named) {
        if (!(answer.meaning() instanceof Meaning.BusinessReject)) {
            return Optional.empty();
        }
        return switch (answer.status()) {
            case 409 -> Optional.of(ProblemCode.KEY_TAKEN);
            case 413 -> Optional.of(ProblemCode.VALUE_TOO_LONG);
            case 404, 410 -> named ? Optional.of(ProblemCode.ROW_REFUSED) : Optional.empty();
            case 405, 406, 411, 414, 415, 421, 426, 428, 431 -> Optional.empty();
            default -> Optional.of(ProblemCode.ROW_REFUSED);
        };
    }

    /// What mends a row that was refused.
    static String fix(Call call, Answer answer) {
        if (answer.status() == 412 && call.has("If-Match")) {
            return "the record has changed since it was read, perhaps by this very call if an"
                    + " answer to it was lost: read it again, and send the row with the version it"
                    + " has then if it still differs";
        }
        boolean gone = answer.status() == 404 || answer.status() == 410;
        return gone && call.method().equals("DELETE")
                ? "the record is not there, perhaps deleted before by this very call: leave the row"
                        + " out if that is so"
                : "mend the row and replay it";
    }

    String asked(Call call) {
        return call.method() + " '" + hide(call.uri().toString()) + "'";
    }

    private static Problem rejected(int status, String message) {
        return status == 404 || status == 410
                ? Problem.of(
                        ProblemCode.DATASET_MISSING,
                        message,
                        "check 'base_url' and the resource's path")
                : Problem.of(
                        ProblemCode.CALL_INVALID,
                        message,
                        "check method, path and parameters of the resource");
    }

    Problem notJson(Call call, Answer answer) {
        return misfit(call, answer, "JSON");
    }

    /// An answer in which one format was promised and another one came.
    Problem misfit(Call call, Answer answer, String wanted) {
        String type = answer.header("content-type").orElse("no content type");
        return Problem.of(
                ProblemCode.SERVER_FAILED,
                "expected %s from %s '%s', got '%s' starting with '%s'"
                        .formatted(
                                wanted,
                                call.method(),
                                hide(call.uri().toString()),
                                type,
                                shown(answer.body())),
                "check 'base_url', the path and whether the API shows a login page instead");
    }
}
