package dev.mortise.server.document;

import dev.mortise.engine.flow.Project;
import dev.mortise.server.document.Imported.Change;
import dev.mortise.server.store.Database;
import dev.mortise.server.web.Caller;
import dev.mortise.server.web.ProblemBody;
import dev.mortise.server.web.ProblemsException;
import dev.mortise.spi.problem.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/// Takes a whole project in, or hands it out. An import is one transaction: all of it or nothing.
@Component
public final class ImportDesk {
    private static final String MESSAGE = "import";
    private static final String END = ".yaml";

    private final Database database;
    private final DocumentStore documents;
    private final DocumentDesk desk;
    private final Definitions definitions;
    private final EditLocks locks;
    private final ConnectionIntake intake;

    ImportDesk(
            Database database,
            DocumentStore documents,
            DocumentDesk desk,
            Definitions definitions,
            EditLocks locks,
            ConnectionIntake intake) {
        this.database = database;
        this.documents = documents;
        this.desk = desk;
        this.definitions = definitions;
        this.locks = locks;
        this.intake = intake;
    }

    /// How an import is meant.
    ///
    /// @param dryRun tell what would change, and change nothing
    /// @param publish let runs use what was imported; then nothing of it may have a problem
    /// @param remove what is not in the zip
    record Mode(boolean dryRun, boolean publish, boolean remove) {}

    /// Takes in the documents of a folder, and lets runs use them.
    ///
    /// @throws ProblemsException all that keeps it from being done; then nothing was
    public void adopt(String project, Path folder, Caller caller) throws IOException {
        take(project, ProjectFolder.read(folder), new Mode(false, true, false), caller);
    }

    /// @param caller who does not see the secrets that stand in it unless they may write it
    Bundle export(String project, Caller caller) {
        List<Document> all = database.read(dsl -> all(dsl, project));
        SortedMap<String, String> texts = new TreeMap<>();
        all.forEach(
                document ->
                        texts.put(
                                document.file(), SecretMask.of(document, document.text(), caller)));
        return new Bundle(texts, Beside.text(all), List.of());
    }

    private List<Document> all(DSLContext dsl, String project) {
        List<Document> all = new ArrayList<>();
        for (DocumentKind kind : DocumentKind.values()) {
            all.addAll(documents.all(dsl, project, kind));
        }
        return all;
    }

    /// @throws ProblemsException all that keeps it from being done; then nothing was
    Imported take(String project, Bundle bundle, Mode mode, Caller caller) {
        demand(bundle);
        Project read = definitions.all(project, bundle.texts());
        ReachRules.demand(project, read, changed(project, bundle), caller);
        List<Problem> problems = problems(read, bundle);
        if (mode.publish() && !mode.dryRun() && !problems.isEmpty()) {
            throw new ProblemsException(problems);
        }
        List<Change> changes =
                mode.dryRun()
                        ? database.read(dsl -> changes(there(dsl, project), bundle, mode))
                        : database.write(dsl -> apply(dsl, project, bundle, mode, caller));
        return new Imported(
                !mode.dryRun(),
                changes,
                problems.stream().map(ProblemBody.One::of).toList(),
                bundle.ignored());
    }

    private static void demand(Bundle bundle) {
        List<Problem> problems = new ArrayList<>();
        bundle.texts()
                .forEach(
                        (file, text) -> {
                            try {
                                DocumentRules.demand(kind(file), name(file), text);
                            } catch (ProblemsException e) {
                                e.problems().forEach(p -> problems.add(p.at(file)));
                            }
                        });
        if (!problems.isEmpty()) {
            throw new ProblemsException(problems);
        }
    }

    /// The connections that are not what they were.
    private List<String> changed(String project, Bundle bundle) {
        Map<String, String> saved = documents.texts(project, DocumentKind.CONNECTIONS, false);
        return bundle.texts().entrySet().stream()
                .filter(one -> kind(one.getKey()) == DocumentKind.CONNECTIONS)
                .filter(one -> !one.getValue().equals(saved.get(one.getKey())))
                .map(one -> name(one.getKey()))
                .toList();
    }

    private static List<Problem> problems(Project read, Bundle bundle) {
        return read.problems().stream()
                .filter(p -> bundle.texts().containsKey(file(p.place())))
                .toList();
    }

