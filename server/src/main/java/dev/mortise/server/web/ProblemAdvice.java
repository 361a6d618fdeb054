package dev.mortise.server.web;

import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.converter.HttpMessageNotWritableException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.util.DisconnectedClientHelper;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/// Gives every failure the one shape of [ProblemBody]. What nobody foresaw is logged with a number
/// and shown without a word of its inside.
@RestControllerAdvice
class ProblemAdvice {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

    @ExceptionHandler
    ResponseEntity<ProblemBody> problem(ProblemException e) {
        return body(List.of(e.problem()));
    }

    @ExceptionHandler
    ResponseEntity<ProblemBody> problems(ProblemsException e) {
        return body(e.problems());
    }

    @ExceptionHandler
    ResponseEntity<ProblemBody> unreadable(HttpMessageNotReadableException e) {
        if (e.getMostSpecificCause() instanceof BodyLimit.Exceeded much) {
            return body(List.of(Problem.of(ProblemCode.LIMIT_EXCEEDED, much.told(), "split it")));
        }
        String found = unreadable(e.getMostSpecificCause());
        return status(400, ProblemCode.VALUE_INVALID, "the body cannot be read: " + found);
    }

    /// Where the body is wrong. The words around that place are left out: they may be a secret.
    private static String unreadable(Throwable cause) {
        if (!(cause instanceof JacksonException e)) {
            return "it is missing or not JSON";
        }
        int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
        if (e instanceof UnrecognizedPropertyException unknown) {
            List<String> known =
                    unknown.getKnownPropertyIds() == null
                            ? List.of()
                            : unknown.getKnownPropertyIds().stream()
                                    .map(Object::toString)
                                    .sorted()
                                    .toList();
            return line == 0
                    ? "a word is not known here; expected %s".formatted(known)
                    : "a word in line %d is not known here; expected %s".formatted(line, known);
        }
        return line == 0
                ? "it is no JSON of the expected shape"
                : "it is no JSON of the expected shape in line " + line;
    }

    @ExceptionHandler
    ResponseEntity<ProblemBody> mistyped(MethodArgumentTypeMismatchException e) {
        return status(
                400,
                ProblemCode.VALUE_INVALID,
                "'%s' cannot be '%s'".formatted(e.getName(), e.getValue()));
    }

    /// Characters that no parameter may have, such as one with the code 0.
    @ExceptionHandler
    ResponseEntity<ProblemBody> rejected(RequestRejectedException e) {
        return status(400, ProblemCode.VALUE_INVALID, "the request cannot be understood");
    }

    /// The reader went away; there is nobody to tell.
    @ExceptionHandler
    void gone(AsyncRequestNotUsableException e) {
        LOG.debug("client gone", e);
    }

    @ExceptionHandler
    ResponseEntity<ProblemBody> any(Exception e) {
        if (e instanceof ErrorResponse known) {
            HttpStatusCode status = known.getStatusCode();
            ProblemCode code =
                    status.value() == 404 ? ProblemCode.NOT_FOUND : ProblemCode.CALL_INVALID;
            String detail = known.getBody().getDetail();
            return status(status.value(), code, detail == null ? "no such route" : detail);
        }
        // Of answers alone: a system that hangs up on us is another matter.
        if (e instanceof HttpMessageNotWritableException
                && DisconnectedClientHelper.isClientDisconnectedException(e)) {
            LOG.debug("client gone amid an answer", e);
            return ResponseEntity.noContent().build();
        }
        LOG.error("request failed unexpectedly", e);
        return body(
                List.of(
                        Problem.of(
                                ProblemCode.INTERNAL,
                                "something went wrong that should not",
                                "try again; if it happens again, report it with the server's"
                                        + " log")));
    }

    private static ResponseEntity<ProblemBody> status(int status, ProblemCode code, String text) {
        ProblemBody body = ProblemBody.of(List.of(Problem.of(code, text, "see the API's page")));
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(body.withStatus(status));
    }

    private static ResponseEntity<ProblemBody> body(List<Problem> problems) {
        ProblemBody body = ProblemBody.of(problems);
        return ResponseEntity.status(body.status())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(body);
    }
}
