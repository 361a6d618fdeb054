package dev.mortise.server.access;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.mortise.server.web.Caller;
import dev.mortise.server.web.InPerson;
import dev.mortise.server.web.ProblemsException;
import dev.mortise.spi.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// `/api/me`: what a person may see and change of themselves.
@RestController
class MeRoutes {
    private final MeDesk desk;
    private final LoginSessionStore sessions;

    MeRoutes(MeDesk desk, LoginSessionStore sessions) {
        this.desk = desk;
        this.sessions = sessions;
    }

    record MeBody(
            String id,
            String name,
            String displayName,
            String language,
            String theme,
            String source,
            boolean totp) {}

    /// What is not given stays.
    record MeChange(
            @Nullable String displayName, @Nullable String language, @Nullable String theme) {}

    record PasswordBody(@Nullable String old, @JsonProperty("new") @Nullable String fresh) {
        @Override
        public String toString() {
            return "PasswordBody[***]";
        }
    }

    record EnrolBody(String secret, String uri) {
        @Override
        public String toString() {
            return "EnrolBody[***]";
        }
    }

    record CodeBody(@Nullable String code) {
        @Override
        public String toString() {
            return "CodeBody[***]";
        }
    }

    /// @param recoveryCodes shown this once
    record ActivatedBody(List<String> recoveryCodes) {
        @Override
        public String toString() {
            return "ActivatedBody[***]";
        }
    }

    record SessionLine(
            String id,
            Instant createdAt,
            Instant seenAt,
            String ip,
            String agent,
            boolean current) {}

    record Lines(List<SessionLine> items, @Nullable String next) {}

    @InPerson
    @GetMapping("/api/me")
    MeBody me(Caller caller) {
        return body(desk.demand(caller));
    }

    @InPerson
    @PatchMapping("/api/me")
    MeBody change(@RequestBody MeChange change, Caller caller) {
        Person before = desk.demand(caller);
        Person after =
                before.named(
                        requireNonNullElse(change.displayName(), before.displayName()),
                        requireNonNullElse(change.language(), before.language()),
                        requireNonNullElse(change.theme(), before.theme()));
        List<Problem> problems =
                PersonRules.checkShown(after.displayName(), after.language(), after.theme());
        if (!problems.isEmpty()) {
            throw new ProblemsException(problems);
        }
        return body(desk.change(before, after, caller));
    }

    private MeBody body(Person person) {
        return new MeBody(
                person.id(),
                person.name(),
                person.displayName(),
                person.language(),
                person.theme(),
                person.source(),
                desk.hasSecondFactor(person));
    }

    /// Signs the person out everywhere else.
    @InPerson
    @PostMapping("/api/me/password")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void password(
            @RequestBody PasswordBody body,
            Caller caller,
            HttpServletRequest request,
            HttpServletResponse response) {
        try {
            desk.password(
                    caller,
                    requireNonNullElse(body.old(), ""),
                    requireNonNullElse(body.fresh(), ""),
                    Cookies.session(request).orElse(""));
        } catch (Login.Throttled e) {
            response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(e.seconds()));
            throw e.problem();
        }
    }

    @InPerson
    @PostMapping("/api/me/totp")
    EnrolBody enrol(Caller caller) {
        Person person = desk.demand(caller);
        String secret = desk.enrol(person, caller);
        return new EnrolBody(secret, Totp.uri(person.name(), secret));
    }

    @InPerson
    @PutMapping("/api/me/totp")
    ActivatedBody activate(@RequestBody CodeBody body, Caller caller) {
        return new ActivatedBody(desk.activate(caller, requireNonNullElse(body.code(), "")));
    }

    @InPerson
    @DeleteMapping("/api/me/totp")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void forget(@RequestBody CodeBody body, Caller caller) {
        desk.removeSecondFactor(caller, requireNonNullElse(body.code(), ""));
    }

    @InPerson
    @GetMapping("/api/me/sessions")
    Lines sessions(Caller caller, HttpServletRequest request) {
        String current = Cookies.session(request).map(LoginSessionStore::idOf).orElse("");
        return new Lines(
                sessions.list(caller.id()).stream()
                        .map(
                                s ->
                                        new SessionLine(
                                                s.id(),
                                                s.createdAt(),
                                                s.seenAt(),
                                                s.ip(),
                                                s.agent(),
                                                s.id().equals(current)))
                        .toList(),
                null);
    }

    /// Signs out everywhere, here too.
    @InPerson
    @DeleteMapping("/api/me/sessions")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void endSessions(Caller caller, HttpServletRequest request, HttpServletResponse response) {
        desk.endSessions(caller);
        Cookies.end(request, response);
    }
}
