package dev.mortise.api.token;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// How a JWT is signed (RFC 7518 section 3, RFC 8037), each with its name in the JDK.
public enum JwtAlgorithm {
    HS256("HmacSHA256", "", 256),
    HS384("HmacSHA384", "", 384),
    HS512("HmacSHA512", "", 512),
    RS256("SHA256withRSA", "RSA", 256),
    RS384("SHA384withRSA", "RSA", 384),
    RS512("SHA512withRSA", "RSA", 512),
    PS256("RSASSA-PSS", "RSA", 256),
    PS384("RSASSA-PSS", "RSA", 384),
    PS512("RSASSA-PSS", "RSA", 512),
    ES256("SHA256withECDSAinP1363Format", "EC", 256),
    ES384("SHA384withECDSAinP1363Format", "EC", 384),
    ES512("SHA512withECDSAinP1363Format", "EC", 512),
    EDDSA("EdDSA", "EdDSA", 512);

    public static final List<String> WORDS = Stream.of(values()).map(JwtAlgorithm::word).toList();

    private final String jdk;
    private final String keyKind;
    private final int bits;

    JwtAlgorithm(String jdk, String keyKind, int bits) {
        this.jdk = jdk;
        this.keyKind = keyKind;
        this.bits = bits;
    }

    /// @param word one of [#WORDS]
    public static JwtAlgorithm of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /// The value of `alg` in the header.
    public String word() {
        return this == EDDSA ? "EdDSA" : name();
    }

    /// Whether the key is shared text instead of a private key.
    public boolean symmetric() {
        return keyKind.isEmpty();
    }

    /// The kind of key for a `KeyFactory`.
    String keyKind() {
        return keyKind;
    }

    byte[] mac(byte[] key, byte[] text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(jdk);
        mac.init(new SecretKeySpec(key, jdk));
        return mac.doFinal(text);
    }

    byte[] sign(PrivateKey key, byte[] text) throws GeneralSecurityException {
        Signature signature = signature();
        signature.initSign(key);
        signature.update(text);
        return signature.sign();
    }

    /// Ready for a key; a signature of PSS has a salt as long as its hash.
    Signature signature() throws GeneralSecurityException {
        Signature signature = Signature.getInstance(jdk);
        if (jdk.equals("RSASSA-PSS")) {
            String hash = "SHA-" + bits;
            signature.setParameter(
                    new PSSParameterSpec(
                            hash,
                            "MGF1",
                            new MGF1ParameterSpec(hash),
                            bits / 8,
                            PSSParameterSpec.TRAILER_FIELD_BC));
        }
        return signature;
    }
}
