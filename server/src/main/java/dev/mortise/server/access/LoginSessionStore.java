package dev.mortise.server.access;

import static dev.mortise.server.store.Columns.big;
import static dev.mortise.server.store.Columns.table;
import static dev.mortise.server.store.Columns.text;

import dev.mortise.server.store.Database;
import dev.mortise.server.store.Hash;
import dev.mortise.server.store.Ids;
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

/// Who is signed in where. Of a session's secret only the hash is kept.
@Component
final class LoginSessionStore {
    static final Duration LIFE = Duration.ofHours(12);

    /// Without a request for so long, a session is over.
    static final Duration IDLE = Duration.ofHours(2);

    private static final Duration TOUCH = Duration.ofMinutes(1);
    private static final int SESSIONS_MAX = 50;

    private static final Table<Record> SESSION = table("login_session");
    private static final Field<String> HASH = text("hash");
    private static final Field<String> PERSON = text("person");
    private static final Field<Long> CREATED = big("created_at");
    private static final Field<Long> SEEN = big("seen_at");
    private static final Field<Long> UNTIL = big("until");
    private static final Field<String> IP = text("ip");
    private static final Field<String> AGENT = text("agent");

    private final Database database;

    LoginSessionStore(Database database) {
        this.database = database;
    }

    /// Begins a session and gives its secret, which is shown to nobody else.
    String begin(DSLContext dsl, String person, String ip, String agent) {
        String secret = Ids.secret();
        long now = database.now(dsl).toEpochMilli();
        dsl.deleteFrom(SESSION).where(UNTIL.lt(now).or(SEEN.lt(now - IDLE.toMillis()))).execute();
        endOldest(dsl, person);
        dsl.insertInto(SESSION)
                .set(HASH, Hash.of(secret))
                .set(PERSON, person)
                .set(CREATED, now)
                .set(SEEN, now)
                .set(UNTIL, now + LIFE.toMillis())
                .set(IP, ip)
                .set(AGENT, agent)
                .execute();
        return secret;
    }

    /// Somebody has at most so many sessions; the oldest ends for a new one.
    private static void endOldest(DSLContext dsl, String person) {
        List<String> old =
                dsl.select(HASH)
                        .from(SESSION)
                        .where(PERSON.eq(person))
                        .orderBy(CREATED.desc())
                        .offset(SESSIONS_MAX - 1)
                        .limit(SESSIONS_MAX)
                        .fetch(HASH);
        dsl.deleteFrom(SESSION).where(HASH.in(old)).execute();
    }

    /// The person whose session this is, while it lasts.
    Optional<String> person(String secret) {
        String hash = Hash.of(secret);
        var found =
                database.read(
                        dsl -> {
                            long now = database.now(dsl).toEpochMilli();
                            return dsl.select(PERSON, SEEN, DSL.val(now))
                                    .from(SESSION)
                                    .where(HASH.eq(hash))
                                    .and(UNTIL.gt(now))
                                    .and(SEEN.gt(now - IDLE.toMillis()))
                                    .fetchOptional();
                        });
        found.filter(row -> row.value2() < row.value3() - TOUCH.toMillis())
                .ifPresent(row -> touch(hash, row.value3()));
        return found.map(row -> row.value1());
    }

    private void touch(String hash, long now) {
        database.write(dsl -> dsl.update(SESSION).set(SEEN, now).where(HASH.eq(hash)).execute());
    }

    /// One of a person's sessions.
    ///
    /// @param id tells sessions apart; of no use to sign in
    record Line(String id, Instant createdAt, Instant seenAt, String ip, String agent) {}

    /// Newest first.
    List<Line> list(String person) {
        return database.read(
                dsl ->
                        dsl.selectFrom(SESSION)
                                .where(PERSON.eq(person))
                                .and(UNTIL.gt(database.now(dsl).toEpochMilli()))
                                .orderBy(CREATED.desc())
                                .limit(SESSIONS_MAX)
                                .fetch(LoginSessionStore::line));
    }

    private static Line line(Record row) {
        return new Line(
                id(row.get(HASH)),
                Instant.ofEpochMilli(row.get(CREATED)),
                Instant.ofEpochMilli(row.get(SEEN)),
                row.get(IP),
                row.get(AGENT));
    }

    private static String id(String hash) {
        return hash.substring(0, 16);
    }

    static String idOf(String secret) {
        return id(Hash.of(secret));
    }

    void end(DSLContext dsl, String secret) {
        dsl.deleteFrom(SESSION).where(HASH.eq(Hash.of(secret))).execute();
    }

    /// Signs a person out everywhere.
    ///
    /// @param but the secret of a session that stays; null for none
    int endAll(DSLContext dsl, String person, @Nullable String but) {
        return dsl.deleteFrom(SESSION)
                .where(PERSON.eq(person))
                .and(but == null ? DSL.noCondition() : HASH.ne(Hash.of(but)))
                .execute();
    }
}
