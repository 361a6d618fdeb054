package dev.mortise.cli;

import dev.mortise.engine.run.Receipt;
import dev.mortise.spi.problem.Fault;
import dev.mortise.spi.problem.Problem;
import java.util.List;

/// Exit codes, as scripts rely on them.
public final class Exit {
    public static final int DONE = 0;
    public static final int FAILED = 1;
    public static final int WRONG = 2;
    public static final int REJECTED = 3;

    private Exit() {}

    public static int of(Receipt receipt) {
        return switch (receipt.state()) {
            case SUCCEEDED -> DONE;
            case REJECTED -> REJECTED;
            case FAILED -> of(receipt.problems());
        };
    }

    /// The author's mistakes are told from the world's.
    public static int of(List<Problem> problems) {
        boolean wrong = problems.stream().allMatch(p -> p.fault() == Fault.CONFIG);
        return wrong ? WRONG : FAILED;
    }
}
