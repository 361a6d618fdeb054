package dev.mortise.server.reject;

import dev.mortise.engine.flow.Flow;
import dev.mortise.engine.flow.Project;
import dev.mortise.engine.plan.Pipeline;
import dev.mortise.engine.plan.Plan;
import dev.mortise.engine.run.DeadLetter;
import dev.mortise.engine.run.DeadLetterShelf;
import dev.mortise.engine.run.DeadLetters;
import dev.mortise.engine.run.Replay;
import dev.mortise.engine.session.Session;
import dev.mortise.server.audit.AuditEntry;
import dev.mortise.server.audit.AuditStore;
import dev.mortise.server.document.Definitions;
import dev.mortise.server.document.DocumentKind;
import dev.mortise.server.document.DocumentStore;
import dev.mortise.server.outgoing.Addresses;
import dev.mortise.server.store.Database;
import dev.mortise.server.web.Caller;
import dev.mortise.server.web.ProblemsException;
import dev.mortise.spi.problem.Nearest;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Changes what became of rejected rows. Of one flow, one at a time.
@Component
final class RejectDesk {
    private final Database database;
    private final Definitions definitions;
    private final DocumentStore documents;
    private final AuditStore audit;
    private final RejectStore rejects;
    private final Map<Path, ReentrantLock> locks = new ConcurrentHashMap<>();

    RejectDesk(
            Database database,
            Definitions definitions,
            DocumentStore documents,
            AuditStore audit,
            RejectStore rejects) {
        this.database = database;
        this.definitions = definitions;
        this.documents = documents;
        this.audit = audit;
        this.rejects = rejects;
    }

    /// Whose rejected rows.
    record Place(String project, String flow) {}

    /// Which of them: these, or those of a cause.
    record Choice(@Nullable List<String> ids, @Nullable String cause) {}

    /// How many rows of each flow wait for somebody; of flows that are gone nobody can mend any.
    List<RejectStore.Waiting> waiting(String project) {
        return rejects.waiting(project).stream()
                .filter(one -> documents.find(project, DocumentKind.FLOWS, one.flow()).isPresent())
                .toList();
    }

    /// Oldest first.
    ///
    /// @param state null for all
    List<DeadLetter> list(Place place, DeadLetter.@Nullable State state) {
        return letters(place).list().stream()
                .filter(letter -> state == null || letter.state() == state)
                .toList();
    }

    private Path state(Place place) {
        return definitions.folder(place.project()).resolve(".mortise");
    }

    private DeadLetters letters(Place place) {
        if (documents.find(place.project(), DocumentKind.FLOWS, place.flow()).isEmpty()) {
            throw ProblemException.of(
                    ProblemCode.NOT_FOUND,
                    "no flow is called '" + place.flow() + "'",
                    "choose one from the list");
        }
        return new DeadLetters(shelf(place), place.flow(), "", InstantSource.system());
    }

    private DeadLetterShelf shelf(Place place) {
        return rejects.shelf(place.project(), _ -> {});
    }

    private <T> T alone(Place place, Supplier<T> act) {
        ReentrantLock lock =
                locks.computeIfAbsent(state(place).resolve(place.flow()), _ -> new ReentrantLock());
        lock.lock();
        try {
            return database.alone("rejects " + place.project() + "/" + place.flow(), act)
                    .orElseThrow(RejectDesk::busy);
        } finally {
            lock.unlock();
        }
    }

    private static ProblemException busy() {
        return ProblemException.of(
                ProblemCode.THROTTLED,
                "rejected rows of this flow are being changed on another server",
                "wait until that is done, then look at the list again");
    }

    /// Mends columns of a row, which stays rejected until it is replayed.
    DeadLetter mend(Place place, String id, Map<String, @Nullable String> columns, Caller caller) {
        return alone(
                place,
                () -> {
                    DeadLetters letters = letters(place);
                    DeadLetter letter = demand(letters, id);
                    demand(letter, columns);
                    Map<String, @Nullable String> row = new LinkedHashMap<>(letter.row());
                    row.putAll(columns);
                    DeadLetter mended = letter.with(row);
                    letters.update(Map.of(id, mended));
                    // What stands in a row is the business of who may see rows, not of the audit.
                    note(place, "reject.mend", id + " " + columns.keySet(), caller);
                    return mended;
                });
    }

    private static DeadLetter demand(DeadLetters letters, String id) {
        return letters.list().stream()
                .filter(letter -> letter.id().equals(id))
                .findFirst()
                .orElseThrow(
                        () ->
                                ProblemException.of(
                                        ProblemCode.NOT_FOUND,
                                        "there is no rejected row '" + id + "'",
                                        "choose one from the list"));
    }

    private static void demand(DeadLetter letter, Map<String, @Nullable String> columns) {
        List<Problem> problems = new ArrayList<>();
        if (letter.state() != DeadLetter.State.NEW || letter.raw() != null) {
            problems.add(
                    Problem.of(
                            ProblemCode.VALUE_INVALID,
                            "this row cannot be mended here",
                            letter.raw() == null
                                    ? "it was replayed or discarded already"
                                    : "it could not be taken apart; mend it in the source"));
        }
        for (String name : columns.keySet()) {
            if (!letter.types().containsKey(name)) {
                problems.add(
                        Problem.of(
                                ProblemCode.COLUMN_MISSING,
                                "the row has no column '" + name + "'",
                                Nearest.fix(name, letter.types().keySet())));
            }
        }
        if (!problems.isEmpty()) {
            throw new ProblemsException(problems);
        }
    }

