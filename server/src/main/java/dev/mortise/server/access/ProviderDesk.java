package dev.mortise.server.access;

import dev.mortise.server.audit.AuditEntry;
import dev.mortise.server.audit.AuditStore;
import dev.mortise.server.settings.ServerSettings;
import dev.mortise.server.store.Database;
import dev.mortise.server.store.Ids;
import dev.mortise.server.vault.Vault;
import dev.mortise.server.web.Caller;
import dev.mortise.server.web.Role;
import dev.mortise.server.web.Version;
import dev.mortise.spi.option.Secret;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Sets providers up, and makes people of those they vouch for.
@Component
final class ProviderDesk {
    private static final String SECRET = "secret";
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{env:([A-Za-z0-9_]+)}");

    private final Database database;
    private final ProviderStore providers;
    private final PersonStore people;
    private final Vault vault;
    private final AuditStore audit;
    private final ServerSettings settings;

    ProviderDesk(
            Database database,
            ProviderStore providers,
            PersonStore people,
            Vault vault,
            AuditStore audit,
            ServerSettings settings) {
        this.database = database;
        this.providers = providers;
        this.people = people;
        this.vault = vault;
        this.audit = audit;
        this.settings = settings;
    }

    Provider demand(String id) {
        return providers.find(id).orElseThrow(ProviderDesk::unknown);
    }

    private static ProblemException unknown() {
        return new ProblemException(
                Problem.of(
                        ProblemCode.NOT_FOUND,
                        "there is no such provider",
                        "choose one from the list"));
    }

    /// What the provider is shown that only we know; empty when there is none.
    String secret(Provider provider) {
        String kept = vault.find(owner(provider.id()), SECRET).map(Secret::reveal).orElse("");
        Matcher variable = VARIABLE.matcher(kept);
        return variable.matches()
                ? Objects.requireNonNullElse(settings.environment().get(variable.group(1)), "")
                : kept;
    }

    Provider save(
            Provider after, @Nullable String secret, @Nullable String ifMatch, Caller caller) {
        return database.write(
                dsl -> {
                    if (secret != null) {
                        vault.keep(
                                dsl, owner(after.id()), SECRET, new Secret(secret), caller.login());
                    }
                    Provider before = providers.find(dsl, after.id()).orElse(null);
                    if (before == null) {
                        demandRoom(dsl);
                        providers.add(dsl, after);
                    } else {
                        Version.demand(ifMatch, before.version());
                        demandSameKind(before, after);
                        providers.change(dsl, after);
                    }
                    String old = before == null ? null : providers.written(before);
                    audit.add(
                            dsl,
                            entry(
                                    caller.login(),
                                    caller.ip(),
                                    "provider.save",
                                    "providers/" + after.id(),
                                    old,
                                    providers.written(after)));
                    return providers.find(dsl, after.id()).orElseThrow();
                });
    }

    private void demandRoom(DSLContext dsl) {
        if (providers.count(dsl) >= ProviderStore.COUNT_MAX) {
            throw new ProblemException(
                    Problem.of(
                            ProblemCode.LIMIT_EXCEEDED,
                            "there are at most %d providers".formatted(ProviderStore.COUNT_MAX),
                            "remove those that are not used"));
        }
    }

    private static void demandSameKind(Provider before, Provider after) {
        if (!before.settings().kind().equals(after.settings().kind())) {
            throw new ProblemException(
                    Problem.of(
                            ProblemCode.VALUE_INVALID,
                            "the provider is of kind '%s', and cannot become '%s'"
                                    .formatted(before.settings().kind(), after.settings().kind()),
                            "remove it and make another"));
        }
    }

    /// People who came from there stay, and may no longer sign in.
    void remove(String id, @Nullable String ifMatch, Caller caller) {
        database.write(
                dsl -> {
                    Provider before = providers.find(dsl, id).orElseThrow(ProviderDesk::unknown);
                    Version.demand(ifMatch, before.version());
                    vault.forget(dsl, owner(id), SECRET);
                    providers.remove(dsl, id);
                    audit.add(
                            dsl,
                            entry(
                                    caller.login(),
                                    caller.ip(),
                                    "provider.remove",
                                    "providers/" + id,
                                    providers.written(before),
                                    null));
                    return null;
                });
    }

    /// The person a provider vouches for: made at the first login, granted anew at each, so that
    /// who leaves a group loses what it gave. A name that somebody else has is not taken over.
    ///
    /// @throws ProblemException NAME_TAKEN
    Person person(Provider provider, Provider.Identity identity, String ip) {
        PersonStore.Origin origin = new PersonStore.Origin(provider.id(), identity.subject());
        Map<String, Role> grants = provider.grants(identity.groups());
        return database.write(
                dsl -> {
                    people.takeTurn(dsl);
                    Optional<Person> known = people.findByOrigin(dsl, origin);
                    Person person =
                            known.map(p -> p.granted(grants))
                                    .orElseGet(() -> fresh(dsl, provider, identity, grants));
                    if (known.isEmpty()) {
                        people.add(dsl, person, "", origin);
                    } else if (!known.get().grants().equals(grants)) {
                        people.change(dsl, person);
                    } else {
                        return person;
                    }
                    audit.add(
                            dsl,
                            entry(
                                    "provider/" + provider.id(),
                                    ip,
                                    known.isEmpty() ? "person.add" : "person.change",
                                    "people/" + person.name(),
                                    known.map(p -> p.grantWords().toString()).orElse(null),
                                    person.grantWords().toString()));
                    return person;
                });
    }

    private Person fresh(
            DSLContext dsl,
            Provider provider,
            Provider.Identity identity,
            Map<String, Role> grants) {
        if (!PersonRules.isName(identity.name())
                || people.findByName(dsl, identity.name()).isPresent()) {
            throw new ProblemException(
                    Problem.of(
                            ProblemCode.NAME_TAKEN,
                            "the name the provider tells is taken, or is none",
                            "ask an administrator to rename or remove the other person"));
        }
        String shown = identity.displayName().isBlank() ? identity.name() : identity.displayName();
        String clipped = shown.substring(0, Math.min(shown.length(), PersonRules.DISPLAY_MAX));
        return Person.fresh(Ids.next(), identity.name(), clipped, provider.settings().kind())
                .granted(grants);
    }

    private static AuditEntry entry(
            String actor,
            String ip,
            String action,
            String object,
            @Nullable String before,
            @Nullable String after) {
        return new AuditEntry(actor, ip, action, "", object, before, after);
    }

    private static String owner(String id) {
        return "provider/" + id;
    }
}
