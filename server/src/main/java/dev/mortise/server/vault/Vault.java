package dev.mortise.server.vault;

import com.google.crypto.tink.Aead;
import dev.mortise.engine.flow.Surroundings;
import dev.mortise.server.store.Database;
import dev.mortise.spi.option.Secret;
import dev.mortise.spi.option.Strongbox;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Keeps secrets sealed: those of projects, and those the server needs for people and providers.
/// With a wrong or missing master key everything else works; secrets answer VAULT_LOCKED, and
/// nothing is overwritten.
@Component
public final class Vault implements SecretKeeper, SecretTaker {
    static final String OF_SERVER = "server/";
    private static final String OF_PROJECT = "project/";
    private static final String TOKENS_OF_PROJECT = "tokens/";

    private final Database database;
    private final SecretStore secrets;
    private final MasterKey master;
    private final TokenTurns turns;

    Vault(Database database, SecretStore secrets, MasterKey master, TokenTurns turns) {
        this.database = database;
        this.secrets = secrets;
        this.master = master;
        this.turns = turns;
        // The file is made with the first start, so that whoever sets up backups finds it.
        if (database.read(secrets::keyset).isEmpty()) {
            master.make();
        }
    }

    static String ownerOf(String project) {
        return OF_PROJECT + project;
    }

    static String tokensOf(String project) {
        return TOKENS_OF_PROJECT + project;
    }

    @Override
    public Surroundings.Secrets of(String project) {
        return new Surroundings.Secrets() {
            @Override
            public Optional<String> find(String name) {
                return Vault.this.find(ownerOf(project), name).map(Secret::reveal);
            }

            @Override
            public Optional<Strongbox> strongbox(String connection) {
                TokenTurns.Whose whose = new TokenTurns.Whose(project, connection);
                return Optional.of(new TokenBox(database, Vault.this, turns, whose));
            }
        };
    }

    /// Who consented to a connection, and when its tokens were last renewed.
    public record Consented(String by, Instant renewedAt) {}

    /// Empty when nobody consented.
    public Optional<Consented> consented(String project, String connection) {
        return database.read(dsl -> secrets.told(dsl, tokensOf(project), connection))
                .map(told -> new Consented(told.updatedBy(), told.updatedAt()));
    }

    /// Notes who consented, in the transaction of the audit's entry.
    public void consented(DSLContext dsl, String project, String connection, String by) {
        secrets.by(dsl, tokensOf(project), connection, by);
    }

    /// Runs renew tokens in the name of whoever consented.
    int keepTokens(DSLContext dsl, String project, String connection, Secret tokens) {
        String owner = tokensOf(project);
        String by = secrets.told(dsl, owner, connection).map(KeptSecret::updatedBy).orElse("");
        return keep(dsl, owner, connection, tokens, by);
    }

    @Override
    public boolean isKept(DSLContext dsl, String project, String name) {
        return secrets.version(dsl, ownerOf(project), name) > 0;
    }

    @Override
    public boolean copy(DSLContext dsl, String project, String from, String to, String by) {
        Optional<Secret> value = find(dsl, ownerOf(project), from);
        value.ifPresent(secret -> keep(dsl, ownerOf(project), to, secret, by));
        return value.isPresent();
    }

    @Override
    public void drop(DSLContext dsl, String project, String name) {
        forget(dsl, ownerOf(project), name);
    }

    @Override
    public void renamed(DSLContext dsl, String project, String from, String to) {
        String owner = tokensOf(project);
        KeptSecret told = secrets.told(dsl, owner, from).orElse(null);
        Optional<Secret> tokens = find(dsl, owner, from);
        forget(dsl, owner, to);
        if (told != null && tokens.isPresent()) {
            keep(dsl, owner, to, tokens.get(), told.updatedBy());
            forget(dsl, owner, from);
        }
    }

    @Override
    public void removed(DSLContext dsl, String project, String connection) {
        forget(dsl, tokensOf(project), connection);
    }

    @Override
    public int take(DSLContext dsl, String project, String name, Secret value, String by) {
        String owner = ownerOf(project);
        boolean same =
                find(dsl, owner, name)
                        .filter(known -> known.reveal().equals(value.reveal()))
                        .isPresent();
        if (same) {
            return 0;
        }
        SecretRules.demand(name, value.reveal());
        return keep(dsl, owner, name, value, by);
    }

