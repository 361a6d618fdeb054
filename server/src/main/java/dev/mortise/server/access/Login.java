package dev.mortise.server.access;

import dev.mortise.server.audit.AuditEntry;
import dev.mortise.server.audit.AuditStore;
import dev.mortise.server.store.Database;
import dev.mortise.server.store.Ids;
import dev.mortise.server.web.Caller;
import dev.mortise.server.web.Role;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/// Signing in and out.
@Component
final class Login {
    private final Database database;
    private final PersonStore people;
    private final LoginSessionStore sessions;
    private final AuditStore audit;
    private final PasswordEncoder passwords;

    /// Compared with when there is no such person, so that both take the same time.
    private final Supplier<String> nobodysPassword;

    Login(
            Database database,
            PersonStore people,
            LoginSessionStore sessions,
            AuditStore audit,
            PasswordEncoder passwords) {
        this.database = database;
        this.people = people;
        this.sessions = sessions;
        this.audit = audit;
        this.passwords = passwords;
        this.nobodysPassword = lazily(() -> passwords.encode(Ids.secret()) + "");
    }

    /// Made at the first use: it takes more time than the rest of the start together.
    private static Supplier<String> lazily(Supplier<String> made) {
        AtomicReference<String> kept = new AtomicReference<>("");
        return () -> kept.updateAndGet(known -> known.isEmpty() ? made.get() : known);
    }

    /// Where a request comes from.
    record From(String ip, String agent) {}

    /// A session that has begun.
    record Begun(Person person, String secret) {}

    /// Makes the first administrator and signs them in.
    Begun setUp(String name, String displayName, String password, From from) {
        PersonRules.demand(name, password);
        Person person =
                new Person(
                        Ids.next(),
                        name,
                        displayName,
                        "local",
                        "zh-CN",
                        "system",
                        false,
                        Map.of(Caller.EVERYWHERE, Role.ADMINISTRATOR),
                        null);
        return database.write(
                dsl -> {
                    people.add(dsl, person, passwords.encode(password) + "");
                    audit.add(
                            dsl,
                            new AuditEntry(
                                    name,
                                    from.ip(),
                                    "person.set_up",
                                    "",
                                    "people/" + name,
                                    null,
                                    "{\"grants\":{\"*\":\"administrator\"}}"));
                    return new Begun(
                            person, sessions.begin(dsl, person.id(), from.ip(), from.agent()));
                });
    }

    /// @throws ProblemException LOGIN_REFUSED, in the same words whatever was wrong
    Begun signIn(String name, String password, From from) {
        Optional<Person> found = people.findByName(name).filter(p -> !p.disabled());
        String expected = found.flatMap(p -> people.password(p.id())).orElseGet(nobodysPassword);
        if (!passwords.matches(password, expected) || found.isEmpty()) {
            throw new ProblemException(
                    Problem.of(
                            ProblemCode.LOGIN_REFUSED,
                            "name or password is wrong",
                            "try again, or ask an administrator for a new password"));
        }
        Person person = found.get();
        return database.write(
                dsl -> {
                    people.signedIn(dsl, person.id());
                    return new Begun(
                            person, sessions.begin(dsl, person.id(), from.ip(), from.agent()));
                });
    }
}