    private List<DeadLetter> chosen(Place place, Choice choice) {
        if ((choice.ids() == null) == (choice.cause() == null)) {
            throw ProblemException.of(
                    ProblemCode.VALUE_INVALID,
                    "expected either 'ids' or 'cause'",
                    "say which rows are meant, or the cause of all of them");
        }
        return list(place, DeadLetter.State.NEW).stream()
                .filter(
                        letter ->
                                choice.ids() == null
                                        ? Cause.of(letter).key().equals(choice.cause())
                                        : choice.ids().contains(letter.id()))
                .toList();
    }

    int discard(Place place, Choice choice, Caller caller) {
        return alone(
                place,
                () -> {
                    Map<String, DeadLetter> after = new LinkedHashMap<>();
                    for (DeadLetter letter : chosen(place, choice)) {
                        after.put(
                                letter.id(),
                                letter.in(DeadLetter.State.DISCARDED, letter.attempts()));
                    }
                    letters(place).update(after);
                    note(place, "reject.discard", after.size() + " rows", caller);
                    return after.size();
                });
    }

    /// Sends rows down the road again, as the published flow is now.
    ///
    /// @param rehearsal whether only to say what would become of them
    Replay.Outcome replay(Place place, Choice choice, boolean rehearsal, Caller caller) {
        return alone(
                place,
                () -> {
                    Replay.Outcome outcome = replay(place, chosen(place, choice), rehearsal);
                    if (!rehearsal) {
                        note(
                                place,
                                "reject.replay",
                                "%d written, %d rejected"
                                        .formatted(outcome.written(), outcome.rejected()),
                                caller);
                    }
                    return outcome;
                });
    }

    private Replay.Outcome replay(Place place, List<DeadLetter> letters, boolean rehearsal) {
        List<Replay.Outcome> outcomes = new ArrayList<>();
        List<DeadLetter> stranded = new ArrayList<>(letters);
        Project project = project(place);
        try (Session session =
                new Session(project, state(place), shelf(place), Addresses.OPENING)) {
            Flow flow = Objects.requireNonNull(project.flows().get(place.flow()));
            for (Plan plan : session.plans(flow)) {
                if (!plan.problems().isEmpty()) {
                    throw new ProblemsException(plan.problems());
                }
                plan.pipelines().forEach(p -> outcomes.add(one(place, p, letters, rehearsal)));
                plan.pipelines().forEach(p -> stranded.removeIf(one -> p.isFor(one.step())));
            }
        }
        outcomes.add(stranded(stranded));
        return new Replay.Outcome(
                outcomes.stream().mapToInt(Replay.Outcome::written).sum(),
                outcomes.stream().mapToInt(Replay.Outcome::rejected).sum(),
                outcomes.stream().flatMap(outcome -> outcome.letters().stream()).toList());
    }

    /// Rows of a write step the flow has no more. They stay as they are, and whoever replays hears
    /// why.
    private static Replay.Outcome stranded(List<DeadLetter> letters) {
        List<DeadLetter> told =
                letters.stream().map(one -> one.because(gone(one.step()), one.attempts())).toList();
        return new Replay.Outcome(0, told.size(), told);
    }

    private static Problem gone(String step) {
        return Problem.of(
                ProblemCode.STEP_UNKNOWN,
                "the flow has no write step '%s' any more".formatted(step),
                "say 'formerly: %s' in the step that took its place, or discard the row"
                        .formatted(step));
    }

    private Replay.Outcome one(
            Place place, Pipeline pipeline, List<DeadLetter> letters, boolean rehearsal) {
        List<DeadLetter> own =
                letters.stream().filter(letter -> pipeline.isFor(letter.step())).toList();
        Replay replay = new Replay(pipeline, letters(place));
        return rehearsal ? replay.rehearse(own) : replay.run(own);
    }

    private Project project(Place place) {
        Integer published =
                documents
                        .find(place.project(), DocumentKind.FLOWS, place.flow())
                        .orElseThrow()
                        .published();
        if (published == null) {
            throw ProblemException.of(
                    ProblemCode.NOT_FOUND,
                    "flow '" + place.flow() + "' is not published",
                    "publish it, then replay");
        }
        String text =
                documents
                        .revision(place.project(), DocumentKind.FLOWS, place.flow(), published)
                        .orElseThrow()
                        .text();
        Project project = definitions.flow(place.project(), place.flow(), text, true);
        List<Problem> problems = project.problemsOf(place.flow());
        if (!problems.isEmpty()) {
            throw new ProblemsException(problems);
        }
        return project;
    }

    private void note(Place place, String action, String what, Caller caller) {
        database.write(
                dsl -> {
                    audit.add(
                            dsl,
                            new AuditEntry(
                                    caller.login(),
                                    caller.ip(),
                                    action,
                                    place.project(),
                                    "flows/" + place.flow() + "/rejects",
                                    null,
                                    what));
                    return null;
                });
    }
}
