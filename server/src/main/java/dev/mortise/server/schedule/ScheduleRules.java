package dev.mortise.server.schedule;

import dev.mortise.server.schedule.Schedule.FlowName;
import dev.mortise.server.web.ProblemsException;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a schedule may say.
final class ScheduleRules {
    static final int DEPENDS_MAX = 20;
    static final int RETRIES_MAX = 20;
    static final long WAIT_SECONDS_MAX = 86_400;

    private ScheduleRules() {}

    /// @param others what every other flow depends on
    /// @throws ProblemsException all that is wrong
    static void demand(Schedule one, Map<FlowName, List<FlowName>> others) {
        List<Problem> problems = when(one.cron(), one.zone());
        if (one.cron() == null && one.dependsOn().isEmpty()) {
            problems.add(
                    invalid(
                            "cron",
                            "a schedule expects a time or flows to follow, got neither",
                            "fill in 'cron' or 'depends_on'"));
        }
        if (one.dependsOn().size() > DEPENDS_MAX) {
            problems.add(
                    invalid(
                            "depends_on",
                            "a flow follows at most %d others, got %d"
                                    .formatted(DEPENDS_MAX, one.dependsOn().size()),
                            "let flows follow each other instead"));
        }
        if (one.retriesMax() < 0
                || one.retriesMax() > RETRIES_MAX
                || one.retryWaitSeconds() < 0
                || one.retryWaitSeconds() > WAIT_SECONDS_MAX) {
            problems.add(
                    invalid(
                            "retries",
                            "expected up to %d retries with up to %d seconds between"
                                    .formatted(RETRIES_MAX, WAIT_SECONDS_MAX),
                            "lower them"));
        }
        cycle(one, others).ifPresent(problems::add);
        if (!problems.isEmpty()) {
            throw new ProblemsException(problems);
        }
    }

    /// What is wrong with a time and its zone.
    static List<Problem> when(@Nullable String cron, String zone) {
        List<Problem> problems = new ArrayList<>();
        try {
            ZoneId.of(zone);
        } catch (DateTimeException _) {
            problems.add(
                    invalid(
                            "zone",
                            "no time zone is called '" + zone + "'",
                            "write it like Asia/Shanghai or UTC"));
        }
        try {
            if (cron != null) {
                Cron.parse(cron);
            }
        } catch (ProblemException e) {
            problems.add(e.problem());
        }
        return problems;
    }

    private static Optional<Problem> cycle(Schedule one, Map<FlowName, List<FlowName>> others) {
        FlowName own = new FlowName(one.project(), one.flow());
        Deque<FlowName> open = new ArrayDeque<>(one.dependsOn());
        Set<FlowName> seen = new HashSet<>();
        while (!open.isEmpty()) {
            FlowName next = open.pop();
            if (next.equals(own)) {
                return Optional.of(
                        invalid(
                                "depends_on",
                                "flow '%s' would wait for itself".formatted(own.flow()),
                                "take one of the flows out of the circle"));
            }
            if (seen.add(next)) {
                others.getOrDefault(next, List.of()).forEach(open::push);
            }
        }
        return Optional.empty();
    }

    static Problem invalid(String place, String message, String fix) {
        return new Problem(ProblemCode.VALUE_INVALID, message, place, fix);
    }
}
