package dev.mortise.server.access;

import static java.util.Objects.requireNonNullElse;

import dev.mortise.server.project.ProjectStore;
import dev.mortise.server.store.Ids;
import dev.mortise.server.web.Caller;
import dev.mortise.server.web.Needs;
import dev.mortise.server.web.Page;
import dev.mortise.server.web.ProblemsException;
import dev.mortise.server.web.Role;
import dev.mortise.server.web.Version;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// `/api/users`: people and what they may do.
@RestController
class PersonRoutes {
    private final PersonStore people;
    private final PersonDesk desk;
    private final SecondFactor factor;
    private final ProjectStore projects;

    PersonRoutes(PersonStore people, PersonDesk desk, SecondFactor factor, ProjectStore projects) {
        this.people = people;
        this.desk = desk;
        this.factor = factor;
        this.projects = projects;
    }

    record UserBody(
            String id,
            String name,
            String displayName,
            String source,
            boolean disabled,
            Map<String, String> grants,
            @Nullable Instant lastLoginAt,
            boolean totp) {}

    record NewUser(
            @Nullable String name,
            @Nullable String displayName,
            @Nullable String password,
            @Nullable Map<String, String> grants) {
        @Override
        public String toString() {
            return "NewUser[***]";
        }
    }

    /// What is not given stays.
    ///
    /// @param totp `false` takes the second factor off; `true` cannot put it on
    record UserChange(
            @Nullable String displayName,
            @Nullable Boolean disabled,
            @Nullable Map<String, String> grants,
            @Nullable String password,
            @Nullable Boolean totp) {
        @Override
        public String toString() {
            return "UserChange[***]";
        }
    }

    @Needs(Role.ADMINISTRATOR)
    @GetMapping("/api/users")
    Page<UserBody> list(
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(required = false) @Nullable Integer limit) {
        int most = Page.limit(limit);
        return Page.of(
                people.list(Page.key(after), most + 1).stream().map(this::body).toList(),
                most,
                UserBody::name);
    }

    @Needs(Role.ADMINISTRATOR)
    @GetMapping("/api/users/{id}")
    ResponseEntity<UserBody> one(@PathVariable String id) {
        return tagged(desk.demand(id));
    }

    @Needs(Role.ADMINISTRATOR)
    @PostMapping("/api/users")
    @ResponseStatus(HttpStatus.CREATED)
    UserBody add(@RequestBody NewUser wanted, Caller caller) {
        String name = requireNonNullElse(wanted.name(), "");
        String password = requireNonNullElse(wanted.password(), "");
        Person blank =
                Person.fresh(
                        Ids.next(),
                        name,
                        requireNonNullElse(wanted.displayName(), name),
                        Person.LOCAL);
        List<Problem> problems = new ArrayList<>(PersonRules.check(name, password));
        problems.addAll(shown(blank));
        Map<String, Role> grants = grants(requireNonNullElse(wanted.grants(), Map.of()), problems);
        demandNone(problems);
        return body(desk.add(blank.granted(grants), password, caller));
    }

    @Needs(Role.ADMINISTRATOR)
    @PatchMapping("/api/users/{id}")
    ResponseEntity<UserBody> change(
            @PathVariable String id,
            @RequestBody UserChange change,
            @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            Caller caller) {
        Person before = desk.demand(id);
        Person after =
                before.named(
                                requireNonNullElse(change.displayName(), before.displayName()),
                                before.language(),
                                before.theme())
                        .barred(requireNonNullElse(change.disabled(), before.disabled()));
        List<Problem> problems = new ArrayList<>(shown(after));
        if (change.grants() != null) {
            after = after.granted(grants(change.grants(), problems));
        }
        if (change.password() != null) {
            problems.addAll(PersonRules.checkPassword(change.password()));
            demandLocal(before, problems);
        }
        demandNone(problems);
        boolean withoutTotp = change.totp() != null && !change.totp();
        PersonDesk.Reset reset = new PersonDesk.Reset(change.password(), withoutTotp);
        return tagged(desk.change(after, reset, ifMatch, caller));
    }

    @Needs(Role.ADMINISTRATOR)
    @DeleteMapping("/api/users/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(
            @PathVariable String id,
            @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            Caller caller) {
        desk.remove(id, ifMatch, caller);
    }

    private static void demandLocal(Person person, List<Problem> problems) {
        if (!person.isLocal()) {
            problems.add(
                    Problem.of(
                                    ProblemCode.NOT_ALLOWED,
                                    "the password is kept by the provider they sign in with",
                                    "change it there")
                            .at("password"));
        }
    }

    private Map<String, Role> grants(Map<String, String> written, List<Problem> problems) {
        return PersonRules.grants(written, name -> projects.find(name).isPresent(), problems);
    }

    private static List<Problem> shown(Person person) {
        return PersonRules.checkShown(person.displayName(), person.language(), person.theme());
    }

    private static void demandNone(List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw new ProblemsException(problems);
        }
    }

    private ResponseEntity<UserBody> tagged(Person person) {
        return ResponseEntity.ok().eTag(Version.etag(person.version())).body(body(person));
    }

    private UserBody body(Person person) {
        return new UserBody(
                person.id(),
                person.name(),
                person.displayName(),
                person.source(),
                person.disabled(),
                person.grantWords(),
                person.lastLoginAt(),
                factor.isActive(person.id()));
    }
}
