package dev.mortise.server.home;

import dev.mortise.server.alert.Alerts;
import dev.mortise.server.store.Database;
import dev.mortise.server.web.Needs;
import dev.mortise.server.web.Role;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// `/api/projects/{project}/home`.
@RestController
class HomeRoutes {
    private static final Map<String, Duration> WINDOWS =
            Map.of(
                    "24h",
                    Duration.ofHours(24),
                    "7d",
                    Duration.ofDays(7),
                    "30d",
                    RunHistory.LONGEST);
    private static final int LISTED_MAX = 10;
    private static final int FRESHNESS_MAX = 500;

    /// So many failed runs are looked at for the flows that fail now.
    private static final int FAILURES_MAX = 200;

    private final Database database;
    private final HomeStore store;
    private final RunHistory history;
    private final Targets targets;
    private final Quotas quotas;
    private final Alerts alerts;

    HomeRoutes(
            Database database,
            HomeStore store,
            RunHistory history,
            Targets targets,
            Quotas quotas,
            Alerts alerts) {
        this.database = database;
        this.store = store;
        this.history = history;
        this.targets = targets;
        this.quotas = quotas;
        this.alerts = alerts;
    }

    /// @param successRate of 1; null without runs
    record Transfer(
            long runs,
            long succeeded,
            long rejected,
            long failed,
            @Nullable Double successRate,
            @Nullable Double secondsP50,
            @Nullable Double secondsP95,
            @Nullable Double secondsP99) {}

    record HourRows(Instant at, long rows) {}

    record Freshness(String dataset, String flow, @Nullable Instant lastSuccessAt, boolean late) {}

    record Slow(String flow, @Nullable Double secondsP95) {}

    record Home(
            Transfer transfer,
            long rowsToday,
            List<HourRows> rowsByHour,
            List<Freshness> freshness,
            List<HomeStore.Line> failing,
            List<Slow> slowest,
            List<Quotas.Quota> quotas,
            int waiting,
            int running) {}

    /// @param zone whose midnight today begins at
    @Needs(Role.VIEWER)
    @GetMapping("/api/projects/{project}/home")
    Home home(
            @PathVariable String project,
            @RequestParam(defaultValue = "24h") String window,
            @RequestParam(defaultValue = "UTC") String zone) {
        Duration length = WINDOWS.get(window);
        if (length == null) {
            throw refused("window", "24h, 7d or 30d", window);
        }
        Instant now = database.now();
        Tally tally = history.over(project, length, now);
        long from = now.minus(length).toEpochMilli();
        return new Home(
                transfer(tally.all()),
                today(tally, zone, now),
                hours(tally, from, now),
                freshness(project, now),
                failing(store.failing(project, from, FAILURES_MAX), tally),
                slowest(tally),
                quotas.of(project),
                store.count(project, "waiting"),
                store.count(project, "running"));
    }

    private static Transfer transfer(Tally.Sum all) {
        Double rate = all.runs() == 0 ? null : (Double) (all.succeeded / (double) all.runs());
        return new Transfer(
                all.runs(),
                all.succeeded,
                all.rejected,
                all.failed,
                rate,
                all.latencies.percentile(50),
                all.latencies.percentile(95),
                all.latencies.percentile(99));
    }

    private static long today(Tally tally, String zone, Instant now) {
        try {
            ZoneId id = ZoneId.of(zone);
            long day = now.atZone(id).toLocalDate().atStartOfDay(id).toInstant().toEpochMilli();
            return tally.rowsByHour.entrySet().stream()
                    .filter(hour -> hour.getKey() >= day)
                    .mapToLong(Map.Entry::getValue)
                    .sum();
        } catch (DateTimeException _) {
            throw refused("zone", "a time zone such as Asia/Shanghai", zone);
        }
    }

    /// Every hour of the window: that nothing was moved is seen, too.
    static List<HourRows> hours(Tally tally, long from, Instant now) {
        List<HourRows> hours = new ArrayList<>();
        long first = from / HomeStore.HOUR * HomeStore.HOUR;
        for (long hour = first; hour <= now.toEpochMilli(); hour += HomeStore.HOUR) {
            long rows = tally.rowsByHour.getOrDefault(hour, 0L);
            hours.add(new HourRows(Instant.ofEpochMilli(hour), rows));
        }
        return hours;
    }

    /// The last run of each flow that has not gone well since.
    ///
    /// @param failed runs, newest first
    static List<HomeStore.Line> failing(List<HomeStore.Line> failed, Tally tally) {
        Map<String, HomeStore.Line> flows = new LinkedHashMap<>();
        for (HomeStore.Line run : failed) {
            Tally.Sum sum = tally.flows.get(run.flow());
            long success = sum == null ? 0 : sum.lastSuccess;
            if (run.endedAt() != null && run.endedAt().toEpochMilli() > success) {
                flows.putIfAbsent(run.flow(), run);
            }
        }
        return flows.values().stream().limit(LISTED_MAX).toList();
    }

    /// The oldest first: who never succeeded, then who has not for longest.
    private List<Freshness> freshness(String project, Instant now) {
        Map<String, Tally.Sum> flows = history.over(project, RunHistory.LONGEST, now).flows;
        Set<String> late = new HashSet<>(alerts.lateFlows(project));
        List<Freshness> all = new ArrayList<>();
        targets.of(project, now)
                .forEach(
                        (flow, datasets) -> {
                            Tally.Sum sum = flows.get(flow);
                            Instant last =
                                    sum == null || sum.lastSuccess == 0
                                            ? null
                                            : Instant.ofEpochMilli(sum.lastSuccess);
                            for (String dataset : datasets) {
                                all.add(new Freshness(dataset, flow, last, late.contains(flow)));
                            }
                        });
        all.sort(
                Comparator.comparing(
                        Freshness::lastSuccessAt,
                        Comparator.nullsFirst(Comparator.naturalOrder())));
        return all.size() <= FRESHNESS_MAX ? all : all.subList(0, FRESHNESS_MAX);
    }

    private static List<Slow> slowest(Tally tally) {
        return tally.flows.entrySet().stream()
                .map(flow -> new Slow(flow.getKey(), flow.getValue().latencies.percentile(95)))
                .filter(slow -> slow.secondsP95() != null)
                .sorted(
                        Comparator.comparing(
                                Slow::secondsP95, Comparator.nullsLast(Comparator.reverseOrder())))
                .limit(LISTED_MAX)
                .toList();
    }

    private static ProblemException refused(String name, String expected, String found) {
        return new ProblemException(
                Problem.of(
                                ProblemCode.VALUE_INVALID,
                                "'%s' expects %s, got '%s'".formatted(name, expected, found),
                                "write it like that, or leave it out")
                        .at(name));
    }
}
