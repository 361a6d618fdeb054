package dev.mortise.server.document;

import static java.util.Objects.requireNonNull;

import dev.mortise.server.audit.AuditStore;
import dev.mortise.server.store.Database;
import dev.mortise.server.web.Caller;
import dev.mortise.server.web.Version;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Gives a document another name, in its text, too. What runs use is renamed with it; what names
/// the old one stays as it is, and is told.
@Component
final class Renaming {
    private static final int REFERENCES_MAX = 200;

    private final Database database;
    private final DocumentStore documents;
    private final Definitions definitions;
    private final EditLocks locks;
    private final AuditStore audit;
    private final ConnectionIntake intake;

    Renaming(
            Database database,
            DocumentStore documents,
            Definitions definitions,
            EditLocks locks,
            AuditStore audit,
            ConnectionIntake intake) {
        this.database = database;
        this.documents = documents;
        this.definitions = definitions;
        this.locks = locks;
        this.audit = audit;
        this.intake = intake;
    }

    Document rename(Document document, String to, @Nullable String ifMatch, Caller caller) {
        String text = DocumentRules.renamed(document.kind(), document.text(), to);
        DocumentRules.demand(document.kind(), to, text);
        return database.write(
                dsl -> {
                    Version.demand(ifMatch, document.revision());
                    locks.demandFree(dsl, document, caller);
                    if (documents.find(dsl, document.project(), document.kind(), to).isPresent()) {
                        throw taken(document, to);
                    }
                    documents.rename(dsl, document, to);
                    Document renamed = published(dsl, document, to, caller);
                    Integer used =
                            document.state() == Document.State.PUBLISHED
                                    ? Integer.valueOf(renamed.revision() + 1)
                                    : renamed.published();
                    Document after = next(dsl, renamed, text, caller).used(used);
                    documents.save(dsl, after, "rename from " + document.name());
                    audit.add(
                            dsl,
                            DocumentDesk.entry(
                                    caller, "document.rename", after, document.name(), to));
                    return after;
                });
    }

    /// What runs use, under the new name, when it is not the newest text anyway.
    private Document published(DSLContext dsl, Document document, String to, Caller caller) {
        Document named = document.named(to);
        if (document.state() != Document.State.CHANGED) {
            return named;
        }
        int used = requireNonNull(document.published());
        String old =
                documents
                        .revision(dsl, document.project(), document.kind(), to, used)
                        .orElseThrow()
                        .text();
        String text = DocumentRules.renamed(document.kind(), old, to);
        Document after = next(dsl, named, text, caller).used(document.revision() + 1);
        documents.save(dsl, after, "rename from " + document.name());
        return after;
    }

    private Document next(DSLContext dsl, Document before, String text, Caller caller) {
        String kept = intake.take(dsl, before, text, caller);
        return before.next(kept, database.now(dsl), caller.login());
    }

    private static ProblemException taken(Document document, String to) {
        return new ProblemException(
                Problem.of(
                        ProblemCode.NAME_TAKEN,
                        "a %s is called '%s' already".formatted(document.kind().key(), to),
                        "choose another name"));
    }

    /// Flows that name a connection that is no longer there, with what is wrong with them now.
    Map<String, List<Problem>> broken(String project, String connection) {
        Map<String, String> texts =
                documents.containing(project, DocumentKind.FLOWS, connection, REFERENCES_MAX);
        var read = definitions.all(project, texts);
        Map<String, List<Problem>> broken = new LinkedHashMap<>();
        for (String file : texts.keySet()) {
            String flow = file.substring("flows/".length(), file.length() - ".yaml".length());
            List<Problem> problems = new ArrayList<>(read.problemsOf(flow));
            problems.removeIf(p -> !p.message().contains("'" + connection + "'"));
            if (!problems.isEmpty()) {
                broken.put(flow, problems);
            }
        }
        return broken;
    }
}
