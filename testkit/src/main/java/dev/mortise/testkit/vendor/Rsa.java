package dev.mortise.testkit.vendor;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;

/// A pair of RSA keys of 2048 bits, made when it is first wanted.
public record Rsa(KeyPair keys) {
    public static Rsa make() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return new Rsa(generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// PKCS #8 in base64, on one line.
    public String privateText() {
        return Base64.getEncoder().encodeToString(keys.getPrivate().getEncoded());
    }

    /// X.509 in base64, on one line.
    public String publicText() {
        return Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
    }

    /// SHA256withRSA over the text, in base64.
    public String sign(String text) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys.getPrivate());
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Whether the holder of these keys signed the text.
    public boolean verifies(String text, String signature) {
        return verifies(keys.getPublic(), "SHA256withRSA", text, signature);
    }

    private static boolean verifies(
            PublicKey key, String algorithm, String text, String signature) {
        try {
            Signature check = Signature.getInstance(algorithm);
            check.initVerify(key);
            check.update(text.getBytes(StandardCharsets.UTF_8));
            return check.verify(Base64.getDecoder().decode(signature));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }
}