    /// The file a place lies in.
    private static String file(String place) {
        return place.substring(0, place.indexOf(END) < 0 ? 0 : place.indexOf(END) + END.length());
    }

    private Map<String, Document> there(DSLContext dsl, String project) {
        Map<String, Document> there = new TreeMap<>();
        all(dsl, project).forEach(document -> there.put(document.file(), document));
        return there;
    }

    private static List<Change> changes(Map<String, Document> there, Bundle bundle, Mode mode) {
        Set<String> files = new LinkedHashSet<>(bundle.texts().keySet());
        if (mode.remove()) {
            files.addAll(there.keySet());
        }
        List<Change> changes = new ArrayList<>();
        for (String file : files) {
            Document before = there.get(file);
            changes.add(change(file, before, bundle.texts().get(file)));
        }
        return changes;
    }

    private static Change change(String file, @Nullable Document before, @Nullable String after) {
        String old = before == null ? "" : before.text();
        String now = after == null ? "" : after;
        String word =
                before == null
                        ? "added"
                        : after == null ? "removed" : old.equals(now) ? "same" : "changed";
        String diff =
                word.equals("same")
                        ? ""
                        : LineDiff.of(
                                file,
                                SecretMask.of(kind(file), old),
                                SecretMask.of(kind(file), now));
        return new Change(kind(file).word(), name(file), word, diff);
    }

    private List<Change> apply(
            DSLContext dsl, String project, Bundle bundle, Mode mode, Caller caller) {
        Map<String, Document> there = there(dsl, project);
        List<Change> changes = changes(there, bundle, mode);
        Map<String, Beside> beside = Beside.read(bundle.studio());
        List<Document> added = new ArrayList<>();
        Instant now = database.now(dsl);
        bundle.texts()
                .forEach(
                        (file, text) -> {
                            Document old =
                                    there.getOrDefault(
                                            file,
                                            DocumentDesk.blank(project, kind(file), name(file)));
                            String kept = intake.take(dsl, old, text, caller);
                            Put put = new Put(old, kept, beside.get(file));
                            if (old.revision() == 0) {
                                added.add(first(put, mode.publish(), now, caller.login()));
                            } else {
                                replace(dsl, put, mode, caller);
                            }
                        });
        desk.addAll(dsl, added, MESSAGE, caller);
        if (mode.remove()) {
            there.forEach(
                    (file, document) -> {
                        if (!bundle.texts().containsKey(file)) {
                            locks.demandFree(dsl, document, caller);
                            desk.remove(dsl, document, caller);
                        }
                    });
        }
        return changes;
    }

    private record Put(Document before, String text, @Nullable Beside beside) {}

    private static Document first(Put put, boolean publish, Instant at, String by) {
        Document blank = put.before();
        Beside beside = put.beside();
        JsonNode layout = beside == null ? null : beside.layout();
        return new Document(
                blank.project(),
                blank.kind(),
                blank.name(),
                blank.title(),
                DocumentRules.connector(blank.kind(), put.text()),
                beside == null ? List.of() : DocumentRules.tags(beside.tags()),
                put.text(),
                layout == null ? null : layout.toString(),
                1,
                publish ? 1 : null,
                at,
                by);
    }

    private void replace(DSLContext dsl, Put put, Mode mode, Caller caller) {
        Document before = put.before();
        Document after = before;
        if (!before.text().equals(put.text())) {
            locks.demandFree(dsl, before, caller);
            after =
                    desk.put(
                            dsl, before, new DocumentDesk.Draft(put.text(), null, MESSAGE), caller);
        }
        beside(dsl, after, put.beside());
        if (mode.publish() && !Integer.valueOf(after.revision()).equals(after.published())) {
            desk.publish(dsl, after, after.revision(), caller);
        }
    }

    private void beside(DSLContext dsl, Document document, @Nullable Beside beside) {
        if (beside == null) {
            return;
        }
        if (beside.layout() != null) {
            documents.layout(dsl, document, beside.layout().toString());
        }
        documents.tags(dsl, document, DocumentRules.tags(beside.tags()));
    }

    private static DocumentKind kind(String file) {
        return DocumentKind.of(file.substring(0, file.indexOf('/'))).orElseThrow();
    }

    private static String name(String file) {
        return file.substring(file.indexOf('/') + 1, file.length() - END.length());
    }
}
