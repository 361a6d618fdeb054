package dev.mortise.server.vault;

import static dev.mortise.server.store.Columns.big;
import static dev.mortise.server.store.Columns.table;
import static dev.mortise.server.store.Columns.text;

import dev.mortise.server.store.Database;
import dev.mortise.server.store.Ids;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.springframework.stereotype.Component;

/// Who may touch the tokens of a connection: one thread of one server at a time. A turn may last as
/// long as a call to the system does, so it holds no transaction; it is a row that its server keeps
/// alive, and that ends by itself when the server dies.
@Component
final class TokenTurns {
    private static final Duration LIFE = Duration.ofSeconds(30);
    private static final Duration ALIVE = Duration.ofSeconds(10);
    private static final Duration KNOCK = Duration.ofMillis(50);

    private static final Table<Record> TURN = table("token_turn");
    private static final Field<String> PROJECT = text("project");
    private static final Field<String> CONNECTION = text("connection");
    private static final Field<String> HOLDER = text("holder");
    private static final Field<Long> UNTIL = big("until");

    private final Database database;

    /// At most one for each connection there is or was.
    private final Map<Whose, ReentrantLock> here = new ConcurrentHashMap<>();

    TokenTurns(Database database) {
        this.database = database;
    }

    /// A connection.
    record Whose(String project, String connection) {}

    /// A turn somebody has.
    ///
    /// @param holder unguessable, so that nobody ends the turn of another
    record Turn(Whose whose, String holder) {}

    <T> T alone(Whose whose, Duration waitMax, Function<Turn, T> work) {
        long end = System.nanoTime() + waitMax.toNanos();
        ReentrantLock lock = lock(whose);
        try {
            if (!lock.tryLock(waitMax.toNanos(), TimeUnit.NANOSECONDS)) {
                throw late(whose, waitMax);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw cancelled();
        }
        try {
            Turn turn = new Turn(whose, Ids.secret());
            while (!take(turn)) {
                if (System.nanoTime() - end >= 0) {
                    throw late(whose, waitMax);
                }
                LockSupport.parkNanos(KNOCK.toNanos());
                if (Thread.currentThread().isInterrupted()) {
                    throw cancelled();
                }
            }
            return during(turn, work);
        } finally {
            lock.unlock();
        }
    }

    <T> Optional<T> ifIdle(Whose whose, Function<Turn, T> work) {
        ReentrantLock lock = lock(whose);
        if (!lock.tryLock()) {
            return Optional.empty();
        }
        try {
            Turn turn = new Turn(whose, Ids.secret());
            return take(turn) ? Optional.of(during(turn, work)) : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private ReentrantLock lock(Whose whose) {
        return here.computeIfAbsent(whose, _ -> new ReentrantLock());
    }

    /// A database that nobody shares needs no row: its one server has the lock.
    private boolean take(Turn turn) {
        if (!database.isShared()) {
            return true;
        }
        return database.write(
                dsl -> {
                    long now = database.now(dsl).toEpochMilli();
                    dsl.deleteFrom(TURN)
                            .where(PROJECT.eq(turn.whose().project()))
                            .and(CONNECTION.eq(turn.whose().connection()))
                            .and(UNTIL.lt(now))
                            .execute();
                    return dsl.insertInto(TURN)
                                    .set(PROJECT, turn.whose().project())
                                    .set(CONNECTION, turn.whose().connection())
                                    .set(HOLDER, turn.holder())
                                    .set(UNTIL, now + LIFE.toMillis())
                                    .onConflictDoNothing()
                                    .execute()
                            == 1;
                });
    }

    private <T> T during(Turn turn, Function<Turn, T> work) {
        if (!database.isShared()) {
            return work.apply(turn);
        }
        CountDownLatch over = new CountDownLatch(1);
        Thread alive = Thread.ofVirtual().start(() -> keepAlive(turn, over));
        try {
            return work.apply(turn);
        } finally {
            over.countDown();
            alive.interrupt();
            database.write(dsl -> dsl.deleteFrom(TURN).where(HOLDER.eq(turn.holder())).execute());
        }
    }

    private void keepAlive(Turn turn, CountDownLatch over) {
        try {
            while (!over.await(ALIVE.toMillis(), TimeUnit.MILLISECONDS)) {
                database.write(
                        dsl ->
                                dsl.update(TURN)
                                        .set(UNTIL, database.now(dsl).plus(LIFE).toEpochMilli())
                                        .where(HOLDER.eq(turn.holder()))
                                        .execute());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// In the transaction of what only the holder of a turn may do.
    ///
    /// @throws ProblemException when the turn has ended, as after a long pause of this process
    void demand(DSLContext dsl, Turn turn) {
        if (!database.isShared()) {
            return;
        }
        int held =
                dsl.update(TURN)
                        .set(UNTIL, database.now(dsl).plus(LIFE).toEpochMilli())
                        .where(HOLDER.eq(turn.holder()))
                        .execute();
        if (held == 0) {
            throw ProblemException.of(
                    ProblemCode.TIMED_OUT,
                    "the turn for the tokens of connection '%s' ended while they were asked for"
                            .formatted(turn.whose().connection()),
                    "run again");
        }
    }

    private static ProblemException late(Whose whose, Duration waitMax) {
        return ProblemException.of(
                ProblemCode.TIMED_OUT,
                "expected the tokens of connection '%s' within %d s, another run asks for them"
                        .formatted(whose.connection(), waitMax.toSeconds()),
                "run again; if it stays, check that the token endpoint answers");
    }

    private static ProblemException cancelled() {
        return ProblemException.of(
                ProblemCode.CANCELLED, "cancelled while waiting for tokens", "run again");
    }
}
