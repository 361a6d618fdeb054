package dev.mortise.server.connection;

import static java.util.Objects.requireNonNullElse;

import dev.mortise.server.web.Caller;
import dev.mortise.server.web.InPerson;
import dev.mortise.server.web.Needs;
import dev.mortise.server.web.ProblemBody;
import dev.mortise.server.web.Role;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/// `/api/projects/{project}/connections/{connection}/consent` and `/api/consents`: a person lets a
/// connection into its system. The system sends people back to the studio's page `/consent`, which
/// hands over what it was given; a session goes along with no request from elsewhere.
@RestController
class ConsentRoutes {
    private static final String BACK = "/consent";
    private static final String SESSION = "mortise_session";

    private final ConsentDesk desk;

    ConsentRoutes(ConsentDesk desk) {
        this.desk = desk;
    }

    /// @param back the address that the system has to know before it sends people to it
    /// @param by who consented; null when nobody has
    /// @param renewedAt when the tokens were last renewed
    record ConsentBody(
            boolean needed,
            boolean given,
            String back,
            ProblemBody.@Nullable One problem,
            @Nullable String by,
            @Nullable Instant renewedAt) {}

    record PageBody(String url) {}

    /// What stood in the address that the system sent the person to.
    record ReturnedBody(
            @Nullable String state,
            @Nullable String code,
            @Nullable String error,
            @Nullable String errorDescription) {
        @Override
        public String toString() {
            return "ReturnedBody[***]";
        }
    }

    /// @param problem null when the connection may be used now
    record EndedBody(String project, String connection, ProblemBody.@Nullable One problem) {}

    @Needs(Role.DEVELOPER)
    @GetMapping("/api/projects/{project}/connections/{connection}/consent")
    ConsentBody state(@PathVariable String project, @PathVariable String connection) {
        ConsentDesk.State state = desk.state(project, connection);
        return new ConsentBody(
                state.needed(),
                state.given(),
                back(),
                state.refused().map(ProblemBody.One::of).orElse(null),
                state.by(),
                state.renewedAt());
    }

    @Needs(Role.DEVELOPER)
    @PostMapping("/api/projects/{project}/connections/{connection}/consent")
    PageBody begin(
            @PathVariable String project,
            @PathVariable String connection,
            @CookieValue(name = SESSION, required = false) @Nullable String session) {
        return new PageBody(desk.begin(project, connection, demand(session), back()));
    }

    @Needs(Role.DEVELOPER)
    @DeleteMapping("/api/projects/{project}/connections/{connection}/consent")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void withdraw(@PathVariable String project, @PathVariable String connection, Caller caller) {
        desk.forget(project, connection, caller);
    }

    @InPerson
    @PostMapping("/api/consents")
    EndedBody finish(
            @RequestBody ReturnedBody body,
            @CookieValue(name = SESSION, required = false) @Nullable String session,
            Caller caller) {
        ConsentDesk.Returned returned =
                new ConsentDesk.Returned(
                        requireNonNullElse(body.state(), ""),
                        requireNonNullElse(body.code(), ""),
                        requireNonNullElse(body.error(), ""),
                        requireNonNullElse(body.errorDescription(), ""));
        ConsentDesk.Ended ended = desk.finish(returned, demand(session), caller);
        return new EndedBody(
                ended.project(),
                ended.connection(),
                ended.problem().map(ProblemBody.One::of).orElse(null));
    }

    private static String back() {
        return ServletUriComponentsBuilder.fromCurrentContextPath().path(BACK).toUriString();
    }

    private static String demand(@Nullable String session) {
        if (session == null || session.isEmpty()) {
            throw new ProblemException(
                    Problem.of(
                            ProblemCode.CALL_INVALID,
                            "expected the session of a person, got an API token",
                            "consent in the studio"));
        }
        return session;
    }
}
