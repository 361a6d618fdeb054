package dev.mortise.server.alert;

import dev.mortise.server.channel.Channels;
import dev.mortise.server.channel.Message;
import dev.mortise.server.channel.Message.Event;
import dev.mortise.server.settings.ServerSettings;
import dev.mortise.server.store.Ids;
import dev.mortise.spi.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Opens, repeats and closes incidents, and puts what is to be told of them into the outbox, all in
/// the caller's transaction.
@Component
final class Incidents {
    /// Where the studio is reached from outside; links of messages begin with it.
    private static final String URL = "MORTISE_URL";

    private final RuleStore rules;
    private final IncidentStore incidents;
    private final DeliveryStore deliveries;
    private final Channels channels;
    private final String url;
    private final String server;

    Incidents(
            RuleStore rules,
            IncidentStore incidents,
            DeliveryStore deliveries,
            Channels channels,
            ServerSettings settings) {
        this.rules = rules;
        this.incidents = incidents;
        this.deliveries = deliveries;
        this.channels = channels;
        String own = "http://" + settings.host() + ":" + settings.port();
        this.url = settings.environment().getOrDefault(URL, own);
        this.server = settings.environment().getOrDefault("HOSTNAME", settings.host());
    }

    /// What began or goes on.
    ///
    /// @param subject the flow or the connection
    /// @param run empty without one
    /// @param fault one fault is told once on a channel
    /// @param problem null when there is none
    record Trouble(
            String subject,
            String run,
            String fault,
            Verdict.Faulty verdict,
            @Nullable Problem problem) {}

    /// Opens an incident and tells of it, or counts it once more.
    void raise(DSLContext dsl, Rule rule, Trouble trouble, Instant now) {
        Message message = message(rule, trouble, now);
        Incident incident =
                new Incident(
                        Ids.next(),
                        rule.project(),
                        rule.id(),
                        rule.kind(),
                        trouble.subject(),
                        now,
                        null,
                        1,
                        0,
                        null,
                        null,
                        null,
                        trouble.fault(),
                        message);
        if (incidents.open(dsl, incident)) {
            announce(dsl, rule, incident, now);
            return;
        }
        incidents
                .open(dsl, rule.id(), trouble.subject())
                .filter(known -> !known.fault().equals(trouble.fault()))
                .ifPresent(known -> incidents.repeat(dsl, known.id(), message));
    }

    private Message message(Rule rule, Trouble trouble, Instant now) {
        Problem problem = trouble.problem();
        String link =
                trouble.run().isEmpty()
                        ? url + "/p/" + rule.project()
                        : url + "/p/" + rule.project() + "/runs/" + trouble.run();
        return new Message(
                Event.OPENED,
                rule.project(),
                trouble.subject(),
                rule.name(),
                trouble.verdict().cause(),
                trouble.verdict().args(),
                problem == null ? "" : problem.place(),
                server,
                problem == null ? "" : problem.code().name(),
                problem == null ? "" : problem.fix(),
                link,
                1,
                now);
    }

    /// Tells of an incident for the first time, unless it is quiet now: then the clock asks again.
    void announce(DSLContext dsl, Rule rule, Incident incident, Instant now) {
        if (isQuiet(dsl, rule, incident, now) || !incidents.told(dsl, incident, now)) {
            return;
        }
        boolean known =
                rule.kind().followsFromFailure()
                        && incidents.isFailing(dsl, rule.project(), incident.subject());
        if (!known) {
            Message message = incident.message().as(Event.OPENED, incident.count(), now);
            tell(dsl, incident, rule.channels(), incident.fault(), message);
        }
    }

    private boolean isQuiet(DSLContext dsl, Rule rule, Incident incident, Instant now) {
        Instant silenced = incident.silencedUntil();
        return (silenced != null && silenced.isAfter(now))
                || rule.paused()
                || Silence.of(rule.silence()).holds(now)
                || rules.maintenance(dsl, rule.project(), now).isPresent();
    }

    private void tell(
            DSLContext dsl, Incident incident, List<String> where, String fault, Message message) {
        for (String channel : where) {
            if (channels.find(dsl, channel).isPresent()) {
                deliveries.add(dsl, incident, channel, fault, message);
            }
        }
    }

    /// Closes what is open of a rule, and tells those who were told.
    ///
    /// @param fault what ended it; the same is told once on a channel
    void heal(DSLContext dsl, Rule rule, String subject, String fault, Instant now) {
        Incident incident = incidents.open(dsl, rule.id(), subject).orElse(null);
        if (incident == null || !incidents.close(dsl, incident.id(), now)) {
            return;
        }
        if (rule.recovery() && !isQuiet(dsl, rule, incident, now)) {
            Message message = incident.message().as(Event.RECOVERED, incident.count(), now);
            tell(dsl, incident, deliveries.channels(dsl, incident.id()), fault, message);
        }
    }

    /// The same, but leaves open what the fault itself has opened.
    void healUnlessOf(DSLContext dsl, Rule rule, String subject, String fault, Instant now) {
        boolean own =
                incidents
                        .open(dsl, rule.id(), subject)
                        .filter(open -> open.fault().equals(fault))
                        .isPresent();
        if (!own) {
            heal(dsl, rule, subject, fault, now);
        }
    }

    /// What the clock has to do for an open incident: tell late, remind, escalate.
    void look(DSLContext dsl, Rule rule, Incident incident, Instant now) {
        Instant told = incident.toldAt();
        if (told == null) {
            announce(dsl, rule, incident, now);
            return;
        }
        if (isQuiet(dsl, rule, incident, now)) {
            return;
        }
        if (isPast(incident.openedAt(), rule.whole(Rule.ESCALATE, 0), now)
                && incident.escalatedAt() == null
                && incidents.escalated(dsl, incident, now)) {
            Message message = incident.message().as(Event.ESCALATED, incident.count(), now);
            String fault = "escalated/" + incident.id();
            tell(dsl, incident, rule.texts(Rule.ESCALATE_TO), fault, message);
        }
        boolean goesOn = incident.count() > incident.told() || isWatchedByClock(rule.kind());
        if (goesOn
                && isPast(told, rule.whole(Rule.REMIND, 60), now)
                && incidents.told(dsl, incident, now)) {
            Message message = incident.message().as(Event.REMINDED, incident.count(), now);
            String fault = "reminded/" + incident.id() + "/" + now.toEpochMilli();
            List<String> where = deliveries.channels(dsl, incident.id());
            tell(dsl, incident, where, fault, message);
        }
    }

    /// Of these no run tells again that they go on.
    private static boolean isWatchedByClock(RuleKind kind) {
        return kind == RuleKind.FRESHNESS || kind == RuleKind.QUOTA;
    }

    /// @param minutes 0 for never
    private static boolean isPast(Instant from, long minutes, Instant now) {
        return minutes > 0 && !from.plus(Duration.ofMinutes(minutes)).isAfter(now);
    }
}
