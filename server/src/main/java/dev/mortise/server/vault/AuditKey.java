package dev.mortise.server.vault;

import dev.mortise.server.audit.AuditSeal;
import dev.mortise.spi.option.Secret;
import dev.mortise.spi.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Signs how far the audit goes (HMAC-SHA256) with a key of its own, which lies sealed in the
/// vault and in memory: who can only write the database cannot sign. It is made with the first
/// start and stays, however the vault's keys are renewed.
@Component
final class AuditKey implements AuditSeal {
    private static final String OWNER = Vault.OF_SERVER + "audit";
    private static final String NAME = "key";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int BYTES = 32;
    private static final Logger LOG = LoggerFactory.getLogger(AuditKey.class);

    private final @Nullable Secret key;

    AuditKey(Vault vault) {
        this.key = key(vault);
    }

    private static @Nullable Secret key(Vault vault) {
        try {
            return vault.findOrMake(OWNER, NAME, AuditKey::fresh);
        } catch (ProblemException e) {
            LOG.warn("audit not signed: {}", e.problem().line());
            return null;
        }
    }

    private static Secret fresh() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return new Secret(Base64.getEncoder().encodeToString(bytes));
    }

    @Override
    public Optional<String> sign(String text) {
        if (key == null) {
            return Optional.empty();
        }
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            byte[] bytes = Base64.getDecoder().decode(key.reveal());
            mac.init(new SecretKeySpec(bytes, ALGORITHM));
            byte[] signed = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
            return Optional.of(HexFormat.of().formatHex(signed));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
