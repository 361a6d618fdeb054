package dev.mortise.api.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.api.recipe.Verdict.Reason;
import dev.mortise.spi.option.Secret;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Secrets that change, that are empty, and that must not be told.
final class SecretValuesTest {
    private static final Instant NOW = TestMessages.NOW;
    private static final Recipe GITHUB = Recipe.shipped("github-webhook");
    private static final Recipe EKUAIBAO = Recipe.shipped("ekuaibao-outbound");

    private static Signing signing() {
        return new Signing(() -> NOW, new Random(1), Map.of());
    }

    private static Message message(String body) {
        return new Message(
                "POST", "https", "example.com", "/hook", "", List.of(), TestMessages.utf8(body));
    }

    private static Keys secret(Keys keys, String value, Instant from, Instant until) {
        return keys.with("secret", "", new Secret(value), from, until);
    }

    @Test
    void acceptsTheOldAndTheNewSecretWhileBothAreValid() {
        Keys old = secret(Keys.none(), "old", Instant.MIN, NOW.plusSeconds(10));
        Keys both = secret(old, "new", NOW.minusSeconds(10), Instant.MAX);
        for (String value : List.of("old", "new")) {
            Keys one = Keys.none().with("secret", new Secret(value));
            Message signed = GITHUB.sign(message("{}"), one, signing());
            assertTrue(GITHUB.verify(signed, both, signing(), Seen.nothing()).accepted(), value);
        }
        Keys other = Keys.none().with("secret", new Secret("other"));
        Message forged = GITHUB.sign(message("{}"), other, signing());
        assertEquals(Reason.SIGNATURE_WRONG, refused(GITHUB, forged, both));
    }

    @Test
    void signsWithTheSecretThatIsValidNow() {
        Keys ended = secret(Keys.none(), "old", Instant.MIN, NOW);
        Keys both = secret(ended, "new", NOW, Instant.MAX);
        Message signed = GITHUB.sign(message("{}"), both, signing());
        Keys fresh = Keys.none().with("secret", new Secret("new"));
        assertTrue(GITHUB.verify(signed, fresh, signing(), Seen.nothing()).accepted());
        assertEquals(Reason.KEY_UNKNOWN, refused(GITHUB, signed, ended));
        ProblemException none =
                assertThrows(
                        ProblemException.class, () -> GITHUB.sign(message("{}"), ended, signing()));
        assertTrue(none.problem().message().contains("valid now"), none::toString);
    }

    private static Reason refused(Recipe recipe, Message message, Keys keys) {
        Verdict verdict = recipe.verify(message, keys, signing(), Seen.nothing());
        return assertInstanceOf(Verdict.Refused.class, verdict).reason();
    }

    @Test
    void takesAnEmptySecretForNone() {
        Keys empty = Keys.none().with("sign_key", new Secret(" "));
        ProblemException missing =
                assertThrows(
                        ProblemException.class,
                        () ->
                                EKUAIBAO.verify(
                                        message("{\"signKey\":\"\"}"),
                                        empty,
                                        signing(),
                                        Seen.nothing()));
        assertEquals(ProblemCode.OPTION_MISSING, missing.problem().code());
    }

    @Test
    void leavesSecretsOutOfTheVerdict() {
        Keys keys = Keys.none().with("sign_key", new Secret("hunter2"));
        Verdict verdict =
                EKUAIBAO.verify(
                        message("{\"signKey\":\"hunter2\"}"), keys, signing(), Seen.nothing());
        assertEquals(new Verdict.Accepted(Map.of()), verdict);
    }

    @Test
    void opensWithTheOldAndTheNewSecret() {
        Recipe dingtalk = Recipe.shipped("dingtalk-callback");
        Keys own = Keys.none().with("token", new Secret("t")).with("receiver", new Secret("r"));
        Secret next = new Secret("a" + TestKeys.AES_KEY.substring(1));
        Keys both = own.with("aes_key", new Secret(TestKeys.AES_KEY)).with("aes_key", next);
        Message sealed = dingtalk.seal(message("{}"), own.with("aes_key", next), signing());
        assertEquals(
                "{}",
                new String(dingtalk.open(sealed, both, signing()).body(), StandardCharsets.UTF_8));
    }

    @Test
    void boundsTheChoices() {
        Keys keys = Keys.none();
        for (int i = 0; i < 40; i++) {
            keys = secret(keys, "secret" + i, Instant.MIN, Instant.MAX);
        }
        assertEquals(Keys.CHOICES_MAX, keys.choices(GITHUB.settings(), NOW).size());
    }
}
