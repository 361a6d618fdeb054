package dev.mortise.server.connection;

import static dev.mortise.server.store.Columns.big;
import static dev.mortise.server.store.Columns.table;
import static dev.mortise.server.store.Columns.text;

import dev.mortise.server.store.Database;
import dev.mortise.server.store.Hash;
import dev.mortise.server.store.ShortLived;
import java.time.Duration;
import java.util.Optional;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.springframework.stereotype.Component;

/// People on their way to a system's page and back: in the database, so that any server may take
/// the answer. Each comes back once, in the session that began.
@Component
final class ConsentAttempts {
    private static final Duration LIFE = Duration.ofMinutes(10);
    private static final int COUNT_MAX = 10_000;

    private static final Table<Record> ATTEMPT = table("consent_attempt");
    private static final Field<String> STATE = text("state");
    private static final Field<String> SESSION = text("session");
    private static final Field<String> PROJECT = text("project");
    private static final Field<String> CONNECTION = text("connection");
    private static final Field<String> BACK = text("back");
    private static final Field<String> VERIFIER = text("verifier");
    private static final Field<String> MARK = text("mark");
    private static final Field<Long> UNTIL = big("until");
    private static final ShortLived ATTEMPTS = new ShortLived(ATTEMPT, UNTIL, COUNT_MAX);

    private final Database database;

    ConsentAttempts(Database database) {
        this.database = database;
    }

    /// @param back where the system sends the person
    /// @param verifier of PKCE
    /// @param mark changes with the connection's definition
    record Attempt(String project, String connection, String back, String verifier, String mark) {
        @Override
        public String toString() {
            return "Attempt[" + project + ", " + connection + "]";
        }
    }

    void begin(String state, String session, Attempt attempt) {
        database.write(
                dsl -> {
                    long now = database.now(dsl).toEpochMilli();
                    ATTEMPTS.makeRoom(dsl, now);
                    return dsl.insertInto(ATTEMPT)
                            .set(STATE, Hash.of(state))
                            .set(SESSION, Hash.of(session))
                            .set(PROJECT, attempt.project())
                            .set(CONNECTION, attempt.connection())
                            .set(BACK, attempt.back())
                            .set(VERIFIER, attempt.verifier())
                            .set(MARK, attempt.mark())
                            .set(UNTIL, now + LIFE.toMillis())
                            .execute();
                });
    }

    /// Empty when there is none, when it took too long, or when another session began it; the
    /// last leaves it to that session.
    Optional<Attempt> take(String state, String session) {
        return database.write(
                dsl -> {
                    var ours = STATE.eq(Hash.of(state)).and(SESSION.eq(Hash.of(session)));
                    Optional<Attempt> found =
                            dsl.selectFrom(ATTEMPT)
                                    .where(ours)
                                    .and(UNTIL.gt(database.now(dsl).toEpochMilli()))
                                    .fetchOptional(ConsentAttempts::attempt);
                    // Of two at once, one has removed it.
                    boolean isFirst = dsl.deleteFrom(ATTEMPT).where(ours).execute() == 1;
                    return isFirst ? found : Optional.empty();
                });
    }

    private static Attempt attempt(Record row) {
        return new Attempt(
                row.get(PROJECT),
                row.get(CONNECTION),
                row.get(BACK),
                row.get(VERIFIER),
                row.get(MARK));
    }
}
