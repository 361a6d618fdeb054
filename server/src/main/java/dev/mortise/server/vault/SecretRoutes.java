package dev.mortise.server.vault;

import static java.util.Objects.requireNonNullElse;

import dev.mortise.server.audit.AuditEntry;
import dev.mortise.server.audit.AuditStore;
import dev.mortise.server.project.ProjectStore;
import dev.mortise.server.store.Database;
import dev.mortise.server.web.Caller;
import dev.mortise.server.web.Needs;
import dev.mortise.server.web.Page;
import dev.mortise.server.web.Role;
import dev.mortise.spi.option.Secret;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// `/api/projects/{project}/secrets` and `/api/vault`: setting and removing secrets. None is given
/// back.
@RestController
class SecretRoutes {
    private final Database database;
    private final Vault vault;
    private final SecretStore secrets;
    private final ProjectStore projects;
    private final AuditStore audit;

    SecretRoutes(
            Database database,
            Vault vault,
            SecretStore secrets,
            ProjectStore projects,
            AuditStore audit) {
        this.database = database;
        this.vault = vault;
        this.secrets = secrets;
        this.projects = projects;
        this.audit = audit;
    }

    record ValueBody(@Nullable String value) {
        @Override
        public String toString() {
            return "ValueBody[***]";
        }
    }

    record SetBody(String name, int version) {}

    /// @param masterKey whether the master key was renewed too
    record RotatedBody(int secrets, boolean masterKey) {}

    @Needs(Role.DEVELOPER)
    @GetMapping("/api/projects/{project}/secrets")
    Page<KeptSecret> list(
            @PathVariable String project,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(required = false) @Nullable Integer limit) {
        int most = Page.limit(limit);
        return Page.of(
                secrets.list(Vault.ownerOf(project), Page.key(after), most + 1),
                most,
                KeptSecret::name);
    }

    @Needs(Role.DEVELOPER)
    @PutMapping("/api/projects/{project}/secrets/{name}")
    SetBody set(
            @PathVariable String project,
            @PathVariable String name,
            @RequestBody ValueBody body,
            Caller caller) {
        String value = requireNonNullElse(body.value(), "");
        SecretRules.demand(name, value);
        demand(project);
        return database.write(
                dsl -> {
                    int version =
                            vault.keep(
                                    dsl,
                                    Vault.ownerOf(project),
                                    name,
                                    new Secret(value),
                                    caller.login());
                    String before = version == 1 ? null : told(version - 1);
                    audit.add(
                            dsl, entry(caller, "secret.set", project, name, before, told(version)));
                    return new SetBody(name, version);
                });
    }

    @Needs(Role.DEVELOPER)
    @DeleteMapping("/api/projects/{project}/secrets/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable String project, @PathVariable String name, Caller caller) {
        database.write(
                dsl -> {
                    int version = secrets.version(dsl, Vault.ownerOf(project), name);
                    if (!vault.forget(dsl, Vault.ownerOf(project), name)) {
                        throw new ProblemException(
                                Problem.of(
                                        ProblemCode.NOT_FOUND,
                                        "no secret is called '" + name + "'",
                                        "choose one from the list"));
                    }
                    audit.add(
                            dsl,
                            entry(caller, "secret.remove", project, name, told(version), null));
                    return null;
                });
    }

    @Needs(Role.ADMINISTRATOR)
    @PostMapping("/api/vault/rotate")
    RotatedBody rotate(Caller caller) throws GeneralSecurityException {
        RotatedBody rotated =
                database.write(
                        dsl -> {
                            try {
                                int count = vault.rotate(dsl);
                                String after = "{\"secrets\":%d}".formatted(count);
                                audit.add(
                                        dsl,
                                        new AuditEntry(
                                                caller.login(),
                                                caller.ip(),
                                                "vault.rotate",
                                                "",
                                                "vault",
                                                null,
                                                after));
                                return new RotatedBody(count, vault.isMasterOurs());
                            } catch (GeneralSecurityException e) {
                                throw new IllegalStateException(e);
                            }
                        });
        vault.rotated();
        return rotated;
    }

    private void demand(String project) {
        if (projects.find(project).isEmpty()) {
            throw new ProblemException(
                    Problem.of(
                            ProblemCode.NOT_FOUND,
                            "no project is called '" + project + "'",
                            "choose one from the list"));
        }
    }

    private static String told(int version) {
        return "{\"version\":%d}".formatted(version);
    }

    private static AuditEntry entry(
            Caller caller,
            String action,
            String project,
            String name,
            @Nullable String before,
            @Nullable String after) {
        return new AuditEntry(
                caller.login(), caller.ip(), action, project, "secrets/" + name, before, after);
    }
}
