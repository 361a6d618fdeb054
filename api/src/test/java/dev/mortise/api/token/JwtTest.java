package dev.mortise.api.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.api.recipe.codec.KeyReader;
import dev.mortise.api.recipe.codec.KeyReader.Family;
import dev.mortise.api.recipe.codec.Sm2Form;
import dev.mortise.api.recipe.codec.Sm2Signature;
import dev.mortise.spi.option.Secret;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class JwtTest {
    private static final Base64.Decoder URL = Base64.getUrlDecoder();
    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);

    private static Jwt jwt() {
        return Jwt.assertion("me", "user", "https://as", NOW, Duration.ofMinutes(5), "id1");
    }

    @Test
    void signsTheKnownExample() {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("sub", "1234567890");
        claims.put("name", "John Doe");
        claims.put("iat", 1516239022);
        Secret token =
                new Jwt(Map.of(), claims)
                        .sign(JwtAlgorithm.HS256, new Secret("your-256-bit-secret"));
        assertEquals(
                "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6Ikpva"
                        + "G4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQ"
                        + "ssw5c",
                token.reveal());
    }

    private static final byte[] USER = "1234567812345678".getBytes(StandardCharsets.US_ASCII);

    @ParameterizedTest
    @EnumSource(value = JwtAlgorithm.class, mode = EnumSource.Mode.MATCH_NONE, names = "HS.*")
    void signsSoThatThePublicKeyVerifies(JwtAlgorithm algorithm) throws Exception {
        KeyPair pair = pair(algorithm);
        Secret token = jwt().headed("kid", "k1").sign(algorithm, pem(pair, "PRIVATE KEY"));
        String[] parts = token.reveal().split("\\.", -1);
        assertEquals(
                "{\"alg\":\"%s\",\"typ\":\"JWT\",\"kid\":\"k1\"}".formatted(algorithm.word()),
                new String(URL.decode(parts[0]), StandardCharsets.UTF_8));
        byte[] signature = URL.decode(parts[2]);
        if (algorithm.family() == Family.SM2) {
            assertEquals(64, signature.length);
            signature = Sm2Form.asn1(signature);
        }
        byte[] signed = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
        assertTrue(verifies(algorithm, pair, signed, signature));
        signed[3] = (byte) (signed[3] ^ 1);
        assertFalse(verifies(algorithm, pair, signed, signature));
    }

    private static boolean verifies(
            JwtAlgorithm algorithm, KeyPair pair, byte[] text, byte[] signature) throws Exception {
        if (algorithm.family() == Family.SM2) {
            return Sm2Signature.verifies(pair.getPublic(), USER, text, signature);
        }
        Signature verify = algorithm.signature();
        verify.initVerify(pair.getPublic());
        verify.update(text);
        return verify.verify(signature);
    }

    /// Making an RSA key takes long; one will do.
    private static final Map<Family, KeyPair> RSA = new ConcurrentHashMap<>();

    private static KeyPair pair(JwtAlgorithm algorithm) throws Exception {
        KeyPair known = RSA.get(algorithm.family());
        if (known != null) {
            return known;
        }
        KeyPair pair = fresh(algorithm);
        if (algorithm.family() == Family.RSA) {
            RSA.put(Family.RSA, pair);
        }
        return pair;
    }

    private static KeyPair fresh(JwtAlgorithm algorithm) throws Exception {
        Family family = algorithm.family();
        if (family == Family.SM2) {
            KeyPairGenerator sm2 = KeyPairGenerator.getInstance("EC", KeyReader.BOUNCY_CASTLE);
            sm2.initialize(new ECGenParameterSpec("sm2p256v1"));
            return sm2.generateKeyPair();
        }
        KeyPairGenerator generator = KeyPairGenerator.getInstance(family.name());
        String curve =
                switch (algorithm) {
                    case ES256 -> "secp256r1";
                    case ES384 -> "secp384r1";
                    case ES512 -> "secp521r1";
                    default -> "";
                };
        if (!curve.isEmpty()) {
            generator.initialize(new ECGenParameterSpec(curve));
        } else if (family == Family.RSA) {
            generator.initialize(2048);
        }
        return generator.generateKeyPair();
    }

    private static Secret pem(KeyPair pair, String label) {
        return pem(pair.getPrivate().getEncoded(), label);
    }

    private static Secret pem(byte[] der, String label) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return new Secret(
                "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(label, base64, label));
    }

    @Test
    void readsTheOlderFormOfRsaKeys() throws Exception {
        KeyPair pair = pair(JwtAlgorithm.RS256);
        byte[] der = pair.getPrivate().getEncoded();
        // Version, algorithm and the heads around them are the first 26 bytes of a 2048-bit key.
        Secret old = pem(Arrays.copyOfRange(der, 26, der.length), "RSA PRIVATE KEY");
        assertEquals(
                jwt().sign(JwtAlgorithm.RS256, pem(pair, "PRIVATE KEY")).reveal(),
                jwt().sign(JwtAlgorithm.RS256, old).reveal());
    }

    @Test
    void refusesAKeyThatDoesNotFitWithoutShowingIt() {
        Secret key = new Secret("my secret words");
        ProblemException e =
                assertThrows(ProblemException.class, () -> jwt().sign(JwtAlgorithm.ES256, key));
        assertEquals(ProblemCode.OPTION_INVALID, e.problem().code());
        assertFalse(e.problem().line().contains("secret words"));
    }

    @Test
    void signsWithSm2AsAVendorWants() throws Exception {
        KeyPair pair = pair(JwtAlgorithm.SGD_SM3_SM2);
        Sm2Style theirs = new Sm2Style("merchant-1", true);
        Secret key = pem(pair, "PRIVATE KEY");
        String[] parts = jwt().sign(JwtAlgorithm.SM2, key, theirs).reveal().split("\\.", -1);
        byte[] text = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
        byte[] signature = URL.decode(parts[2]);
        byte[] user = theirs.userId().getBytes(StandardCharsets.US_ASCII);
        assertTrue(Sm2Signature.verifies(pair.getPublic(), user, text, signature));
        assertFalse(Sm2Signature.verifies(pair.getPublic(), USER, text, signature));
        assertTrue(new String(URL.decode(parts[0]), StandardCharsets.UTF_8).contains("\"SM2\""));
    }

    @Test
    void refusesAKeyOfAnotherCurveThanItsNameSays() throws Exception {
        Secret key = pem(pair(JwtAlgorithm.ES384), "PRIVATE KEY");
        for (JwtAlgorithm other : List.of(JwtAlgorithm.ES256, JwtAlgorithm.ES512)) {
            assertThrows(ProblemException.class, () -> jwt().sign(other, key), other.word());
        }
        assertFalse(jwt().sign(JwtAlgorithm.ES384, key).reveal().isEmpty());
        String last = "fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54122";
        for (String number : List.of("0".repeat(64), last, "f".repeat(64))) {
            assertThrows(
                    ProblemException.class, () -> jwt().sign(JwtAlgorithm.SM2, new Secret(number)));
        }
        Secret one = new Secret("0".repeat(63) + "1");
        assertFalse(jwt().sign(JwtAlgorithm.SM2, one).reveal().isEmpty());
    }
}
