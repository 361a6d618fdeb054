package dev.mortise.server.alert;

import dev.mortise.server.channel.Answer;
import dev.mortise.server.channel.Channel;
import dev.mortise.server.channel.ChannelKind;
import dev.mortise.server.channel.Channels;
import dev.mortise.server.channel.MadeChannels;
import dev.mortise.server.channel.Message;
import dev.mortise.server.settings.ServerSettings;
import dev.mortise.server.store.Database;
import dev.mortise.server.store.Ids;
import dev.mortise.server.store.OpenedDatabase;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// A project with rules of every kind on one channel, real stores, and a clock moved by hand.
final class Stage {
    private static final Duration STEP = Duration.ofSeconds(10);

    final String project = "p-" + Ids.next();
    final Database database;
    final List<QuotaSource.Reading> quotas = new CopyOnWriteArrayList<>();
    final List<Message> sent = new CopyOnWriteArrayList<>();
    final List<Instant> sentAt = new CopyOnWriteArrayList<>();
    final List<Integer> calls = new CopyOnWriteArrayList<>();
    final RuleStore rules;
    final IncidentStore incidents;
    final String channel;

    /// How many calls the vendor answers with 503 first.
    int refusals;

    Instant now = Instant.parse("2026-11-26T06:00:00Z");
    private final WatchStore watches;
    private final Channels channels;
    private final DeliveryStore deliveries;
    private Alerts alerts;
    private Watchman watchman;
    private Outbox outbox;
    private int runs;

    Stage(Database database) {
        this.database = database;
        OpenedDatabase.project(database, project);
        rules = new RuleStore(database);
        incidents = new IncidentStore(database);
        watches = new WatchStore(database);
        deliveries = new DeliveryStore(database);
        channels = MadeChannels.in(database, Map.of());
        channel = MadeChannels.add(database, project, ChannelKind.DINGTALK);
        restart();
    }

    /// Another process with the same database.
    void restart() {
        ServerSettings settings =
                new ServerSettings(Path.of("."), "127.0.0.1", 1, "", Optional.empty(), Map.of());
        Incidents desk = new Incidents(rules, incidents, deliveries, channels, settings);
        alerts = new Alerts(database, rules, watches, incidents, desk);
        watchman = new Watchman(database, rules, watches, incidents, desk, List.of(this::quotas));
        outbox = new Outbox(database, deliveries, channels, this::take, new Random(7));
    }

    private List<QuotaSource.Reading> quotas(String of) {
        return of.equals(project) ? List.copyOf(quotas) : List.of();
    }

    private Answer take(Channel to, List<Message> messages, Instant at) {
        if (!to.project().equals(project)) {
            return new Answer(true, 200, "of another test", false);
        }
        if (refusals > 0) {
            refusals--;
            return new Answer(false, 503, "busy", true);
        }
        calls.add(messages.size());
        for (Message message : messages) {
            sent.add(message);
            sentAt.add(at);
        }
        return new Answer(true, 200, "ok", false);
    }

    Rule rule(RuleKind kind, @Nullable String flow, Map<String, Object> settings) {
        Rule rule =
                new Rule(
                        Ids.next(),
                        project,
                        kind.word() + " " + settings,
                        kind,
                        flow,
                        settings,
                        List.of(channel),
                        "",
                        true,
                        false,
                        1,
                        now);
        if (!RuleRules.problems(rule, List.of(channel)).isEmpty()) {
            throw new IllegalArgumentException(
                    RuleRules.problems(rule, List.of(channel)).toString());
        }
        database.write(
                dsl -> {
                    rules.add(dsl, rule);
                    return null;
                });
        return rule;
    }

    Stage withAllRules() {
        rule(RuleKind.FAILURE, null, Map.of());
        rule(RuleKind.DRIFT, null, Map.of());
        rule(RuleKind.REJECTS, null, Map.of("count", 100, "percent", 5));
        rule(RuleKind.ROWS_BAND, null, Map.of());
        rule(RuleKind.LATE, null, Map.of("longer_than_minutes", 60));
        rule(RuleKind.LATE, "daily", Map.of("by", "16:30", "zone", "Asia/Shanghai"));
        rule(RuleKind.FRESHNESS, "hourly", Map.of("minutes", 90));
        rule(RuleKind.QUOTA, null, Map.of());
        return this;
    }

    String next() {
        return "run-" + project + "-" + ++runs;
    }

    /// Ten good runs of a flow.
    void warm(String flow) {
        for (int i = 0; i < 10; i++) {
            now = now.plusSeconds(60);
            good(flow, 1_000 + i);
        }
    }

    void good(String flow, long rows) {
        heard(outcome(flow, Outcome.State.SUCCEEDED, rows, 0, 10, null));
    }

    void fails(String flow, ProblemCode code) {
        Problem problem = Problem.of(code, "it broke", "mend it");
        heard(outcome(flow, Outcome.State.FAILED, 0, 0, 3, problem));
    }

    Outcome outcome(
            String flow,
            Outcome.State state,
            long written,
            long rejected,
            double seconds,
            @Nullable Problem problem) {
        return new Outcome(
                project,
                flow,
                next(),
                state,
                written + rejected,
                written,
                rejected,
                seconds,
                problem,
                now);
    }

    void heard(Outcome outcome) {
        database.write(
                dsl -> {
                    alerts.heard(dsl, outcome, now);
                    return null;
                });
    }

    void saw(String... columns) {
        database.write(
                dsl -> {
                    alerts.saw(
                            dsl,
                            new Seen(
                                    project,
                                    "orders",
                                    "",
                                    new TreeMap<>(Map.of("erp.o", List.of(columns)))),
                            now);
                    return null;
                });
    }

    void maintain(Instant until) {
        database.write(
                dsl -> {
                    rules.maintain(dsl, project, until, "root");
                    return null;
                });
    }

    void tick() {
        watchman.look(now);
        outbox.send(now);
    }

    void pass(Duration time) {
        Instant end = now.plus(time);
        while (now.isBefore(end)) {
            now = now.plus(STEP);
            tick();
        }
    }

    List<Message.Event> events() {
        return new ArrayList<>(sent.stream().map(Message::event).toList());
    }
}
