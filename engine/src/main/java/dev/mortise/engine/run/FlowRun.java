package dev.mortise.engine.run;

import dev.mortise.engine.flow.Flow;
import dev.mortise.engine.plan.CopyPlanner;
import dev.mortise.engine.plan.Pipeline;
import dev.mortise.engine.plan.Plan;
import dev.mortise.engine.run.Receipt.Checked;
import dev.mortise.spi.connect.Fence;
import dev.mortise.spi.problem.Fault;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// The door of the batch road: runs a planned flow and says what became of it.
public final class FlowRun {
    private static final int ATTEMPTS_MAX = 6;

    private final Path state;
    private final DeadLetterShelf shelf;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Progress progress;
    private final Consumer<Receipt> told;

    /// @param state the project's `.mortise` folder
    /// @param told takes each receipt. Only then the run is forgotten: one that dies before it
    ///     could tell is resumed, moves nothing, and gives its receipt again
    public FlowRun(
            Path state,
            InstantSource clock,
            RandomGenerator random,
            Progress progress,
            Consumer<Receipt> told) {
        this(state, DeadLetterShelf.files(state), clock, random, progress, told);
    }

    /// @param shelf keeps the rows that are set aside
    public FlowRun(
            Path state,
            DeadLetterShelf shelf,
            InstantSource clock,
            RandomGenerator random,
            Progress progress,
            Consumer<Receipt> told) {
        this.state = state;
        this.shelf = shelf;
        this.clock = clock;
        this.random = random;
        this.progress = progress;
        this.told = told;
    }

    /// The name of a flow's run that is under way, or else of the one done last; empty when there
    /// was none.
    public static String latest(Path state, String flow) {
        return new RunName(state, flow).latest();
    }

    /// How a run is asked for.
    ///
    /// @param fresh forget an unfinished run instead of resuming it
    /// @param lanes parts moved side by side
    /// @param own whose run it is; empty for the one under way in this project, whatever its name
    public record Wish(boolean fresh, int lanes, Optional<Own> own) {
        public Wish(boolean fresh, int lanes) {
            this(fresh, lanes, Optional.empty());
        }
    }

    /// A run whose name and owner somebody else keeps, such as a server's queue.
    ///
    /// @param run its name; an unfinished run of that name is resumed
    /// @param changed whether the run was begun by another version of the flow. Only asked where
    ///     this project knows nothing of the run, as after it moved to another machine
    /// @param fence keeps an owner that was given up from committing
    public record Own(String run, boolean changed, Fence fence) {}

    /// Checks source against target after a plan has run.
    @FunctionalInterface
    public interface Check {
        Optional<Checked> run(Plan plan);
    }

    /// Plans, again and again while what keeps it from planning may pass.
    public Plan plan(String flow, Supplier<Plan> planning) {
        Plan plan = made(flow, planning);
        progress.planned(plan);
        return plan;
    }

    private Plan made(String flow, Supplier<Plan> planning) {
        List<Plan> last = new ArrayList<>();
        try {
            return patiently(
                    flow,
                    () -> {
                        Plan plan = planning.get();
                        last.add(plan);
                        passing(plan).ifPresent(FlowRun::fail);
                        return plan;
                    });
        } catch (ProblemException e) {
            if (last.isEmpty() || passing(last.getLast()).isEmpty()) {
                throw e;
            }
            return last.getLast();
        }
    }

    private static Optional<Problem> passing(Plan plan) {
        return plan.problems().stream().filter(p -> p.fault() == Fault.TRANSIENT).findFirst();
    }

    private static void fail(Problem problem) {
        throw new ProblemException(problem);
    }

    private <T> T patiently(String name, Supplier<T> act) {
        List<T> result = new ArrayList<>();
        new Retry(ATTEMPTS_MAX, random)
                .run(
                        _ -> result.add(act.get()),
                        () -> 0,
                        (problem, failures) -> progress.retries(name, problem, failures));
        return result.getLast();
    }

