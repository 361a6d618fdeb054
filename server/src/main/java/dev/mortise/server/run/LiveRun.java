package dev.mortise.server.run;

import dev.mortise.engine.flow.Flow;
import dev.mortise.engine.flow.Project;
import dev.mortise.engine.flow.Step;
import dev.mortise.engine.plan.CopyPlanner;
import dev.mortise.engine.plan.Pipeline;
import dev.mortise.engine.plan.Plan;
import dev.mortise.engine.plan.Planner;
import dev.mortise.engine.run.DeadLetterShelf;
import dev.mortise.engine.run.FlowRun;
import dev.mortise.engine.run.Progress;
import dev.mortise.engine.run.Receipt;
import dev.mortise.engine.run.ReceiptJson;
import dev.mortise.engine.run.StepCounts;
import dev.mortise.engine.session.Session;
import dev.mortise.engine.verify.StepVerdict;
import dev.mortise.engine.verify.VerifyReport;
import dev.mortise.server.outgoing.Addresses;
import dev.mortise.server.run.RunLog.Level;
import dev.mortise.spi.connect.Fence;
import dev.mortise.spi.problem.Problem;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A run this server owns, from its claim to its end. One thread executes it; others stop it and
/// ask how far it has come.
final class LiveRun implements Progress {
    private static final int LANES = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4);

    private final Run run;
    private final Flow flow;
    private final LiveSteps steps;
    private final RunLog.Writer log;
    private final Teller teller;
    private final AtomicReference<@Nullable Stop> stopped = new AtomicReference<>();
    private volatile @Nullable Session session;
    private volatile @Nullable Thread thread;

    /// Why a run was stopped from outside.
    enum Stop {
        /// Somebody wanted it to end.
        CANCELLED,
        /// It is another server's by now.
        LOST,
        /// This server shuts down; another goes on, or this one when it is back.
        SHUTDOWN
    }

    /// Hears of a run what others are to know.
    interface Teller {
        /// A plan was made; it may have problems.
        void planned(LiveRun live, Plan plan);

        /// Keeps what became of it, before it is forgotten here.
        void ended(LiveRun live, Receipt receipt, @Nullable String verification);
    }

    LiveRun(Run run, Flow flow, RunLog.Writer log, Teller teller) {
        this.run = run;
        this.flow = flow;
        this.log = log;
        this.teller = teller;
        this.steps = new LiveSteps(kinds(flow), feeds(flow));
    }

    static Map<String, String> kinds(Flow flow) {
        Map<String, String> kinds = new LinkedHashMap<>();
        flow.steps()
                .values()
                .forEach(
                        step ->
                                kinds.put(
                                        step.name(),
                                        step.getClass().getSimpleName().toLowerCase(Locale.ROOT)));
        return kinds;
    }

    /// The steps before each write step, however far away.
    static Map<String, Set<String>> feeds(Flow flow) {
        Map<String, Set<String>> feeds = new HashMap<>();
        for (Step step : flow.steps().values()) {
            if (step instanceof Step.Write) {
                feeds.put(step.name(), before(flow, step));
            }
        }
        return feeds;
    }

    private static Set<String> before(Flow flow, Step last) {
        Set<String> seen = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(last.inputs());
        while (!open.isEmpty()) {
            Step step = flow.steps().get(open.pop());
            if (step != null && seen.add(step.name())) {
                open.addAll(step.inputs());
            }
        }
        return seen;
    }

    Run run() {
        return run;
    }

    LiveSteps steps() {
        return steps;
    }

    RunLog.Writer log() {
        return log;
    }

    @Nullable Stop stopped() {
        return stopped.get();
    }

    /// Moves the rows. What became of it, the teller has heard when this returns, unless the run
    /// was stopped because it is another's.
    ///
    /// @param state the project's `.mortise` folder
    /// @param shelf keeps the rows that are set aside
    void execute(Project project, Path state, DeadLetterShelf shelf) {
        thread = Thread.currentThread();
        try (Session opened = new Session(project, state, shelf, Addresses.OPENING)) {
            session = opened;
            if (stopped.get() != null) {
                Thread.currentThread().interrupt();
            }
            FlowRun engine =
                    new FlowRun(
                            state,
                            shelf,
                            InstantSource.system(),
                            RandomGenerator.getDefault(),
                            this,
                            receipt -> tell(opened, receipt));
            execute(engine, opened);
        } finally {
            thread = null;
            session = null;
        }
    }

    private void execute(FlowRun engine, Session opened) {
        FlowRun.Own own = new FlowRun.Own(run.name(), run.changed(), new Fence(run.epoch()));
        boolean fresh = run.fresh() && run.attempts().made() == 1;
        FlowRun.Wish wish = new FlowRun.Wish(fresh, LANES, Optional.of(own));
        Planner planner = opened.planner();
        if (flow.copy().isPresent()) {
            CopyPlanner copy = new CopyPlanner(opened.connections(), planner, flow);
            over(engine.run(copy, flow, wish, opened::verify), opened);
            return;
        }
        Plan plan = chosen(engine.plan(flow.name(), () -> planner.plan(flow)));
        if (plan.problems().isEmpty()) {
            over(engine.run(plan, wish, opened::verify), opened);
        } else {
            refuse(plan.problems());
        }
    }

    private void over(Receipt receipt, Session opened) {
        if (receipt.state() != Receipt.State.FAILED) {
            opened.forgetNotes(flow);
        }
    }

    private Plan chosen(Plan plan) {
        if (run.steps().isEmpty() || !plan.problems().isEmpty()) {
            return plan;
        }
        List<Pipeline> wanted =
                plan.pipelines().stream().filter(p -> run.steps().contains(p.step())).toList();
        return new Plan(plan.flow(), wanted, List.of(), plan.sources());
    }

    /// Ends a run that never began.
    void refuse(List<Problem> problems) {
        teller.ended(this, refused(problems), null);
    }

    private Receipt refused(List<Problem> problems) {
        return new Receipt(
                flow.name(),
                run.name(),
                Receipt.State.FAILED,
                0,
                false,
                Map.of(),
                Optional.empty(),
                problems);
    }

    private void tell(Session opened, Receipt receipt) {
        boolean wanted = stopped.get() == Stop.CANCELLED;
        steps.settle(receipt, wanted ? LiveSteps.CANCELLED : LiveSteps.FAILED);
        List<StepVerdict> verdicts = opened.verdicts();
        String report =
                verdicts.isEmpty()
                        ? null
                        : new VerifyReport(flow.name(), Instant.now(), verdicts).json();
        teller.ended(this, receipt, report);
    }

    static String json(Receipt receipt) {
        return ReceiptJson.of(receipt);
    }

    /// Ends the run as soon as may be: interrupts its threads and cancels its statements. To be
    /// called again until it has ended, for a statement may begin after it.
    void stop(Stop why) {
        stopped.compareAndSet(null, why);
        Thread working = thread;
        Session open = session;
        if (working != null) {
            working.interrupt();
        }
        if (open != null) {
            open.connections().stop();
        }
    }

    @Override
    public void planned(Plan plan) {
        teller.planned(this, plan);
    }

    @Override
    public void begins(String step, long rowsExpected) {
        steps.begins(step, rowsExpected);
        String expected = rowsExpected < 0 ? "" : " rows_expected=" + rowsExpected;
        log.add(Level.INFO, step, "step begins" + expected);
    }

    @Override
    public void committed(String step, long rowsWritten, long rowsRejected) {
        steps.committed(step, rowsWritten, rowsRejected);
        if (rowsRejected > 0) {
            log.add(Level.WARN, step, "rows set aside rows_rejected=" + rowsRejected);
        }
    }

    @Override
    public void warned(String rule, long rows) {
        log.add(Level.WARN, null, "rule broken rule=\"%s\" rows=%d".formatted(rule, rows));
    }

    @Override
    public void finished(String step, Map<String, StepCounts> counts) {
        steps.finished(step, counts);
        StepCounts own = Objects.requireNonNullElse(counts.get(step), NOTHING);
        log.add(
                Level.INFO,
                step,
                "step finished rows_in=%d rows_out=%d rows_rejected=%d"
                        .formatted(own.rowsIn(), own.rowsOut(), own.rowsRejected()));
    }

    private static final StepCounts NOTHING = new StepCounts(0, 0, 0, 0);

    @Override
    public void retries(String step, Problem problem, int attempt) {
        if (stopped.get() == null) {
            log.add(
                    Level.WARN,
                    step,
                    "tried again attempt=%d: ".formatted(attempt) + line(problem));
        }
    }

    static String line(Problem problem) {
        return problem.line();
    }
}
