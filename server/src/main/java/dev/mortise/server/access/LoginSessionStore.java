package dev.mortise.server.access;

import static dev.mortise.server.store.Columns.big;
import static dev.mortise.server.store.Columns.table;
import static dev.mortise.server.store.Columns.text;

import dev.mortise.server.store.Database;
import dev.mortise.server.store.Ids;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.springframework.stereotype.Component;

/// Who is signed in where. Of a session's secret only the hash is kept.
@Component
final class LoginSessionStore {
    static final Duration LIFE = Duration.ofHours(12);

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
        dsl.insertInto(SESSION)
                .set(HASH, hash(secret))
                .set(PERSON, person)
                .set(CREATED, now)
                .set(SEEN, now)
                .set(UNTIL, now + LIFE.toMillis())
                .set(IP, ip)
                .set(AGENT, agent)
                .execute();
        return secret;
    }

    /// The person whose session this is, while it lasts.
    Optional<String> person(String secret) {
        return database.read(
                dsl ->
                        dsl.select(PERSON)
                                .from(SESSION)
                                .where(HASH.eq(hash(secret)))
                                .and(UNTIL.gt(database.now(dsl).toEpochMilli()))
                                .fetchOptional(PERSON));
    }

    void end(String secret) {
        database.write(dsl -> dsl.deleteFrom(SESSION).where(HASH.eq(hash(secret))).execute());
    }

    static String hash(String secret) {
        try {
            byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
