package dev.mortise.engine.operator;

import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.type.Schema;
import java.util.List;
import java.util.function.Supplier;

public record Planned<T>(Schema schema, List<Problem> problems, Supplier<T> opener) {
    public T open() {
        return opener.get();
    }
}
