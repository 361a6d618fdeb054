package dev.mortise.server.document;

import dev.mortise.engine.flow.Project;
import dev.mortise.server.audit.AuditEntry;
import dev.mortise.server.audit.AuditStore;
import dev.mortise.server.store.Database;
import dev.mortise.server.web.Caller;
import dev.mortise.server.web.ProblemsException;
import dev.mortise.server.web.Version;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Changes documents: each change is one transaction with its revision and its audit entry.
@Component
public final class DocumentDesk {
    private final Database database;
    private final DocumentStore documents;
    private final Definitions definitions;
    private final EditLocks locks;
    private final AuditStore audit;
    private final ConnectionIntake intake;
    private final PublishGate gate;

    /// Who looks at a flow before runs may use it, beyond what its text alone tells.
    public interface PublishGate {
        /// What keeps a text from being published; empty as well when nobody can tell right now.
        List<Problem> against(String project, String flow, String text);
    }

    DocumentDesk(
            Database database,
            DocumentStore documents,
            Definitions definitions,
            EditLocks locks,
            AuditStore audit,
            ConnectionIntake intake,
            PublishGate gate) {
        this.database = database;
        this.documents = documents;
        this.definitions = definitions;
        this.locks = locks;
        this.audit = audit;
        this.intake = intake;
        this.gate = gate;
    }

    /// A text to be saved.
    ///
    /// @param layout null to leave it as it is
    public record Draft(String text, @Nullable String layout, String message) {
        Draft with(String other) {
            return new Draft(other, layout, message);
        }
    }

    Document demand(String project, DocumentKind kind, String name) {
        return documents
                .find(project, kind, name)
                .orElseThrow(
                        () ->
                                new ProblemException(
                                        Problem.of(
                                                ProblemCode.NOT_FOUND,
                                                "no %s is called '%s'".formatted(kind.key(), name),
                                                "choose one from the list")));
    }

    /// Saves a text as the next revision; a text that is there already makes none.
    ///
    /// @param ifMatch the version it is based on; null for a document that is new
    public Document save(
            String project,
            DocumentKind kind,
            String name,
            Draft draft,
            @Nullable String ifMatch,
            Caller caller) {
        DocumentRules.demand(kind, name, draft.text());
        if (kind == DocumentKind.CONNECTIONS) {
            Project read = definitions.connection(project, name, draft.text());
            ReachRules.demand(project, read, List.of(name), caller);
        }
        return database.write(
                dsl -> {
                    Document before = documents.find(dsl, project, kind, name).orElse(null);
                    if (before != null) {
                        Version.demand(ifMatch, before.revision());
                        locks.demandFree(dsl, before, caller);
                    } else if (ifMatch != null) {
                        Version.demand(ifMatch, 0);
                    }
                    Document old = old(before, project, kind, name);
                    Draft kept = draft.with(intake.take(dsl, old, draft.text(), caller));
                    if (before != null && before.text().equals(kept.text())) {
                        return relaid(dsl, before, kept.layout());
                    }
                    return put(dsl, old, kept, caller);
                });
    }

    private static Document old(
            @Nullable Document before, String project, DocumentKind kind, String name) {
        return before == null ? blank(project, kind, name) : before;
    }

    /// Puts a text on top of a document, in the transaction of somebody who has looked at it.
    ///
    /// @param before of revision 0 when it is new
    /// @param draft as [ConnectionIntake] gave it back
    Document put(DSLContext dsl, Document before, Draft draft, Caller caller) {
        boolean made = before.revision() == 0;
        Document after = before.next(draft.text(), database.now(dsl), caller.login());
        if (draft.layout() != null) {
            after = after.laid(draft.layout());
        }
        documents.save(dsl, after, draft.message());
        audit.add(
                dsl,
                entry(
                        caller,
                        made ? "document.add" : "document.save",
                        after,
                        made ? null : SecretMask.of(before.kind(), before.text()),
                        SecretMask.of(after.kind(), after.text())));
        return after;
    }

