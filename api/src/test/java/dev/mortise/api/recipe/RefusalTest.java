package dev.mortise.api.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.api.recipe.Verdict.Reason;
import dev.mortise.spi.option.Secret;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/// Messages that must not pass, among them the mistakes that public client libraries make (TV8).
final class RefusalTest {
    private static final Instant NOW = TestMessages.NOW;
    private static final Recipe WEBHOOK = Recipe.shipped("standard-webhooks");
    private static final Keys WEBHOOK_KEYS = TestKeys.of(WEBHOOK);

    private static Signing at(Instant instant) {
        return new Signing(() -> instant, new Random(1), Map.of());
    }

    private static Message message(String body) {
        return new Message(
                "POST", "https", "example.com", "/hook", "", List.of(), TestMessages.utf8(body));
    }

    private static Message webhook() {
        return WEBHOOK.sign(message("{\"test\": 1}"), WEBHOOK_KEYS, at(NOW).with("id", "msg_1"));
    }

    private static Verdict verdict(Message message) {
        return WEBHOOK.verify(message, WEBHOOK_KEYS, at(NOW), Seen.nothing());
    }

    private static void refuses(Reason reason, Verdict verdict) {
        assertEquals(reason, assertInstanceOf(Verdict.Refused.class, verdict).reason());
    }

    @Test
    void acceptsASecondSignatureWhileKeysChange() {
        Message signed = webhook();
        String right = signed.headers("webhook-signature").getFirst();
        String wrong = "v1," + Base64.getEncoder().encodeToString(new byte[32]);
        assertTrue(verdict(signed.withHeader("webhook-signature", wrong + " " + right)).accepted());
        assertTrue(verdict(signed.withHeader("webhook-signature", "v9,x " + right)).accepted());
        refuses(
                Reason.SIGNATURE_WRONG,
                verdict(signed.withHeader("webhook-signature", wrong + " " + wrong)));
    }

    @Test
    void acceptsNothingByARecipeThatSignsNothing() {
        Recipe recipe = Recipe.shipped("leqi");
        assertTrue(recipe.opens() && !recipe.signs());
        refuses(
                Reason.KEY_UNKNOWN,
                recipe.verify(message("{}"), TestKeys.of(recipe), at(NOW), Seen.nothing()));
    }

    @Test
    void refusesABodyWrittenAnew() {
        Message signed = webhook();
        refuses(
                Reason.SIGNATURE_WRONG,
                verdict(signed.withBody(TestMessages.utf8("{\"test\":1}"))));
    }

