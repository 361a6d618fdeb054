package dev.mortise.server.access;

import static java.util.Objects.requireNonNullElse;

import dev.mortise.server.project.ProjectStore;
import dev.mortise.server.web.Caller;
import dev.mortise.server.web.Needs;
import dev.mortise.server.web.Page;
import dev.mortise.server.web.Role;
import dev.mortise.server.web.Version;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// `/api/providers`: where else people may sign in.
@RestController
class ProviderRoutes {
    private final ProviderStore providers;
    private final ProviderDesk desk;
    private final ProjectStore projects;
    private final ProviderTrial trial;

    ProviderRoutes(
            ProviderStore providers,
            ProviderDesk desk,
            ProjectStore projects,
            ProviderTrial trial) {
        this.providers = providers;
        this.desk = desk;
        this.projects = projects;
        this.trial = trial;
    }

    record OidcBody(
            @Nullable String issuer,
            @Nullable String clientId,
            @Nullable String scope,
            @Nullable String nameClaim,
            @Nullable String groupsClaim) {
        Provider.Oidc settings() {
            return new Provider.Oidc(
                    requireNonNullElse(issuer, ""),
                    requireNonNullElse(clientId, ""),
                    requireNonNullElse(scope, "profile email"),
                    requireNonNullElse(nameClaim, "preferred_username"),
                    requireNonNullElse(groupsClaim, "groups"));
        }
    }

    record LdapBody(
            @Nullable String url,
            @Nullable String bindDn,
            @Nullable String userBase,
            @Nullable String userFilter,
            @Nullable String groupBase,
            @Nullable String groupFilter) {
        Provider.Ldap settings() {
            return new Provider.Ldap(
                    requireNonNullElse(url, ""),
                    requireNonNullElse(bindDn, ""),
                    requireNonNullElse(userBase, ""),
                    requireNonNullElse(userFilter, "(uid={0})"),
                    requireNonNullElse(groupBase, ""),
                    requireNonNullElse(groupFilter, "(member={0})"));
        }
    }

    /// @param secret the client's secret or the password of `bind_dn`, or `${env:NAME}`; what is
    ///     not given stays as it is
    record ProviderChange(
            @Nullable String title,
            @Nullable Boolean enabled,
            @Nullable OidcBody oidc,
            @Nullable LdapBody ldap,
            @Nullable Map<String, Map<String, String>> groups,
            @Nullable Map<String, String> everybody,
            @Nullable String secret) {
        @Override
        public String toString() {
            return "ProviderChange[***]";
        }
    }

    /// Without the secret.
    record ProviderBody(
            String id,
            String kind,
            String title,
            boolean enabled,
            Provider.@Nullable Oidc oidc,
            Provider.@Nullable Ldap ldap,
            Map<String, Map<String, String>> groups,
            Map<String, String> everybody) {
        static ProviderBody of(Provider p) {
            return new ProviderBody(
                    p.id(),
                    p.settings().kind(),
                    p.title(),
                    p.enabled(),
                    p.settings() instanceof Provider.Oidc oidc ? oidc : null,
                    p.settings() instanceof Provider.Ldap ldap ? ldap : null,
                    p.groups(),
                    p.everybody());
        }
    }

    @Needs(Role.ADMINISTRATOR)
    @GetMapping("/api/providers")
    Page<ProviderBody> list() {
        return new Page<>(providers.list().stream().map(ProviderBody::of).toList(), null);
    }

    @Needs(Role.ADMINISTRATOR)
    @GetMapping("/api/providers/{id}")
    ResponseEntity<ProviderBody> one(@PathVariable String id) {
        return tagged(desk.demand(id));
    }

    @Needs(Role.ADMINISTRATOR)
    @PutMapping("/api/providers/{id}")
    ResponseEntity<ProviderBody> save(
            @PathVariable String id,
            @RequestBody ProviderChange body,
            @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            Caller caller) {
        Provider provider =
                new Provider(
                        id,
                        requireNonNullElse(body.title(), id),
                        requireNonNullElse(body.enabled(), true),
                        settings(body),
                        requireNonNullElse(body.groups(), Map.of()),
                        requireNonNullElse(body.everybody(), Map.of()),
                        1);
        ProviderRules.demand(provider, name -> projects.find(name).isPresent());
        return tagged(desk.save(provider, body.secret(), ifMatch, caller));
    }

    /// Asks the provider as it is stored; nothing is changed by it.
    @Needs(Role.ADMINISTRATOR)
    @PostMapping("/api/providers/{id}/test")
    ProviderTrial.Answer test(@PathVariable String id) {
        return trial.ask(desk.demand(id));
    }

    private static Provider.Settings settings(ProviderChange body) {
        if (body.oidc() != null && body.ldap() == null) {
            return body.oidc().settings();
        }
        if (body.ldap() != null && body.oidc() == null) {
            return body.ldap().settings();
        }
        throw new ProblemException(
                Problem.of(
                        ProblemCode.VALUE_INVALID,
                        "expected one of 'oidc' and 'ldap'",
                        "give the settings of the kind the provider has"));
    }

    @Needs(Role.ADMINISTRATOR)
    @DeleteMapping("/api/providers/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(
            @PathVariable String id,
            @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            Caller caller) {
        desk.remove(id, ifMatch, caller);
    }

    private static ResponseEntity<ProviderBody> tagged(Provider provider) {
        return ResponseEntity.ok()
                .eTag(Version.etag(provider.version()))
                .body(ProviderBody.of(provider));
    }
}
