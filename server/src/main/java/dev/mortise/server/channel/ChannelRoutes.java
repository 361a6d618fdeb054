package dev.mortise.server.channel;

import static java.util.Objects.requireNonNullElse;

import dev.mortise.server.audit.AuditEntry;
import dev.mortise.server.audit.AuditStore;
import dev.mortise.server.settings.ServerSettings;
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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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

/// `/api/projects/{project}/channels`: where alerts go, and whether they arrive.
@RestController
@RequestMapping("/api/projects/{project}/channels")
class ChannelRoutes {
    private final Database database;
    private final ChannelStore channels;
    private final Channels senders;
    private final AuditStore audit;
    private final ServerSettings settings;

    ChannelRoutes(
            Database database,
            ChannelStore channels,
            Channels senders,
            AuditStore audit,
            ServerSettings settings) {
        this.database = database;
        this.channels = channels;
        this.senders = senders;
        this.audit = audit;
        this.settings = settings;
    }

    record Body(
            @Nullable String name,
            @Nullable String kind,
            @Nullable Map<String, Object> settings,
            @Nullable String language) {}

    record Shown(
            String id, String name, String kind, Map<String, Object> settings, String language) {
        static Shown of(Channel channel) {
            return new Shown(
                    channel.id(),
                    channel.name(),
                    channel.kind().word(),
                    channel.settings(),
                    channel.language());
        }
    }

    record Tried(boolean ok, int status, String answer) {}

    @Needs(Role.VIEWER)
    @GetMapping
    Page<Shown> list(@PathVariable String project) {
        return new Page<>(channels.list(project).stream().map(Shown::of).toList(), null);
    }

    @Needs(Role.VIEWER)
    @GetMapping("/{id}")
    ResponseEntity<Shown> get(@PathVariable String project, @PathVariable String id) {
        return shown(demand(project, id));
    }

    private static ResponseEntity<Shown> shown(Channel channel) {
        return ResponseEntity.ok().eTag(Version.etag(channel.revision())).body(Shown.of(channel));
    }

    @Needs(Role.DEVELOPER)
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Shown add(@PathVariable String project, @RequestBody Body body, Caller caller) {
        Channel channel = channel(project, Ids.next(), body, 1);
        demandSound(channel, caller);
        if (channels.list(project).stream().anyMatch(c -> c.name().equals(channel.name()))) {
            throw new ProblemException(
                    Problem.of(
                            ProblemCode.NAME_TAKEN,
                            "a channel is called '" + channel.name() + "' already",
                            "choose another name"));
        }
        return database.write(
                dsl -> {
                    channels.add(dsl, channel);
                    audit.add(dsl, entry(caller, "channel.add", null, channel));
                    return Shown.of(channel);
                });
    }

    @Needs(Role.DEVELOPER)
    @PutMapping("/{id}")
    ResponseEntity<Shown> change(
            @PathVariable String project,
            @PathVariable String id,
            @RequestBody Body body,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            Caller caller) {
        Channel before = demand(project, id);
        Version.demand(ifMatch, before.revision());
        Channel after = channel(project, id, body, before.revision() + 1);
        demandSound(after, caller);
        database.write(
                dsl -> {
                    Version.demandFound(channels.change(dsl, after), before.revision());
                    audit.add(dsl, entry(caller, "channel.change", before, after));
                    return null;
                });
        return shown(after);
    }

    @Needs(Role.DEVELOPER)
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable String project, @PathVariable String id, Caller caller) {
        Channel before = demand(project, id);
        database.write(
                dsl -> {
                    channels.remove(dsl, id);
                    audit.add(dsl, entry(caller, "channel.remove", before, null));
                    return null;
                });
    }

    /// Sends at once, saved or not, and shows what the vendor said.
    @Needs(Role.DEVELOPER)
    @PostMapping("/test")
    Tried test(@PathVariable String project, @RequestBody Body body, Caller caller) {
        Channel channel = channel(project, "", body, 1);
        demandSound(channel, caller);
        Message message = Message.test(project, settings.host(), "", database.now());
        Answer answer = senders.send(channel, List.of(message), database.now());
        return new Tried(answer.ok(), answer.status(), answer.text());
    }

    private static Channel channel(String project, String id, Body body, int revision) {
        String word = requireNonNullElse(body.kind(), "");
        ChannelKind kind =
                ChannelKind.of(word)
                        .orElseThrow(
                                () ->
                                        new ProblemException(
                                                Problem.of(
                                                                ProblemCode.VALUE_INVALID,
                                                                "no kind of channel is called '"
                                                                        + word
                                                                        + "'",
                                                                "choose one of " + kinds())
                                                        .at("kind")));
        return new Channel(
                id,
                project,
                requireNonNullElse(body.name(), ""),
                kind,
                withoutNulls(requireNonNullElse(body.settings(), Map.of())),
                requireNonNullElse(body.language(), Texts.CHINESE),
                revision);
    }

    private static Map<String, Object> withoutNulls(Map<String, Object> settings) {
        Map<String, Object> kept = new java.util.TreeMap<>(settings);
        kept.values().removeIf(java.util.Objects::isNull);
        return kept;
    }

    private static List<String> kinds() {
        return Arrays.stream(ChannelKind.values()).map(ChannelKind::word).toList();
    }

    private static void demandSound(Channel channel, Caller caller) {
        List<Problem> problems = ChannelRules.problems(channel);
        if (!problems.isEmpty()) {
            throw new ProblemsException(problems);
        }
        if (ChannelRules.reachesInside(channel)
                && !caller.may(Role.ADMINISTRATOR, channel.project())) {
            throw new ProblemException(
                    Problem.of(
                                    ProblemCode.NOT_ALLOWED,
                                    "only an administrator may let a channel reach private"
                                            + " addresses",
                                    "ask one, or leave 'reach' out")
                            .at("settings.reach"));
        }
    }

    private Channel demand(String project, String id) {
        return channels.find(id)
                .filter(channel -> channel.project().equals(project))
                .orElseThrow(
                        () ->
                                new ProblemException(
                                        Problem.of(
                                                ProblemCode.NOT_FOUND,
                                                "there is no such channel",
                                                "choose one from the list")));
    }

    private static AuditEntry entry(
            Caller caller, String action, @Nullable Channel before, @Nullable Channel after) {
        Channel one = java.util.Objects.requireNonNull(after == null ? before : after);
        return new AuditEntry(
                caller.login(),
                caller.ip(),
                action,
                one.project(),
                "channels/" + one.name(),
                before == null ? null : before.kind().word() + " " + before.settings(),
                after == null ? null : after.kind().word() + " " + after.settings());
    }
}
