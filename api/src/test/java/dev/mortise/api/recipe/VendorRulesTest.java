package dev.mortise.api.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.jcajce.spec.SM2ParameterSpec;
import org.junit.jupiter.api.Test;

/// What recipes make, computed a second time by the vendors' rules with the JDK and BouncyCastle
/// alone, without a word of the pipe language.
final class VendorRulesTest {
    private static final String JSON = "{\"amount\": 1.0, \"名称\":\"值\"}";

    private static Message json(String query) {
        return new Message(
                "POST",
                "https",
                "api.example.com",
                "/v3/pay/a%20b",
                query,
                List.of(new Pair("Content-Type", "application/json")),
                TestMessages.utf8(JSON));
    }

    private static Message form(String body) {
        return new Message(
                "POST",
                "https",
                "api.example.com",
                "/gateway.do",
                "",
                List.of(new Pair("Content-Type", "application/x-www-form-urlencoded")),
                TestMessages.utf8(body));
    }

    private static Message sign(String recipe, Message message) {
        Recipe shipped = Recipe.shipped(recipe);
        return shipped.sign(message, TestKeys.of(shipped), TestMessages.signing(new Random(5)));
    }

    private static String header(Message message, String name) {
        return message.headers(name).getFirst();
    }

    /// The value behind `name=` in a list of parameters, up to a comma, its quotes dropped.
    private static String part(String header, String name) {
        String rest = header.substring(header.indexOf(name + "=") + name.length() + 1);
        return rest.split(",", 2)[0].replace("\"", "").strip();
    }

