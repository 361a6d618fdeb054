package dev.mortise.server.token;

import static java.util.Objects.requireNonNullElse;

import dev.mortise.server.audit.AuditEntry;
import dev.mortise.server.audit.AuditStore;
import dev.mortise.server.project.ProjectStore;
import dev.mortise.server.store.Database;
import dev.mortise.server.store.Ids;
import dev.mortise.server.web.Caller;
import dev.mortise.server.web.InPerson;
import dev.mortise.server.web.Page;
import dev.mortise.server.web.Role;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.time.Instant;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// `/api/tokens`: the caller's own tokens.
@RestController
class ApiTokenRoutes {
    private final Database database;
    private final ApiTokenStore tokens;
    private final ProjectStore projects;
    private final AuditStore audit;

    ApiTokenRoutes(
            Database database, ApiTokenStore tokens, ProjectStore projects, AuditStore audit) {
        this.database = database;
        this.tokens = tokens;
        this.projects = projects;
        this.audit = audit;
    }

    /// @param token shown this once, when it is made
    record TokenBody(
            String id,
            String name,
            String prefix,
            String project,
            String role,
            Instant createdAt,
            Instant expiresAt,
            @Nullable Instant lastUsedAt,
            @Nullable String token) {
        static TokenBody of(ApiToken t, @Nullable String shown) {
            return new TokenBody(
                    t.id(),
                    t.name(),
                    t.prefix(),
                    t.project(),
                    t.role().word(),
                    t.createdAt(),
                    t.expiresAt(),
                    t.lastUsedAt(),
                    shown);
        }

        @Override
        public String toString() {
            return "TokenBody[" + prefix + "***]";
        }
    }

    /// @param project `*` when it is not given
    /// @param role viewer when it is not given
    /// @param expiresAt in 90 days when it is not given
    record NewToken(
            @Nullable String name,
            @Nullable String project,
            @Nullable String role,
            @Nullable Instant expiresAt) {}

    @InPerson
    @GetMapping("/api/tokens")
    Page<TokenBody> list(
            Caller caller,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(required = false) @Nullable Integer limit) {
        int most = Page.limit(limit);
        return Page.of(
                tokens.list(caller.id(), Page.key(after), most + 1).stream()
                        .map(t -> TokenBody.of(t, null))
                        .toList(),
                most,
                TokenBody::id);
    }

    @InPerson
    @PostMapping("/api/tokens")
    @ResponseStatus(HttpStatus.CREATED)
    TokenBody add(@RequestBody NewToken wanted, Caller caller) {
        Instant now = database.now();
        String shown = ApiToken.MARK + Ids.secret();
        ApiTokenRules.Scope scope =
                ApiTokenRules.demand(
                        requireNonNullElse(wanted.name(), ""),
                        requireNonNullElse(wanted.project(), Caller.EVERYWHERE),
                        requireNonNullElse(wanted.role(), Role.VIEWER.word()),
                        requireNonNullElse(wanted.expiresAt(), now.plus(ApiTokenRules.LIFE)),
                        new ApiTokenRules.Owner(caller, now));
        ApiToken token =
                new ApiToken(
                        Ids.next(),
                        caller.id(),
                        scope.name(),
                        ApiToken.prefixOf(shown),
                        scope.project(),
                        scope.role(),
                        now,
                        scope.expiresAt(),
                        null);
        demandProject(token.project());
        return database.write(
                dsl -> {
                    demandRoom(dsl, token);
                    tokens.add(dsl, token, shown);
                    audit.add(dsl, entry(caller, "token.add", token.name(), null, told(token)));
                    return TokenBody.of(token, shown);
                });
    }

    private void demandProject(String project) {
        if (!project.equals(Caller.EVERYWHERE) && projects.find(project).isEmpty()) {
            throw new ProblemException(
                    Problem.of(
                                    ProblemCode.VALUE_INVALID,
                                    "no project is called '" + project + "'",
                                    "name a project, or '*' for all")
                            .at("project"));
        }
    }

    private void demandRoom(DSLContext dsl, ApiToken token) {
        if (tokens.count(dsl, token.owner()) >= ApiTokenRules.COUNT_MAX) {
            throw new ProblemException(
                    Problem.of(
                            ProblemCode.LIMIT_EXCEEDED,
                            "somebody has at most %d tokens".formatted(ApiTokenRules.COUNT_MAX),
                            "remove those that are not used"));
        }
        if (tokens.hasName(dsl, token.owner(), token.name())) {
            throw new ProblemException(
                    Problem.of(
                                    ProblemCode.NAME_TAKEN,
                                    "one of your tokens has this name already",
                                    "choose another")
                            .at("name"));
        }
    }

    @InPerson
    @DeleteMapping("/api/tokens/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable String id, Caller caller) {
        database.write(
                dsl -> {
                    ApiToken token =
                            tokens.find(dsl, caller.id(), id)
                                    .orElseThrow(
                                            () ->
                                                    new ProblemException(
                                                            Problem.of(
                                                                    ProblemCode.NOT_FOUND,
                                                                    "you have no such token",
                                                                    "choose one from the list")));
                    tokens.remove(dsl, id);
                    audit.add(dsl, entry(caller, "token.remove", token.name(), told(token), null));
                    return null;
                });
    }

    private static String told(ApiToken token) {
        return "{\"prefix\":\"%s\",\"project\":\"%s\",\"role\":\"%s\",\"expires_at\":\"%s\"}"
                .formatted(token.prefix(), token.project(), token.role().word(), token.expiresAt());
    }

    private static AuditEntry entry(
            Caller caller,
            String action,
            String name,
            @Nullable String before,
            @Nullable String after) {
        return new AuditEntry(
                caller.login(), caller.ip(), action, "", "tokens/" + name, before, after);
    }
}
