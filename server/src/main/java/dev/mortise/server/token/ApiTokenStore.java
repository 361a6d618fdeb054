package dev.mortise.server.token;

import static dev.mortise.server.store.Columns.big;
import static dev.mortise.server.store.Columns.table;
import static dev.mortise.server.store.Columns.text;

import dev.mortise.server.store.Database;
import dev.mortise.server.store.Hash;
import dev.mortise.server.web.Caller;
import dev.mortise.server.web.Role;
import java.time.Duration;
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

/// API tokens; of each only the hash is kept.
@Component
public final class ApiTokenStore {
    private static final Duration TOUCH = Duration.ofMinutes(1);

    private static final Table<Record> TOKEN = table("api_token");
    private static final Field<String> ID = text("id");
    private static final Field<String> PERSON = text("person");
    private static final Field<String> NAME = text("name");
    private static final Field<String> PREFIX = text("prefix");
    private static final Field<String> HASH = text("hash");
    private static final Field<String> PROJECT = text("project");
    private static final Field<String> OF_PROJECT = text("of_project");
    private static final Field<String> ROLE = text("role");
    private static final Field<Long> CREATED = big("created_at");
    private static final Field<Long> EXPIRES = big("expires_at");
    private static final Field<Long> LAST_USED = big("last_used_at");

    private final Database database;

    ApiTokenStore(Database database) {
        this.database = database;
    }

    /// The token that was shown, while it lasts.
    public Optional<ApiToken> find(String shown) {
        String hash = Hash.of(shown);
        long now = database.now().toEpochMilli();
        Optional<ApiToken> found =
                database.read(
                        dsl ->
                                dsl.selectFrom(TOKEN)
                                        .where(HASH.eq(hash))
                                        .and(EXPIRES.gt(now))
                                        .fetchOptional(ApiTokenStore::token));
        found.filter(token -> isStale(token, now)).ifPresent(token -> touch(token, now));
        return found;
    }

    private static boolean isStale(ApiToken token, long now) {
        Instant used = token.lastUsedAt();
        return used == null || used.toEpochMilli() < now - TOUCH.toMillis();
    }

    private void touch(ApiToken token, long now) {
        database.write(
                dsl -> dsl.update(TOKEN).set(LAST_USED, now).where(ID.eq(token.id())).execute());
    }

    Optional<ApiToken> find(DSLContext dsl, String owner, String id) {
        return dsl.selectFrom(TOKEN)
                .where(ID.eq(id))
                .and(PERSON.eq(owner))
                .fetchOptional(ApiTokenStore::token);
    }

    boolean hasName(DSLContext dsl, String owner, String name) {
        return dsl.fetchExists(TOKEN, PERSON.eq(owner).and(NAME.eq(name)));
    }

    int count(DSLContext dsl, String owner) {
        return dsl.fetchCount(TOKEN, PERSON.eq(owner));
    }

    List<ApiToken> list(String owner, @Nullable String after, int limit) {
        return database.read(
                dsl ->
                        dsl.selectFrom(TOKEN)
                                .where(PERSON.eq(owner))
                                .and(after == null ? DSL.noCondition() : ID.gt(after))
                                .orderBy(ID)
                                .limit(limit)
                                .fetch(ApiTokenStore::token));
    }

    void add(DSLContext dsl, ApiToken token, String shown) {
        String project = token.project();
        dsl.insertInto(TOKEN)
                .set(ID, token.id())
                .set(PERSON, token.owner())
                .set(NAME, token.name())
                .set(PREFIX, token.prefix())
                .set(HASH, Hash.of(shown))
                .set(PROJECT, project)
                .set(OF_PROJECT, project.equals(Caller.EVERYWHERE) ? null : project)
                .set(ROLE, token.role().word())
                .set(CREATED, token.createdAt().toEpochMilli())
                .set(EXPIRES, token.expiresAt().toEpochMilli())
                .execute();
    }

    void remove(DSLContext dsl, String id) {
        dsl.deleteFrom(TOKEN).where(ID.eq(id)).execute();
    }

    private static ApiToken token(Record row) {
        Long used = row.get(LAST_USED);
        return new ApiToken(
                row.get(ID),
                row.get(PERSON),
                row.get(NAME),
                row.get(PREFIX),
                row.get(PROJECT),
                Role.of(row.get(ROLE)),
                Instant.ofEpochMilli(row.get(CREATED)),
                Instant.ofEpochMilli(row.get(EXPIRES)),
                used == null ? null : Instant.ofEpochMilli(used));
    }
}
