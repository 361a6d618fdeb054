package dev.mortise.server.alert;

import dev.mortise.server.audit.AuditEntry;
import dev.mortise.server.audit.AuditStore;
import dev.mortise.server.channel.Texts;
import dev.mortise.server.store.Database;
import dev.mortise.server.web.Caller;
import dev.mortise.server.web.Needs;
import dev.mortise.server.web.Page;
import dev.mortise.server.web.Role;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
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

/// `/api/projects/{project}/incidents` and `/maintenance`: what is wrong, who was told, and being
/// left alone for a while.
@RestController
@RequestMapping("/api/projects/{project}")
class IncidentRoutes {
    private static final int MINUTES_MAX = 43_200;

    private final Database database;
    private final IncidentStore incidents;
    private final DeliveryStore deliveries;
    private final RuleStore rules;
    private final AuditStore audit;

    IncidentRoutes(
            Database database,
            IncidentStore incidents,
            DeliveryStore deliveries,
            RuleStore rules,
            AuditStore audit) {
        this.database = database;
        this.incidents = incidents;
        this.deliveries = deliveries;
        this.rules = rules;
        this.audit = audit;
    }

    record Shown(
            String id,
            String rule,
            String on,
            String flow,
            Instant openedAt,
            @Nullable Instant closedAt,
            @Nullable Instant silencedUntil,
            int count,
            String text,
            String fix,
            String link,
            List<DeliveryStore.Told> deliveries) {}

    record Minutes(int minutes) {}

    record Maintenance(@Nullable Instant until) {}

    /// @param state `open`, `closed`, or nothing for both
    /// @param language of the texts: the caller's
    @Needs(Role.VIEWER)
    @GetMapping("/incidents")
    Page<Shown> list(
            @PathVariable String project,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String after,
            @RequestHeader(name = "Accept-Language", defaultValue = "en") String language) {
        int most = Page.limit(limit);
        Boolean open = state == null ? null : (Boolean) state.equals("open");
        List<Incident> found = incidents.list(project, open, Page.key(after), most + 1);
        Page<Incident> page = Page.of(found, most, Incident::id);
        Texts texts = Texts.of(language);
        return new Page<>(
                page.items().stream().map(incident -> shown(incident, texts)).toList(),
                page.next());
    }

    private Shown shown(Incident incident, Texts texts) {
        return new Shown(
                incident.id(),
                incident.rule(),
                incident.kind().word(),
                incident.subject(),
                incident.openedAt(),
                incident.closedAt(),
                incident.silencedUntil(),
                incident.count(),
                texts.cause(incident.message()),
                texts.fix(incident.message()),
                incident.message().link(),
                deliveries.told(incident.id()));
    }

    /// Neither reminds nor escalates for a while; 0 ends that.
    @Needs(Role.OPERATOR)
    @PostMapping("/incidents/{id}/silence")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void silence(
            @PathVariable String project,
            @PathVariable String id,
            @RequestBody Minutes body,
            Caller caller) {
        demand(body);
        Incident incident =
                incidents
                        .find(id)
                        .filter(found -> found.project().equals(project))
                        .orElseThrow(
                                () ->
                                        new ProblemException(
                                                Problem.of(
                                                        ProblemCode.NOT_FOUND,
                                                        "there is no such incident",
                                                        "choose one from the list")));
        database.write(
                dsl -> {
                    Instant until = until(database.now(dsl), body);
                    incidents.silence(dsl, id, until);
                    String object = "incidents/" + incident.id();
                    audit.add(dsl, entry(caller, "incident.silence", project, object, until));
                    return null;
                });
    }

    @Needs(Role.VIEWER)
    @GetMapping("/maintenance")
    Maintenance maintenance(@PathVariable String project) {
        return database.read(
                dsl ->
                        new Maintenance(
                                rules.maintenance(dsl, project, database.now(dsl)).orElse(null)));
    }

    /// Nobody of the project is told anything for a while; 0 ends that. What is still wrong then is
    /// told then.
    @Needs(Role.OPERATOR)
    @PutMapping("/maintenance")
    Maintenance maintain(@PathVariable String project, @RequestBody Minutes body, Caller caller) {
        demand(body);
        return database.write(
                dsl -> {
                    Instant until = until(database.now(dsl), body);
                    rules.maintain(dsl, project, until, caller.login());
                    audit.add(
                            dsl, entry(caller, "project.maintain", project, "maintenance", until));
                    return new Maintenance(body.minutes() == 0 ? null : until);
                });
    }

    private static Instant until(Instant now, Minutes body) {
        return now.plus(Duration.ofMinutes(body.minutes()));
    }

    private static void demand(Minutes body) {
        if (body.minutes() < 0 || body.minutes() > MINUTES_MAX) {
            throw new ProblemException(
                    Problem.of(
                                    ProblemCode.VALUE_INVALID,
                                    "'minutes' expects 0 to %d, got %d"
                                            .formatted(MINUTES_MAX, body.minutes()),
                                    "write a number between the two")
                            .at("minutes"));
        }
    }

    private static AuditEntry entry(
            Caller caller, String action, String project, String object, Instant until) {
        return new AuditEntry(
                caller.login(), caller.ip(), action, project, object, null, "until " + until);
    }
}
