package dev.mortise.spi.problem;

import org.jspecify.annotations.Nullable;

/// Carries one problem up the stack to where it is handled.
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public ProblemException(Problem problem) {
        this(problem, null);
    }

    public ProblemException(Problem problem, @Nullable Throwable cause) {
        super(problem.line(), cause);
        this.problem = problem;
    }

    public static ProblemException of(ProblemCode code, String message, String fix) {
        return new ProblemException(Problem.of(code, message, fix));
    }

    public Problem problem() {
        return problem;
    }

    /// The same problem with a place, when it has none yet.
    public ProblemException at(String place) {
        return problem.place().isEmpty() ? new ProblemException(problem.at(place), this) : this;
    }
}
