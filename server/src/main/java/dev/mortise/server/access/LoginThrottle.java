package dev.mortise.server.access;

import static dev.mortise.server.store.Columns.big;
import static dev.mortise.server.store.Columns.table;
import static dev.mortise.server.store.Columns.text;
import static dev.mortise.server.store.Columns.whole;

import dev.mortise.server.store.Database;
import dev.mortise.server.store.Hash;
import java.time.Duration;
import java.util.Locale;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Component;

/// Makes guessing slow: attempts count per name, whether there is such a person or not, and per
/// address. An attempt is counted before its password is looked at, so that a thousand at once gain
/// nothing, and is forgiven when it was right. Counted in the database, which servers share.
@Component
final class LoginThrottle {
    static final int NAME_FREE = 5;
    static final int ADDRESS_FREE = 50;
    static final Duration WAIT_MAX = Duration.ofMinutes(15);
    static final Duration FORGET = Duration.ofHours(24);
    private static final int ROWS_MAX = 100_000;

    private static final Table<Record> THROTTLE = table("login_throttle");
    private static final Field<String> KEY = text("key");
    private static final Field<Integer> ATTEMPTS = whole("attempts");
    private static final Field<Long> UNTIL = big("until");
    private static final Field<Long> LAST = big("last");

    private final Database database;

    LoginThrottle(Database database) {
        this.database = database;
    }

    /// Counts an attempt.
    ///
    /// @return how long to wait before the next; zero when this one may go on
    Duration attempt(String name, String address) {
        return database.write(
                dsl -> {
                    if (database.isShared()) {
                        dsl.execute("select pg_advisory_xact_lock(847003)");
                    }
                    long now = database.now(dsl).toEpochMilli();
                    forget(dsl, now);
                    long wait =
                            Math.max(
                                    wait(dsl, nameKey(name), now),
                                    wait(dsl, addressKey(address), now));
                    if (wait > 0) {
                        return Duration.ofMillis(wait);
                    }
                    count(dsl, nameKey(name), NAME_FREE, now);
                    count(dsl, addressKey(address), ADDRESS_FREE, now);
                    return Duration.ZERO;
                });
    }

    /// The attempt was right: the name starts anew, the address gets its attempt back.
    void forgive(DSLContext dsl, String name, String address) {
        dsl.deleteFrom(THROTTLE).where(KEY.eq(nameKey(name))).execute();
        dsl.update(THROTTLE)
                .set(ATTEMPTS, ATTEMPTS.minus(1))
                .set(UNTIL, 0L)
                .where(KEY.eq(addressKey(address)))
                .and(ATTEMPTS.gt(0))
                .execute();
    }

    void forgive(String name, String address) {
        database.write(
                dsl -> {
                    forgive(dsl, name, address);
                    return null;
                });
    }

    private static long wait(DSLContext dsl, String key, long now) {
        return dsl.select(UNTIL)
                .from(THROTTLE)
                .where(KEY.eq(key))
                .fetchOptional(UNTIL)
                .map(until -> until - now)
                .orElse(0L);
    }

    private static void count(DSLContext dsl, String key, int free, long now) {
        int before =
                dsl.select(ATTEMPTS)
                        .from(THROTTLE)
                        .where(KEY.eq(key))
                        .fetchOptional(ATTEMPTS)
                        .orElse(-1);
        int attempts = Math.max(before, 0) + 1;
        long until = attempts <= free ? 0 : now + waitAfter(attempts - free).toMillis();
        if (before < 0) {
            dsl.insertInto(THROTTLE)
                    .set(KEY, key)
                    .set(ATTEMPTS, attempts)
                    .set(UNTIL, until)
                    .set(LAST, now)
                    .execute();
            return;
        }
        dsl.update(THROTTLE)
                .set(ATTEMPTS, attempts)
                .set(UNTIL, until)
                .set(LAST, now)
                .where(KEY.eq(key))
                .execute();
    }

    /// 2 s, 4 s, 8 s … 15 minutes.
    static Duration waitAfter(int tooMany) {
        Duration wait = Duration.ofSeconds(1L << Math.min(tooMany, 20));
        return wait.compareTo(WAIT_MAX) > 0 ? WAIT_MAX : wait;
    }

    /// Keeps the table small; when it is full all the same, the oldest go.
    private static void forget(DSLContext dsl, long now) {
        dsl.deleteFrom(THROTTLE).where(LAST.lt(now - FORGET.toMillis())).execute();
        if (dsl.fetchCount(THROTTLE) > ROWS_MAX) {
            dsl.deleteFrom(THROTTLE)
                    .where(LAST.lt(DSL.select(DSL.avg(LAST).cast(Long.class)).from(THROTTLE)))
                    .execute();
        }
    }

    /// A name may be a password typed into the wrong field: only its hash is kept.
    private static String nameKey(String name) {
        return "name:" + Hash.of(name.toLowerCase(Locale.ROOT));
    }

    private static String addressKey(String address) {
        return "ip:" + address;
    }
}
