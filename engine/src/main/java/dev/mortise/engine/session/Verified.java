package dev.mortise.engine.session;

import dev.mortise.engine.run.Receipt.Checked;
import dev.mortise.engine.verify.StepVerdict;
import java.util.List;

/// Sums the verdicts of a flow's write steps up for its receipt.
final class Verified {
    private Verified() {}

    static Checked sum(List<StepVerdict> verdicts) {
        return new Checked(
                verdicts.stream().mapToLong(StepVerdict::sourceRows).sum(),
                verdicts.stream().mapToLong(StepVerdict::targetRows).sum(),
                verdicts.stream().mapToLong(StepVerdict::missing).sum(),
                verdicts.stream().mapToLong(StepVerdict::extra).sum(),
                verdicts.stream().mapToLong(StepVerdict::different).sum());
    }
}
