package dev.mortise.api.soap;

import dev.mortise.spi.problem.Nearest;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// The problems of one message, up to a hundred: a caller mends them all at once.
final class Complaints {
    private static final int MAX = 100;

    private final List<Problem> problems = new ArrayList<>();

    void add(ProblemCode code, Path path, String message, String fix) {
        if (problems.size() < MAX) {
            problems.add(new Problem(code, message, path.toString(), fix));
        }
    }

    void missing(Path path) {
        add(
                ProblemCode.WORD_MISSING,
                path,
                "expected a value for '%s', got none".formatted(path.key()),
                "add the key");
    }

    /// A key of no schema.
    ///
    /// @param known the keys there are, one of which may be meant
    void unknown(Path path, Collection<String> known) {
        add(
                ProblemCode.WORD_UNKNOWN,
                path,
                "unknown key '%s'".formatted(path.key()),
                Nearest.fix(path.key(), known));
    }

    /// A known key whose values are too many, or do not go with the others.
    void leftover(Path path) {
        add(
                ProblemCode.VALUE_INVALID,
                path,
                "'%s' does not stand here together with the other keys, or not so often"
                        .formatted(path.key()),
                "leave it out, or the ones it excludes");
    }

    void add(Problem problem) {
        problems.add(problem);
    }

    List<Problem> list() {
        return List.copyOf(problems);
    }
}
