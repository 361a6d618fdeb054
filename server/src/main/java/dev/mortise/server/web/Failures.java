package dev.mortise.server.web;

import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.ObjectMapper;

/// Gives what fails before it reaches a route the shape every failure has.
@RestController
public final class Failures implements ErrorController {
    /// Answers with a problem from outside of the routes.
    @Component
    public static final class Writer {
        private final ObjectMapper json;

        Writer(ObjectMapper json) {
            this.json = json;
        }

        public void write(HttpServletRequest request, HttpServletResponse response, Problem problem)
                throws IOException {
            ProblemBody body = ProblemBody.of(List.of(Language.of(request).tell(problem)));
            response.setStatus(body.status());
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.addHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE);
            response.getOutputStream().write(json.writeValueAsBytes(body));
        }
    }

    @Open
    @RequestMapping("/error")
    ResponseEntity<ProblemBody> failed(HttpServletRequest request) {
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        int code = status instanceof Integer number ? number : 404;
        ProblemBody body = ProblemBody.of(List.of(problem(code)));
        return ResponseEntity.status(code)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(body.withStatus(code));
    }

    private static Problem problem(int status) {
        return switch (status) {
            case 401 -> Problem.of(ProblemCode.NOT_SIGNED_IN, "nobody is signed in", "sign in");
            case 403 -> refused();
            case 404 ->
                    Problem.of(ProblemCode.NOT_FOUND, "there is nothing here", "check the path");
            case 413 ->
                    Problem.of(ProblemCode.LIMIT_EXCEEDED, "the request is too large", "split it");
            case 500 ->
                    Problem.of(
                            ProblemCode.INTERNAL,
                            "something went wrong that should not",
                            "try again; if it happens again, report it with the server's log");
            default ->
                    Problem.of(
                            ProblemCode.CALL_INVALID,
                            "the request cannot be understood",
                            "see the API's page");
        };
    }

    /// What a request is told that comes without the CSRF token.
    public static Problem refused() {
        return Problem.of(
                ProblemCode.NOT_ALLOWED,
                "expected the header X-XSRF-TOKEN with the value of the cookie XSRF-TOKEN",
                "read /api/session first, and send the cookie's value back");
    }
}