    /// Puts documents that are new, and their audit entries, in few statements.
    ///
    /// @param added of revision 1, and published with it or not at all
    void addAll(DSLContext dsl, List<Document> added, String message, Caller caller) {
        documents.addAll(dsl, added, message);
        List<AuditEntry> entries = new ArrayList<>();
        for (Document one : added) {
            entries.add(
                    entry(
                            caller,
                            "document.add",
                            one,
                            null,
                            SecretMask.of(one.kind(), one.text())));
            if (one.published() != null) {
                entries.add(entry(caller, "document.publish", one, null, "" + one.published()));
            }
        }
        audit.add(dsl, entries);
    }

    private Document relaid(DSLContext dsl, Document document, @Nullable String layout) {
        if (layout != null) {
            documents.layout(dsl, document, layout);
        }
        return documents
                .find(dsl, document.project(), document.kind(), document.name())
                .orElseThrow();
    }

    static Document blank(String project, DocumentKind kind, String name) {
        return new Document(
                project, kind, name, "", "", List.of(), "", null, 0, null, Instant.EPOCH, "");
    }

    /// Where the steps lie; makes no revision.
    Document layout(Document document, String layout) {
        return database.write(dsl -> relaid(dsl, document, layout));
    }

    /// Lets runs use a revision.
    ///
    /// @throws ProblemsException all that is wrong with it
    public Document publish(Document document, int revision, Caller caller) {
        DocumentStore.Revision chosen =
                documents
                        .revision(document.project(), document.kind(), document.name(), revision)
                        .orElseThrow(
                                () ->
                                        new ProblemException(
                                                Problem.of(
                                                        ProblemCode.NOT_FOUND,
                                                        "there is no revision " + revision,
                                                        "choose one from the list")));
        List<Problem> problems = problems(document, chosen.text());
        if (!problems.isEmpty()) {
            throw new ProblemsException(problems);
        }
        return database.write(
                dsl -> {
                    publish(dsl, document, revision, caller);
                    return relaid(dsl, document, null);
                });
    }

    private List<Problem> problems(Document document, String text) {
        List<Problem> written =
                definitions.problems(document.project(), document.kind(), document.name(), text);
        return written.isEmpty() && document.kind() == DocumentKind.FLOWS
                ? gate.against(document.project(), document.name(), text)
                : written;
    }

    void publish(DSLContext dsl, Document document, int revision, Caller caller) {
        documents.publish(dsl, document, revision);
        String before = document.published() == null ? null : "" + document.published();
        audit.add(dsl, entry(caller, "document.publish", document, before, "" + revision));
    }

    /// Words by which it is found; makes no revision.
    Document tag(Document document, List<String> given, Caller caller) {
        List<String> tags = DocumentRules.tags(given);
        return database.write(
                dsl -> {
                    documents.tags(dsl, document, tags);
                    audit.add(
                            dsl,
                            entry(
                                    caller,
                                    "document.tag",
                                    document,
                                    String.join(",", document.tags()),
                                    String.join(",", tags)));
                    return relaid(dsl, document, null);
                });
    }

    void remove(Document document, Caller caller) {
        database.write(
                dsl -> {
                    locks.demandFree(dsl, document, caller);
                    remove(dsl, document, caller);
                    return null;
                });
    }

    void remove(DSLContext dsl, Document document, Caller caller) {
        documents.remove(dsl, document);
        intake.removed(dsl, document);
        String shown = SecretMask.of(document.kind(), document.text());
        audit.add(dsl, entry(caller, "document.remove", document, shown, null));
    }

    static AuditEntry entry(
            Caller caller,
            String action,
            Document document,
            @Nullable String before,
            @Nullable String after) {
        return new AuditEntry(
                caller.login(),
                caller.ip(),
                action,
                document.project(),
                document.kind().word() + "/" + document.name(),
                before,
                after);
    }
}
