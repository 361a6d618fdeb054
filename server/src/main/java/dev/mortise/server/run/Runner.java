package dev.mortise.server.run;

import dev.mortise.engine.flow.Flow;
import dev.mortise.engine.flow.Project;
import dev.mortise.engine.plan.Plan;
import dev.mortise.engine.run.Receipt;
import dev.mortise.server.document.Definitions;
import dev.mortise.server.reject.RejectStore;
import dev.mortise.spi.problem.Fault;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Executes what is in the queue, as many runs at once as this server may: one thread claims, one
/// says of all runs that they live, and one executes each. Those are threads of the platform, for
/// they call DuckDB, which would pin virtual ones.
@Component
final class Runner implements SmartLifecycle, LiveRun.Teller {
    private static final Logger LOG = LoggerFactory.getLogger(Runner.class);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration BEAT = Duration.ofSeconds(1);
    private static final Duration STOP_MAX = Duration.ofSeconds(8);
    private static final int ENDING_TRIES = 60;

    private final RunQueue queue;
    private final RunDesk desk;
    private final RunLog logs;
    private final RejectStore rejects;
    private final Definitions definitions;
    private final RunSettings settings;
    private final Bell bell;
    private final Map<String, LiveRun> live = new ConcurrentHashMap<>();
    private volatile boolean running;
    private volatile @Nullable Thread claimer;
    private volatile @Nullable Thread heart;

    Runner(
            RunQueue queue,
            RunDesk desk,
            RunLog logs,
            RejectStore rejects,
            Definitions definitions,
            RunSettings settings,
            Bell bell) {
        this.queue = queue;
        this.desk = desk;
        this.logs = logs;
        this.rejects = rejects;
        this.definitions = definitions;
        this.settings = settings;
        this.bell = bell;
    }

    @Override
    public void start() {
        running = true;
        queue.releaseOwn(settings.server());
        claimer = Thread.ofPlatform().daemon().name("run-claim").start(this::claim);
        heart = Thread.ofPlatform().daemon().name("run-beat").start(this::beat);
    }

    /// Before the door to the web closes, so that nobody waits for a run's end behind it.
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public void stop() {
        running = false;
        bell.ring();
        long until = System.nanoTime() + STOP_MAX.toNanos();
        while (!live.isEmpty() && System.nanoTime() < until) {
            live.values().forEach(run -> run.stop(LiveRun.Stop.SHUTDOWN));
            if (!bell.await(Duration.ofMillis(100))) {
                return;
            }
        }
        end(claimer);
        end(heart);
    }

    private static void end(@Nullable Thread thread) {
        if (thread != null) {
            thread.interrupt();
        }
    }

    private void claim() {
        while (running) {
            boolean more = false;
            try {
                more = live.size() < settings.runsMax() && claimed();
            } catch (RuntimeException e) {
                LOG.warn("queue not read; tried again reason={}", e.toString());
            }
            if (!more && !bell.await(LOOK)) {
                return;
            }
        }
    }

    private boolean claimed() {
        Optional<Run> claimed = queue.claim(settings.server(), settings.lease());
        claimed.ifPresent(this::begin);
        return claimed.isPresent();
    }

    private void begin(Run run) {
        RunLog.Writer log = logs.open(run);
        RunDesk.Text text;
        Flow flow;
        Project project;
        try {
            text = desk.text(run.project(), run.flow(), run.revision());
            project = definitions.flow(run.project(), run.flow(), text.text(), text.published());
            flow = project.flows().get(run.flow());
        } catch (ProblemException e) {
            fail(run, log, e.problem());
            return;
        }
        List<Problem> problems = project.problemsOf(run.flow());
        if (flow == null || !problems.isEmpty()) {
            fail(run, log, problems.getFirst());
            return;
        }
        LiveRun one = new LiveRun(run, flow, log, this);
        live.put(run.id(), one);
        log.add(
                RunLog.Level.INFO,
                null,
                "run begins attempt=%d revision=%d"
                        .formatted(run.attempts().made(), run.revision()));
        Thread.ofPlatform().daemon().name("run-" + run.id()).start(() -> execute(one, project));
        bell.ring();
    }

    private void fail(Run run, RunLog.Writer log, Problem problem) {
        log.add(RunLog.Level.ERROR, null, problem.line());
        logs.flush(log);
        queue.end(
                run,
                new RunQueue.Ending(
                        Run.State.FAILED, run.rows(), "[]", RunProblems.json(problem), null, null));
        bell.ring();
    }

    private void execute(LiveRun one, Project project) {
        Run run = one.run();
        Path state = definitions.folder(run.project()).resolve(".mortise");
        try {
            Files.createDirectories(state);
            one.execute(
                    project,
                    state,
                    rejects.shelf(run.project(), dsl -> queue.demandOwned(dsl, run)));
        } catch (ProblemException e) {
            one.refuse(List.of(e.problem()));
        } catch (IOException e) {
            one.refuse(List.of(RunProblems.unwritable(state, e)));
        } catch (RuntimeException | Error e) {
            // Even an error: a run that nobody ends is begun anew as often as its lease runs out.
            LOG.error("run ended unexpectedly run={}", run.id(), e);
            one.refuse(
                    List.of(
                            Problem.of(
                                    ProblemCode.INTERNAL,
                                    "unexpected: " + e,
                                    "please report this with the server's log; run it again: it"
                                            + " goes on")));
        } finally {
            live.remove(run.id(), one);
            bell.ring();
        }
    }

