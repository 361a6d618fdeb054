package dev.mortise.server.run;

import static java.util.Objects.requireNonNullElse;

import dev.mortise.server.web.Caller;
import dev.mortise.server.web.Language;
import dev.mortise.server.web.Needs;
import dev.mortise.server.web.Page;
import dev.mortise.server.web.Role;
import dev.mortise.server.web.SignedIn;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// `/api/projects/{project}/runs`: asking for runs, watching them, calling them off.
@RestController
class RunRoutes {
    private static final String RUNS = "/api/projects/{project}/runs";
    private static final String RUN = RUNS + "/{id}";

    /// Lines of a log are small, and whoever reads it wants to see its end.
    private static final int LOG_LINES_MAX = 1_000;

    private final RunStore runs;
    private final RunDesk desk;
    private final RunLog logs;
    private final RunStreams streams;
    private final ObjectMapper json;

    RunRoutes(RunStore runs, RunDesk desk, RunLog logs, RunStreams streams, ObjectMapper json) {
        this.runs = runs;
        this.desk = desk;
        this.logs = logs;
        this.streams = streams;
        this.json = json;
    }

    /// @param revision a number, or `published`; null for the published one
    /// @param steps the write steps to run; null for all
    /// @param toStep the one write step to run; null for all
    /// @param failedOnly with `rerun_of`: the write steps that were not through
    record Wish(
            @Nullable String flow,
            @Nullable String revision,
            @Nullable Boolean fresh,
            @Nullable List<String> steps,
            @Nullable String toStep,
            @Nullable String rerunOf,
            @Nullable Boolean failedOnly) {
        List<String> chosen() {
            return toStep == null ? requireNonNullElse(steps, List.of()) : List.of(toStep);
        }
    }

    /// What a list is asked for, as it stands in the address.
    record Asked(
            @Nullable String flow,
            @Nullable String state,
            @Nullable String trigger,
            @Nullable String actor,
            @Nullable String endedAfter,
            @Nullable String endedBefore,
            @Nullable String query) {
        static Asked of(Map<String, String> said) {
            return new Asked(
                    said.get("flow"),
                    said.get("state"),
                    said.get("trigger"),
                    said.get("actor"),
                    said.get("ended_after"),
                    said.get("ended_before"),
                    said.get("query"));
        }
    }

