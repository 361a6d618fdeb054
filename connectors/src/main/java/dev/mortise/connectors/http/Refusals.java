package dev.mortise.connectors.http;

import dev.mortise.connectors.http.Call.Answer;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Says what an API answered instead of what was wanted, without the secrets of the connection:
/// everything shown passes [#hide]. Used by many threads.
final class Refusals {
    private static final int SHOWN_MAX = 200;
    private static final int SECRET_MIN = 3;

    private final Set<String> secrets = ConcurrentHashMap.newKeySet();

    /// Notes a secret in every form in which it may come back to us.
    void conceal(String secret) {
        if (secret.length() < SECRET_MIN) {
            return;
        }
        secrets.add(secret);
        secrets.add(Uris.encode(secret));
        secrets.add(java.net.URLEncoder.encode(secret, StandardCharsets.UTF_8));
        secrets.add(Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8)));
        StringBuilder quoted = new StringBuilder();
        dev.mortise.spi.batch.RowJson.quote(secret, quoted);
        secrets.add(quoted.substring(1, quoted.length() - 1));
    }

    String hide(String text) {
        String hidden = text;
        // Longest first: one secret may be a part of another.
        for (String secret :
                secrets.stream().sorted(Comparator.comparing(String::length).reversed()).toList()) {
            hidden = hidden.replace(secret, "***");
        }
        return hidden;
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

    /// What the status of an answer that is no success means.
    Problem problem(Call call, Answer answer) {
        String asked = call.method() + " '" + hide(call.uri().toString()) + "'";
        String body = answer.body().length == 0 ? "nothing" : "'" + shown(answer.body()) + "'";
        String message =
                "expected success from %s, got status %d with %s"
                        .formatted(asked, answer.status(), body);
        return switch (answer.status()) {
            case 401, 407 ->
                    Problem.of(
                            ProblemCode.LOGIN_REFUSED, message, "check 'auth' of the connection");
            case 403 ->
                    Problem.of(
                            ProblemCode.PRIVILEGE_MISSING,
                            message,
                            "let the API's owner grant this call to the account in 'auth'");
            case 404, 410 ->
                    Problem.of(
                            ProblemCode.DATASET_MISSING,
                            message,
                            "check 'base_url' and the resource's path");
            case 408, 504 -> Problem.of(ProblemCode.TIMED_OUT, message, "run again later");
            case 429 ->
                    Problem.of(
                            ProblemCode.THROTTLED,
                            message + wait(answer),
                            "lower 'requests_per_second' or 'concurrency', or raise 'retry_wait'");
            case 503 ->
                    Problem.of(ProblemCode.THROTTLED, message + wait(answer), "run again later");
            default ->
                    answer.status() >= 500
                            ? Problem.of(
                                    ProblemCode.SERVER_UNAVAILABLE,
                                    message,
                                    "run again; if it stays, ask the API's owner")
                            : Problem.of(
                                    ProblemCode.CALL_INVALID,
                                    message,
                                    "check method, path and parameters of the resource");
        };
    }

    private static String wait(Answer answer) {
        return answer.header("retry-after").map(w -> ", and Retry-After '" + w + "'").orElse("");
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
