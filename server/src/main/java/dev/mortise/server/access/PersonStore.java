package dev.mortise.server.access;

import static dev.mortise.server.store.Columns.big;
import static dev.mortise.server.store.Columns.table;
import static dev.mortise.server.store.Columns.text;
import static dev.mortise.server.store.Columns.whole;

import dev.mortise.server.store.Database;
import dev.mortise.server.web.Caller;
import dev.mortise.server.web.Role;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// People and what they were granted.
@Component
final class PersonStore {
    private static final Table<Record> PERSON = table("person");
    private static final Field<String> ID = text("id");
    private static final Field<String> NAME = text("name");
    private static final Field<String> DISPLAY = text("display_name");
    private static final Field<String> SOURCE = text("source");
    private static final Field<String> PASSWORD = text("password");
    private static final Field<String> LANGUAGE = text("language");
    private static final Field<String> THEME = text("theme");
    private static final Field<Integer> DISABLED = whole("disabled");
    private static final Field<Long> CREATED = big("created_at");
    private static final Field<Long> LAST_LOGIN = big("last_login_at");
    private static final Field<String> PROVIDER = text("provider");
    private static final Field<String> SUBJECT = text("subject");
    private static final Field<Integer> VERSION = whole("version");

    private static final Table<Record> GRANT = table("role_grant");
    private static final Field<String> PERSON_ID = text("person");
    private static final Field<String> PROJECT = text("project");
    private static final Field<String> ROLE = text("role");
    private static final Field<String> OF_PROJECT = text("of_project");

    private final Database database;

    PersonStore(Database database) {
        this.database = database;
    }

    boolean isEmpty() {
        return !database.read(dsl -> dsl.fetchExists(PERSON));
    }

    Optional<Person> find(String id) {
        return database.read(dsl -> find(dsl, ID.eq(id)));
    }

    Optional<Person> findByName(String name) {
        return database.read(dsl -> find(dsl, NAME.eq(name)));
    }

    /// The encoded password of a person; empty for one who signs in elsewhere.
    Optional<String> password(String id) {
        return database.read(
                dsl ->
                        dsl.select(PASSWORD)
                                .from(PERSON)
                                .where(ID.eq(id))
                                .fetchOptional(PASSWORD)
                                .filter(p -> !p.isEmpty()));
    }

    private static Optional<Person> find(DSLContext dsl, org.jooq.Condition which) {
        return dsl.selectFrom(PERSON).where(which).fetchOptional().map(row -> person(dsl, row));
    }

    private static Person person(DSLContext dsl, Record row) {
        Map<String, Role> grants =
                dsl.select(PROJECT, ROLE)
                        .from(GRANT)
                        .where(PERSON_ID.eq(row.get(ID)))
                        .fetchMap(PROJECT, r -> Role.of(r.get(ROLE)));
        Long seen = row.get(LAST_LOGIN);
        return new Person(
                row.get(ID),
                row.get(NAME),
                row.get(DISPLAY),
                row.get(SOURCE),
                row.get(LANGUAGE),
                row.get(THEME),
                row.get(DISABLED) != 0,
                grants,
                seen == null ? null : Instant.ofEpochMilli(seen),
                row.get(VERSION));
    }

    /// Who somebody is to the provider they come from.
    record Origin(String provider, String subject) {}

    /// Adds somebody with what is granted to them.
    ///
    /// @param password encoded; empty for one who signs in elsewhere
    void add(DSLContext dsl, Person person, String password, @Nullable Origin origin) {
        dsl.insertInto(PERSON)
                .set(ID, person.id())
                .set(NAME, person.name())
                .set(DISPLAY, person.displayName())
                .set(SOURCE, person.source())
                .set(PASSWORD, password)
                .set(LANGUAGE, person.language())
                .set(THEME, person.theme())
                .set(DISABLED, person.disabled() ? 1 : 0)
                .set(CREATED, database.now(dsl).toEpochMilli())
                .set(PROVIDER, origin == null ? null : origin.provider())
                .set(SUBJECT, origin == null ? null : origin.subject())
                .set(VERSION, 1)
                .execute();
        grant(dsl, person);
    }

    Optional<Person> findByOrigin(DSLContext dsl, Origin origin) {
        return find(dsl, PROVIDER.eq(origin.provider()).and(SUBJECT.eq(origin.subject())));
    }

    Optional<Person> find(DSLContext dsl, String id) {
        return find(dsl, ID.eq(id));
    }

    Optional<Person> findByName(DSLContext dsl, String name) {
        return find(dsl, NAME.eq(name));
    }

    boolean isEmpty(DSLContext dsl) {
        return !dsl.fetchExists(PERSON);
    }

    /// In the order of their names.
    List<Person> list(@Nullable String after, int limit) {
        return database.read(
                dsl ->
                        dsl.selectFrom(PERSON)
                                .where(after == null ? DSL.noCondition() : NAME.gt(after))
                                .orderBy(NAME)
                                .limit(limit)
                                .fetch(row -> person(dsl, row)));
    }

    /// Changes of who may do what take turns, so that no two remove the last administrator.
    void takeTurn(DSLContext dsl) {
        if (database.isShared()) {
            dsl.execute("select pg_advisory_xact_lock(847004)");
        }
    }

    boolean hasAdministrator(DSLContext dsl) {
        return dsl.fetchExists(
                dsl.selectOne()
                        .from(PERSON)
                        .join(GRANT)
                        .on(PERSON_ID.eq(ID))
                        .where(PROJECT.eq(Caller.EVERYWHERE))
                        .and(ROLE.eq(Role.ADMINISTRATOR.word()))
                        .and(DISABLED.eq(0)));
    }

    /// Writes all that can change, but the password.
    void change(DSLContext dsl, Person person) {
        dsl.update(PERSON)
                .set(DISPLAY, person.displayName())
                .set(LANGUAGE, person.language())
                .set(THEME, person.theme())
                .set(DISABLED, person.disabled() ? 1 : 0)
                .set(VERSION, VERSION.plus(1))
                .where(ID.eq(person.id()))
                .execute();
        dsl.deleteFrom(GRANT).where(PERSON_ID.eq(person.id())).execute();
        grant(dsl, person);
    }

    private static void grant(DSLContext dsl, Person person) {
        for (var one : person.grants().entrySet()) {
            String project = one.getKey();
            dsl.insertInto(GRANT)
                    .set(PERSON_ID, person.id())
                    .set(PROJECT, project)
                    .set(OF_PROJECT, project.equals(Caller.EVERYWHERE) ? null : project)
                    .set(ROLE, one.getValue().word())
                    .execute();
        }
    }

    void password(DSLContext dsl, String id, String encoded) {
        dsl.update(PERSON).set(PASSWORD, encoded).where(ID.eq(id)).execute();
    }

    void remove(DSLContext dsl, String id) {
        dsl.deleteFrom(PERSON).where(ID.eq(id)).execute();
    }

    void signedIn(DSLContext dsl, Person person) {
        dsl.update(PERSON)
                .set(LAST_LOGIN, database.now(dsl).toEpochMilli())
                .set(LANGUAGE, person.language())
                .where(ID.eq(person.id()))
                .execute();
    }
}