    private static void assertRsa(String text, String base64) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(TestKeys.RSA.getPublic());
        signature.update(TestMessages.utf8(text));
        assertTrue(signature.verify(Base64.getDecoder().decode(base64)), text);
    }

    private static void assertSm2(String text, String base64) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SM3withSM2", TestKeys.PROVIDER);
        signature.setParameter(new SM2ParameterSpec(TestMessages.utf8("1234567812345678")));
        signature.initVerify(TestKeys.SM2.getPublic());
        signature.update(TestMessages.utf8(text));
        assertTrue(signature.verify(Base64.getDecoder().decode(base64)), text);
    }

    private static byte[] hmac(String algorithm, byte[] key, String text)
            throws GeneralSecurityException {
        Mac mac = Mac.getInstance(algorithm);
        mac.init(new SecretKeySpec(key, algorithm));
        return mac.doFinal(TestMessages.utf8(text));
    }

    private static byte[] hmac(String key, String text) throws GeneralSecurityException {
        return hmac("HmacSHA256", TestMessages.utf8(key), text);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String digest(String algorithm, String text) throws GeneralSecurityException {
        return hex(MessageDigest.getInstance(algorithm).digest(TestMessages.utf8(text)));
    }

    @Test
    void wechatPay() throws GeneralSecurityException {
        for (String recipe : List.of("wechatpay-v3", "wechatpay-v3-sm2")) {
            String header = header(sign(recipe, json("a=1&b=%E4%BD%A0")), "Authorization");
            assertEquals("test-mchid", part(header, "mchid"));
            assertEquals(TestKeys.ID, part(header, "serial_no"));
            assertEquals(32, part(header, "nonce_str").length());
            String text =
                    "POST\n/v3/pay/a%20b?a=1&b=%E4%BD%A0\n1700000000\n"
                            + part(header, "nonce_str")
                            + "\n"
                            + JSON
                            + "\n";
            if (recipe.endsWith("sm2")) {
                assertTrue(header.startsWith("WECHATPAY2-SM2-WITH-SM3 mchid=\""));
                assertSm2(text, part(header, "signature"));
            } else {
                assertTrue(header.startsWith("WECHATPAY2-SHA256-RSA2048 mchid=\""));
                assertRsa(text, part(header, "signature"));
            }
        }
    }

    @Test
    void wechatPayCallback() throws GeneralSecurityException {
        for (String recipe : List.of("wechatpay-v3-callback", "wechatpay-v3-sm2-callback")) {
            boolean sm2 = recipe.contains("sm2");
            String body =
                    "{\"id\":\"1\",\"resource\":{\"algorithm\":\"x\",\"associated_data\":\"tx\","
                            + "\"nonce\":\"fdasflkja484\",\"ciphertext\":\""
                            + resource(sm2)
                            + "\"}}";
            Message signed = sign(recipe, Message.response(List.of(), TestMessages.utf8(body)));
            String text = "1700000000\n" + header(signed, "Wechatpay-Nonce") + "\n" + body + "\n";
            String signature = header(signed, "Wechatpay-Signature");
            if (sm2) {
                assertSm2(text, signature);
            } else {
                assertRsa(text, signature);
            }
            Recipe shipped = Recipe.shipped(recipe);
            Message opened =
                    shipped.open(signed, TestKeys.of(shipped), TestMessages.signing(new Random(1)));
            assertEquals("{\"订单\":1}", new String(opened.body(), StandardCharsets.UTF_8));
        }
    }

    private static String resource(boolean sm2) throws GeneralSecurityException {
        byte[] key = TestMessages.utf8("0123456789abcdef0123456789abcdef");
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        String algorithm = "AES";
        if (sm2) {
            byte[] digest = MessageDigest.getInstance("SM3", TestKeys.PROVIDER).digest(key);
            key = Arrays.copyOf(digest, 16);
            cipher = Cipher.getInstance("SM4/GCM/NoPadding", TestKeys.PROVIDER);
            algorithm = "SM4";
        }
        cipher.init(
                Cipher.ENCRYPT_MODE,
                new SecretKeySpec(key, algorithm),
                new GCMParameterSpec(128, TestMessages.utf8("fdasflkja484")));
        cipher.updateAAD(TestMessages.utf8("tx"));
        return base64(cipher.doFinal(TestMessages.utf8("{\"订单\":1}")));
    }

    private static String query(Message message, String name) {
        return message.queryParams().stream()
                .filter(p -> p.name().equals(name))
                .findFirst()
                .orElseThrow()
                .value();
    }

    @Test
    void alipayGateway() throws GeneralSecurityException {
        for (String type : List.of("RSA2", "SM2")) {
            String recipe = type.equals("RSA2") ? "alipay-v2" : "alipay-v2-sm2";
            Message signed =
                    sign(recipe, form("method=alipay.trade.query&biz_content=%7B%7D&empty="));
            String text =
                    "alipay_root_cert_sn=test-root-cert-sn&app_cert_sn=test-app-cert-sn"
                            + "&app_id=123456_YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4"
                            + "&biz_content={}&charset=utf-8"
                            + "&method=alipay.trade.query&sign_type="
                            + type
                            + "&timestamp=2023-11-15 06:13:20&version=1.0";
            if (type.equals("SM2")) {
                assertSm2(text, query(signed, "sign"));
            } else {
                assertRsa(text, query(signed, "sign"));
            }
        }
    }

    @Test
    void alipayNotifications() throws GeneralSecurityException {
        String body = "sign_type=RSA2&b=%E4%BD%A0+1&a=&c=3";
        Message first = sign("alipay-v2-notify-v1", form(body));
        assertRsa("a=&b=你 1&c=3", first.formParams().getLast().value());
        Message second = sign("alipay-v2-notify-v2", form(body));
        assertRsa("a=&b=你 1&c=3&sign_type=RSA2", second.formParams().getLast().value());
    }

    @Test
    void alipayResponse() throws GeneralSecurityException {
        String inner = "{\"code\" : \"10000\", \"total\":1.00}";
        Message response =
                Message.response(
                        List.of(),
                        TestMessages.utf8("{\"alipay_trade_query_response\":" + inner + "}"));
        String body =
                new String(sign("alipay-v2-response", response).body(), StandardCharsets.UTF_8);
        assertRsa(inner, body.split("\"", -1)[3]);
        assertTrue(body.endsWith("\",\"alipay_trade_query_response\":" + inner + "}"), body);
    }

    @Test
    void alipayV3() throws GeneralSecurityException {
        Message signed = sign("alipay-v3", json("x=1"));
        String header = header(signed, "Authorization");
        String auth = header.substring("ALIPAY-SHA256withRSA ".length(), header.indexOf(",sign="));
        assertEquals(
                "app_id=123456_YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4,app_cert_sn=test-app-cert-sn,nonce="
                        + part(header, "nonce")
                        + ",timestamp=1700000000000",
                auth);
        assertRsa(auth + "\nPOST\n/v3/pay/a%20b?x=1\n" + JSON + "\n", part(header, "sign"));
        assertEquals("test-root-cert-sn", header(signed, "alipay-root-cert-sn"));
    }

    @Test
    void robots() throws GeneralSecurityException {
        Message dingtalk = sign("dingtalk-robot", json("access_token=x"));
        String secret = "dGhpcyBpcyBhIHNlY3JldCBvZiB0ZXN0cw==";
        assertEquals(base64(hmac(secret, "1700000000000\n" + secret)), query(dingtalk, "sign"));
        String body = new String(sign("feishu-robot", json("")).body(), StandardCharsets.UTF_8);
        String sign = base64(hmac("1700000000\n" + secret, ""));
        assertEquals(
                "{\"sign\":\"" + sign + "\",\"timestamp\":\"1700000000\"," + JSON.substring(1),
                body);
    }

    @Test
    void digestsOverSecrets() throws GeneralSecurityException {
        Message feishu = sign("feishu-event", json(""));
        String nonce = header(feishu, "X-Lark-Request-Nonce");
        assertEquals(
                digest("SHA-256", "1700000000" + nonce + "test-encrypt-key" + JSON),
                header(feishu, "X-Lark-Signature"));
        Message lock = sign("qiyuesuo", json(""));
        assertEquals(
                digest(
                        "MD5",
                        "test-app-tokentest-app-secret1700000000000"
                                + header(lock, "x-qys-open-nonce")),
                header(lock, "x-qys-open-signature"));
        String enos = new String(sign("enos-token", json("")).body(), StandardCharsets.UTF_8);
        assertTrue(
                enos.contains(
                        "\"encryption\":\""
                                + digest("SHA-256", "test-app-key1700000000000test-app-secret")
                                + "\""),
                enos);
    }

    @Test
    void webhooks() throws GeneralSecurityException {
        String secret = "dGhpcyBpcyBhIHNlY3JldCBvZiB0ZXN0cw==";
        assertEquals(
                "t=1700000000,v1=" + hex(hmac(secret, "1700000000." + JSON)),
                header(sign("stripe-webhook", json("")), "Stripe-Signature"));
        assertEquals(
                base64(hmac("test-client-secret", JSON)),
                header(sign("shopify-webhook", json("")), "X-Shopify-Hmac-Sha256"));
        Message pair = sign("standard-webhooks-ed25519", json(""));
        Signature ed25519 = Signature.getInstance("Ed25519");
        ed25519.initVerify(TestKeys.ED25519.getPublic());
        ed25519.update(TestMessages.utf8(header(pair, "webhook-id") + ".1700000000." + JSON));
        String value = header(pair, "webhook-signature");
        assertTrue(ed25519.verify(Base64.getDecoder().decode(value.substring("v1a,".length()))));
    }

    @Test
    void huawei() throws GeneralSecurityException {
        Message signed = sign("huawei-apig", json("b=2&a=1"));
        String canonical =
                "POST\n/v3/pay/a%20b/\na=1&b=2\ncontent-type:application/json\n"
                        + "host:api.example.com\nx-sdk-date:20231114T221320Z\n\n"
                        + "content-type;host;x-sdk-date\n"
                        + digest("SHA-256", JSON);
        String text = "SDK-HMAC-SHA256\n20231114T221320Z\n" + digest("SHA-256", canonical);
        assertEquals(
                "SDK-HMAC-SHA256 Access=test-access-key, SignedHeaders=content-type;host;x-sdk-date"
                        + ", Signature="
                        + hex(hmac("test-secret-key", text)),
                header(signed, "Authorization"));
    }

    @Test
    void baidu() throws GeneralSecurityException {
        Message signed = sign("baidu-bce", json("b=2&a=%20"));
        String scope = "bce-auth-v1/test-access-key/2023-11-14T22:13:20Z/1800";
        String canonical =
                "POST\n/v3/pay/a%20b\na=%20&b=2\ncontent-type:application%2Fjson\n"
                        + "host:api.example.com\nx-bce-date:2023-11-14T22%3A13%3A20Z";
        String key = hex(hmac("test-secret-key", scope));
        assertEquals(
                scope + "/content-type;host;x-bce-date/" + hex(hmac(key, canonical)),
                header(signed, "Authorization"));
    }

    @Test
    void tuya() throws GeneralSecurityException {
        Message signed = sign("tuya", json("b=2&a=1"));
        String text =
                "test-client-idtest-access-token1700000000000"
                        + header(signed, "nonce")
                        + "POST\n"
                        + digest("SHA-256", JSON)
                        + "\n\n/v3/pay/a%20b?a=1&b=2";
        assertEquals(
                HexFormat.of()
                        .withUpperCase()
                        .formatHex(hmac("dGhpcyBpcyBhIHNlY3JldCBvZiB0ZXN0cw==", text)),
                header(signed, "sign"));
    }

    @Test
    void apisix() throws GeneralSecurityException {
        Message signed = sign("apisix-hmac-auth", json("a=1"));
        String digest =
                base64(MessageDigest.getInstance("SHA-256").digest(TestMessages.utf8(JSON)));
        String text =
                "test-key-id\nPOST /v3/pay/a%20b?a=1\ndate: Tue, 14 Nov 2023 22:13:20 GMT\n"
                        + "digest: SHA-256="
                        + digest
                        + "\n";
        String secret = "dGhpcyBpcyBhIHNlY3JldCBvZiB0ZXN0cw==";
        assertEquals(
                base64(hmac(secret, text)), part(header(signed, "Authorization"), "signature"));
    }

    @Test
    void leqi() throws GeneralSecurityException {
        Recipe recipe = Recipe.shipped("leqi");
        Message sealed =
                recipe.seal(json(""), TestKeys.of(recipe), TestMessages.signing(new Random(1)));
        Cipher cipher = Cipher.getInstance("SM4/ECB/PKCS7Padding", TestKeys.PROVIDER);
        byte[] key = HexFormat.of().parseHex("0123456789abcdeffedcba9876543210");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "SM4"));
        assertEquals(
                base64(cipher.doFinal(TestMessages.utf8(JSON))),
                new String(sealed.body(), StandardCharsets.UTF_8));
    }

    @Test
    void opensWhatItSealed() {
        for (Recipe recipe : Recipe.shipped()) {
            if (recipe.seals() && recipe.opens()) {
                Keys keys = TestKeys.of(recipe);
                Signing signing = TestMessages.signing(new Random(6));
                Message opened = recipe.open(recipe.seal(json(""), keys, signing), keys, signing);
                assertEquals(
                        JSON, new String(opened.body(), StandardCharsets.UTF_8), recipe.name());
            }
        }
    }

    @Test
    void wecomUrlCheckAnswersInPlainText() {
        Recipe callback = Recipe.shipped("wecom-callback");
        Keys keys = TestKeys.of(callback);
        Signing signing = TestMessages.signing(new Random(7));
        Message sealed = callback.seal(json("").withBody(TestMessages.utf8("7788")), keys, signing);
        String body = new String(sealed.body(), StandardCharsets.UTF_8);
        String echo = body.substring(body.indexOf("[CDATA[") + 7, body.indexOf("]]>"));
        Recipe check = Recipe.shipped("wecom-url-check");
        Message asked = check.sign(json("").withQuery("echostr", echo), keys, signing);
        assertTrue(check.verify(asked, keys, signing, Seen.nothing()).accepted());
        Message answer = check.open(asked, keys, signing);
        assertEquals("7788", new String(answer.body(), StandardCharsets.UTF_8));
    }
}
