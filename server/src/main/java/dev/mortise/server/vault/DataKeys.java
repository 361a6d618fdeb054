package dev.mortise.server.vault;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.Configuration;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;

/// The keys that seal secrets (AES-256-GCM). A sealed secret is bound to its owner, its name and
/// its version: moved to another place it does not open.
final class DataKeys {
    /// What Tink may use: AEAD only.
    static final Configuration TINK = tink();

    private static final byte[] BOUND_TO = "mortise data keys".getBytes(StandardCharsets.UTF_8);

    private final KeysetHandle keys;
    private final Aead aead;

    private DataKeys(KeysetHandle keys) throws GeneralSecurityException {
        this.keys = keys;
        this.aead = keys.getPrimitive(TINK, Aead.class);
    }

    private static Configuration tink() {
        try {
            AeadConfig.register();
            return RegistryConfiguration.get();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static DataKeys fresh() {
        try {
            return new DataKeys(
                    KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, TINK));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static DataKeys open(String sealed, Aead master) {
        try {
            return new DataKeys(
                    TinkJsonProtoKeysetFormat.parseEncryptedKeyset(sealed, master, BOUND_TO, TINK));
        } catch (GeneralSecurityException e) {
            throw MasterKey.locked("the master key is not the one the secrets were sealed with", e);
        }
    }

    String sealed(Aead master) {
        try {
            return TinkJsonProtoKeysetFormat.serializeEncryptedKeyset(keys, master, BOUND_TO, TINK);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    String seal(String owner, String name, int version, String value) {
        try {
            byte[] sealed =
                    aead.encrypt(
                            value.getBytes(StandardCharsets.UTF_8), bound(owner, name, version));
            return Base64.getEncoder().encodeToString(sealed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    String open(String owner, String name, int version, String sealed) {
        try {
            byte[] value =
                    aead.decrypt(Base64.getDecoder().decode(sealed), bound(owner, name, version));
            return new String(value, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw MasterKey.locked(
                    "secret '%s' does not open; it was altered outside of the server"
                            .formatted(name),
                    e);
        }
    }

    /// No part may hold a line break, so no two places read the same.
    private static byte[] bound(String owner, String name, int version) {
        return (owner + "\n" + name + "\n" + version).getBytes(StandardCharsets.UTF_8);
    }
}
