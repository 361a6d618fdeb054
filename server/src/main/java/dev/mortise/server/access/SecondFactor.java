package dev.mortise.server.access;

import dev.mortise.server.store.Database;
import dev.mortise.server.store.Hash;
import dev.mortise.server.store.Ids;
import dev.mortise.server.vault.Vault;
import dev.mortise.spi.option.Secret;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

/// A code from an app beside the password. Each code counts once, also when two requests bring it
/// at the same time; ten recovery codes stand in for a lost phone, each once.
@Component
final class SecondFactor {
    static final int RECOVERY_CODES = 10;
    private static final String SECRET = "totp";

    private final Database database;
    private final SecondFactorStore factors;
    private final Vault vault;

    SecondFactor(Database database, SecondFactorStore factors, Vault vault) {
        this.database = database;
        this.factors = factors;
        this.vault = vault;
    }

    boolean isActive(String person) {
        return factors.isActive(person);
    }

    /// @return the new secret, which does not count before [#activate]
    String enrol(DSLContext dsl, Person person) {
        if (factors.isActive(dsl, person.id())) {
            throw new ProblemException(
                    Problem.of(
                            ProblemCode.NAME_TAKEN,
                            "a second factor is active already",
                            "remove it first, with one of its codes"));
        }
        String secret = Totp.secret();
        vault.keep(dsl, owner(person.id()), SECRET, new Secret(secret), person.name());
        factors.enrol(dsl, person.id());
        return secret;
    }

    /// @return recovery codes, shown this once
    List<String> activate(DSLContext dsl, String person, String code) {
        if (factors.isActive(dsl, person) || !isRight(dsl, person, code)) {
            throw refused();
        }
        List<String> codes =
                Stream.generate(SecondFactor::recoveryCode).limit(RECOVERY_CODES).toList();
        factors.activate(dsl, person, codes.stream().map(Hash::of).toList());
        return codes;
    }

    /// Removes it, without its code: for the person themselves demand one first.
    void remove(DSLContext dsl, String person) {
        factors.remove(dsl, person);
        vault.forget(dsl, owner(person), SECRET);
    }

    /// Uses up a code.
    ///
    /// @return false when it is wrong, too old, or was used before
    boolean use(DSLContext dsl, String person, String code) {
        String tidy = code.strip().toLowerCase(Locale.ROOT);
        return tidy.matches("\\d{6}")
                ? isRight(dsl, person, tidy)
                : factors.useRecovery(dsl, person, Hash.of(tidy));
    }

    private boolean isRight(DSLContext dsl, String person, String code) {
        Secret secret = vault.find(dsl, owner(person), SECRET).orElse(null);
        if (secret == null) {
            return false;
        }
        OptionalLong step = Totp.step(secret.reveal(), code, database.now(dsl));
        return step.isPresent() && factors.use(dsl, person, step.getAsLong());
    }

    static ProblemException refused() {
        return new ProblemException(
                Problem.of(
                                ProblemCode.LOGIN_REFUSED,
                                "the code is wrong, too old, or was used before",
                                "wait for the next code of your app")
                        .at("code"));
    }

    /// 80 bits, in letters that are easy to copy.
    private static String recoveryCode() {
        String random = Ids.secret().toLowerCase(Locale.ROOT).replaceAll("[^a-z2-7]", "");
        String long_ = random + Ids.secret().toLowerCase(Locale.ROOT).replaceAll("[^a-z2-7]", "");
        return String.join(
                "-", long_.substring(0, 6), long_.substring(6, 12), long_.substring(12, 18));
    }

    private static String owner(String person) {
        return "person/" + person;
    }
}
