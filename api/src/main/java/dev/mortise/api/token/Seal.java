package dev.mortise.api.token;

import dev.mortise.spi.option.Secret;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

/// Seals bytes with AES-256-GCM. The key is made from a secret by HKDF-SHA256 (RFC 5869) with a new
/// salt each time, so that no two contents share key and nonce.
///
/// Format: `MTK1`, salt (32 bytes), nonce (12 bytes), ciphertext with its 16-byte tag.
final class Seal {
    private static final byte[] MAGIC = "MTK1".getBytes(StandardCharsets.US_ASCII);
    private static final int SALT = 32;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY = 32;
    private static final int HEAD = MAGIC.length + SALT + NONCE;

    private final Secret secret;
    private final byte[] label;
    private final SecureRandom random = new SecureRandom();

    /// @param label bound to the content: it opens under the same label only
    Seal(Secret secret, String label) {
        this.secret = secret;
        this.label = label.getBytes(StandardCharsets.UTF_8);
    }

    byte[] close(byte[] content) throws GeneralSecurityException {
        byte[] salt = new byte[SALT];
        byte[] nonce = new byte[NONCE];
        random.nextBytes(salt);
        random.nextBytes(nonce);
        ByteArrayOutputStream sealed = new ByteArrayOutputStream(HEAD + content.length + 16);
        sealed.writeBytes(MAGIC);
        sealed.writeBytes(salt);
        sealed.writeBytes(nonce);
        sealed.writeBytes(cipher(Cipher.ENCRYPT_MODE, salt, nonce).doFinal(content));
        return sealed.toByteArray();
    }

    /// @throws GeneralSecurityException when the bytes were sealed with another secret or label, or
    ///     changed since
    byte[] open(byte[] sealed) throws GeneralSecurityException {
        if (sealed.length < HEAD
                || !Arrays.equals(sealed, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new GeneralSecurityException("not a sealed file");
        }
        byte[] salt = Arrays.copyOfRange(sealed, MAGIC.length, MAGIC.length + SALT);
        byte[] nonce = Arrays.copyOfRange(sealed, MAGIC.length + SALT, HEAD);
        return cipher(Cipher.DECRYPT_MODE, salt, nonce).doFinal(sealed, HEAD, sealed.length - HEAD);
    }

    private Cipher cipher(int mode, byte[] salt, byte[] nonce) throws GeneralSecurityException {
        byte[] material = secret.reveal().getBytes(StandardCharsets.UTF_8);
        var spec =
                HKDFParameterSpec.ofExtract()
                        .addIKM(material)
                        .addSalt(salt)
                        .thenExpand("mortise token".getBytes(StandardCharsets.UTF_8), KEY);
        SecretKey key = KDF.getInstance("HKDF-SHA256").deriveKey("AES", spec);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(MAGIC);
        cipher.updateAAD(label);
        return cipher;
    }
}
