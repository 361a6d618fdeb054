package dev.mortise.server.home;

import dev.mortise.engine.flow.Flow;
import dev.mortise.engine.flow.Project;
import dev.mortise.engine.flow.Step;
import dev.mortise.server.document.Definitions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/// What published flows write to, and their project as the engine reads it. Read again once a
/// minute at most.
@Component
final class Targets {
    private static final Duration KEPT = Duration.ofMinutes(1);
    private static final int PROJECTS_MAX = 200;

    private final Definitions definitions;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    private record Known(Instant at, Project project) {}

    Targets(Definitions definitions) {
        this.definitions = definitions;
    }

    Project project(String name, Instant now) {
        Known found = known.get(name);
        if (found == null || found.at().plus(KEPT).isBefore(now)) {
            if (known.size() >= PROJECTS_MAX) {
                known.clear();
            }
            found = new Known(now, definitions.published(name));
            known.put(name, found);
        }
        return found.project();
    }

    /// Datasets by the flow that writes them; of a copy the pattern of their names.
    Map<String, List<String>> of(String project, Instant now) {
        Map<String, List<String>> targets = new TreeMap<>();
        project(project, now).flows().forEach((name, flow) -> targets.put(name, of(flow)));
        return targets;
    }

    private static List<String> of(Flow flow) {
        if (flow.copy().isPresent()) {
            return List.of(flow.copy().get().to() + "." + flow.copy().get().into());
        }
        return flow.steps().values().stream()
                .filter(Step.Write.class::isInstance)
                .map(Step.Write.class::cast)
                .map(write -> write.connection() + "." + write.dataset())
                .distinct()
                .toList();
    }
}
