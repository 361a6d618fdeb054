package dev.mortise.server.access;

import dev.mortise.server.audit.AuditEntry;
import dev.mortise.server.audit.AuditStore;
import dev.mortise.server.store.Database;
import dev.mortise.server.store.Ids;
import dev.mortise.server.web.Caller;
import dev.mortise.server.web.Language;
import dev.mortise.server.web.Role;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Signing in. Every login begins a session of its own with a new secret, so one that was planted
/// before is worth nothing.
@Component
final class Login {
    private static final int NAME_SHOWN_MAX = 64;

    private final Database database;
    private final PersonStore people;
    private final LoginSessionStore sessions;
    private final AuditStore audit;
    private final Passwords passwords;
    private final Doors doors;

    Login(
            Database database,
            PersonStore people,
            LoginSessionStore sessions,
            AuditStore audit,
            Passwords passwords,
            Doors doors) {
        this.database = database;
        this.people = people;
        this.sessions = sessions;
        this.audit = audit;
        this.passwords = passwords;
        this.doors = doors;
    }

    /// What stands between a name and a session.
    @org.springframework.stereotype.Component
    static final class Doors {
        private final LoginThrottle throttle;
        private final SecondFactor factor;
        private final LdapLogin ldap;

        Doors(LoginThrottle throttle, SecondFactor factor, LdapLogin ldap) {
            this.throttle = throttle;
            this.factor = factor;
            this.ldap = ldap;
        }
    }

    /// Where a request comes from.
    ///
    /// @param language null when it says none
    record From(String ip, String agent, @Nullable Language language) {
        /// Somebody who comes for the first time speaks what their browser speaks, until they
        /// choose.
        Person known(Person person) {
            return language == null || person.lastLoginAt() != null
                    ? person
                    : person.named(person.displayName(), language.tag(), person.theme());
        }
    }

    /// What somebody says to be let in.
    ///
    /// @param code of the second factor; empty when none was given
    /// @param provider `local`, or the id of a directory
    record Credentials(String name, String password, String code, String provider) {
        @Override
        public String toString() {
            return "Credentials[***]";
        }
    }

    /// A session that has begun.
    record Begun(Person person, String secret) {
        @Override
        public String toString() {
            return "Begun[" + person.name() + "]";
        }
    }

    /// A refused attempt has to wait so long before the next.
    static final class Throttled extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final Duration wait;

        Throttled(Duration wait) {
            super("throttled", null, false, false);
            this.wait = wait;
        }

        long seconds() {
            return wait.toSeconds() + 1;
        }

        ProblemException problem() {
            return new ProblemException(
                    Problem.of(
                            ProblemCode.THROTTLED,
                            "too many attempts for this name or from this address",
                            "try again in %d seconds".formatted(seconds())));
        }
    }

    /// Makes the first administrator and signs them in.
    Begun setUp(String name, String displayName, String password, From from) {
        PersonRules.demand(name, password);
        Person person =
                from.known(Person.fresh(Ids.next(), name, displayName, Person.LOCAL))
                        .granted(Map.of(Caller.EVERYWHERE, Role.ADMINISTRATOR));
        String encoded = passwords.encode(password);
        return database.write(
                dsl -> {
                    people.takeTurn(dsl);
                    if (!people.isEmpty(dsl)) {
                        throw usedUp();
                    }
                    people.add(dsl, person, encoded, null);
                    people.signedIn(dsl, person);
                    String after = "{\"grants\":{\"*\":\"administrator\"}}";
                    audit.add(dsl, entry(name, from, "person.set_up", "people/" + name, after));
                    return new Begun(
                            person, sessions.begin(dsl, person.id(), from.ip(), from.agent()));
                });
    }

    static ProblemException usedUp() {
        return new ProblemException(
                Problem.of(
                        ProblemCode.NOT_ALLOWED,
                        "this link is used up or wrong",
                        "take the link the server printed at its last start"));
    }

    /// @throws ProblemException LOGIN_REFUSED, in the same words whatever was wrong;
    ///     SECOND_FACTOR_REQUIRED when all is right but the code is missing
    /// @throws Throttled when there were too many attempts
    Begun signIn(Credentials said, From from) {
        Duration wait = doors.throttle.attempt(said.name(), from.ip());
        if (wait.isPositive()) {
            throw new Throttled(wait);
        }
        Optional<Person> person =
                said.provider().equals(Person.LOCAL)
                        ? local(said)
                        : doors.ldap.person(said.provider(), said.name(), said.password());
        if (person.isEmpty() || person.get().disabled()) {
            throw refused(said, from);
        }
        if (doors.factor.isActive(person.get().id())) {
            demandCode(person.get(), said, from);
        }
        return begin(person.get(), said, from);
    }

    private Optional<Person> local(Credentials said) {
        Optional<Person> found = people.findByName(said.name()).filter(Person::isLocal);
        Optional<String> encoded = found.flatMap(p -> people.password(p.id()));
        return passwords.matches(said.password(), encoded) ? found : Optional.empty();
    }

    private void demandCode(Person person, Credentials said, From from) {
        if (said.code().isEmpty()) {
            doors.throttle.forgive(said.name(), from.ip());
            throw new ProblemException(
                    Problem.of(
                            ProblemCode.SECOND_FACTOR_REQUIRED,
                            "a code of your second factor is needed too",
                            "send it as 'totp' beside name and password"));
        }
        if (!database.write(dsl -> doors.factor.use(dsl, person.id(), said.code()))) {
            throw refused(said, from);
        }
    }

    private Begun begin(Person person, Credentials said, From from) {
        return database.write(
                dsl -> {
                    doors.throttle.forgive(dsl, said.name(), from.ip());
                    return begin(dsl, person, from);
                });
    }

    /// Begins a session of somebody who has proved who they are.
    Begun begin(DSLContext dsl, Person came, From from) {
        Person person = from.known(came);
        people.signedIn(dsl, person);
        String object = "people/" + person.name();
        audit.add(dsl, entry(person.name(), from, "session.begin", object, null));
        return new Begun(person, sessions.begin(dsl, person.id(), from.ip(), from.agent()));
    }

    private ProblemException refused(Credentials said, From from) {
        String name = said.name();
        String shown = name.substring(0, Math.min(name.length(), NAME_SHOWN_MAX));
        // Somebody who types the password into the field of the name must not find it in the audit.
        String object = people.findByName(shown).isPresent() ? "people/" + shown : "people/?";
        database.write(
                dsl -> {
                    audit.add(dsl, entry("anonymous", from, "session.refuse", object, null));
                    return null;
                });
        return new ProblemException(
                Problem.of(
                        ProblemCode.LOGIN_REFUSED,
                        "name, password or code is wrong",
                        "try again, or ask an administrator for a new password"));
    }

    private static AuditEntry entry(
            String actor,
            From from,
            String action,
            String object,
            @org.jspecify.annotations.Nullable String after) {
        return new AuditEntry(actor, from.ip(), action, "", object, null, after);
    }
}
