package dev.mortise.api.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mortise.api.recipe.codec.KeyReader;
import dev.mortise.api.recipe.codec.KeyReader.Family;
import dev.mortise.spi.problem.ProblemException;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateCrtKey;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.jce.interfaces.ECPrivateKey;
import org.bouncycastle.jce.interfaces.ECPublicKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class KeysTest {
    private static KeyPair pair(Family family) {
        return switch (family) {
            case RSA -> TestKeys.RSA;
            case ED25519 -> TestKeys.ED25519;
            case SM2 -> TestKeys.SM2;
            case EC -> ec();
        };
    }

    private static KeyPair ec() {
        try {
            return KeyPairGenerator.getInstance("EC").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String mime(byte[] der) {
        return Base64.getMimeEncoder().encodeToString(der);
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void readsPemAndBase64(Family family) {
        KeyPair pair = pair(family);
        String bare = mime(pair.getPrivate().getEncoded());
        String pem = "-----BEGIN PRIVATE KEY-----\n" + bare + "\n-----END PRIVATE KEY-----\n";
        assertEquals(pair.getPrivate(), KeyReader.privateKey("k", bare, family));
        assertEquals(pair.getPrivate(), KeyReader.privateKey("k", pem, family));
        String open = mime(pair.getPublic().getEncoded());
        String openPem = "-----BEGIN PUBLIC KEY-----\n" + open + "\n-----END PUBLIC KEY-----\n";
        assertEquals(pair.getPublic(), KeyReader.publicKey("k", open, family).key());
        assertEquals(pair.getPublic(), KeyReader.publicKey("k", openPem, family).key());
    }

    @Test
    void readsPkcs1() throws IOException {
        byte[] pkcs8 = TestKeys.RSA.getPrivate().getEncoded();
        byte[] pkcs1 =
                PrivateKeyInfo.getInstance(pkcs8).parsePrivateKey().toASN1Primitive().getEncoded();
        var key = (RSAPrivateCrtKey) KeyReader.privateKey("k", mime(pkcs1), Family.RSA);
        BigInteger modulus = ((RSAPrivateCrtKey) TestKeys.RSA.getPrivate()).getModulus();
        assertEquals(modulus, key.getModulus());
    }

    @Test
    void readsSm2NumbersAndPoints() {
        BigInteger d = ((ECPrivateKey) TestKeys.SM2.getPrivate()).getD();
        String number = "%064x".formatted(d);
        var key = (ECPrivateKey) KeyReader.privateKey("k", number, Family.SM2);
        assertEquals(d, key.getD());
        byte[] point = ((ECPublicKey) TestKeys.SM2.getPublic()).getQ().getEncoded(false);
        String hex = HexFormat.of().formatHex(point);
        for (String form : new String[] {hex, hex.substring(2)}) {
            var open = (ECPublicKey) KeyReader.publicKey("k", form, Family.SM2).key();
            assertEquals(((ECPublicKey) TestKeys.SM2.getPublic()).getQ(), open.getQ());
        }
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void refusesWhatIsNoKey(Family family) {
        for (String text : new String[] {"", "no key", "bm8ga2V5"}) {
            assertThrows(ProblemException.class, () -> KeyReader.privateKey("k", text, family));
            assertThrows(ProblemException.class, () -> KeyReader.publicKey("k", text, family));
        }
    }
}
