package dev.mortise.server.schedule;

import dev.mortise.server.run.Run;
import dev.mortise.server.run.RunDesk;
import dev.mortise.server.run.RunRequest;
import dev.mortise.server.schedule.Schedule.Concurrency;
import dev.mortise.server.schedule.Schedule.FlowName;
import dev.mortise.server.schedule.ScheduleStore.Outcome;
import dev.mortise.server.store.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Starts flows when their time has come. Every server looks; whoever takes a schedule first notes
/// its time, puts the run into the queue and moves the schedule on in one transaction, so that a
/// time starts one run or, after a crash in the middle, is found due again. Goes by the clock of
/// the database alone.
@Component
final class Firing implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Firing.class);
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Database database;
    private final ScheduleStore schedules;
    private final ScheduleDesk desk;
    private final RunDesk runs;
    private volatile CountDownLatch stopped = new CountDownLatch(0);

    Firing(Database database, ScheduleStore schedules, ScheduleDesk desk, RunDesk runs) {
        this.database = database;
        this.schedules = schedules;
        this.desk = desk;
        this.runs = runs;
    }

    @Override
    public void start() {
        CountDownLatch latch = new CountDownLatch(1);
        stopped = latch;
        Thread.ofVirtual().name("schedules").start(() -> look(latch));
    }

    @Override
    public void stop() {
        stopped.countDown();
    }

    @Override
    public boolean isRunning() {
        return stopped.getCount() > 0;
    }

    private void look(CountDownLatch latch) {
        try {
            do {
                look();
            } while (!latch.await(LOOK.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            tick(database.now());
        } catch (RuntimeException e) {
            LOG.warn("schedules not read; tried again reason={}", e.toString());
        }
    }

    /// Does what is due.
    ///
    /// @return how many runs it started
    int tick(Instant now) {
        int started = 0;
        for (String id : schedules.due(now)) {
            try {
                started += database.write(dsl -> tick(dsl, id, now));
            } catch (RuntimeException e) {
                LOG.warn("schedule not fired; tried again schedule={} reason={}", id, e.toString());
            }
        }
        if (started > 0) {
            runs.wake();
        }
        return started;
    }

    private int tick(DSLContext dsl, String id, Instant now) {
        Schedule schedule = schedules.take(dsl, id).orElse(null);
        if (schedule == null) {
            return 0;
        }
        Optional<Instant> followed = followed(dsl, schedule);
        if (followed.isEmpty()) {
            return 0;
        }
        if (schedule.cron() == null) {
            return fire(dsl, schedule, List.of(followed.get()), null, now);
        }
        if (schedule.nextAt() == null || schedule.nextAt().isAfter(now)) {
            return 0;
        }
        FirePlan plan = FirePlan.of(schedule, desk.days(dsl, schedule.calendar()), now);
        // Who waits for others is late through no fault of the servers.
        boolean waited = !schedule.dependsOn().isEmpty() && plan.runs().isEmpty();
        List<Instant> times =
                waited && !plan.missed().isEmpty() ? List.of(plan.missed().getLast()) : plan.runs();
        for (Instant missed : plan.missed()) {
            if (!times.contains(missed)
                    && schedules.fire(dsl, schedule, missed, Outcome.MISSED, now)) {
                LOG.warn(
                        "schedule missed flow={} schedule={} time={}",
                        schedule.flow(),
                        schedule.id(),
                        missed);
            }
        }
        return fire(dsl, schedule, times, plan.next(), now);
    }

    private int fire(
            DSLContext dsl,
            Schedule schedule,
            List<Instant> times,
            @Nullable Instant next,
            Instant now) {
        int started = 0;
        for (Instant time : times) {
            Outcome outcome = outcome(dsl, schedule);
            if (!schedules.fire(dsl, schedule, time, outcome, now)) {
                continue;
            }
            if (outcome == Outcome.STARTED) {
                schedules.started(dsl, schedule, time, start(dsl, schedule));
                started++;
            }
        }
        boolean moved = !times.isEmpty();
        schedules.advance(dsl, schedule, next, moved, now);
        return started;
    }

    private Outcome outcome(DSLContext dsl, Schedule schedule) {
        if (runs.published(dsl, schedule.project(), schedule.flow()).isEmpty()) {
            return Outcome.UNPUBLISHED;
        }
        boolean busy =
                schedule.concurrency() == Concurrency.SKIP
                        && runs.isActive(dsl, schedule.project(), schedule.flow());
        return busy ? Outcome.BUSY : Outcome.STARTED;
    }

    private String start(DSLContext dsl, Schedule schedule) {
        int revision = runs.published(dsl, schedule.project(), schedule.flow()).orElseThrow();
        Run.Cause cause = schedule.cron() == null ? Run.Cause.DEPENDENCY : Run.Cause.SCHEDULE;
        return runs.start(
                dsl,
                RunRequest.of(
                                schedule.project(),
                                schedule.flow(),
                                revision,
                                cause,
                                "schedule " + schedule.id())
                        .retrying(
                                schedule.retriesMax(),
                                Duration.ofSeconds(schedule.retryWaitSeconds())));
    }

    /// When the last of the flows it follows succeeded; empty while one has not, since this one was
    /// started last. Of a schedule that follows none, a moment that does not matter.
    private Optional<Instant> followed(DSLContext dsl, Schedule schedule) {
        Instant fired = schedule.lastFire();
        Instant since =
                fired == null || fired.isBefore(schedule.since()) ? schedule.since() : fired;
        Instant last = Instant.EPOCH;
        for (FlowName flow : schedule.dependsOn()) {
            Instant ended =
                    runs.latest(dsl, flow.project(), flow.flow(), List.of(Run.State.SUCCEEDED))
                            .map(run -> run.times().ended())
                            .orElse(null);
            if (ended == null || !ended.isAfter(since)) {
                return Optional.empty();
            }
            last = ended.isAfter(last) ? ended : last;
        }
        return Optional.of(last);
    }
}