    @Needs(Role.OPERATOR)
    @PostMapping(RUNS)
    @ResponseStatus(HttpStatus.ACCEPTED)
    RunBody start(
            @PathVariable String project,
            @RequestBody Wish wish,
            @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false)
                    @Nullable String token,
            Caller caller) {
        // Who comes with a token is a program.
        Run.Cause first = token == null ? Run.Cause.MANUAL : Run.Cause.API;
        Run again = wish.rerunOf() == null ? null : demand(project, wish.rerunOf());
        String flow = again == null ? requireNonNullElse(wish.flow(), "") : again.flow();
        int revision =
                again != null && wish.revision() == null
                        ? again.revision()
                        : desk.revision(project, flow, number(wish.revision()));
        List<String> steps =
                again != null && Boolean.TRUE.equals(wish.failedOnly())
                        ? unfinished(again)
                        : wish.chosen();
        RunRequest request =
                new RunRequest(
                        project,
                        flow,
                        revision,
                        steps,
                        Boolean.TRUE.equals(wish.fresh()),
                        wish.rerunOf(),
                        again == null ? first : Run.Cause.RETRY,
                        caller.login(),
                        0,
                        Duration.ZERO);
        return RunBody.of(desk.start(request, caller));
    }

    private static @Nullable Integer number(@Nullable String revision) {
        if (revision == null || revision.equals("published")) {
            return null;
        }
        if (!revision.matches("\\d{1,9}")) {
            throw ProblemException.of(
                    ProblemCode.VALUE_INVALID,
                    "a revision expects a number or 'published', got '" + revision + "'",
                    "choose one from the list of revisions");
        }
        return Integer.valueOf(revision);
    }

    /// The write steps of a run that did not get through; all when none is known.
    private List<String> unfinished(Run run) {
        List<String> names = new ArrayList<>();
        runs.detail(run.id())
                .ifPresent(
                        detail -> json.readTree(detail.steps()).forEach(step -> add(step, names)));
        return names;
    }

    private static void add(JsonNode step, List<String> names) {
        boolean write = step.path("kind").asString().equals("write");
        if (write && !step.path("state").asString().equals(LiveSteps.DONE)) {
            names.add(step.path("name").asString());
        }
    }

    @Needs(Role.VIEWER)
    @GetMapping(RUNS)
    Page<RunBody> list(
            @PathVariable String project,
            @RequestParam Map<String, String> said,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(required = false) @Nullable Integer limit) {
        return list(List.of(project), Asked.of(said), after, limit);
    }

    /// Of all projects the caller sees.
    @SignedIn
    @GetMapping("/api/runs")
    Page<RunBody> all(
            @RequestParam Map<String, String> said,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(required = false) @Nullable Integer limit,
            Caller caller) {
        Collection<String> seen =
                caller.may(Role.VIEWER, Caller.EVERYWHERE) ? null : caller.grants().keySet();
        return list(seen, Asked.of(said), after, limit);
    }

    private Page<RunBody> list(
            @Nullable Collection<String> projects,
            Asked asked,
            @Nullable String after,
            @Nullable Integer limit) {
        int most = Page.limit(limit);
        RunFilter filter =
                new RunFilter(
                        projects,
                        requireNonNullElse(asked.flow(), ""),
                        words(asked.state()),
                        requireNonNullElse(asked.trigger(), ""),
                        requireNonNullElse(asked.actor(), ""),
                        moment("ended_after", asked.endedAfter()),
                        moment("ended_before", asked.endedBefore()),
                        requireNonNullElse(asked.query(), ""),
                        Page.key(after));
        List<RunBody> found = runs.list(filter, most + 1).stream().map(RunBody::of).toList();
        return Page.of(found, most, RunBody::id);
    }

    private static List<String> words(@Nullable String text) {
        return text == null || text.isBlank() ? List.of() : Arrays.asList(text.split(","));
    }

    private static @Nullable Instant moment(String name, @Nullable String text) {
        try {
            return text == null || text.isBlank() ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new ProblemException(
                    ProblemException.of(
                                    ProblemCode.VALUE_INVALID,
                                    "'%s' expects a moment, got '%s'".formatted(name, text),
                                    "write it like 2026-11-26T07:00:00Z")
                            .problem(),
                    e);
        }
    }

    @Needs(Role.VIEWER)
    @GetMapping(RUN)
    RunBody one(@PathVariable String project, @PathVariable String id) {
        Run run = demand(project, id);
        return RunBody.of(run, runs.detail(id).orElse(null), runs.attempts(id));
    }

    @Needs(Role.VIEWER)
    @GetMapping(RUN + "/verification")
    JsonNode verification(@PathVariable String project, @PathVariable String id) {
        demand(project, id);
        return runs.detail(id)
                .map(RunStore.Detail::verification)
                .filter(Objects::nonNull)
                .map(json::readTree)
                .orElseThrow(
                        () ->
                                ProblemException.of(
                                        ProblemCode.NOT_FOUND,
                                        "run '" + id + "' was not verified",
                                        "say 'verify: {after: full}' in the flow and run it"
                                                + " again"));
    }

    @Needs(Role.VIEWER)
    @GetMapping(RUN + "/log")
    Page<RunLog.Line> log(
            @PathVariable String project,
            @PathVariable String id,
            @RequestParam(defaultValue = "") String query,
            @RequestParam(defaultValue = "info") String level,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(required = false) @Nullable Integer limit) {
        demand(project, id);
        boolean large = limit != null && limit > Page.LIMIT_MAX && limit <= LOG_LINES_MAX;
        int most = large ? limit : Page.limit(limit);
        String key = Page.key(after);
        long behind = key != null && key.matches("\\d{1,9}") ? Long.parseLong(key) : 0;
        List<RunLog.Line> lines = logs.search(id, query, level(level), behind);
        return Page.of(
                lines.subList(0, Math.min(lines.size(), most + 1)), most, line -> "" + line.seq());
    }

    private static RunLog.Level level(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "warn" -> RunLog.Level.WARN;
            case "error" -> RunLog.Level.ERROR;
            default -> RunLog.Level.INFO;
        };
    }

    @Needs(Role.OPERATOR)
    @PostMapping(RUN + "/cancel")
    @ResponseStatus(HttpStatus.ACCEPTED)
    RunBody cancel(@PathVariable String project, @PathVariable String id, Caller caller) {
        desk.cancel(demand(project, id), caller);
        return RunBody.of(demand(project, id));
    }

    @Needs(Role.VIEWER)
    @GetMapping(RUN + "/events")
    SseEmitter events(
            @PathVariable String project,
            @PathVariable String id,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String last,
            HttpServletRequest request) {
        return streams.run(demand(project, id), last, Language.of(request));
    }

    @Needs(Role.VIEWER)
    @GetMapping("/api/projects/{project}/events")
    SseEmitter projectEvents(
            @PathVariable String project,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String last,
            HttpServletRequest request) {
        return streams.project(project, last, Language.of(request));
    }

    private Run demand(String project, String id) {
        return runs.find(project, id).orElseThrow(() -> RunProblems.missing(id));
    }
}
