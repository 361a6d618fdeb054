package dev.mortise.server.access;

import static java.util.Objects.requireNonNullElse;

import dev.mortise.server.audit.AuditEntry;
import dev.mortise.server.audit.AuditStore;
import dev.mortise.server.store.Database;
import dev.mortise.server.web.Open;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// `/api/session` and `/api/setup`: who am I, let me in, let me out.
@RestController
class SessionRoutes {
    private final Database database;
    private final Login login;
    private final SetupTicket ticket;
    private final LoginSessionStore sessions;
    private final PersonStore people;
    private final ProviderStore providers;
    private final AuditStore audit;

    SessionRoutes(
            Database database,
            Login login,
            SetupTicket ticket,
            LoginSessionStore sessions,
            PersonStore people,
            ProviderStore providers,
            AuditStore audit) {
        this.database = database;
        this.login = login;
        this.ticket = ticket;
        this.sessions = sessions;
        this.people = people;
        this.providers = providers;
        this.audit = audit;
    }

    /// @param state `setup` before there is anybody, `anonymous`, or `signed_in`
    record SessionBody(
            String state,
            @Nullable Me principal,
            Map<String, String> grants,
            List<ProviderLine> providers,
            String version) {}

    record Me(String id, String name, String displayName, String language, String theme) {
        static Me of(Person person) {
            return new Me(
                    person.id(),
                    person.name(),
                    person.displayName(),
                    person.language(),
                    person.theme());
        }
    }

    record ProviderLine(String id, String kind, String title) {}

    record SetupBody(
            @Nullable String token,
            @Nullable String name,
            @Nullable String displayName,
            @Nullable String password) {
        @Override
        public String toString() {
            return "SetupBody[***]";
        }
    }

    /// @param provider `local` when it is not given
    record LoginBody(
            @Nullable String name,
            @Nullable String password,
            @Nullable String totp,
            @Nullable String provider) {
        @Override
        public String toString() {
            return "LoginBody[***]";
        }
    }

    @Open
    @GetMapping("/api/session")
    SessionBody session(HttpServletRequest request, CsrfToken csrf) {
        // Asking for the token is what makes Spring send its cookie.
        csrf.getToken();
        Optional<Person> person =
                Cookies.session(request)
                        .flatMap(sessions::person)
                        .flatMap(people::find)
                        .filter(p -> !p.disabled());
        return person.map(this::signedIn)
                .orElseGet(() -> body(people.isEmpty() ? "setup" : "anonymous", null, Map.of()));
    }

    private SessionBody signedIn(Person person) {
        return body("signed_in", Me.of(person), person.grantWords());
    }

    private SessionBody body(String state, @Nullable Me me, Map<String, String> grants) {
        List<ProviderLine> doors =
                providers.list().stream()
                        .filter(Provider::enabled)
                        .map(p -> new ProviderLine(p.id(), p.settings().kind(), p.title()))
                        .toList();
        return new SessionBody(state, me, grants, doors, version());
    }

    private static String version() {
        return "0.1.0";
    }

    @Open
    @PostMapping("/api/setup")
    SessionBody setUp(
            @RequestBody SetupBody body, HttpServletRequest request, HttpServletResponse response) {
        if (!ticket.admits(requireNonNullElse(body.token(), ""))) {
            throw Login.usedUp();
        }
        String name = requireNonNullElse(body.name(), "");
        return begun(
                login.setUp(
                        name,
                        requireNonNullElse(body.displayName(), name),
                        requireNonNullElse(body.password(), ""),
                        Cookies.from(request)),
                request,
                response);
    }

    @Open
    @PostMapping("/api/session")
    SessionBody signIn(
            @RequestBody LoginBody body, HttpServletRequest request, HttpServletResponse response) {
        Login.Credentials said =
                new Login.Credentials(
                        requireNonNullElse(body.name(), ""),
                        requireNonNullElse(body.password(), ""),
                        requireNonNullElse(body.totp(), ""),
                        requireNonNullElse(body.provider(), Person.LOCAL));
        try {
            return begun(login.signIn(said, Cookies.from(request)), request, response);
        } catch (Login.Throttled e) {
            response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(e.seconds()));
            throw e.problem();
        }
    }

    @Open
    @DeleteMapping("/api/session")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void signOut(HttpServletRequest request, HttpServletResponse response) {
        Cookies.session(request)
                .ifPresent(
                        secret ->
                                sessions.person(secret)
                                        .flatMap(people::find)
                                        .ifPresent(person -> end(secret, person, request)));
        Cookies.end(request, response);
    }

    private void end(String secret, Person person, HttpServletRequest request) {
        database.write(
                dsl -> {
                    sessions.end(dsl, secret);
                    audit.add(
                            dsl,
                            new AuditEntry(
                                    person.name(),
                                    request.getRemoteAddr(),
                                    "session.end",
                                    "",
                                    "people/" + person.name(),
                                    null,
                                    null));
                    return null;
                });
    }

    private SessionBody begun(
            Login.Begun begun, HttpServletRequest request, HttpServletResponse response) {
        // Whoever signs in again leaves the session they came with.
        Cookies.session(request)
                .ifPresent(
                        old ->
                                database.write(
                                        dsl -> {
                                            sessions.end(dsl, old);
                                            return null;
                                        }));
        Cookies.begin(request, response, begun.secret());
        return signedIn(begun.person());
    }
}
