package dev.mortise.cli.remote;

import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A server, called with an API token.
final class RemoteServer {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration CONNECT_MAX = Duration.ofSeconds(10);
    private static final Duration ANSWER_MAX = Duration.ofMinutes(5);
    private static final int BYTES_MAX = 256 << 20;
    private static final int FAILED_FROM = 400;
    private static final int SERVER_FAILED_FROM = 500;

    private final URI address;
    private final String token;
    private final String language;

    RemoteServer(URI address, String token, String language) {
        this.address = address;
        this.token = token;
        this.language = language;
    }

    /// What came back.
    static final class Answer {
        private final byte[] body;
        private final List<Problem> problems;

        private Answer(byte[] body, List<Problem> problems) {
            this.body = body;
            this.problems = problems;
        }

        byte[] body() {
            return body;
        }

        JsonNode json() {
            return JSON.readTree(body);
        }

        /// Why it did not do what was asked; empty when it did.
        List<Problem> problems() {
            return problems;
        }
    }

    /// A part of a path.
    static String part(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    Answer get(String path) throws IOException, InterruptedException {
        return send(request(path).GET().build());
    }

    Answer post(String path, String type, byte[] body) throws IOException, InterruptedException {
        return send(
                request(path)
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofByteArray(body))
                        .build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address + path))
                .timeout(ANSWER_MAX)
                .header("Accept-Language", language)
                .header("Authorization", "Bearer " + token);
    }

    /// @throws ProblemException when no server of ours answers there
    private Answer send(HttpRequest request) throws IOException, InterruptedException {
        // A redirect would carry the token to somebody else.
        try (HttpClient http =
                HttpClient.newBuilder()
                        .connectTimeout(CONNECT_MAX)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build()) {
            HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
            try (InputStream in = response.body()) {
                byte[] body = in.readNBytes(BYTES_MAX);
                return new Answer(body, problems(response.statusCode(), body));
            }
        } catch (HttpTimeoutException e) {
            throw unanswered(ProblemCode.TIMED_OUT, e);
        } catch (SSLException e) {
            throw unanswered(ProblemCode.TLS_FAILED, e);
        } catch (ConnectException e) {
            throw unanswered(ProblemCode.CONNECTION_REFUSED, e);
        }
    }

    private ProblemException unanswered(ProblemCode code, IOException e) {
        String why = e.getMessage() == null ? "" : ": " + e.getMessage();
        return ProblemException.of(
                code,
                "the server at " + address + " does not answer" + why,
                "see that it runs and that --server or MORTISE_SERVER names it");
    }

    private List<Problem> problems(int status, byte[] body) {
        if (status >= 200 && status < 300) {
            return List.of();
        }
        try {
            List<Problem> problems =
                    status < FAILED_FROM ? List.of() : problems(JSON.readTree(body));
            return problems.isEmpty() ? List.of(strange(status)) : problems;
        } catch (JacksonException | IllegalArgumentException _) {
            return List.of(strange(status));
        }
    }

    /// Those an answer tells of.
    ///
    /// @throws IllegalArgumentException when a newer server tells of what is not known here
    static List<Problem> problems(JsonNode answer) {
        List<Problem> problems = new ArrayList<>();
        answer.path("problems").forEach(one -> problems.add(problem(one)));
        return problems;
    }

    private static Problem problem(JsonNode one) {
        return new Problem(
                ProblemCode.valueOf(one.path("code").asString("")),
                one.path("message").asString(""),
                one.path("place").asString(""),
                one.path("fix").asString(""));
    }

    private Problem strange(int status) {
        ProblemCode code =
                status >= SERVER_FAILED_FROM
                        ? ProblemCode.SERVER_UNAVAILABLE
                        : ProblemCode.SERVER_FAILED;
        return Problem.of(
                code,
                "expected an answer of Mortise from " + address + ", got status " + status,
                "see that --server or MORTISE_SERVER names the server itself");
    }
}
