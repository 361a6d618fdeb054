package dev.mortise.server.access;

import dev.mortise.server.audit.AuditEntry;
import dev.mortise.server.audit.AuditStore;
import dev.mortise.server.store.Database;
import dev.mortise.server.web.Caller;
import dev.mortise.server.web.ProblemsException;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Changes people make of themselves.
@Component
final class MeDesk {
    private final Database database;
    private final PersonStore people;
    private final LoginSessionStore sessions;
    private final SecondFactor factor;
    private final Passwords passwords;
    private final LoginThrottle throttle;
    private final AuditStore audit;

    MeDesk(
            Database database,
            PersonStore people,
            LoginSessionStore sessions,
            SecondFactor factor,
            Passwords passwords,
            LoginThrottle throttle,
            AuditStore audit) {
        this.database = database;
        this.people = people;
        this.sessions = sessions;
        this.factor = factor;
        this.passwords = passwords;
        this.throttle = throttle;
        this.audit = audit;
    }

    Person demand(Caller caller) {
        return people.find(caller.id())
                .orElseThrow(
                        () ->
                                new ProblemException(
                                        Problem.of(
                                                ProblemCode.NOT_SIGNED_IN,
                                                "nobody is signed in",
                                                "sign in")));
    }

    boolean hasSecondFactor(Person person) {
        return factor.isActive(person.id());
    }

    Person change(Person before, Person after, Caller caller) {
        return database.write(
                dsl -> {
                    people.change(dsl, after);
                    audit.add(dsl, entry(caller, "person.change", told(before), told(after)));
                    return people.find(dsl, after.id()).orElseThrow();
                });
    }

    private static String told(Person person) {
        return "%s %s %s".formatted(person.displayName(), person.language(), person.theme());
    }

    /// @param here the secret of the session that stays
    void password(Caller caller, String old, String fresh, String here) {
        Person person = demand(caller);
        if (!person.isLocal()) {
            throw new ProblemException(
                    Problem.of(
                            ProblemCode.NOT_ALLOWED,
                            "the password is kept by the provider you sign in with",
                            "change it there"));
        }
        List<Problem> problems = PersonRules.checkPassword(fresh);
        if (!problems.isEmpty()) {
            throw new ProblemsException(problems);
        }
        Duration wait = throttle.attempt(person.name(), caller.ip());
        if (wait.isPositive()) {
            throw new Login.Throttled(wait);
        }
        if (!passwords.matches(old, people.password(person.id()))) {
            throw new ProblemException(
                    Problem.of(
                                    ProblemCode.VALUE_INVALID,
                                    "the old password is wrong",
                                    "type the one you signed in with")
                            .at("old"));
        }
        String encoded = passwords.encode(fresh);
        database.write(
                dsl -> {
                    throttle.forgive(dsl, person.name(), caller.ip());
                    people.password(dsl, person.id(), encoded);
                    sessions.endAll(dsl, person.id(), here);
                    audit.add(dsl, entry(caller, "person.password", null, null));
                    return null;
                });
    }

    String enrol(Person person, Caller caller) {
        return database.write(
                dsl -> {
                    String secret = factor.enrol(dsl, person);
                    audit.add(dsl, entry(caller, "person.totp_enrol", null, null));
                    return secret;
                });
    }

    List<String> activate(Caller caller, String code) {
        return database.write(
                dsl -> {
                    List<String> codes = factor.activate(dsl, caller.id(), code);
                    audit.add(dsl, entry(caller, "person.totp_activate", null, null));
                    return codes;
                });
    }

    void removeSecondFactor(Caller caller, String code) {
        Duration wait = throttle.attempt(caller.login(), caller.ip());
        if (wait.isPositive()) {
            throw new Login.Throttled(wait).problem();
        }
        database.write(
                dsl -> {
                    if (!factor.use(dsl, caller.id(), code)) {
                        throw SecondFactor.refused();
                    }
                    throttle.forgive(dsl, caller.login(), caller.ip());
                    factor.remove(dsl, caller.id());
                    audit.add(dsl, entry(caller, "person.totp_remove", null, null));
                    return null;
                });
    }

    void endSessions(Caller caller) {
        database.write(
                dsl -> {
                    int ended = sessions.endAll(dsl, caller.id(), null);
                    String after = "{\"ended\":%d}".formatted(ended);
                    audit.add(dsl, entry(caller, "person.end_sessions", null, after));
                    return null;
                });
    }

    private static AuditEntry entry(
            Caller caller, String action, @Nullable String before, @Nullable String after) {
        return new AuditEntry(
                caller.login(), caller.ip(), action, "", "people/" + caller.login(), before, after);
    }
}
