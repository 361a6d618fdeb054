package dev.mortise.server.access;

import static dev.mortise.server.store.Columns.big;
import static dev.mortise.server.store.Columns.table;
import static dev.mortise.server.store.Columns.text;
import static dev.mortise.server.store.Columns.whole;

import dev.mortise.server.store.Database;
import dev.mortise.server.web.Role;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
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

    private static final Table<Record> GRANT = table("role_grant");
    private static final Field<String> PERSON_ID = text("person");
    private static final Field<String> PROJECT = text("project");
    private static final Field<String> ROLE = text("role");

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
                seen == null ? null : Instant.ofEpochMilli(seen));
    }

    /// Adds somebody with what is granted to them.
    void add(DSLContext dsl, Person person, String password) {
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
                .execute();
        person.grants()
                .forEach(
                        (project, role) ->
                                dsl.insertInto(GRANT)
                                        .set(PERSON_ID, person.id())
                                        .set(PROJECT, project)
                                        .set(ROLE, role.word())
                                        .execute());
    }

    void signedIn(DSLContext dsl, String id) {
        dsl.update(PERSON)
                .set(LAST_LOGIN, database.now(dsl).toEpochMilli())
                .where(ID.eq(id))
                .execute();
    }
}
