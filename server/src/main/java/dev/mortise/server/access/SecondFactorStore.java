package dev.mortise.server.access;

import static dev.mortise.server.store.Columns.big;
import static dev.mortise.server.store.Columns.table;
import static dev.mortise.server.store.Columns.text;
import static dev.mortise.server.store.Columns.whole;

import dev.mortise.server.store.Database;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.springframework.stereotype.Component;

/// Who has a second factor, and which of its codes are used up.
@Component
final class SecondFactorStore {
    private static final Table<Record> FACTOR = table("second_factor");
    private static final Field<String> PERSON = text("person");
    private static final Field<Integer> ACTIVE = whole("active");
    private static final Field<Long> LAST_STEP = big("last_step");
    private static final Field<Long> CREATED = big("created_at");
    private static final Table<Record> CODE = table("recovery_code");
    private static final Field<String> HASH = text("hash");

    private final Database database;

    SecondFactorStore(Database database) {
        this.database = database;
    }

    boolean isActive(DSLContext dsl, String person) {
        return dsl.fetchExists(FACTOR, PERSON.eq(person).and(ACTIVE.eq(1)));
    }

    boolean isActive(String person) {
        return database.read(dsl -> isActive(dsl, person));
    }

    /// Begins; it counts once a code has proved that the person has it.
    void enrol(DSLContext dsl, String person) {
        remove(dsl, person);
        dsl.insertInto(FACTOR)
                .set(PERSON, person)
                .set(ACTIVE, 0)
                .set(LAST_STEP, 0L)
                .set(CREATED, database.now(dsl).toEpochMilli())
                .execute();
    }

    /// Uses up a step and all before it.
    ///
    /// @return false when it was used up already
    boolean use(DSLContext dsl, String person, long step) {
        return dsl.update(FACTOR)
                        .set(LAST_STEP, step)
                        .where(PERSON.eq(person))
                        .and(LAST_STEP.lt(step))
                        .execute()
                == 1;
    }

    void activate(DSLContext dsl, String person, List<String> hashes) {
        dsl.update(FACTOR).set(ACTIVE, 1).where(PERSON.eq(person)).execute();
        for (String hash : hashes) {
            dsl.insertInto(CODE).set(PERSON, person).set(HASH, hash).execute();
        }
    }

    /// @return false when there is no such code any more
    boolean useRecovery(DSLContext dsl, String person, String hash) {
        return dsl.deleteFrom(CODE).where(PERSON.eq(person)).and(HASH.eq(hash)).execute() == 1;
    }

    void remove(DSLContext dsl, String person) {
        dsl.deleteFrom(CODE).where(PERSON.eq(person)).execute();
        dsl.deleteFrom(FACTOR).where(PERSON.eq(person)).execute();
    }
}
