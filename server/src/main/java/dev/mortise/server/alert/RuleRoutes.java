package dev.mortise.server.alert;

import static java.util.Objects.requireNonNullElse;

import dev.mortise.server.audit.AuditEntry;
import dev.mortise.server.audit.AuditStore;
import dev.mortise.server.channel.Channel;
import dev.mortise.server.channel.Channels;
import dev.mortise.server.store.Database;
import dev.mortise.server.store.Ids;
import dev.mortise.server.web.Caller;
import dev.mortise.server.web.Needs;
import dev.mortise.server.web.Page;
import dev.mortise.server.web.ProblemsException;
import dev.mortise.server.web.Role;
import dev.mortise.server.web.Version;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
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
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// `/api/projects/{project}/rules`: what is watched, and who is told.
@RestController
@RequestMapping("/api/projects/{project}/rules")
class RuleRoutes {
    private final Database database;
    private final RuleStore rules;
    private final Channels channels;
    private final AuditStore audit;

    RuleRoutes(Database database, RuleStore rules, Channels channels, AuditStore audit) {
        this.database = database;
        this.rules = rules;
        this.channels = channels;
        this.audit = audit;
    }

    record Body(
            @Nullable String name,
            @Nullable String on,
            @Nullable String flow,
            @Nullable Map<String, Object> settings,
            @Nullable List<String> channels,
            @Nullable String silence,
            @Nullable Boolean recovery,
            @Nullable Boolean paused) {}

    record Shown(
            String id,
            String name,
            String on,
            @Nullable String flow,
            Map<String, Object> settings,
            List<String> channels,
            String silence,
            boolean recovery,
            boolean paused) {
        static Shown of(Rule rule) {
            return new Shown(
                    rule.id(),
                    rule.name(),
                    rule.kind().word(),
                    rule.flow(),
                    rule.settings(),
                    rule.channels(),
                    rule.silence(),
                    rule.recovery(),
                    rule.paused());
        }
    }

    @Needs(Role.VIEWER)
    @GetMapping
    Page<Shown> list(@PathVariable String project) {
        return new Page<>(rules.list(project).stream().map(Shown::of).toList(), null);
    }

    @Needs(Role.VIEWER)
    @GetMapping("/{id}")
    ResponseEntity<Shown> get(@PathVariable String project, @PathVariable String id) {
        return shown(demand(project, id));
    }

    private static ResponseEntity<Shown> shown(Rule rule) {
        return ResponseEntity.ok().eTag(Version.etag(rule.revision())).body(Shown.of(rule));
    }

    @Needs(Role.OPERATOR)
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Shown add(@PathVariable String project, @RequestBody Body body, Caller caller) {
        Rule rule = rule(project, Ids.next(), body, 1, database.now());
        demandSound(rule);
        if (rules.list(project).stream().anyMatch(r -> r.name().equals(rule.name()))) {
            throw new ProblemException(
                    Problem.of(
                            ProblemCode.NAME_TAKEN,
                            "a rule is called '" + rule.name() + "' already",
                            "choose another name"));
        }
        return database.write(
                dsl -> {
                    rules.add(dsl, rule);
                    audit.add(dsl, entry(caller, "rule.add", null, rule));
                    return Shown.of(rule);
                });
    }

    @Needs(Role.OPERATOR)
    @PutMapping("/{id}")
    ResponseEntity<Shown> change(
            @PathVariable String project,
            @PathVariable String id,
            @RequestBody Body body,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            Caller caller) {
        Rule before = demand(project, id);
        Version.demand(ifMatch, before.revision());
        Rule after = rule(project, id, body, before.revision() + 1, before.createdAt());
        demandSound(after);
        database.write(
                dsl -> {
                    Version.demandFound(rules.change(dsl, after), before.revision());
                    audit.add(dsl, entry(caller, "rule.change", before, after));
                    return null;
                });
        return shown(after);
    }

    @Needs(Role.OPERATOR)
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable String project, @PathVariable String id, Caller caller) {
        Rule before = demand(project, id);
        database.write(
                dsl -> {
                    rules.remove(dsl, id);
                    audit.add(dsl, entry(caller, "rule.remove", before, null));
                    return null;
                });
    }

    private static Rule rule(
            String project, String id, Body body, int revision, Instant createdAt) {
        String word = requireNonNullElse(body.on(), "");
        RuleKind kind =
                RuleKind.of(word)
                        .orElseThrow(
                                () ->
                                        new ProblemException(
                                                Problem.of(
                                                                ProblemCode.VALUE_INVALID,
                                                                "no rule is on '" + word + "'",
                                                                "choose one of " + kinds())
                                                        .at("on")));
        Map<String, Object> settings = new TreeMap<>(requireNonNullElse(body.settings(), Map.of()));
        settings.values().removeIf(Objects::isNull);
        return new Rule(
                id,
                project,
                requireNonNullElse(body.name(), ""),
                kind,
                body.flow(),
                settings,
                requireNonNullElse(body.channels(), List.of()),
                requireNonNullElse(body.silence(), ""),
                requireNonNullElse(body.recovery(), true),
                requireNonNullElse(body.paused(), false),
                revision,
                createdAt);
    }

    private static List<String> kinds() {
        return Arrays.stream(RuleKind.values()).map(RuleKind::word).toList();
    }

    private void demandSound(Rule rule) {
        List<String> known = channels.list(rule.project()).stream().map(Channel::id).toList();
        List<Problem> problems = RuleRules.problems(rule, known);
        if (!problems.isEmpty()) {
            throw new ProblemsException(problems);
        }
    }

    private Rule demand(String project, String id) {
        return rules.find(id)
                .filter(rule -> rule.project().equals(project))
                .orElseThrow(
                        () ->
                                new ProblemException(
                                        Problem.of(
                                                ProblemCode.NOT_FOUND,
                                                "there is no such rule",
                                                "choose one from the list")));
    }

    private static AuditEntry entry(
            Caller caller, String action, @Nullable Rule before, @Nullable Rule after) {
        Rule one = Objects.requireNonNull(after == null ? before : after);
        return new AuditEntry(
                caller.login(),
                caller.ip(),
                action,
                one.project(),
                "rules/" + one.name(),
                before == null ? null : Shown.of(before).toString(),
                after == null ? null : Shown.of(after).toString());
    }
}
