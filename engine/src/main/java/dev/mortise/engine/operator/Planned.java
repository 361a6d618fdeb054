package dev.mortise.engine.operator;

import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Schema;
import java.util.List;
import java.util.function.Supplier;

/// A step that has been checked but not run.
///
/// @param schema the columns it gives; those with a problem are missing
/// @param problems what is wrong with it, all at once; a step with problems cannot be opened
/// @param opener makes what runs it
public record Planned<T>(Schema schema, List<Problem> problems, Supplier<? extends T> opener) {
    public Planned {
        problems = List.copyOf(problems);
    }

    /// A step that has problems and nothing else.
    public static <T> Planned<T> refused(List<Problem> problems) {
        return new Planned<>(
                Schema.of(),
                problems,
                () -> {
                    throw new IllegalStateException("a step with problems was opened");
                });
    }

    /// What runs the step, for one thread: every lane opens its own.
    public T open() {
        if (!problems.isEmpty()) {
            throw new ProblemException(problems.getFirst());
        }
        return opener.get();
    }
}