    @Test
    void refusesFeishuSignedWithHmac() throws GeneralSecurityException {
        Recipe recipe = Recipe.shipped("feishu-event");
        Keys keys = Keys.none().with("encrypt_key", new Secret("test key"));
        Message signed = recipe.sign(message("{}"), keys, at(NOW));
        assertTrue(recipe.verify(signed, keys, at(NOW), Seen.nothing()).accepted());
        String text =
                signed.headers("X-Lark-Request-Timestamp").getFirst()
                        + signed.headers("X-Lark-Request-Nonce").getFirst();
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(TestMessages.utf8("test key"), "HmacSHA256"));
        String hmac = HexFormat.of().formatHex(mac.doFinal(TestMessages.utf8(text + "{}")));
        refuses(
                Reason.SIGNATURE_WRONG,
                recipe.verify(
                        signed.withHeader("X-Lark-Signature", hmac),
                        keys,
                        at(NOW),
                        Seen.nothing()));
    }

    private static final Recipe DINGTALK = Recipe.shipped("dingtalk-callback");

    private static Keys dingtalk(String receiver) {
        return Keys.none()
                .with("token", new Secret("123456"))
                .with("aes_key", new Secret(TestKeys.AES_KEY))
                .with("receiver", new Secret(receiver));
    }

    @Test
    void refusesEnvelopesForOthers() {
        Message sealed = DINGTALK.seal(message("success"), dingtalk("ding123"), at(NOW));
        Message opened = DINGTALK.open(sealed, dingtalk("ding123"), at(NOW));
        assertEquals("success", new String(opened.body(), StandardCharsets.UTF_8));
        ProblemException other =
                assertThrows(
                        ProblemException.class,
                        () -> DINGTALK.open(sealed, dingtalk("ding124"), at(NOW)));
        assertEquals(ProblemCode.ROW_MALFORMED, other.problem().code());
    }

    /// TV4 has 34 bytes of plain text and 30 bytes of padding, each of them looked at.
    @Test
    void refusesEnvelopesWithOneWrongPaddingByte() throws GeneralSecurityException {
        byte[] key = Base64.getDecoder().decode(TestKeys.AES_KEY + "=");
        Message sealed = DINGTALK.seal(message("success"), dingtalk("ding123"), at(NOW));
        String body = new String(sealed.body(), StandardCharsets.UTF_8);
        byte[] plain =
                cipher(
                        Cipher.DECRYPT_MODE,
                        key,
                        Base64.getDecoder().decode(body.split("\"", -1)[3]));
        assertEquals(64, plain.length);
        for (int i = 34; i < 64; i++) {
            byte[] altered = plain.clone();
            altered[i] = (byte) (altered[i] ^ 1);
            String encrypted =
                    Base64.getEncoder().encodeToString(cipher(Cipher.ENCRYPT_MODE, key, altered));
            Message wrong = message("{\"encrypt\":\"" + encrypted + "\"}");
            assertThrows(
                    ProblemException.class,
                    () -> DINGTALK.open(wrong, dingtalk("ding123"), at(NOW)),
                    "padding byte " + i);
        }
    }

    private static byte[] cipher(int mode, byte[] key, byte[] bytes)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new IvParameterSpec(key, 0, 16));
        return cipher.doFinal(bytes);
    }

    @Test
    void refusesYonyouEncodedTwice() {
        Recipe recipe = Recipe.shipped("yonyou-token");
        Keys keys =
                Keys.none()
                        .with("app_key", new Secret("41832a3d2df94989b500da6a22268747"))
                        .with("app_secret", new Secret("testsecret"));
        Message signed = recipe.sign(message(""), keys, at(Instant.ofEpochMilli(1568098531823L)));
        assertTrue(recipe.verify(signed, keys, at(NOW), Seen.nothing()).accepted());
        String twice = signed.rawQuery().replace("%", "%25");
        refuses(
                Reason.SIGNATURE_WRONG,
                recipe.verify(signed.withRawQuery(twice), keys, at(NOW), Seen.nothing()));
    }

    @Test
    void refusesWhatIsOutOfTime() {
        Message signed = webhook();
        Duration within = Duration.ofMinutes(5);
        for (Instant edge : List.of(NOW.plus(within), NOW.minus(within))) {
            assertTrue(WEBHOOK.verify(signed, WEBHOOK_KEYS, at(edge), Seen.nothing()).accepted());
        }
        Duration beyond = within.plusSeconds(1);
        for (Instant outside : List.of(NOW.plus(beyond), NOW.minus(beyond))) {
            refuses(
                    Reason.OUT_OF_TIME,
                    WEBHOOK.verify(signed, WEBHOOK_KEYS, at(outside), Seen.nothing()));
        }
    }

    @Test
    void acceptsAnIdOnce() {
        Message signed = webhook();
        Seen seen = Seen.inMemory(10);
        assertTrue(WEBHOOK.verify(signed, WEBHOOK_KEYS, at(NOW), seen).accepted());
        refuses(Reason.REPLAYED, WEBHOOK.verify(signed, WEBHOOK_KEYS, at(NOW), seen));
    }

    @Test
    void remembersOnlySignedIds() {
        Message signed = webhook();
        Seen seen = Seen.inMemory(10);
        Message forged = signed.withBody(TestMessages.utf8("{}"));
        refuses(Reason.SIGNATURE_WRONG, WEBHOOK.verify(forged, WEBHOOK_KEYS, at(NOW), seen));
        assertTrue(WEBHOOK.verify(signed, WEBHOOK_KEYS, at(NOW), seen).accepted());
    }

    @Test
    void refusesMissingAndDoubleValues() {
        Message signed = webhook();
        Message bare = new Message("POST", "", "", "/", "", List.of(), signed.body());
        refuses(Reason.MISSING, verdict(bare));
        List<Pair> twice = new ArrayList<>(signed.headers());
        twice.add(new Pair("Webhook-Id", "msg_2"));
        refuses(
                Reason.AMBIGUOUS,
                verdict(new Message("POST", "", "", "/", "", twice, signed.body())));
        Recipe stripe = Recipe.shipped("stripe-webhook");
        Keys keys = TestKeys.of(stripe);
        Message charge = stripe.sign(message("{}"), keys, at(NOW));
        String header = charge.headers("Stripe-Signature").getFirst();
        refuses(
                Reason.AMBIGUOUS,
                stripe.verify(
                        charge.withHeader("Stripe-Signature", "t=1," + header),
                        keys,
                        at(NOW),
                        Seen.nothing()));
    }

    @Test
    void choosesTheKeyByIdAndTime() {
        Recipe recipe = Recipe.shipped("wechatpay-v3-response");
        Keys own = TestKeys.of(recipe);
        Message signed = recipe.sign(message("{}"), own, at(NOW));
        Secret key = TestKeys.base64(TestKeys.RSA.getPublic().getEncoded());
        Keys none = Keys.none();
        Keys later = none.with("platform_key", TestKeys.ID, key, NOW.plusSeconds(1), Instant.MAX);
        refuses(Reason.KEY_UNKNOWN, recipe.verify(signed, later, at(NOW), Seen.nothing()));
        Keys ended = none.with("platform_key", TestKeys.ID, key, Instant.MIN, NOW);
        refuses(Reason.KEY_UNKNOWN, recipe.verify(signed, ended, at(NOW), Seen.nothing()));
        Keys other = none.with("platform_key", "KEY-2", key, Instant.MIN, Instant.MAX);
        refuses(Reason.KEY_UNKNOWN, recipe.verify(signed, other, at(NOW), Seen.nothing()));
        Keys both = other.with("platform_key", TestKeys.ID, key, Instant.MIN, Instant.MAX);
        assertTrue(recipe.verify(signed, both, at(NOW), Seen.nothing()).accepted());
    }

    @Test
    void neverShowsASecret() throws GeneralSecurityException {
        Keys keys = Keys.none().with("private_key", new Secret("hunter2hunter2hunter2"));
        ProblemException unfit =
                assertThrows(
                        ProblemException.class,
                        () ->
                                Recipe.shipped("alipay-v3")
                                        .sign(
                                                message("{}"),
                                                keys.with("app_id", new Secret("1")),
                                                at(NOW)));
        assertFalse(unfit.problem().line().contains("hunter2"), unfit.problem().line());
        ProblemException missing =
                assertThrows(
                        ProblemException.class,
                        () -> Recipe.shipped("slack").sign(message(""), Keys.none(), at(NOW)));
        assertEquals(ProblemCode.OPTION_MISSING, missing.problem().code());
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(new byte[0]));
        Message forged = webhook().withHeader("webhook-signature", "v1," + digest);
        var refused = assertInstanceOf(Verdict.Refused.class, verdict(forged));
        assertEquals("'signature' differs", refused.message());
    }

    /// Readers that guess an encoding find other bytes than those that were signed.
    @Test
    void refusesABodyInAnotherEncoding() {
        Recipe recipe = Recipe.shipped("alipay-v2-response");
        Message answer =
                message("")
                        .withBody(
                                "{\"a_response\":{\"code\":1},\"sign\":\"AA==\"}"
                                        .getBytes(StandardCharsets.UTF_16BE));
        refuses(
                Reason.SIGNATURE_WRONG,
                recipe.verify(answer, TestKeys.of(recipe), at(NOW), Seen.nothing()));
    }

    @Test
    void refusesADocumentTypeInXml() {
        Recipe recipe = Recipe.shipped("wecom-callback");
        Keys keys = TestKeys.of(recipe);
        Message signed = recipe.sign(message("<xml><Encrypt>x</Encrypt></xml>"), keys, at(NOW));
        assertTrue(recipe.verify(signed, keys, at(NOW), Seen.nothing()).accepted());
        byte[] typed = TestMessages.utf8("<!DOCTYPE xml><xml><Encrypt>x</Encrypt></xml>");
        refuses(
                Reason.MALFORMED,
                recipe.verify(signed.withBody(typed), keys, at(NOW), Seen.nothing()));
    }
}
