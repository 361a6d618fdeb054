package dev.mortise.server.document;

import dev.mortise.server.audit.AuditEntry;
import dev.mortise.server.audit.AuditStore;
import dev.mortise.server.store.Database;
import dev.mortise.server.web.Caller;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.util.Optional;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

/// Lets one person edit a document at a time. Others may take over, and then are the ones.
@Component
final class EditLocks {
    private final Database database;
    private final EditLockStore locks;
    private final AuditStore audit;

    EditLocks(Database database, EditLockStore locks, AuditStore audit) {
        this.database = database;
        this.locks = locks;
        this.audit = audit;
    }

    Optional<EditLock> find(Document document) {
        return locks.find(document);
    }

    /// Takes the lock, or renews it.
    ///
    /// @throws ProblemException LOCKED with the holder's name
    EditLock acquire(Document document, boolean takeOver, Caller caller) {
        return database.write(
                dsl -> {
                    Optional<EditLock> other = other(dsl, document, caller);
                    if (other.isPresent() && !takeOver) {
                        throw new ProblemException(locked(document, other.get()));
                    }
                    EditLock lock =
                            new EditLock(
                                    caller.login(),
                                    caller.id(),
                                    database.now(dsl).plus(EditLock.TIME));
                    locks.put(dsl, document, lock);
                    other.ifPresent(from -> audit.add(dsl, takenOver(document, from, caller)));
                    return lock;
                });
    }

    private Optional<EditLock> other(DSLContext dsl, Document document, Caller caller) {
        return locks.find(dsl, document).filter(lock -> !lock.holderId().equals(caller.id()));
    }

    private static AuditEntry takenOver(Document document, EditLock from, Caller caller) {
        return new AuditEntry(
                caller.login(),
                caller.ip(),
                "document.take_over",
                document.project(),
                document.kind().word() + "/" + document.name(),
                from.holder(),
                caller.login());
    }

    /// Gives the lock back; another person's stays.
    void release(Document document, Caller caller) {
        database.write(
                dsl -> {
                    if (other(dsl, document, caller).isEmpty()) {
                        locks.remove(dsl, document);
                    }
                    return null;
                });
    }

    /// @throws ProblemException LOCKED when another person edits the document
    void demandFree(DSLContext dsl, Document document, Caller caller) {
        held(dsl, document, caller)
                .ifPresent(
                        problem -> {
                            throw new ProblemException(problem);
                        });
    }

    /// LOCKED, when another person edits the document.
    Optional<Problem> held(DSLContext dsl, Document document, Caller caller) {
        return other(dsl, document, caller).map(lock -> locked(document, lock));
    }

    private static Problem locked(Document document, EditLock lock) {
        return Problem.of(
                        ProblemCode.LOCKED,
                        "%s '%s' is edited by '%s'"
                                .formatted(document.kind().key(), document.name(), lock.holder()),
                        "wait until they are done, or take over")
                .at(document.file());
    }
}
