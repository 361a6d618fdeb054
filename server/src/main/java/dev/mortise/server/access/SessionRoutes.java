package dev.mortise.server.access;

import dev.mortise.server.web.Open;
import dev.mortise.server.web.Role;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
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
    private final Login login;
    private final SetupTicket ticket;
    private final LoginSessionStore sessions;
    private final PersonStore people;

    SessionRoutes(Login login, SetupTicket ticket, LoginSessionStore sessions, PersonStore people) {
        this.login = login;
        this.ticket = ticket;
        this.sessions = sessions;
        this.people = people;
    }

    /// @param state `setup` before there is anybody, `anonymous`, or `signed_in`
    record SessionBody(
            String state,
            @Nullable Me principal,
            Map<String, String> grants,
            List<Provider> providers,
            String version) {}

    record Me(String id, String name, String displayName, String language, String theme) {}

    record Provider(String id, String kind, String title) {}

    record SetupBody(String token, String name, @Nullable String displayName, String password) {}

    record LoginBody(String name, String password) {}

    @Open
    @GetMapping("/api/session")
    SessionBody session(HttpServletRequest request, CsrfToken csrf) {
        // Asking for the token is what makes Spring send its cookie.
        csrf.getToken();
        Optional<Person> person =
                SessionFilter.secret(request).flatMap(sessions::person).flatMap(people::find);
        return person.map(SessionRoutes::signedIn)
                .orElseGet(
                        () ->
                                new SessionBody(
                                        people.isEmpty() ? "setup" : "anonymous",
                                        null,
                                        Map.of(),
                                        List.of(),
                                        version()));
    }

    private static SessionBody signedIn(Person person) {
        Map<String, String> grants = new TreeMap<>();
        person.grants().forEach((project, role) -> grants.put(project, word(role)));
        Me me =
                new Me(
                        person.id(),
                        person.name(),
                        person.displayName(),
                        person.language(),
                        person.theme());
        return new SessionBody("signed_in", me, grants, List.of(), version());
    }

    private static String word(Role role) {
        return role.word();
    }

    private static String version() {
        return "0.1.0";
    }

    @Open
    @PostMapping("/api/setup")
    SessionBody setUp(
            @RequestBody SetupBody body, HttpServletRequest request, HttpServletResponse response) {
        if (!ticket.admits(Objects.requireNonNullElse(body.token(), ""))) {
            throw new ProblemException(
                    Problem.of(
                            ProblemCode.NOT_ALLOWED,
                            "this link is used up or wrong",
                            "take the link the server printed at its last start"));
        }
        String shown = body.displayName() == null ? body.name() : body.displayName();
        return begin(
                login.setUp(
                        Objects.requireNonNullElse(body.name(), ""),
                        Objects.requireNonNullElse(shown, ""),
                        Objects.requireNonNullElse(body.password(), ""),
                        from(request)),
                request,
                response);
    }

    @Open
    @PostMapping("/api/session")
    SessionBody signIn(
            @RequestBody LoginBody body, HttpServletRequest request, HttpServletResponse response) {
        return begin(
                login.signIn(
                        Objects.requireNonNullElse(body.name(), ""),
                        Objects.requireNonNullElse(body.password(), ""),
                        from(request)),
                request,
                response);
    }

    @Open
    @DeleteMapping("/api/session")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void signOut(HttpServletRequest request, HttpServletResponse response) {
        SessionFilter.secret(request).ifPresent(sessions::end);
        response.addHeader(HttpHeaders.SET_COOKIE, cookie("", request, 0));
    }

    private static SessionBody begin(
            Login.Begun begun, HttpServletRequest request, HttpServletResponse response) {
        response.addHeader(
                HttpHeaders.SET_COOKIE,
                cookie(begun.secret(), request, LoginSessionStore.LIFE.toSeconds()));
        return signedIn(begun.person());
    }

    private static String cookie(String secret, HttpServletRequest request, long seconds) {
        return ResponseCookie.from(SessionFilter.COOKIE, secret)
                .httpOnly(true)
                .secure(request.isSecure())
                .sameSite("Strict")
                .path("/")
                .maxAge(seconds)
                .build()
                .toString();
    }

    private static Login.From from(HttpServletRequest request) {
        String agent = Objects.requireNonNullElse(request.getHeader(HttpHeaders.USER_AGENT), "");
        return new Login.From(
                request.getRemoteAddr(), agent.substring(0, Math.min(agent.length(), 200)));
    }
}
