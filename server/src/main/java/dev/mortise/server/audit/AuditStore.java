package dev.mortise.server.audit;

import static dev.mortise.server.store.Columns.big;
import static dev.mortise.server.store.Columns.table;
import static dev.mortise.server.store.Columns.text;

import dev.mortise.server.store.Database;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The chain of entries. Each carries a hash over itself and the hash before it, so that a changed
/// or missing entry breaks all that follow. How far it goes is signed with each entry.
@Component
public final class AuditStore {
    private static final Table<Record> AUDIT = table("audit");
    private static final Field<Long> SEQ = big("seq");
    private static final Field<Long> AT = big("at");
    private static final Field<String> ACTOR = text("actor");
    private static final Field<String> IP = text("ip");
    private static final Field<String> ACTION = text("action");
    private static final Field<String> PROJECT = text("project");
    private static final Field<String> OBJECT = text("object");
    private static final Field<String> BEFORE = text("before");
    private static final Field<String> AFTER = text("after");
    private static final Field<String> HASH = text("hash");

    /// Of one statement.
    private static final int ROWS_MAX = 100;

    private final Database database;
    private final AuditMarkStore marks;
    private final AuditSeal seal;

    AuditStore(Database database, AuditMarkStore marks, AuditSeal seal) {
        this.database = database;
        this.marks = marks;
        this.seal = seal;
    }

    /// Adds an entry in the transaction of the change it tells of.
    public void add(DSLContext dsl, AuditEntry said) {
        add(dsl, List.of(said));
    }

    /// Adds entries in their order, in the transaction of the changes they tell of.
    public void add(DSLContext dsl, List<AuditEntry> said) {
        if (said.isEmpty()) {
            return;
        }
        takeTurn(dsl);
        AuditMark next = AuditMark.next(marks.head(dsl).orElse(null), last(dsl).orElse(null), seal);
        long seq = next.seq() - 1;
        String hash = next.hash();
        long at = database.now(dsl).toEpochMilli();
        for (int from = 0; from < said.size(); from += ROWS_MAX) {
            var insert =
                    dsl.insertInto(
                            AUDIT, SEQ, AT, ACTOR, IP, ACTION, PROJECT, OBJECT, BEFORE, AFTER,
                            HASH);
            for (AuditEntry one : said.subList(from, Math.min(from + ROWS_MAX, said.size()))) {
                AuditEntry entry = one.masked();
                seq++;
                hash = hash(hash, seq, at, entry);
                insert =
                        insert.values(
                                seq,
                                at,
                                entry.actor(),
                                entry.ip(),
                                entry.action(),
                                entry.project(),
                                entry.object(),
                                entry.before(),
                                entry.after(),
                                hash);
            }
            insert.execute();
        }
        marks.head(dsl, AuditMark.signed(AuditMark.Kind.HEAD, seq, hash, seal));
    }

    /// One writer of the chain at a time, until this transaction ends.
    void takeTurn(DSLContext dsl) {
        if (database.isShared()) {
            dsl.execute("select pg_advisory_xact_lock(847001)");
        }
    }

    /// The newest entry that is there.
    private static Optional<AuditMark> last(DSLContext dsl) {
        return dsl.select(SEQ, HASH)
                .from(AUDIT)
                .orderBy(SEQ.desc())
                .limit(1)
                .fetchOptional(
                        row -> new AuditMark(AuditMark.Kind.HEAD, row.value1(), row.value2(), ""));
    }

    /// Removes entries up to one.
    void removeThrough(DSLContext dsl, long seq) {
        dsl.deleteFrom(AUDIT).where(SEQ.le(seq)).execute();
    }

    /// Which entries are wanted; null for any.
    ///
    /// @param object the whole, or what it begins with when it ends with `/`
    /// @param action likewise, ending with `.`
    record Filter(
            @Nullable String object,
            @Nullable String actor,
            @Nullable String action,
            @Nullable String project) {}

    /// Newest first.
    List<AuditLine> list(Filter filter, long before, int limit) {
        return database.read(
                dsl ->
                        dsl.selectFrom(AUDIT)
                                .where(SEQ.lt(before))
                                .and(matches(OBJECT, filter.object(), "/"))
                                .and(matches(ACTOR, filter.actor(), "/"))
                                .and(matches(ACTION, filter.action(), "."))
                                .and(matches(PROJECT, filter.project(), "/"))
                                .orderBy(SEQ.desc())
                                .limit(limit)
                                .fetch(AuditStore::line));
    }

    private static Condition matches(Field<String> field, @Nullable String wanted, String end) {
        if (wanted == null || wanted.isEmpty()) {
            return DSL.noCondition();
        }
        return wanted.endsWith(end) ? field.startsWith(wanted) : field.eq(wanted);
    }

    /// In the order of the chain, after a number.
    List<AuditLine> from(long after, int limit) {
        return database.read(dsl -> from(dsl, after, limit));
    }

    static List<AuditLine> from(DSLContext dsl, long after, int limit) {
        return dsl.selectFrom(AUDIT)
                .where(SEQ.gt(after))
                .orderBy(SEQ)
                .limit(limit)
                .fetch(AuditStore::line);
    }

    private static AuditLine line(Record row) {
        return new AuditLine(
                row.get(SEQ),
                Instant.ofEpochMilli(row.get(AT)),
                row.get(ACTOR),
                row.get(IP),
                row.get(ACTION),
                row.get(PROJECT),
                row.get(OBJECT),
                row.get(BEFORE),
                row.get(AFTER),
                row.get(HASH));
    }

    /// Every field with its length before it, so that no two entries read the same.
    static String hash(String previous, long seq, long at, AuditEntry entry) {
        StringBuilder text = new StringBuilder();
        String[] parts = {
            previous,
            Long.toString(seq),
            Long.toString(at),
            entry.actor(),
            entry.ip(),
            entry.action(),
            entry.project(),
            entry.object(),
            entry.before(),
            entry.after()
        };
        for (String part : parts) {
            text.append(part == null ? "-" : part.length()).append(':').append(part).append('\n');
        }
        try {
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
