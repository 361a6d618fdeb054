package dev.mortise.server.vault;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.Configuration;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.util.SecretBytes;
import dev.mortise.server.settings.ServerSettings;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The key that seals the data keys. It is in `MORTISE_KEY` (32 bytes in base64; several parted by
/// commas while one takes over from another, the first is the new one), or else in the file
/// `keys/vault.json` of the home, which only the owner may read. It is read at each use, so that a
/// key that is put back counts at once.
@Component
final class MasterKey {
    private static final Configuration TINK = DataKeys.TINK;
    private static final int FILE_BYTES_MAX = 64 << 10;

    private final Path file;
    private final @Nullable String given;

    MasterKey(ServerSettings settings) {
        file = settings.home().resolve("keys").resolve("vault.json");
        given = settings.environment().get(GivenKeys.VARIABLE);
    }

    boolean isGiven() {
        return given != null;
    }

    /// Opens what any of its keys sealed, and seals with the newest.
    Aead aead() {
        try {
            KeysetHandle keys = given == null ? read() : parsed(given);
            return keys.getPrimitive(TINK, Aead.class);
        } catch (GeneralSecurityException e) {
            throw locked("the master key cannot be read", e);
        }
    }

    /// Makes the file when there is none and no key was given; one that is there is left alone.
    void make() {
        if (given == null && !Files.exists(file)) {
            try {
                write(KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, TINK));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /// Adds a new key that seals from now on, beside those that open what is sealed already.
    void turn() throws GeneralSecurityException {
        write(
                KeysetHandle.newBuilder(read())
                        .addEntry(
                                KeysetHandle.generateEntryFromParameters(
                                                PredefinedAeadParameters.AES256_GCM)
                                        .withRandomId()
                                        .makePrimary())
                        .build());
    }

    /// Forgets all but the newest.
    void forgetOld() throws GeneralSecurityException {
        KeysetHandle all = read();
        KeysetHandle.Builder kept = KeysetHandle.newBuilder();
        for (int i = 0; i < all.size(); i++) {
            if (all.getAt(i).isPrimary()) {
                kept.addEntry(
                        KeysetHandle.importKey(all.getAt(i).getKey())
                                .withFixedId(all.getAt(i).getId())
                                .makePrimary());
            }
        }
        write(kept.build());
    }

    private KeysetHandle read() throws GeneralSecurityException {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > FILE_BYTES_MAX) {
                throw locked("the file 'keys/vault.json' is missing", null);
            }
            return TinkJsonProtoKeysetFormat.parseKeyset(
                    Files.readString(file), TINK, InsecureSecretKeyAccess.get());
        } catch (IOException e) {
            throw locked("the file 'keys/vault.json' cannot be read", e);
        }
    }

    @AccessesPartialKey
    private static KeysetHandle parsed(String text) throws GeneralSecurityException {
        KeysetHandle.Builder keys = KeysetHandle.newBuilder();
        boolean first = true;
        for (byte[] bytes : GivenKeys.demand(text)) {
            KeysetHandle.Builder.Entry entry =
                    KeysetHandle.importKey(
                                    AesGcmKey.builder()
                                            .setParameters(unmarked())
                                            .setKeyBytes(
                                                    SecretBytes.copyFrom(
                                                            bytes, InsecureSecretKeyAccess.get()))
                                            .build())
                            .withRandomId();
            keys.addEntry(first ? entry.makePrimary() : entry);
            first = false;
        }
        return keys.build();
    }

    private static AesGcmParameters unmarked() throws GeneralSecurityException {
        return AesGcmParameters.builder()
                .setKeySizeBytes(GivenKeys.BYTES)
                .setIvSizeBytes(12)
                .setTagSizeBytes(16)
                .setVariant(AesGcmParameters.Variant.NO_PREFIX)
                .build();
    }

    /// Whole or not at all: a crash leaves the file as it was.
    private void write(KeysetHandle keys) throws GeneralSecurityException {
        String text =
                TinkJsonProtoKeysetFormat.serializeKeyset(
                        keys, TINK, InsecureSecretKeyAccess.get());
        try {
            Path folder = file.resolveSibling("");
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(
                        folder,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx------")));
            }
            Path fresh =
                    Files.createTempFile(
                            folder,
                            "vault",
                            ".new",
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------")));
            try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                channel.write(java.nio.ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
                channel.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.of(
                            ProblemCode.IO_FAILED,
                            "writing 'keys/vault.json': " + e.getClass().getSimpleName(),
                            "give the server's user the right to write into its home"),
                    e);
        }
    }

    static ProblemException locked(String message, @Nullable Throwable cause) {
        return new ProblemException(
                Problem.of(
                        ProblemCode.VAULT_LOCKED,
                        message,
                        "put back the key the secrets were sealed with; nothing was overwritten"),
                cause);
    }
}
