package dev.mortise.server.web;

import dev.mortise.spi.option.Place;
import dev.mortise.spi.problem.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Problems as they go over the wire (RFC 9457).
public record ProblemBody(
        String type,
        String title,
        int status,
        String code,
        String detail,
        String place,
        String fix,
        List<One> problems) {
    /// One of them.
    ///
    /// @param file the document its place is in, with line and column from 1; null elsewhere
    public record One(
            String code,
            String fault,
            String message,
            String place,
            String fix,
            @Nullable String file,
            @Nullable Integer line,
            @Nullable Integer column) {
        public static One of(Problem problem) {
            Place place = Place.parse(problem.place()).orElse(null);
            return new One(
                    problem.code().name(),
                    problem.fault().name(),
                    problem.message(),
                    problem.place(),
                    problem.fix(),
                    place == null ? null : place.file(),
                    place == null ? null : place.line(),
                    place == null ? null : place.column());
        }
    }

    public static ProblemBody of(List<Problem> problems) {
        Problem first = problems.getFirst();
        return new ProblemBody(
                "/docs/problems/" + first.code().name(),
                first.code().name(),
                Status.of(first.code()),
                first.code().name(),
                first.message(),
                first.place(),
                first.fix(),
                problems.stream().map(One::of).toList());
    }

    /// The same under a status the code does not have by itself.
    ProblemBody withStatus(int other) {
        return new ProblemBody(type, title, other, code, detail, place, fix, problems);
    }
}
