package dev.mortise.server.alert;

import dev.mortise.server.store.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// Finds what no run tells: that none succeeded in time, that one takes too long, that a quota runs
/// out; and looks after open incidents. Several servers may do so at once.
@Component
final class Watchman {
    /// Longer than anything a rule remembers by.
    private static final Duration SEEN_KEPT = Duration.ofDays(40);

    private final Database database;
    private final RuleStore rules;
    private final WatchStore watches;
    private final IncidentStore store;
    private final Incidents incidents;
    private final List<QuotaSource> quotas;
    private Instant cleaned = Instant.EPOCH;

    Watchman(
            Database database,
            RuleStore rules,
            WatchStore watches,
            IncidentStore store,
            Incidents incidents,
            List<QuotaSource> quotas) {
        this.database = database;
        this.rules = rules;
        this.watches = watches;
        this.store = store;
        this.incidents = incidents;
        this.quotas = quotas;
    }

    /// Looks at everything once. Called by one thread.
    void look(Instant now) {
        Set<String> open =
                store.open().stream()
                        .map(one -> one.rule() + "/" + one.subject())
                        .collect(Collectors.toSet());
        Map<String, List<WatchStore.Watch>> known = new HashMap<>();
        for (Rule rule : rules.watching()) {
            if (rule.kind() == RuleKind.QUOTA) {
                quota(rule, open, now);
                continue;
            }
            for (WatchStore.Watch watch :
                    flows(rule, known.computeIfAbsent(rule.project(), watches::list))) {
                if (!open.contains(rule.id() + "/" + watch.flow())) {
                    flow(rule, watch, now);
                }
            }
        }
        for (Incident incident : store.open()) {
            rules.find(incident.rule()).ifPresent(rule -> incident(rule, incident, now));
        }
        clean(now);
    }

    /// A flow that is named is watched even if it never ran.
    private static List<WatchStore.Watch> flows(Rule rule, List<WatchStore.Watch> known) {
        String flow = rule.flow();
        if (flow == null) {
            return known;
        }
        return known.stream()
                .filter(watch -> watch.flow().equals(flow))
                .findFirst()
                .map(List::of)
                .orElseGet(() -> List.of(new WatchStore.Watch(flow, "", null, null, null, 0)));
    }

    private void flow(Rule rule, WatchStore.Watch watch, Instant now) {
        switch (rule.kind()) {
            case LATE -> {
                if (rule.has("by")) {
                    by(rule, watch, now);
                }
                if (rule.has("longer_than_minutes")) {
                    running(rule, watch, now);
                }
            }
            case FRESHNESS -> fresh(rule, watch, now);
            case FAILURE, DRIFT, REJECTS, ROWS_BAND, QUOTA -> {}
        }
    }

    private void by(Rule rule, WatchStore.Watch watch, Instant now) {
        ZoneId zone = ZoneId.of(rule.text("zone", "UTC"));
        ZonedDateTime local = now.atZone(zone);
        String time = rule.text("by", "00:00");
        Instant due = local.toLocalDate().atTime(LocalTime.parse(time)).atZone(zone).toInstant();
        Instant day = local.toLocalDate().atStartOfDay(zone).toInstant();
        Instant success = watch.lastSuccessAt();
        boolean done = success != null && !success.isBefore(day);
        if (done || now.isBefore(due) || rule.createdAt().isAfter(due)) {
            return;
        }
        String fault = "late/" + watch.flow() + "/" + local.toLocalDate();
        Verdict.Faulty faulty = new Verdict.Faulty("late", List.of(time, zone.getId()));
        once(rule, fault, new Incidents.Trouble(watch.flow(), "", fault, faulty, null), now);
    }

    private void running(Rule rule, WatchStore.Watch watch, Instant now) {
        Instant since = watch.runningSince();
        long minutes = rule.whole("longer_than_minutes", 0);
        if (since == null || since.plus(Duration.ofMinutes(minutes)).isAfter(now)) {
            return;
        }
        String fault = "long/" + watch.run();
        long passed = Duration.between(since, now).toMinutes();
        Verdict.Faulty faulty = new Verdict.Faulty("long", List.of("" + passed, "" + minutes));
        once(
                rule,
                fault,
                new Incidents.Trouble(watch.flow(), watch.run(), fault, faulty, null),
                now);
    }

    private void fresh(Rule rule, WatchStore.Watch watch, Instant now) {
        Instant success = watch.lastSuccessAt();
        Instant from = success == null ? rule.createdAt() : success;
        long minutes = rule.whole("minutes", 0);
        if (from.plus(Duration.ofMinutes(minutes)).isAfter(now)) {
            return;
        }
        String fault = "fresh/" + watch.flow() + "/" + from.toEpochMilli();
        String last = success == null ? "-" : success.truncatedTo(ChronoUnit.SECONDS).toString();
        Verdict.Faulty faulty = new Verdict.Faulty("freshness", List.of(last, "" + minutes));
        once(rule, fault, new Incidents.Trouble(watch.flow(), "", fault, faulty, null), now);
    }

    /// Raises what no server has raised yet.
    private void once(Rule rule, String what, Incidents.Trouble trouble, Instant now) {
        database.write(
                dsl -> {
                    if (rules.see(dsl, rule, what, now)) {
                        incidents.raise(dsl, rule, trouble, now);
                    }
                    return null;
                });
    }

    private void quota(Rule rule, Set<String> open, Instant now) {
        for (QuotaSource source : quotas) {
            for (QuotaSource.Reading reading : source.read(rule.project())) {
                quota(rule, reading, open, now);
            }
        }
    }

    private void quota(Rule rule, QuotaSource.Reading reading, Set<String> open, Instant now) {
        String subject = reading.connection() + " " + reading.limit();
        boolean high = reading.used() * 100.0 >= rule.number("percent", 80) * reading.max();
        boolean known = open.contains(rule.id() + "/" + subject);
        if (high == known) {
            return;
        }
        String fault = "quota/" + subject + "/" + now.toEpochMilli();
        List<String> args = List.of("" + reading.used(), "" + reading.max(), reading.limit());
        Incidents.Trouble trouble =
                new Incidents.Trouble(subject, "", fault, new Verdict.Faulty("quota", args), null);
        database.write(
                dsl -> {
                    if (high) {
                        incidents.raise(dsl, rule, trouble, now);
                    } else {
                        incidents.heal(dsl, rule, subject, fault, now);
                    }
                    return null;
                });
    }

    private void incident(Rule rule, Incident incident, Instant now) {
        database.write(
                dsl -> {
                    incidents.look(dsl, rule, incident, now);
                    return null;
                });
    }

    private void clean(Instant now) {
        if (cleaned.plus(Duration.ofHours(1)).isAfter(now)) {
            return;
        }
        cleaned = now;
        database.write(
                dsl -> {
                    rules.forgetSeen(dsl, now.minus(SEEN_KEPT));
                    return null;
                });
    }
}
