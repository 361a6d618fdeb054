package dev.mortise.server.schedule;

import static java.util.Objects.requireNonNullElse;

import dev.mortise.server.schedule.Schedule.Concurrency;
import dev.mortise.server.schedule.Schedule.FlowName;
import dev.mortise.server.schedule.Schedule.Missed;
import dev.mortise.server.store.Database;
import dev.mortise.server.store.Ids;
import dev.mortise.server.web.Caller;
import dev.mortise.server.web.Needs;
import dev.mortise.server.web.Page;
import dev.mortise.server.web.ProblemBody;
import dev.mortise.server.web.Role;
import dev.mortise.server.web.Version;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// `/api/projects/{project}/schedules`.
@RestController
@RequestMapping("/api/projects/{project}/schedules")
class ScheduleRoutes {
    private static final int SHOWN = 5;
    private static final int FIRES = 50;
    private static final String ZONE = "Asia/Shanghai";
    private static final String PARALLEL = "parallel";

    private final Database database;
    private final ScheduleStore schedules;
    private final ScheduleDesk desk;

    ScheduleRoutes(Database database, ScheduleStore schedules, ScheduleDesk desk) {
        this.database = database;
        this.schedules = schedules;
        this.desk = desk;
    }

    record Words(String zh, String en) {}

    record Retries(int max, long waitSeconds) {}

    /// @param project null for the schedule's own
    /// @param gone whether there is no such flow any more, so that nothing follows it
    record After(String flow, @Nullable String project, @Nullable Boolean gone) {}

    record Draft(
            @Nullable String flow,
            @Nullable String cron,
            @Nullable String zone,
            @Nullable String calendar,
            @Nullable List<After> dependsOn,
            @Nullable String missed,
            @Nullable Retries retries,
            @Nullable String concurrency,
            @Nullable Boolean paused) {}

    record Body(
            String id,
            String flow,
            @Nullable String cron,
            String zone,
            @Nullable String calendar,
            List<After> dependsOn,
            String missed,
            Retries retries,
            String concurrency,
            boolean paused,
            List<Instant> next,
            @Nullable Words words,
            @Nullable Instant lastFire) {}

    record PreviewBody(@Nullable String cron, @Nullable String zone, @Nullable String calendar) {}

    /// @param openYears of the times, those for which the calendar has no official list yet
    record Preview(
            @Nullable Words words,
            List<Instant> next,
            List<ProblemBody.One> problems,
            List<Integer> openYears) {
        static Preview wrong(List<Problem> problems) {
            return new Preview(
                    null,
                    List.of(),
                    problems.stream().map(ProblemBody.One::of).toList(),
                    List.of());
        }
    }

    @Needs(Role.VIEWER)
    @GetMapping
    Page<Body> list(
            @PathVariable String project,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(required = false) @Nullable Integer limit) {
        int most = Page.limit(limit);
        List<Body> found =
                schedules.list(project, Page.key(after), most + 1).stream()
                        .map(this::body)
                        .toList();
        return Page.of(found, most, Body::id);
    }

    @Needs(Role.VIEWER)
    @GetMapping("/{id}")
    ResponseEntity<Body> one(@PathVariable String project, @PathVariable String id) {
        return shown(desk.demand(project, id));
    }

    /// The newest times and what came of them.
    @Needs(Role.VIEWER)
    @GetMapping("/{id}/fires")
    Page<ScheduleStore.Fire> fires(@PathVariable String project, @PathVariable String id) {
        return new Page<>(schedules.fires(desk.demand(project, id).id(), FIRES), null);
    }

    @Needs(Role.DEVELOPER)
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<Body> add(
            @PathVariable String project, @RequestBody Draft draft, Caller caller) {
        Schedule saved = desk.add(read(project, Ids.next(), draft), caller);
        return ResponseEntity.status(HttpStatus.CREATED)
                .eTag(Version.etag(saved.revision()))
                .body(body(saved));
    }

    @Needs(Role.DEVELOPER)
    @PutMapping("/{id}")
    ResponseEntity<Body> change(
            @PathVariable String project,
            @PathVariable String id,
            @RequestBody Draft draft,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            Caller caller) {
        desk.demand(project, id);
        return shown(desk.change(read(project, id, draft), ifMatch, caller));
    }

