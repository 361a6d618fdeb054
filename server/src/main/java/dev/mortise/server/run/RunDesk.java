package dev.mortise.server.run;

import dev.mortise.engine.flow.Project;
import dev.mortise.engine.flow.Step;
import dev.mortise.server.audit.AuditEntry;
import dev.mortise.server.audit.AuditStore;
import dev.mortise.server.document.Definitions;
import dev.mortise.server.document.Document;
import dev.mortise.server.document.DocumentKind;
import dev.mortise.server.document.DocumentStore;
import dev.mortise.server.document.FlowFollower;
import dev.mortise.server.store.Database;
import dev.mortise.server.web.Caller;
import dev.mortise.server.web.ProblemsException;
import dev.mortise.spi.problem.Nearest;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Asks for runs and calls them off: each in one transaction with its audit entry.
@Component
public final class RunDesk implements FlowFollower {
    private static final Duration LOOK = Duration.ofMillis(500);

    private final Database database;
    private final RunStore runs;
    private final DocumentStore documents;
    private final Definitions definitions;
    private final AuditStore audit;
    private final Bell bell;

    RunDesk(
            Database database,
            RunStore runs,
            DocumentStore documents,
            Definitions definitions,
            AuditStore audit,
            Bell bell) {
        this.database = database;
        this.runs = runs;
        this.documents = documents;
        this.definitions = definitions;
        this.audit = audit;
        this.bell = bell;
    }

    /// The text of a revision, and whether it is the published one.
    record Text(String text, boolean published) {}

    /// The published revision of a flow; empty when there is none.
    public Optional<Integer> published(String project, String flow) {
        return documents
                .find(project, DocumentKind.FLOWS, flow)
                .flatMap(document -> Optional.ofNullable(document.published()));
    }

    /// The same within a transaction.
    public Optional<Integer> published(DSLContext dsl, String project, String flow) {
        return documents
                .find(dsl, project, DocumentKind.FLOWS, flow)
                .flatMap(document -> Optional.ofNullable(document.published()));
    }

    /// @param revision null for the published one
    int revision(String project, String flow, @Nullable Integer revision) {
        Document document =
                documents
                        .find(project, DocumentKind.FLOWS, flow)
                        .orElseThrow(() -> RunProblems.unpublished(flow));
        Integer chosen = revision == null ? document.published() : revision;
        if (chosen == null) {
            throw RunProblems.unpublished(flow);
        }
        return chosen;
    }

    Text text(String project, String flow, int revision) {
        String text =
                documents
                        .revision(project, DocumentKind.FLOWS, flow, revision)
                        .orElseThrow(() -> RunProblems.noRevision(revision))
                        .text();
        return new Text(text, published(project, flow).equals(Optional.of(revision)));
    }

    /// Puts a run into the queue, unless anything is wrong with its definition.
    ///
    /// @throws ProblemsException all that is wrong
    public Run start(RunRequest wish, Caller caller) {
        demand(wish);
        Run run =
                database.write(
                        dsl -> {
                            String id = start(dsl, wish);
                            audit.add(dsl, entry(caller, "run.start", wish.project(), id));
                            return runs.find(dsl, id).orElseThrow();
                        });
        bell.ring();
        return run;
    }

    /// Waits until a run is over, or so long.
    ///
    /// @return the run as it stands then
    public Run await(Run run, Duration most) {
        long begun = System.nanoTime();
        while (true) {
            Run now =
                    runs.find(run.project(), run.id())
                            .orElseThrow(() -> RunProblems.missing(run.id()));
            boolean late = System.nanoTime() - begun >= most.toNanos();
            if (now.state().isOver() || late || !bell.await(LOOK)) {
                return now;
            }
        }
    }

    private void demand(RunRequest wish) {
        Text text = text(wish.project(), wish.flow(), wish.revision());
        Project project =
                definitions.flow(wish.project(), wish.flow(), text.text(), text.published());
        List<Problem> problems = project.problemsOf(wish.flow());
        if (!problems.isEmpty()) {
            throw new ProblemsException(problems);
        }
        List<String> known =
                Objects.requireNonNull(project.flows().get(wish.flow())).steps().values().stream()
                        .filter(Step.Write.class::isInstance)
                        .map(Step::name)
                        .toList();
        List<Problem> unknown =
                wish.steps().stream()
                        .filter(step -> !known.contains(step))
                        .map(step -> unknown(step, known))
                        .toList();
        if (!unknown.isEmpty()) {
            throw new ProblemsException(unknown);
        }
    }

    private static Problem unknown(String step, List<String> known) {
        return Problem.of(
                ProblemCode.STEP_UNKNOWN,
                "no write step is called '" + step + "'; only those are run",
                Nearest.fix(step, known));
    }

    /// Puts a run into the queue, in a transaction that holds the reason for it.
    ///
    /// @return its id
    public String start(DSLContext dsl, RunRequest wish) {
        return runs.add(dsl, wish);
    }

    /// Wakes the queue once a transaction with new runs is through.
    public void wake() {
        bell.ring();
    }

    /// What a run sets aside lands under the name its flow had when it began, so there must be
    // none.
    @Override
    public void renamed(DSLContext dsl, String project, String from, String to) {
        if (runs.isActive(dsl, project, from)) {
            throw RunProblems.active(from);
        }
        runs.renamed(dsl, project, from, to);
    }

    @Override
    public boolean ran(DSLContext dsl, String project, String flow) {
        return RunSearch.knows(dsl, project, flow);
    }

    /// Whether a run of a flow waits or is under way.
    public boolean isActive(DSLContext dsl, String project, String flow) {
        return runs.isActive(dsl, project, flow);
    }

    /// The newest run of a flow in one of these states; in any when none is named.
    public Optional<Run> latest(
            DSLContext dsl, String project, String flow, List<Run.State> states) {
        return runs.latest(dsl, project, flow, states);
    }

    void cancel(Run run, Caller caller) {
        database.write(
                dsl -> {
                    runs.cancel(dsl, run);
                    audit.add(dsl, entry(caller, "run.cancel", run.project(), run.id()));
                    return null;
                });
        bell.ring();
    }

    private static AuditEntry entry(Caller caller, String action, String project, String run) {
        return new AuditEntry(
                caller.login(), caller.ip(), action, project, "runs/" + run, null, null);
    }
}
