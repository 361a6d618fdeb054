package dev.mortise.server.alert;

import dev.mortise.server.store.Database;
import java.time.Instant;
import java.util.List;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

/// The door to alerts. Whoever runs flows says here what became of them.
@Component
public final class Alerts {
    private final Database database;
    private final RuleStore rules;
    private final WatchStore watches;
    private final IncidentStore store;
    private final Incidents incidents;

    Alerts(
            Database database,
            RuleStore rules,
            WatchStore watches,
            IncidentStore store,
            Incidents incidents) {
        this.database = database;
        this.rules = rules;
        this.watches = watches;
        this.store = store;
        this.incidents = incidents;
    }

    /// A run has begun or ended. Safe to say again, on this server or another: each rule looks at
    /// a run once.
    public void heard(Outcome outcome) {
        database.write(
                dsl -> {
                    heard(dsl, outcome, database.now(dsl));
                    return null;
                });
    }

    /// The same within the transaction in which the run ends, so that neither is without the other.
    public void heard(DSLContext dsl, Outcome outcome, Instant now) {
        watches.note(dsl, outcome);
        if (outcome.state() == Outcome.State.RUNNING) {
            return;
        }
        int failures =
                watches.find(dsl, outcome.project(), outcome.flow())
                        .map(WatchStore.Watch::failures)
                        .orElse(0);
        List<Long> samples = watches.samples(dsl, outcome);
        for (Rule rule : rules.list(dsl, outcome.project())) {
            boolean looks = !rule.paused() && rule.isAbout(outcome.flow());
            if (looks && rules.see(dsl, rule, "run/" + outcome.run(), now)) {
                apply(dsl, rule, outcome, Judge.judge(rule, outcome, failures, samples), now);
            }
        }
        if (outcome.state().isDone()) {
            watches.settle(dsl, outcome);
        }
    }

    private void apply(DSLContext dsl, Rule rule, Outcome outcome, Verdict verdict, Instant now) {
        String fault = "run/" + outcome.run();
        switch (verdict) {
            case Verdict.Unknown _ -> {}
            // What was found by this very run is told before it is called mended.
            case Verdict.Healthy _ when rule.kind() == RuleKind.DRIFT ->
                    incidents.healUnlessOf(dsl, rule, outcome.flow(), fault, now);
            case Verdict.Healthy _ -> incidents.heal(dsl, rule, outcome.flow(), fault, now);
            case Verdict.Faulty faulty ->
                    incidents.raise(
                            dsl,
                            rule,
                            new Incidents.Trouble(
                                    outcome.flow(),
                                    outcome.run(),
                                    fault,
                                    faulty,
                                    outcome.problem()),
                            now);
        }
    }

    /// The columns of a flow's sources were looked at, by a run of it or by a check. Where they
    /// are not those it last went well with, that is a drift; once a run goes well with the new
    /// ones, they are what is expected. Safe to say again.
    public void saw(Seen seen) {
        if (seen.datasets().isEmpty()) {
            return;
        }
        database.write(
                dsl -> {
                    saw(dsl, seen, database.now(dsl));
                    return null;
                });
    }

    void saw(DSLContext dsl, Seen seen, Instant now) {
        String drift = watches.shape(dsl, seen, now);
        if (drift.isEmpty()) {
            return;
        }
        // A run that fails of it is told as one fault, whatever else it breaks.
        String fault =
                seen.run().isEmpty()
                        ? "drift/" + seen.flow() + "/" + now.toEpochMilli()
                        : "run/" + seen.run();
        for (Rule rule : rules.list(dsl, seen.project())) {
            if (rule.kind() == RuleKind.DRIFT && !rule.paused() && rule.isAbout(seen.flow())) {
                Verdict.Faulty faulty = new Verdict.Faulty("drift", List.of(drift));
                Incidents.Trouble trouble =
                        new Incidents.Trouble(seen.flow(), seen.run(), fault, faulty, null);
                incidents.raise(dsl, rule, trouble, now);
            }
        }
    }

    /// Flows whose data is later than a rule allows.
    public List<String> lateFlows(String project) {
        return store.subjects(project, RuleKind.LATE, RuleKind.FRESHNESS);
    }
}
