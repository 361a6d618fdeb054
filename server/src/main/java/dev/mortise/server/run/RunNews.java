package dev.mortise.server.run;

import dev.mortise.engine.plan.Plan;
import dev.mortise.server.alert.Alerts;
import dev.mortise.server.alert.Outcome;
import dev.mortise.server.alert.Seen;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// Tells alerts what becomes of runs.
@Component
final class RunNews implements RunQueue.News {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double MILLIS = 1_000;

    private final Alerts alerts;

    RunNews(Alerts alerts) {
        this.alerts = alerts;
    }

    @Override
    public void heard(DSLContext dsl, Run run, Instant now) {
        Instant started = Objects.requireNonNullElse(run.times().started(), now);
        Instant ended = Objects.requireNonNullElse(run.times().ended(), now);
        alerts.heard(
                dsl,
                new Outcome(
                        run.project(),
                        run.flow(),
                        run.id(),
                        Outcome.State.valueOf(run.state().name()),
                        run.rows().read(),
                        run.rows().written(),
                        run.rows().rejected(),
                        Duration.between(started, ended).toMillis() / MILLIS,
                        problem(run.problem()),
                        ended),
                now);
    }

    @Override
    public void saw(Run run, Plan plan) {
        alerts.saw(Seen.of(run.project(), run.flow(), run.id(), plan.sources()));
    }

    private static @Nullable Problem problem(@Nullable String json) {
        if (json == null) {
            return null;
        }
        JsonNode node = JSON.readTree(json);
        return new Problem(
                ProblemCode.valueOf(node.path("code").asString()),
                node.path("message").asString(),
                node.path("place").asString(),
                node.path("fix").asString());
    }
}