    /// Runs a plan of steps. Whatever happens stands in the receipt.
    ///
    /// @throws ProblemException IO_FAILED when a run whose receipt is out could not be forgotten
    public Receipt run(Plan plan, Wish wish, Check check) {
        return receipt(
                plan.flow(),
                wish,
                (context, outcome) -> {
                    transfer(plan, context, wish, outcome);
                    outcome.add(checked(plan, check));
                });
    }

    private Optional<Checked> checked(Plan plan, Check check) {
        return patiently(plan.flow().name(), () -> check.run(plan));
    }

    /// Runs a whole-database copy. Whatever happens stands in the receipt.
    ///
    /// @throws ProblemException as the other
    public Receipt run(CopyPlanner planner, Flow flow, Wish wish, Check check) {
        return receipt(
                flow,
                wish,
                (context, outcome) ->
                        new CopyRun(
                                        table -> plan(table.name(), () -> planner.plan(table)),
                                        patiently(flow.name(), planner::tables),
                                        planner.lanesMax(wish.lanes()))
                                .run(
                                        (table, plan, lanes) -> {
                                            transfer(plan, context.with(lanes), wish, outcome);
                                            outcome.add(checked(plan, check));
                                        },
                                        (_, problem) -> outcome.add(problem)));
    }

    /// What a run does between its name and its receipt.
    private interface Work {
        void run(RunContext context, Outcome outcome);
    }

    private Receipt receipt(Flow flow, Wish wish, Work work) {
        long started = System.nanoTime();
        RunName name = new RunName(state, flow.name());
        Outcome outcome = new Outcome();
        String run = "";
        try {
            String definition = definition(flow);
            RunName.Resumed resumed =
                    wish.own().isPresent()
                            ? name.resume(wish.own().get(), definition)
                            : name.resume(wish.fresh(), definition, clock, random);
            run = resumed.name();
            work.run(context(flow, resumed, wish, name), outcome);
        } catch (ProblemException e) {
            outcome.add(e.problem().at("flow '" + flow.name() + "'"));
        } catch (RuntimeException e) {
            outcome.add(internal(e));
        }
        Receipt receipt = outcome.receipt(flow.name(), run, (System.nanoTime() - started) / 1e9);
        told.accept(receipt);
        // A copy of which a table failed is not done: what is done must not be done again.
        if (receipt.state() != Receipt.State.FAILED) {
            name.done();
        }
        return receipt;
    }

    private static String definition(Flow flow) {
        return HexFormat.of().toHexDigits(flow.definition().hashCode());
    }

    private RunContext context(Flow flow, RunName.Resumed run, Wish wish, RunName kept) {
        return new RunContext(
                run.name(),
                new RunVersion(definition(flow), run.changed(), kept),
                new DeadLetters(shelf, flow.name(), run.name(), clock),
                new Unit.RejectsLimit(flow.rejectsMax()),
                progress,
                wish.lanes(),
                wish.own().map(Own::fence).orElse(Fence.NONE));
    }

    private void transfer(Plan plan, RunContext context, Wish wish, Outcome outcome) {
        int settled = 0;
        try {
            for (Pipeline pipeline : plan.pipelines()) {
                StepTally tally = new StepTally(pipeline.steps());
                outcome.add(tally);
                Transfer transfer = new Transfer(pipeline, context, tally);
                try {
                    outcome.resumed(move(pipeline, transfer, tally, wish.fresh()));
                    progress.finished(pipeline.step(), tally.byStep());
                } finally {
                    settled += transfer.settled() ? 1 : 0;
                }
            }
        } finally {
            if (settled == plan.pipelines().size()) {
                context.version().settled();
            }
        }
    }

    private boolean move(Pipeline pipeline, Transfer transfer, StepTally tally, boolean fresh) {
        boolean[] resumed = {false};
        new Retry(ATTEMPTS_MAX, random)
                .run(
                        first -> {
                            boolean resumes = transfer.attempt(fresh);
                            resumed[0] |= first && resumes;
                        },
                        tally::committed,
                        (problem, failures) ->
                                progress.retries(pipeline.step(), problem, failures));
        return resumed[0];
    }

    private static Problem internal(RuntimeException e) {
        return Problem.of(
                ProblemCode.INTERNAL,
                "unexpected: " + e,
                "please report this with the steps that led to it; run again: it resumes");
    }
}