    @Needs(Role.DEVELOPER)
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(
            @PathVariable String project,
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            Caller caller) {
        desk.remove(desk.demand(project, id), ifMatch, caller);
    }

    /// What a time means, before it is saved.
    @Needs(Role.VIEWER)
    @PostMapping("/preview")
    Preview preview(@PathVariable String project, @RequestBody PreviewBody body) {
        String zone = requireNonNullElse(body.zone(), ZONE);
        List<Problem> problems = ScheduleRules.when(body.cron(), zone);
        if (!problems.isEmpty() || body.cron() == null) {
            return Preview.wrong(problems);
        }
        try {
            Cron cron = Cron.parse(body.cron(), body.calendar());
            ZoneId where = ZoneId.of(zone);
            List<Instant> next = next(cron, where, desk.days(body.calendar()));
            List<LocalDate> dates =
                    next.stream().map(time -> LocalDate.ofInstant(time, where)).toList();
            return new Preview(
                    words(cron, body.calendar()),
                    next,
                    List.of(),
                    desk.openYears(body.calendar(), dates));
        } catch (ProblemException e) {
            return Preview.wrong(List.of(e.problem()));
        }
    }

    private List<Instant> next(Cron cron, ZoneId zone, Predicate<LocalDate> days) {
        return FirePlan.upcoming(cron, zone, days, database.now(), SHOWN);
    }

    private static Words words(Cron cron, @Nullable String calendar) {
        CronWords words = new CronWords(cron, calendar != null);
        return new Words(words.zh(), words.en());
    }

    private ResponseEntity<Body> shown(Schedule schedule) {
        return ResponseEntity.ok().eTag(Version.etag(schedule.revision())).body(body(schedule));
    }

    private Body body(Schedule one) {
        Cron cron = one.cron() == null ? null : Cron.parse(one.cron(), one.calendar());
        List<Instant> next =
                cron == null || one.paused()
                        ? List.of()
                        : next(cron, ZoneId.of(one.zone()), desk.days(one.calendar()));
        return new Body(
                one.id(),
                one.flow(),
                one.cron(),
                one.zone(),
                one.calendar(),
                one.dependsOn().stream()
                        .map(flow -> new After(flow.flow(), flow.project(), desk.isGone(flow)))
                        .toList(),
                one.missed().word(),
                new Retries(one.retriesMax(), one.retryWaitSeconds()),
                one.concurrency().word(),
                one.paused(),
                next,
                cron == null ? null : words(cron, one.calendar()),
                one.lastFire());
    }

    private static Schedule read(String project, String id, Draft draft) {
        Retries retries = requireNonNullElse(draft.retries(), new Retries(0, 0));
        List<FlowName> follows =
                requireNonNullElse(draft.dependsOn(), List.<After>of()).stream()
                        .map(a -> new FlowName(requireNonNullElse(a.project(), project), a.flow()))
                        .toList();
        return new Schedule(
                id,
                project,
                requireNonNullElse(draft.flow(), ""),
                draft.cron() == null || draft.cron().isBlank() ? null : draft.cron().strip(),
                requireNonNullElse(draft.zone(), ZONE),
                draft.calendar() == null || draft.calendar().isBlank() ? null : draft.calendar(),
                follows,
                word(Missed.class, "missed", requireNonNullElse(draft.missed(), "once")),
                retries.max(),
                retries.waitSeconds(),
                concurrency(requireNonNullElse(draft.concurrency(), "skip")),
                Boolean.TRUE.equals(draft.paused()),
                null,
                null,
                Instant.EPOCH,
                0);
    }

    private static Concurrency concurrency(String word) {
        if (word.equals(PARALLEL)) {
            throw new ProblemException(
                    ScheduleRules.invalid(
                            "concurrency",
                            "two runs of one flow cannot share its place in the target",
                            "choose 'queue' to run one after the other, or 'skip'"));
        }
        return word(Concurrency.class, "concurrency", word);
    }

    private static <E extends Enum<E>> E word(Class<E> words, String place, String word) {
        try {
            return Enum.valueOf(words, word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            String known =
                    String.join(
                            ", ",
                            java.util.Arrays.stream(words.getEnumConstants())
                                    .map(one -> one.name().toLowerCase(Locale.ROOT))
                                    .toList());
            throw new ProblemException(
                    ScheduleRules.invalid(
                            place, "expected %s, got '%s'".formatted(known, word), known),
                    e);
        }
    }
}