    /// That nobody can be told of its sources is no reason for a run to fail.
    @Override
    public void planned(LiveRun one, Plan plan) {
        try {
            queue.saw(one.run(), plan);
        } catch (RuntimeException e) {
            LOG.warn("sources not noted run={} reason={}", one.run().id(), e.toString());
        }
    }

    /// Keeps the receipt, as long as it takes while the run is ours.
    @Override
    public void ended(LiveRun one, Receipt receipt, @Nullable String verification) {
        Run run = one.run();
        LiveRun.Stop stop = one.stopped();
        if (stop == LiveRun.Stop.LOST) {
            return;
        }
        boolean failed = receipt.state() == Receipt.State.FAILED;
        if (stop == LiveRun.Stop.SHUTDOWN && failed) {
            one.log().add(RunLog.Level.INFO, null, "the server shuts down; the run goes on later");
            release(one);
            return;
        }
        boolean cancelled = stop == LiveRun.Stop.CANCELLED && failed;
        Problem problem =
                cancelled
                        ? RunProblems.cancelled()
                        : receipt.problems().stream().findFirst().orElse(null);
        RunQueue.Ending ending =
                new RunQueue.Ending(
                        cancelled ? Run.State.CANCELLED : state(receipt.state()),
                        one.steps().rows(),
                        one.steps().json(),
                        problem == null ? null : RunProblems.json(problem),
                        LiveRun.json(receipt),
                        verification);
        boolean again = failed && !cancelled && retries(run, problem);
        tell(one, ending, problem);
        if (keep(one, ending, again)) {
            // From here on nobody owns it; what is left is to close its connections.
            live.remove(run.id(), one);
            LOG.info(
                    "run finished flow={} run={} state={} rows_read={} rows_written={}"
                            + " rows_rejected={}",
                    run.flow(),
                    run.id(),
                    ending.state().word(),
                    ending.rows().read(),
                    ending.rows().written(),
                    ending.rows().rejected());
        }
    }

    private void release(LiveRun one) {
        try {
            logs.flush(one.log());
        } catch (RuntimeException e) {
            LOG.warn("run log not kept run={} reason={}", one.run().id(), e.toString());
        }
        queue.release(one.run());
    }

    private static void tell(LiveRun one, RunQueue.Ending ending, @Nullable Problem problem) {
        String line = problem == null ? "" : ": " + problem.line();
        one.log()
                .add(
                        problem == null ? RunLog.Level.INFO : RunLog.Level.ERROR,
                        null,
                        "run finished state=" + ending.state().word() + line);
    }

    private static boolean retries(Run run, @Nullable Problem problem) {
        return problem != null
                && problem.fault() == Fault.TRANSIENT
                && run.attempts().failures() < run.attempts().retriesMax();
    }

    /// A database that is away for a moment must not cost a receipt.
    private boolean keep(LiveRun one, RunQueue.Ending ending, boolean again) {
        Run run = one.run();
        for (int i = 1; ; i++) {
            try {
                logs.flush(one.log());
                return again
                        ? queue.retry(run, ending, Duration.ofSeconds(run.attempts().waitSeconds()))
                        : queue.end(run, ending);
            } catch (RuntimeException e) {
                if (i >= ENDING_TRIES) {
                    throw e;
                }
                LOG.warn("receipt not kept; tried again run={} reason={}", run.id(), e.toString());
                bell.await(BEAT);
            }
        }
    }

    private static Run.State state(Receipt.State state) {
        return switch (state) {
            case SUCCEEDED -> Run.State.SUCCEEDED;
            case REJECTED -> Run.State.REJECTED;
            case FAILED -> Run.State.FAILED;
        };
    }

    private void beat() {
        while (running || !live.isEmpty()) {
            live.values().forEach(this::beat);
            if (!bell.await(pause())) {
                return;
            }
        }
    }

    private Duration pause() {
        Duration quarter = settings.lease().dividedBy(4);
        return quarter.compareTo(BEAT) < 0 ? quarter : BEAT;
    }

    private void beat(LiveRun one) {
        if (one.stopped() != null) {
            one.stop(LiveRun.Stop.CANCELLED);
        }
        try {
            logs.flush(one.log());
            RunQueue.Standing standing =
                    queue.beat(
                            one.run(), settings.lease(), one.steps().rows(), one.steps().changes());
            switch (standing) {
                case OWNED -> {}
                case CANCELLED -> one.stop(LiveRun.Stop.CANCELLED);
                case LOST -> {
                    if (live.containsKey(one.run().id())) {
                        LOG.warn("run lost to another server run={}", one.run().id());
                        one.stop(LiveRun.Stop.LOST);
                    }
                }
            }
        } catch (RuntimeException e) {
            LOG.warn(
                    "run could not be said to live run={} reason={}", one.run().id(), e.toString());
        }
    }
}
