package dev.mortise.cli;

import dev.mortise.engine.run.Receipt;
import dev.mortise.spi.problem.Fault;
import dev.mortise.spi.problem.Problem;
import java.util.List;

/// Exit codes, as scripts rely on them.
final class Exit {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int WRONG = 2;
    static final int REJECTED = 3;

    private Exit() {}

    static int of(Receipt receipt) {
        return switch (receipt.state()) {
            case SUCCEEDED -> DONE;
            case REJECTED -> REJECTED;
            case FAILED -> of(receipt.problems());
        };
    }

    /// The author's mistakes are told from the world's.
    static int of(List<Problem> problems) {
        boolean wrong = problems.stream().allMatch(p -> p.fault() == Fault.CONFIG);
        return wrong ? WRONG : FAILED;
    }
}
