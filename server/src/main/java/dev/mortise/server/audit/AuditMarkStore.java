package dev.mortise.server.audit;

import static dev.mortise.server.store.Columns.big;
import static dev.mortise.server.store.Columns.table;
import static dev.mortise.server.store.Columns.text;
import static dev.mortise.server.store.Columns.whole;

import dev.mortise.server.audit.AuditMark.Kind;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.springframework.stereotype.Component;

/// How far the chain goes, and from where.
@Component
final class AuditMarkStore {
    private static final Table<Record> HEAD = table("audit_head");
    private static final Field<Integer> ID = whole("id");
    private static final Table<Record> CHECKPOINT = table("audit_checkpoint");
    private static final Field<Long> SEQ = big("seq");
    private static final Field<String> HASH = text("hash");
    private static final Field<Long> ENTRIES = big("entries");
    private static final Field<Long> AT = big("at");
    private static final Field<String> MAC = text("mac");

    Optional<AuditMark> head(DSLContext dsl) {
        return dsl.select(SEQ, HASH, MAC)
                .from(HEAD)
                .where(ID.eq(1))
                .fetchOptional(
                        row -> new AuditMark(Kind.HEAD, row.value1(), row.value2(), row.value3()));
    }

    void head(DSLContext dsl, AuditMark head) {
        dsl.insertInto(HEAD)
                .set(ID, 1)
                .set(SEQ, head.seq())
                .set(HASH, head.hash())
                .set(MAC, head.mac())
                .onConflict(ID)
                .doUpdate()
                .set(SEQ, head.seq())
                .set(HASH, head.hash())
                .set(MAC, head.mac())
                .execute();
    }

    /// The newest.
    Optional<AuditMark> checkpoint(DSLContext dsl) {
        return dsl.select(SEQ, HASH, MAC)
                .from(CHECKPOINT)
                .orderBy(SEQ.desc())
                .limit(1)
                .fetchOptional(
                        row ->
                                new AuditMark(
                                        Kind.CHECKPOINT, row.value1(), row.value2(), row.value3()));
    }

    /// @param entries how many were removed by it
    void checkpoint(DSLContext dsl, AuditMark mark, long entries, long at) {
        dsl.insertInto(CHECKPOINT)
                .set(SEQ, mark.seq())
                .set(HASH, mark.hash())
                .set(ENTRIES, entries)
                .set(AT, at)
                .set(MAC, mark.mac())
                .execute();
    }
}
