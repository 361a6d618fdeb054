package dev.mortise.server.design;

import dev.mortise.engine.flow.Draft;
import dev.mortise.engine.flow.Step;
import dev.mortise.engine.plan.Outline;
import dev.mortise.server.alert.Alerts;
import dev.mortise.server.alert.Seen;
import dev.mortise.server.connection.Deadline;
import dev.mortise.server.connection.OpenConnections;
import dev.mortise.server.design.Checked.ColumnBody;
import dev.mortise.server.design.Checked.StepBody;
import dev.mortise.server.design.Checked.TargetBody;
import dev.mortise.server.document.Definitions;
import dev.mortise.server.web.ProblemBody;
import dev.mortise.spi.connect.Dataset;
import dev.mortise.spi.connect.Reads;
import dev.mortise.spi.connect.SinkPlan;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Schema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Checks a flow against the systems it names, as far as they answer in time.
@Component
final class CheckDesk {
    /// For all systems together.
    static final Duration TIME = Duration.ofSeconds(10);

    private static final Duration TARGET_TIME = Duration.ofSeconds(3);

    private final Definitions definitions;
    private final OpenConnections open;
    private final Alerts alerts;

    CheckDesk(Definitions definitions, OpenConnections open, Alerts alerts) {
        this.definitions = definitions;
        this.open = open;
        this.alerts = alerts;
    }

    /// @param any whether the caller may have any text checked, and not the saved one alone
    Checked check(String project, String name, String given, boolean any) {
        String text = any ? given : saved(project, name, given);
        try (Bench bench = Bench.of(definitions, open, project, name, text)) {
            Optional<Draft> draft = bench.draft();
            if (draft.isEmpty()) {
                return new Checked(bodies(bench.problems()), Map.of());
            }
            Outline outline = bench.outline(draft.get(), Map.of(), TIME);
            if (definitions.isPublished(project, name, text)) {
                alerts.saw(Seen.of(project, name, "", outline.sources()));
            }
            return checked(bench, outline);
        }
    }

    private String saved(String project, String name, String given) {
        return definitions
                .saved(project, name, given)
                .orElseThrow(
                        () ->
                                ProblemException.of(
                                        ProblemCode.NOT_ALLOWED,
                                        "checking a text that is not the saved one needs the role"
                                                + " 'developer'",
                                        "check the flow as it is saved, or ask an administrator for"
                                                + " the role"));
    }

    private static Checked checked(Bench bench, Outline outline) {
        Draft draft = outline.draft();
        Set<Problem> all = new LinkedHashSet<>(draft.problems());
        outline.problems().values().forEach(all::addAll);
        Map<String, StepBody> steps = new LinkedHashMap<>();
        for (String step : draft.places().keySet()) {
            List<Problem> own = new ArrayList<>(outline.problems().getOrDefault(step, List.of()));
            draft.problems().stream()
                    .filter(p -> draft.stepOf(p).filter(step::equals).isPresent())
                    .forEach(own::add);
            steps.put(step, body(bench, outline, step, own));
        }
        return new Checked(bodies(List.copyOf(all)), steps);
    }

    private static StepBody body(Bench bench, Outline outline, String name, List<Problem> own) {
        Step step = outline.draft().flow().steps().get(name);
        Schema schema = outline.schemas().get(name);
        return new StepBody(
                step == null ? "" : kind(step),
                step == null ? List.of() : step.inputs(),
                schema == null ? null : columns(schema),
                bodies(own),
                step instanceof Step.Write write ? target(bench, outline, write) : null,
                StaleKey.of(outline.draft().flow(), name, bench.project()));
    }

    static String kind(Step step) {
        return switch (step) {
            case Step.Read _ -> "read";
            case Step.Mapping _ -> "map";
            case Step.Where _ -> "where";
            case Step.Sql _ -> "sql";
            case Step.Expect _ -> "expect";
            case Step.Dedupe _ -> "dedupe";
            case Step.Union _ -> "union";
            case Step.Call _ -> "call";
            case Step.Write _ -> "write";
        };
    }

    private static @Nullable TargetBody target(Bench bench, Outline outline, Step.Write write) {
        SinkPlan sink = outline.sinks().get(write.name());
        Dataset there = existing(bench, write);
        Schema schema = there != null ? there.schema() : sink != null ? sink.schema() : null;
        if (schema == null) {
            return null;
        }
        List<String> statements = sink == null ? List.of() : sink.statements();
        return new TargetBody(
                columns(schema),
                there == null ? write.key() : there.key(),
                statements.isEmpty() ? null : String.join(";\n", statements),
                write.mode().name().toLowerCase(Locale.ROOT),
                there != null,
                sink == null ? Map.of() : sink.nativeTypes(),
                sink == null ? List.of() : sink.notes());
    }

    /// The dataset as it stands; null when there is none, or nobody can tell.
    private static @Nullable Dataset existing(Bench bench, Step.Write write) {
        try {
            Reads reads = bench.connections().connector(write.connection(), Reads.class, "read");
            return Deadline.within(TARGET_TIME, () -> reads.describe(write.dataset()));
        } catch (ProblemException _) {
            return null;
        }
    }

    private static List<ColumnBody> columns(Schema schema) {
        return schema.fields().stream().map(ColumnBody::of).toList();
    }

    private static List<ProblemBody.One> bodies(List<Problem> problems) {
        return problems.stream().map(ProblemBody.One::of).toList();
    }
}
