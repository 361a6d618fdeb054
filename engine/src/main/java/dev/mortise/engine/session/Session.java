package dev.mortise.engine.session;

import dev.mortise.engine.flow.Flow;
import dev.mortise.engine.flow.Flow.VerifyMode;
import dev.mortise.engine.flow.Project;
import dev.mortise.engine.operator.Expressions;
import dev.mortise.engine.plan.Connections;
import dev.mortise.engine.plan.CopyPlanner;
import dev.mortise.engine.plan.Plan;
import dev.mortise.engine.plan.Planner;
import dev.mortise.engine.run.DeadLetter;
import dev.mortise.engine.run.DeadLetterShelf;
import dev.mortise.engine.run.DeadLetters;
import dev.mortise.engine.run.FlowRun;
import dev.mortise.engine.run.Receipt.Checked;
import dev.mortise.engine.verify.Notes;
import dev.mortise.engine.verify.StepVerdict;
import dev.mortise.engine.verify.Verification;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// What one who plans, runs or verifies a flow holds open.
public final class Session implements AutoCloseable {
    private final Connections connections;
    private final Expressions expressions;
    private final Path state;
    private final DeadLetterShelf shelf;
    private final Map<String, Notes> notes = new ConcurrentHashMap<>();

    /// Tables of a copy are verified side by side.
    private final List<StepVerdict> verdicts = new CopyOnWriteArrayList<>();

    /// @param state the project's `.mortise` folder
    public Session(Project project, Path state) {
        this(project, state, DeadLetterShelf.files(state));
    }

    /// @param shelf holds the rows that were set aside
    public Session(Project project, Path state, DeadLetterShelf shelf) {
        this(project, state, shelf, Connections.Opening.FRESH);
    }

    /// @param opening who opens connectors and takes them back
    public Session(
            Project project, Path state, DeadLetterShelf shelf, Connections.Opening opening) {
        this.state = state;
        this.shelf = shelf;
        this.connections = new Connections(project.connections(), opening);
        this.expressions = new Expressions(Expressions.Limits.spillingTo(state.resolve("spill")));
    }

    public Connections connections() {
        return connections;
    }

    public Expressions expressions() {
        return expressions;
    }

    public Planner planner() {
        return new Planner(connections, expressions);
    }

    /// The plans of a flow: one, or one a table of a copy.
    public List<Plan> plans(Flow flow) {
        if (flow.copy().isEmpty()) {
            return List.of(planner().plan(flow));
        }
        CopyPlanner copy = new CopyPlanner(connections, planner(), flow);
        return copy.tables().stream().map(copy::plan).toList();
    }

    /// Compares source and target as the flow asks for, and keeps what was found for a report.
    public Optional<Checked> verify(Plan plan) {
        if (plan.flow().verify() == VerifyMode.NONE) {
            return Optional.empty();
        }
        List<StepVerdict> found = verify(plan, plan.flow().verify());
        verdicts.addAll(found);
        return Optional.of(Verified.sum(found));
    }

    /// What the verifications after a run have found.
    public List<StepVerdict> verdicts() {
        return List.copyOf(verdicts);
    }

    /// What a verification of a flow that did not get through has found. Read when it is first
    /// wanted, for until then a run may have gone on.
    private Notes notes(Flow flow) {
        return notes.computeIfAbsent(
                flow.name(),
                name -> Notes.of(state, name, FlowRun.latest(state, name), InstantSource.system()));
    }

    /// Forgets what was noted of a flow's verification: it is through, or to begin anew.
    public void forgetNotes(Flow flow) {
        notes(flow).forget();
    }

    /// Compares each write step of a plan with its target.
    public List<StepVerdict> verify(Plan plan, VerifyMode mode) {
        Verification verification = verification(plan);
        return plan.pipelines().stream().map(p -> verification.verify(p, mode)).toList();
    }

    /// Mends what differs and tells what still does.
    public List<StepVerdict> repair(Plan plan) {
        return plan.pipelines().stream().map(verification(plan)::repair).toList();
    }

    private Verification verification(Plan plan) {
        List<DeadLetter> letters =
                new DeadLetters(shelf, plan.flow().name(), "", InstantSource.system()).list();
        return new Verification(connections, letters, notes(plan.flow()), plan.flow().definition());
    }

    @Override
    public void close() {
        connections.close();
        expressions.close();
    }
}
