package dev.mortise.server.document;

import dev.mortise.server.audit.AuditStore;
import dev.mortise.server.store.Database;
import dev.mortise.server.web.Caller;
import dev.mortise.server.web.Version;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Gives a document another name, in its text, too. What runs use is renamed with it, and what
/// names or follows it: flows their connection, schedules and rejected rows their flow.
@Component
final class Renaming {
    private final Database database;
    private final DocumentStore documents;
    private final EditLocks locks;
    private final AuditStore audit;
    private final ConnectionIntake intake;
    private final Repointing repointing;
    private final List<FlowFollower> followers;

    Renaming(
            Database database,
            DocumentStore documents,
            EditLocks locks,
            AuditStore audit,
            ConnectionIntake intake,
            Repointing repointing,
            List<FlowFollower> followers) {
        this.database = database;
        this.documents = documents;
        this.locks = locks;
        this.audit = audit;
        this.intake = intake;
        this.repointing = repointing;
        this.followers = List.copyOf(followers);
    }

    /// @param flows what became of those that name it
    record Renamed(Document document, Repointing.Outcome flows) {}

    Renamed rename(Document document, String to, @Nullable String ifMatch, Caller caller) {
        return database.write(
                dsl -> {
                    UnaryOperator<String> renaming = renaming(dsl, document, to);
                    DocumentRules.demand(document.kind(), to, renaming.apply(document.text()));
                    Version.demand(ifMatch, document.revision());
                    locks.demandFree(dsl, document, caller);
                    if (documents.find(dsl, document.project(), document.kind(), to).isPresent()) {
                        throw taken(document, to);
                    }
                    documents.rename(dsl, document, to);
                    Map<String, String> moves = moved(dsl, document, to, caller);
                    UnaryOperator<String> moving =
                            one -> SecretMoves.applied(renaming.apply(one), moves);
                    Document renamed = published(dsl, document, to, moving, caller);
                    Integer used =
                            document.state() == Document.State.PUBLISHED
                                    ? Integer.valueOf(renamed.revision() + 1)
                                    : renamed.published();
                    Document after =
                            next(dsl, renamed, moving.apply(document.text()), caller).used(used);
                    documents.save(dsl, after, "rename from " + document.name());
                    audit.add(
                            dsl,
                            DocumentDesk.entry(
                                    caller, "document.rename", after, document.name(), to));
                    return new Renamed(after, followed(dsl, document, to, caller));
                });
    }

    /// What a text of the document is from now on. Where targets may have kept progress under the
    /// name of a flow, they go on doing so: else an incremental read would begin anew.
    private UnaryOperator<String> renaming(DSLContext dsl, Document document, String to) {
        boolean ran =
                document.kind() == DocumentKind.FLOWS
                        && followers.stream()
                                .anyMatch(one -> one.ran(dsl, document.project(), document.name()));
        return text -> {
            String renamed = DocumentRules.renamed(document.kind(), text, to);
            return ran ? DocumentRules.keeping(renamed, document.name(), to) : renamed;
        };
    }

    /// An older text of a document as it reads under the name the document has now.
    String brought(Document now, String text) {
        return database.read(dsl -> intake.brought(dsl, now, text));
    }

    private Repointing.Outcome followed(
            DSLContext dsl, Document document, String to, Caller caller) {
        return switch (document.kind()) {
            case CONNECTIONS -> repointing.follow(dsl, document, to, caller);
            case FLOWS -> {
                followers.forEach(one -> one.renamed(dsl, document.project(), document.name(), to));
                yield Repointing.Outcome.NOTHING;
            }
        };
    }

    private Map<String, String> moved(DSLContext dsl, Document document, String to, Caller caller) {
        List<String> texts = new ArrayList<>(List.of(document.text()));
        if (document.state() == Document.State.CHANGED) {
            texts.add(documents.used(dsl, document.named(to)));
        }
        return intake.renamed(dsl, document.named(to), document.name(), texts, caller);
    }

    /// What runs use, under the new name, when it is not the newest text anyway.
    private Document published(
            DSLContext dsl,
            Document document,
            String to,
            UnaryOperator<String> renaming,
            Caller caller) {
        Document named = document.named(to);
        if (document.state() != Document.State.CHANGED) {
            return named;
        }
        String text = renaming.apply(documents.used(dsl, document.named(to)));
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
}
