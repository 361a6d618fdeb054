package dev.mortise.server.access;

import dev.mortise.server.audit.AuditEntry;
import dev.mortise.server.audit.AuditStore;
import dev.mortise.server.store.Database;
import dev.mortise.server.web.Caller;
import dev.mortise.server.web.Version;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectMapper;

/// Makes, changes and removes people. There is always an administrator left who may sign in.
@Component
final class PersonDesk {
    private final Database database;
    private final PersonStore people;
    private final LoginSessionStore sessions;
    private final SecondFactor factor;
    private final Passwords passwords;
    private final AuditStore audit;
    private final ObjectMapper json;

    PersonDesk(
            Database database,
            PersonStore people,
            LoginSessionStore sessions,
            SecondFactor factor,
            Passwords passwords,
            AuditStore audit,
            ObjectMapper json) {
        this.database = database;
        this.people = people;
        this.sessions = sessions;
        this.factor = factor;
        this.passwords = passwords;
        this.audit = audit;
        this.json = json;
    }

    /// What an administrator changes beside the person themselves.
    ///
    /// @param password a new one; null to leave it
    /// @param withoutTotp whether the second factor is taken off, for somebody who lost it
    record Reset(@Nullable String password, boolean withoutTotp) {
        @Override
        public String toString() {
            return "Reset[***]";
        }
    }

    /// What the audit keeps of a person: never a password.
    record Told(String displayName, boolean disabled, java.util.Map<String, String> grants) {
        static Told of(Person person) {
            return new Told(person.displayName(), person.disabled(), person.grantWords());
        }
    }

    Person demand(String id) {
        return people.find(id).orElseThrow(PersonDesk::unknown);
    }

    private static ProblemException unknown() {
        return new ProblemException(
                Problem.of(
                        ProblemCode.NOT_FOUND,
                        "there is no such person",
                        "choose one from the list"));
    }

    Person add(Person person, String password, Caller caller) {
        String encoded = passwords.encode(password);
        return database.write(
                dsl -> {
                    people.takeTurn(dsl);
                    if (people.findByName(dsl, person.name()).isPresent()) {
                        throw new ProblemException(
                                Problem.of(
                                                ProblemCode.NAME_TAKEN,
                                                "somebody is called '%s' already"
                                                        .formatted(person.name()),
                                                "choose another name")
                                        .at("name"));
                    }
                    people.add(dsl, person, encoded, null);
                    audit.add(dsl, entry(caller, "person.add", person, null, told(person)));
                    return person;
                });
    }

    /// @param ifMatch the version the change is based on
    Person change(Person after, Reset reset, @Nullable String ifMatch, Caller caller) {
        String encoded = reset.password() == null ? null : passwords.encode(reset.password());
        return database.write(
                dsl -> {
                    people.takeTurn(dsl);
                    Person before = people.find(dsl, after.id()).orElseThrow(PersonDesk::unknown);
                    Version.demand(ifMatch, before.version());
                    people.change(dsl, after);
                    demandAdministrator(dsl);
                    if (encoded != null) {
                        people.password(dsl, after.id(), encoded);
                    }
                    if (reset.withoutTotp()) {
                        factor.remove(dsl, after.id());
                    }
                    if (encoded != null || after.disabled() || reset.withoutTotp()) {
                        sessions.endAll(dsl, after.id(), null);
                    }
                    audit.add(
                            dsl,
                            entry(
                                    caller,
                                    action(encoded, reset),
                                    after,
                                    told(before),
                                    told(after)));
                    return people.find(dsl, after.id()).orElseThrow();
                });
    }

    private static String action(@Nullable String password, Reset reset) {
        if (password != null) {
            return "person.reset_password";
        }
        return reset.withoutTotp() ? "person.reset_totp" : "person.change";
    }

    void remove(String id, @Nullable String ifMatch, Caller caller) {
        database.write(
                dsl -> {
                    people.takeTurn(dsl);
                    Person before = people.find(dsl, id).orElseThrow(PersonDesk::unknown);
                    Version.demand(ifMatch, before.version());
                    factor.remove(dsl, id);
                    people.remove(dsl, id);
                    demandAdministrator(dsl);
                    audit.add(dsl, entry(caller, "person.remove", before, told(before), null));
                    return null;
                });
    }

    private void demandAdministrator(DSLContext dsl) {
        if (!people.hasAdministrator(dsl)) {
            throw new ProblemException(
                    Problem.of(
                            ProblemCode.VALUE_INVALID,
                            "nobody would be left who is administrator of everything",
                            "make somebody else administrator of '*' first"));
        }
    }

    private String told(Person person) {
        return json.writeValueAsString(Told.of(person));
    }

    private static AuditEntry entry(
            Caller caller,
            String action,
            Person person,
            @Nullable String before,
            @Nullable String after) {
        return new AuditEntry(
                caller.login(), caller.ip(), action, "", "people/" + person.name(), before, after);
    }
}