    /// @param owner such as `provider/<id>`
    public Optional<Secret> find(String owner, String name) {
        return database.read(dsl -> find(dsl, owner, name));
    }

    /// The same in a transaction.
    public Optional<Secret> find(DSLContext dsl, String owner, String name) {
        SecretStore.Opened found = secrets.find(dsl, owner, name).orElse(null);
        if (found == null || found.secret() == null) {
            return Optional.empty();
        }
        SecretStore.Sealed s = found.secret();
        DataKeys keys = DataKeys.open(found.keyset(), master.aead());
        return Optional.of(new Secret(keys.open(owner, name, s.version(), s.sealed())));
    }

    /// A secret the server needs for itself, made when there is none.
    Secret findOrMake(String owner, String name, Supplier<Secret> making) {
        return database.write(
                dsl -> {
                    secrets.takeTurn(dsl);
                    return find(dsl, owner, name)
                            .orElseGet(
                                    () -> {
                                        Secret made = making.get();
                                        keep(dsl, owner, name, made, "system");
                                        return made;
                                    });
                });
    }

    /// Sets a secret, in the transaction of what it belongs to.
    ///
    /// @return its version
    public int keep(DSLContext dsl, String owner, String name, Secret value, String by) {
        secrets.takeTurn(dsl);
        int version = secrets.version(dsl, owner, name) + 1;
        if (version == 1 && secrets.count(dsl, owner) >= SecretRules.COUNT_MAX) {
            throw new ProblemException(
                    Problem.of(
                            ProblemCode.LIMIT_EXCEEDED,
                            "at most %d secrets are kept in one place"
                                    .formatted(SecretRules.COUNT_MAX),
                            "remove those that are not used"));
        }
        String sealed = keys(dsl).seal(owner, name, version, value.reveal());
        String project = project(owner);
        secrets.save(dsl, new SecretStore.Sealed(owner, name, version, sealed), project, by);
        return version;
    }

    private static @Nullable String project(String owner) {
        return Stream.of(OF_PROJECT, TOKENS_OF_PROJECT)
                .filter(owner::startsWith)
                .map(mark -> owner.substring(mark.length()))
                .findFirst()
                .orElse(null);
    }

    /// @return whether there was one
    public boolean forget(DSLContext dsl, String owner, String name) {
        secrets.takeTurn(dsl);
        return secrets.remove(dsl, owner, name);
    }

    /// Those there are, or new ones when nothing was ever sealed.
    private DataKeys keys(DSLContext dsl) {
        Aead aead = master.aead();
        return secrets.keyset(dsl)
                .map(kept -> DataKeys.open(kept, aead))
                .orElseGet(
                        () -> {
                            DataKeys fresh = DataKeys.fresh();
                            secrets.keyset(dsl, fresh.sealed(aead));
                            return fresh;
                        });
    }

    /// Seals everything anew with new data keys under a new master key. Readers see all of the old
    /// or all of the new. The master key is renewed only when it is in the file of a server that
    /// shares its database with nobody; one from the environment is renewed by its owner.
    ///
    /// @return how many secrets were sealed anew
    int rotate(DSLContext dsl) throws GeneralSecurityException {
        secrets.takeTurn(dsl);
        DataKeys old = keys(dsl);
        if (isMasterOurs()) {
            master.turn();
        }
        DataKeys fresh = DataKeys.fresh();
        int count = 0;
        for (SecretStore.Sealed s : secrets.all(dsl)) {
            String value = old.open(s.owner(), s.name(), s.version(), s.sealed());
            String sealed = fresh.seal(s.owner(), s.name(), s.version(), value);
            secrets.reseal(dsl, new SecretStore.Sealed(s.owner(), s.name(), s.version(), sealed));
            // The server's own, and what runs renew themselves, are nobody's business.
            boolean own =
                    s.owner().startsWith(OF_SERVER) || s.owner().startsWith(TOKENS_OF_PROJECT);
            count += own ? 0 : 1;
        }
        secrets.keyset(dsl, fresh.sealed(master.aead()));
        return count;
    }

    /// After the rotation is durable. A crash before leaves a key too many, which harms nothing.
    void rotated() throws GeneralSecurityException {
        if (isMasterOurs()) {
            master.forgetOld();
        }
    }

    boolean isMasterOurs() {
        return !master.isGiven() && !database.isShared();
    }
}
