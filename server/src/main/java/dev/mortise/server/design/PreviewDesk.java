package dev.mortise.server.design;

import dev.mortise.engine.plan.Node;
import dev.mortise.engine.sample.Limits;
import dev.mortise.engine.sample.Sample;
import dev.mortise.server.connection.OpenConnections;
import dev.mortise.server.connection.Preview;
import dev.mortise.server.connection.Samplings;
import dev.mortise.server.document.Definitions;
import dev.mortise.spi.batch.Batch;
import java.util.Map;
import org.springframework.stereotype.Component;

/// Shows what a step of a flow gives, over the first rows of what it reads.
@Component
final class PreviewDesk {
    private final Definitions definitions;
    private final OpenConnections open;
    private final Samplings samplings;

    PreviewDesk(Definitions definitions, OpenConnections open, Samplings samplings) {
        this.definitions = definitions;
        this.open = open;
        this.samplings = samplings;
    }

    /// What is asked for.
    ///
    /// @param id by which it can be cancelled; may be empty
    record Wanted(String name, String text, String step, int rows, String id) {}

    Preview preview(String project, Wanted wanted, Map<String, Batch> pins) {
        try (Bench bench = Bench.of(definitions, open, project, wanted.name(), wanted.text())) {
            Node node = StepSample.node(bench, wanted.step(), pins);
            Limits limits = Limits.rows(wanted.rows(), Samplings.TIME);
            Sample sample = samplings.take(project, wanted.id(), node, limits);
            boolean unread = sample.rows() == 0 && sample.read() == 0 && !sample.stopped();
            return Preview.of(
                    sample,
                    unread && Samplings.narrowed(node),
                    StaleKey.of(bench.demand().flow(), wanted.step(), bench.project()));
        }
    }
}
