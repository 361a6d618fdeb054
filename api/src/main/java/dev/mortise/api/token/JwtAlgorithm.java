package dev.mortise.api.token;

import dev.mortise.api.recipe.codec.KeyReader.Family;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// How a JWT is signed (RFC 7518 section 3, RFC 8037), each with its name in the JDK. SM2 with SM3
/// is not registered for JWS; of its two names each vendor knows one.
public enum JwtAlgorithm {
    HS256("HmacSHA256", null, 256),
    HS384("HmacSHA384", null, 384),
    HS512("HmacSHA512", null, 512),
    RS256("SHA256withRSA", Family.RSA, 256),
    RS384("SHA384withRSA", Family.RSA, 384),
    RS512("SHA512withRSA", Family.RSA, 512),
    PS256("RSASSA-PSS", Family.RSA, 256),
    PS384("RSASSA-PSS", Family.RSA, 384),
    PS512("RSASSA-PSS", Family.RSA, 512),
    ES256("SHA256withECDSAinP1363Format", Family.EC, 256),
    ES384("SHA384withECDSAinP1363Format", Family.EC, 384),
    ES512("SHA512withECDSAinP1363Format", Family.EC, 512),
    EDDSA("Ed25519", Family.ED25519, 256),
    SM2("SM3withSM2", Family.SM2, 256),
    /// The same by the name of its algorithm identifier (GM/T 0006).
    SGD_SM3_SM2("SM3withSM2", Family.SM2, 256);

    public static final List<String> WORDS = Stream.of(values()).map(JwtAlgorithm::word).toList();

    private final String jdk;
    private final @Nullable Family family;
    private final int bits;

    JwtAlgorithm(String jdk, @Nullable Family family, int bits) {
        this.jdk = jdk;
        this.family = family;
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
        return family == null;
    }

    /// The kind of its keys.
    ///
    /// @throws IllegalStateException when the key is shared text
    Family family() {
        Family known = family;
        if (known == null) {
            throw new IllegalStateException(name() + " has no key pair");
        }
        return known;
    }

    byte[] mac(byte[] key, byte[] text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(jdk);
        mac.init(new SecretKeySpec(key, jdk));
        return mac.doFinal(text);
    }

    byte[] sign(PrivateKey key, byte[] text, Sm2Style sm2) throws GeneralSecurityException {
        if (family == Family.SM2) {
            return sm2.sign(key, text);
        }
        if (key instanceof ECPrivateKey ec && curveBits(ec) != (bits == 512 ? 521 : bits)) {
            // Any curve would sign; a verifier takes but the one that goes with the name.
            throw new InvalidKeyException("a key of another curve");
        }
        Signature signature = signature();
        signature.initSign(key);
        signature.update(text);
        return signature.sign();
    }

    private static int curveBits(ECPrivateKey key) {
        return key.getParams().getCurve().getField().getFieldSize();
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
