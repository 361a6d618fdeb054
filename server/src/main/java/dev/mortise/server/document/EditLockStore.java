package dev.mortise.server.document;

import static dev.mortise.server.store.Columns.big;
import static dev.mortise.server.store.Columns.table;
import static dev.mortise.server.store.Columns.text;

import dev.mortise.server.store.Database;
import java.time.Instant;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.springframework.stereotype.Component;

@Component
final class EditLockStore {
    private static final Table<Record> LOCK = table("edit_lock");
    private static final Field<String> HOLDER = text("holder");
    private static final Field<String> HOLDER_NAME = text("holder_name");
    private static final Field<Long> UNTIL = big("until");

    private final Database database;

    EditLockStore(Database database) {
        this.database = database;
    }

    Optional<EditLock> find(Document document) {
        return database.read(dsl -> find(dsl, document));
    }

    /// One that has not ended.
    Optional<EditLock> find(DSLContext dsl, Document document) {
        return dsl.selectFrom(LOCK)
                .where(DocumentStore.is(document.project(), document.kind(), document.name()))
                .and(UNTIL.gt(database.now(dsl).toEpochMilli()))
                .fetchOptional(
                        row ->
                                new EditLock(
                                        row.get(HOLDER_NAME),
                                        row.get(HOLDER),
                                        Instant.ofEpochMilli(row.get(UNTIL))));
    }

    void put(DSLContext dsl, Document document, EditLock lock) {
        remove(dsl, document);
        dsl.insertInto(LOCK)
                .set(DocumentStore.PROJECT, document.project())
                .set(DocumentStore.KIND, document.kind().word())
                .set(DocumentStore.NAME, document.name())
                .set(HOLDER, lock.holderId())
                .set(HOLDER_NAME, lock.holder())
                .set(UNTIL, lock.until().toEpochMilli())
                .execute();
    }

    void remove(DSLContext dsl, Document document) {
        dsl.deleteFrom(LOCK)
                .where(DocumentStore.is(document.project(), document.kind(), document.name()))
                .execute();
    }
}
