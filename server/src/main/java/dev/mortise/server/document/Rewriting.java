package dev.mortise.server.document;

import dev.mortise.server.audit.AuditEntry;
import dev.mortise.server.audit.AuditStore;
import dev.mortise.server.store.Database;
import dev.mortise.server.web.Caller;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Documents that change because of another one: a revision each, published where they were.
@Component
final class Rewriting {
    private final Database database;
    private final DocumentStore documents;
    private final AuditStore audit;

    Rewriting(Database database, DocumentStore documents, AuditStore audit) {
        this.database = database;
        this.documents = documents;
        this.audit = audit;
    }

    /// @param document as it is
    /// @param newest what it is to say
    /// @param used what runs are to use instead; null where they go on with what they have, or
    ///     with the newest
    record Edit(Document document, String newest, @Nullable String used) {}

    /// The documents after their edits.
    List<Document> saved(DSLContext dsl, List<Edit> edits, String message, Caller caller) {
        Instant now = database.now(dsl);
        List<Document> changed = new ArrayList<>();
        List<AuditEntry> entries = new ArrayList<>();
        for (Edit edit : edits) {
            Document after = edit.document();
            if (edit.used() != null) {
                after = after.next(edit.used(), now, caller.login());
                after = after.used(after.revision());
                documents.save(dsl, after, message);
            }
            boolean isUsed = edit.document().state() == Document.State.PUBLISHED;
            after = after.next(edit.newest(), now, caller.login());
            after = isUsed ? after.used(after.revision()) : after;
            documents.save(dsl, after, message);
            changed.add(after);
            entries.add(
                    DocumentDesk.entry(
                            caller,
                            "document.save",
                            after,
                            SecretMask.of(after.kind(), edit.document().text()),
                            SecretMask.of(after.kind(), after.text())));
        }
        audit.add(dsl, entries);
        return changed;
    }
}
