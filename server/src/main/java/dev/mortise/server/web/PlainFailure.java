package dev.mortise.server.web;

import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/// What Tomcat says of a request that it lets no further, such as one with a path that cannot be
/// decoded: a problem like any other. Made by Tomcat, by its name.
public final class PlainFailure extends ErrorReportValve {
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .build();

    @Override
    protected void report(Request request, Response response, @Nullable Throwable cause) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        Problem problem =
                Problem.of(
                        ProblemCode.CALL_INVALID,
                        "the request cannot be understood",
                        "check its path and its headers");
        Problem told = Language.of(request).tell(problem);
        byte[] body =
                JSON.writeValueAsString(ProblemBody.of(List.of(told)).withStatus(status))
                        .getBytes(StandardCharsets.UTF_8);
        try {
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.addHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE);
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
            response.finishResponse();
        } catch (IOException | IllegalStateException _) {
            // Nobody is there to be told.
        }
    }
}
