package dev.mortise.api.recipe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mortise.api.recipe.codec.KeyReader;
import dev.mortise.api.recipe.codec.KeyReader.Family;
import dev.mortise.api.recipe.codec.Sm2Cipher;
import dev.mortise.api.recipe.codec.Sm2Cipher.Form;
import dev.mortise.spi.option.Secret;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.bouncycastle.crypto.engines.SM2Engine.Mode;
import org.junit.jupiter.api.Test;

/// Encryption with SM2: the sample of GB/T 32918.5-2017, and every order and form there and back.
final class Sm2CipherTest {
    private static final String PRIVATE =
            "3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8";
    private static final String PUBLIC =
            "09F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020"
                    + "CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13";
    private static final String POINT =
            "0404EBFC718E8D1798620432268E77FEB6415E2EDE0E073C0F4F640ECD2E149A73"
                    + "E858F9D81E5430A57B36DAAB8F950A3C64E6EE6A63094D99283AFF767E124DF0";
    private static final String DIGEST =
            "59983C18F809E262923C53AEC295D30383B54E39D609D160AFCB1908D0BD8766";
    private static final String ENCRYPTED = "21886CA989CA9C7D58087307CA93092D651EFA";
    private static final byte[] PLAIN = TestMessages.utf8("encryption standard");

    private static final PrivateKey KEY = KeyReader.privateKey("k", PRIVATE, Family.SM2);
    private static final PublicKey OPEN = KeyReader.publicKey("k", PUBLIC, Family.SM2).key();

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    @Test
    void decryptsTheSampleOfTheStandard() throws GeneralSecurityException {
        assertArrayEquals(
                PLAIN,
                new Sm2Cipher(Mode.C1C3C2, Form.RAW)
                        .decrypt(KEY, bytes(POINT + DIGEST + ENCRYPTED)));
        assertArrayEquals(
                PLAIN,
                new Sm2Cipher(Mode.C1C2C3, Form.RAW)
                        .decrypt(KEY, bytes(POINT + ENCRYPTED + DIGEST)));
        assertArrayEquals(
                PLAIN,
                new Sm2Cipher(Mode.C1C3C2, Form.BARE)
                        .decrypt(KEY, bytes(POINT.substring(2) + DIGEST + ENCRYPTED)));
    }

    @Test
    void refusesEveryFlippedBitAndEveryCut() throws GeneralSecurityException {
        Random random = new Random(7);
        for (Mode order : Mode.values()) {
            for (Form form : Form.values()) {
                Sm2Cipher cipher = new Sm2Cipher(order, form);
                byte[] sealed = cipher.encrypt(OPEN, PLAIN);
                assertArrayEquals(PLAIN, cipher.decrypt(KEY, sealed), order + " " + form);
                for (int i = 0; i < 20; i++) {
                    byte[] flipped = sealed.clone();
                    int at = random.nextInt(flipped.length);
                    flipped[at] = (byte) (flipped[at] ^ (1 << random.nextInt(8)));
                    refuses(cipher, flipped);
                    refuses(cipher, Arrays.copyOf(sealed, at));
                }
            }
        }
    }

    private static void refuses(Sm2Cipher cipher, byte[] sealed) {
        Exception e = assertThrows(Exception.class, () -> cipher.decrypt(KEY, sealed));
        boolean foreseen =
                e instanceof GeneralSecurityException || e instanceof IllegalArgumentException;
        assertEquals(true, foreseen, e::toString);
    }

    @Test
    void sealsAndOpensInARecipe() {
        List<Problem> problems = new ArrayList<>();
        Recipe recipe =
                Recipe.read(
                                "own.yaml",
                                """
                                recipe: own
                                settings: {private_key: {secret: true}, public_key: {}}
                                seal: {result: "body | sm2(public_key, c1c3c2, asn1) | base64"}
                                open:
                                  cipher: body | base64-decode
                                  result: cipher | sm2-decrypt(private_key, c1c3c2, asn1)
                                """,
                                problems)
                        .orElseThrow(() -> new AssertionError(problems.toString()));
        Keys keys =
                Keys.none()
                        .with("private_key", new Secret(PRIVATE))
                        .with("public_key", new Secret(PUBLIC));
        Message plain = Message.response(List.of(), PLAIN);
        Message sealed = recipe.seal(plain, keys, Signing.system());
        Message opened = recipe.open(sealed, keys, Signing.system());
        assertEquals("encryption standard", new String(opened.body(), StandardCharsets.UTF_8));
        Message other = Message.response(List.of(), TestMessages.utf8("MAA="));
        assertThrows(ProblemException.class, () -> recipe.open(other, keys, Signing.system()));
    }
}
