package dev.mortise.server.vault;

import static dev.mortise.server.store.Columns.big;
import static dev.mortise.server.store.Columns.table;
import static dev.mortise.server.store.Columns.text;
import static dev.mortise.server.store.Columns.whole;

import dev.mortise.server.store.Database;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Sealed secrets and the sealed keys they were sealed with.
@Component
final class SecretStore {
    private static final Table<Record> KEYSETS = table("vault_keyset");
    private static final Field<Integer> ID = whole("id");
    private static final Field<String> KEYSET = text("keyset");
    private static final Field<Long> MADE = big("made_at");

    private static final Table<Record> SECRET = table("secret");
    private static final Field<String> OWNER = text("owner");
    private static final Field<String> NAME = text("name");
    private static final Field<String> PROJECT = text("project");
    private static final Field<Integer> VERSION = whole("version");
    private static final Field<String> SEALED = text("sealed");
    private static final Field<Long> UPDATED_AT = big("updated_at");
    private static final Field<String> UPDATED_BY = text("updated_by");

    private final Database database;

    SecretStore(Database database) {
        this.database = database;
    }

    /// A secret as it lies in the database.
    record Sealed(String owner, String name, int version, String sealed) {}

    /// A sealed secret and the keyset of the same moment.
    record Opened(String keyset, @Nullable Sealed secret) {}

    /// Changes of secrets take turns, so that none is sealed with keys a rotation has dropped.
    void takeTurn(DSLContext dsl) {
        if (database.isShared()) {
            dsl.execute("select pg_advisory_xact_lock(847002)");
        }
    }

    Optional<String> keyset(DSLContext dsl) {
        return dsl.select(KEYSET).from(KEYSETS).where(ID.eq(1)).fetchOptional(KEYSET);
    }

    void keyset(DSLContext dsl, String sealed) {
        long now = database.now(dsl).toEpochMilli();
        int changed =
                dsl.update(KEYSETS).set(KEYSET, sealed).set(MADE, now).where(ID.eq(1)).execute();
        if (changed == 0) {
            dsl.insertInto(KEYSETS).set(ID, 1).set(KEYSET, sealed).set(MADE, now).execute();
        }
    }

    /// One statement, so that secret and keyset belong together even while keys are rotated. Empty
    /// when the vault was never used.
    Optional<Opened> find(DSLContext dsl, String owner, String name) {
        return dsl.select(KEYSET, VERSION, SEALED)
                .from(KEYSETS)
                .leftJoin(SECRET)
                .on(OWNER.eq(owner).and(NAME.eq(name)))
                .where(ID.eq(1))
                .fetchOptional()
                .map(
                        row -> {
                            String sealed = row.value3();
                            return new Opened(
                                    row.value1(),
                                    sealed == null
                                            ? null
                                            : new Sealed(owner, name, row.value2(), sealed));
                        });
    }

    int version(DSLContext dsl, String owner, String name) {
        return dsl.select(VERSION)
                .from(SECRET)
                .where(OWNER.eq(owner))
                .and(NAME.eq(name))
                .fetchOptional(VERSION)
                .orElse(0);
    }

    void save(DSLContext dsl, Sealed secret, @Nullable String project, String by) {
        dsl.deleteFrom(SECRET)
                .where(OWNER.eq(secret.owner()))
                .and(NAME.eq(secret.name()))
                .execute();
        dsl.insertInto(SECRET)
                .set(OWNER, secret.owner())
                .set(NAME, secret.name())
                .set(PROJECT, project)
                .set(VERSION, secret.version())
                .set(SEALED, secret.sealed())
                .set(UPDATED_AT, database.now(dsl).toEpochMilli())
                .set(UPDATED_BY, by)
                .execute();
    }

    void reseal(DSLContext dsl, Sealed secret) {
        dsl.update(SECRET)
                .set(SEALED, secret.sealed())
                .where(OWNER.eq(secret.owner()))
                .and(NAME.eq(secret.name()))
                .execute();
    }

    List<Sealed> all(DSLContext dsl) {
        return dsl.select(OWNER, NAME, VERSION, SEALED)
                .from(SECRET)
                .fetch(r -> new Sealed(r.value1(), r.value2(), r.value3(), r.value4()));
    }

    boolean remove(DSLContext dsl, String owner, String name) {
        return dsl.deleteFrom(SECRET).where(OWNER.eq(owner)).and(NAME.eq(name)).execute() > 0;
    }

    int count(DSLContext dsl, String owner) {
        return dsl.fetchCount(SECRET, OWNER.eq(owner));
    }

    Optional<KeptSecret> told(DSLContext dsl, String owner, String name) {
        return dsl.selectFrom(SECRET)
                .where(OWNER.eq(owner))
                .and(NAME.eq(name))
                .fetchOptional(SecretStore::kept);
    }

    /// Names who set it, without setting it anew.
    void by(DSLContext dsl, String owner, String name, String by) {
        dsl.update(SECRET).set(UPDATED_BY, by).where(OWNER.eq(owner)).and(NAME.eq(name)).execute();
    }

    private static KeptSecret kept(Record row) {
        return new KeptSecret(
                row.get(NAME),
                row.get(VERSION),
                Instant.ofEpochMilli(row.get(UPDATED_AT)),
                row.get(UPDATED_BY));
    }

    List<KeptSecret> list(String owner, @Nullable String after, int limit) {
        return database.read(
                dsl ->
                        dsl.selectFrom(SECRET)
                                .where(OWNER.eq(owner))
                                .and(after == null ? DSL.noCondition() : NAME.gt(after))
                                .orderBy(NAME)
                                .limit(limit)
                                .fetch(SecretStore::kept));
    }
}
