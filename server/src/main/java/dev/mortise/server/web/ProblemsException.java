package dev.mortise.server.web;

import dev.mortise.spi.problem.Problem;
import java.util.List;

/// Several problems at once end a request.
public final class ProblemsException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<Problem> problems;

    public ProblemsException(List<Problem> problems) {
        super(problems.getFirst().line());
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
