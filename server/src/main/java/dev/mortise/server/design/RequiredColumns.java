package dev.mortise.server.design;

import dev.mortise.engine.plan.Outline;
import dev.mortise.server.connection.OpenConnections;
import dev.mortise.server.document.Definitions;
import dev.mortise.server.document.DocumentDesk;
import dev.mortise.server.web.ProblemsException;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/// Keeps a flow from being published that writes rows without what their target demands. A system
/// that does not answer stands in nobody's way: what it demands, the run finds out.
@Component
final class RequiredColumns implements DocumentDesk.PublishGate {
    private static final Duration TIME = Duration.ofSeconds(6);

    private final Definitions definitions;
    private final OpenConnections open;

    RequiredColumns(Definitions definitions, OpenConnections open) {
        this.definitions = definitions;
        this.open = open;
    }

    @Override
    public List<Problem> against(String project, String flow, String text) {
        try (Bench bench = Bench.of(definitions, open, project, flow, text)) {
            return bench.draft()
                    .map(draft -> bench.outline(draft, Map.of(), TIME))
                    .map(RequiredColumns::gaps)
                    .orElse(List.of());
        } catch (ProblemException | ProblemsException _) {
            return List.of();
        }
    }

    private static List<Problem> gaps(Outline outline) {
        return outline.problems().values().stream()
                .flatMap(List::stream)
                .filter(problem -> problem.code() == ProblemCode.COLUMN_REQUIRED)
                .distinct()
                .toList();
    }
}
