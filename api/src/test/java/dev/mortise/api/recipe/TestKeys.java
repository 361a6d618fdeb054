package dev.mortise.api.recipe;

import dev.mortise.spi.option.Secret;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/// Values for the settings of every shipped recipe, with key pairs made for the tests.
final class TestKeys {
    /// The id of every key that a message can name.
    static final String ID = "KEY-1";
    static final String AES_KEY = "4g5j64qlyl3zvetqxz5jiocdr586fn2zvjpa8zls3ij";

    static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();
    static final KeyPair RSA = pair("RSA");
    static final KeyPair SM2 = pair("SM2");
    static final KeyPair ED25519 = pair("Ed25519");

    private TestKeys() {}

    private static KeyPair pair(String family) {
        try {
            if (family.equals("SM2")) {
                var generator = KeyPairGenerator.getInstance("EC", PROVIDER);
                generator.initialize(new ECGenParameterSpec("sm2p256v1"));
                return generator.generateKeyPair();
            }
            var generator = KeyPairGenerator.getInstance(family);
            if (family.equals("RSA")) {
                // Short, so that thousands of signatures take seconds.
                generator.initialize(1024);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static KeyPair pairOf(Recipe recipe) {
        if (recipe.name().contains("sm2")) {
            return SM2;
        }
        return recipe.name().contains("ed25519") ? ED25519 : RSA;
    }

    /// A key pair of the same kind that signed nothing.
    static KeyPair stranger(Recipe recipe) {
        if (recipe.name().contains("sm2")) {
            return pair("SM2");
        }
        return pair(recipe.name().contains("ed25519") ? "Ed25519" : "RSA");
    }

    static Keys of(Recipe recipe) {
        Keys keys = Keys.none();
        for (Setting setting : recipe.settings()) {
            keys =
                    keys.with(
                            setting.name(),
                            id(recipe, setting),
                            value(recipe, setting),
                            Instant.MIN,
                            Instant.MAX);
        }
        return keys;
    }

    private static String id(Recipe recipe, Setting setting) {
        boolean named = recipe.settings().stream().anyMatch(Setting::received);
        return named && isPublic(recipe, setting) ? ID : "";
    }

    private static boolean isPublic(Recipe recipe, Setting setting) {
        return recipe.settings().stream().anyMatch(s -> s.pair().equals(setting.name()));
    }

    private static Secret value(Recipe recipe, Setting setting) {
        if (!setting.pair().isEmpty()) {
            return base64(pairOf(recipe).getPrivate().getEncoded());
        }
        if (isPublic(recipe, setting)) {
            return base64(pairOf(recipe).getPublic().getEncoded());
        }
        if (setting.received()) {
            return new Secret(ID);
        }
        return new Secret(
                switch (setting.name()) {
                    case "aes_key" -> AES_KEY;
                    case "receiver" -> "ding123";
                    case "sm4_key" -> "0123456789abcdeffedcba9876543210";
                    case "api_v3_key" -> "0123456789abcdef0123456789abcdef";
                    case "app_id" -> "123456_YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4";
                    case "secret" -> "dGhpcyBpcyBhIHNlY3JldCBvZiB0ZXN0cw==";
                    default -> "test-" + setting.name().replace('_', '-');
                });
    }

    static Secret base64(byte[] bytes) {
        return new Secret(Base64.getEncoder().encodeToString(bytes));
    }
}
