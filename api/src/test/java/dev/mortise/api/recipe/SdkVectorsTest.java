package dev.mortise.api.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.spi.option.Secret;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What the vendors' own libraries made of inputs that we chose, each recorded once. The comment of
/// a test names the library, its version and the call.
final class SdkVectorsTest {
    private static final String UUID = "6b1f7d2e-0000-4000-8000-000000000001";
    private static final String ORDER = "{\"id\":\"7\",\"名称\":\"值\"}";
    private static final Pair JSON = new Pair("Content-Type", "application/json");

    private static Keys keys(String... namesAndValues) {
        Keys keys = Keys.none();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            keys = keys.with(namesAndValues[i], new Secret(namesAndValues[i + 1]));
        }
        return keys;
    }

    private static Signing at(String instant, Map<String, String> given) {
        return new Signing(() -> Instant.parse(instant), new Random(1), given);
    }

    private static Message call(
            String method, String host, String path, String query, String body, Pair... headers) {
        return new Message(
                method, "https", host, path, query, List.of(headers), TestMessages.utf8(body));
    }

    /// Signs, checks that the recipe takes its own signature, and gives a header.
    private static String signed(
            String name, Message message, Keys keys, Signing signing, String header) {
        Recipe recipe = Recipe.shipped(name);
        Message signed = recipe.sign(message, keys, signing);
        Verdict verdict = recipe.verify(signed, keys, signing, Seen.nothing());
        assertTrue(verdict.accepted(), verdict::toString);
        return signed.headers(header).getFirst();
    }

    private static String resource(String name) {
        try (InputStream in = SdkVectorsTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /// `huaweicloudsdkcore` 3.1.219 (PyPI), `Signer(credentials).sign(request)`.
    @Test
    void huaweiApig() {
        assertEquals(
                "SDK-HMAC-SHA256 Access=AKTEST0001, SignedHeaders=content-type;host;x-project-id;"
                        + "x-sdk-date, Signature="
                        + "2c3baea4ac82ab9247a02ff7978e147fd13ffa9f8356d7340468198fccea97e7",
                signed(
                        "huawei-apig",
                        call(
                                "POST",
                                "apig.example.com",
                                "/v1/orders/7",
                                "status=%E5%B7%B2%E4%BB%98&limit=2&b=x%20y",
                                ORDER,
                                JSON,
                                new Pair("X-Project-Id", "p1")),
                        keys("access_key", "AKTEST0001", "secret_key", "sk-test-secret"),
                        at("2026-11-25T08:00:00Z", Map.of()),
                        "Authorization"));
    }

    /// `bce-python-sdk` 0.9.79 (PyPI), `bce_v1_signer.sign(…, headers_to_sign=[…])`.
    @Test
    void baiduBce() {
        assertEquals(
                "bce-auth-v1/AKTEST0001/2026-11-25T08:00:00Z/1800/content-type;host;x-bce-date/"
                        + "09beee5f22d6dd4c3e8ca2b4c0dd77bcdae2981a1fa50c1b905fcff6a63e280c",
                signed(
                        "baidu-bce",
                        call(
                                "POST",
                                "aip.example.com",
                                "/v1/orders/7",
                                "status=%E5%B7%B2%E4%BB%98&limit=2&b=x%20y",
                                ORDER,
                                new Pair("Content-Type", "application/json; charset=utf-8")),
                        keys("access_key", "AKTEST0001", "secret_key", "sk-test-secret"),
                        at("2026-11-25T08:00:00Z", Map.of()),
                        "Authorization"));
    }

    /// `tuya-connector-python` 0.1.2 (PyPI), `TuyaOpenAPI._calculate_sign`, which sends no nonce:
    /// first without a token, then with one.
    @Test
    void tuya() {
        Signing signing = at("2023-11-14T22:13:20Z", Map.of("nonce", ""));
        Keys keys = keys("client_id", "client01", "secret", "tuya-secret");
        Recipe recipe = Recipe.shipped("tuya");
        Message token = call("GET", "openapi.example.com", "/v1.0/token", "grant_type=1", "");
        assertEquals(
                "1A6AFB16D8E6522FCA0ADF4658ABE4ECDDA898F506EF129C2339FA2D06F998AB",
                recipe.sign(token, keys, signing).headers("sign").getFirst());
        Message command =
                call(
                        "POST",
                        "openapi.example.com",
                        "/v1.0/devices/d1/commands",
                        "page=2&a=1",
                        "{\"value\": true}");
        Keys more = keys.with("access_token", new Secret("tok123"));
        assertEquals(
                "31699C31BCAB825A667D89D4B4818BC4F6AD24C6800F42E38F8AA5C1F507606B",
                recipe.sign(command, more, signing).headers("sign").getFirst());
    }

    /// MD5 over the four values, as `HttpClient` of the vendor's client in Python has it.
    @Test
    void qiyuesuo() {
        assertEquals(
                "c6428ebdf97d874a23fa25c43b3fedfb",
                signed(
                        "qiyuesuo",
                        call("POST", "openapi.example.com", "/v2/contract/draft", "", "{}"),
                        keys("app_token", "AppTok1", "app_secret", "AppSec1"),
                        at("2023-11-14T22:13:20Z", Map.of("nonce", UUID)),
                        "x-qys-open-signature"));
    }

    /// SHA-256 over key, time and secret, as the vendor's samples for `token/get` have it. They
    /// send the time as a number.
    @Test
    void enosToken() {
        Recipe recipe = Recipe.shipped("enos-token");
        Keys keys = keys("app_key", "appkey1", "app_secret", "appsecret1");
        Signing signing = at("2023-11-14T22:13:20Z", Map.of());
        String digest = "ec1ee7fb4d52c1b4fbcc54aa49bac08d69ada58230aee18a85fc7a5516709d8c";
        Message bare = call("POST", "apim.example.com", "/token/get", "", "{}");
        String body = new String(recipe.sign(bare, keys, signing).body(), StandardCharsets.UTF_8);
        assertTrue(body.contains("\"encryption\":\"" + digest + "\""), body);
        Message theirs =
                bare.withBody(
                        TestMessages.utf8(
                                "{\"appKey\": \"appkey1\", \"encryption\": \"%s\","
                                                .formatted(digest)
                                        + " \"timestamp\": 1700000000000}"));
        assertTrue(recipe.verify(theirs, keys, signing, Seen.nothing()).accepted());
    }

    /// The text that `hmac-auth.lua` of APISIX 3 puts together, with Python's `hmac` over it.
    @Test
    void apisixHmacAuth() {
        String header =
                signed(
                        "apisix-hmac-auth",
                        call(
                                "POST",
                                "example.com",
                                "/anything",
                                "b=2&a=1",
                                "{\"name\": \"world\"}"),
                        keys("key_id", "john-key", "secret", "john-secret"),
                        at("2023-11-14T22:13:20Z", Map.of()),
                        "Authorization");
        assertEquals(
                "Signature keyId=\"john-key\",algorithm=\"hmac-sha256\","
                        + "headers=\"@request-target date digest\","
                        + "signature=\"5EDB8hHahDPOEDmMnAGfCaSeBpYae+sFFqkBpSZF6Js=\"",
                header);
    }

    /// `wemeet-openapi-sdk-python` 1.0.10 (PyPI), `JWTAuthenticator.auth_header`.
    @Test
    void tencentMeeting() {
        assertEquals(
                "NmZhMGU5NmVkOGRhZjgyNjc1M2MyNTQwYzAzYWM2MmMxMTJjYTA1NjdhZjUyZTQwY2FjZjFiMzdmNWIy"
                        + "MWVjYg==",
                signed(
                        "tencent-meeting",
                        call(
                                "POST",
                                "api.meeting.qq.com",
                                "/v1/meetings",
                                "userid=u1",
                                "{\"subject\":\"会\"}"),
                        keys(
                                "secret_id", "AKTEST0001",
                                "secret_key", "sk-test-secret",
                                "app_id", "200000001",
                                "sdk_id", "10001"),
                        at("2023-11-14T22:13:20Z", Map.of("nonce", "1234567890")),
                        "X-TC-Signature"));
    }

    private static final Keys ALIPAY =
            keys(
                    "app_id", "2014072300007148",
                    "app_cert_sn", resource("app-certificate.pem"),
                    "root_cert_sn", resource("root-certificates.pem"),
                    "private_key", resource("rsa-1024.pem"),
                    "public_key", resource("rsa-1024-public.pem"));

    private static final String APP_SERIAL = "3554e1f0fc81c4708f43f0520ed3514b";
    private static final String ROOT_SERIALS =
            "34c7494d8da54ece8e87859bbba80ce0_3ac43eaf8530e9e66d525e00bfd5ad1b";

    /// `alipay-sdk` 4 (npm), `getSN` for the serials of the certificates and `signatureV3`.
    @Test
    void alipayV3() {
        Signing signing = at("2023-11-14T22:13:20Z", Map.of("nonce", UUID));
        Message pay =
                call(
                        "POST",
                        "openapi.alipay.com",
                        "/v3/alipay/trade/pay",
                        "a=1",
                        "{\"out_trade_no\":\"70501111\"}",
                        JSON);
        assertEquals(
                "ALIPAY-SHA256withRSA app_id=2014072300007148,app_cert_sn=%s,nonce=%s,"
                                .formatted(APP_SERIAL, UUID)
                        + "timestamp=1700000000000,sign=xDcL9H2FsXHHFBtW6MKdwXgRq1N8Ig6AFGTmJEie8r"
                        + "XDqIlWjo8YxpQR2SiSpTs7k8a2P5tHzMTmvDcOlHz6px5q3RboujSQo/sKt4puGCzgbd6D0"
                        + "QdWPMqUGaHgxjk6M2kplUMzIH5laKJNUUPz25FwK3xmUnj0gjZLksaQwNE=",
                signed("alipay-v3", pay, ALIPAY, signing, "Authorization"));
        assertEquals(
                ROOT_SERIALS, signed("alipay-v3", pay, ALIPAY, signing, "alipay-root-cert-sn"));
        Message v2 =
                Recipe.shipped("alipay-v2")
                        .sign(call("POST", "x", "/gateway.do", "", ""), ALIPAY, signing);
        assertTrue(
                v2.rawQuery()
                        .startsWith(
                                "alipay_root_cert_sn=%s&app_cert_sn=%s&"
                                        .formatted(ROOT_SERIALS, APP_SERIAL)),
                v2::rawQuery);
    }

    /// `alipay-sdk` 4 (npm), a response its `verifySignatureV3` accepts.
    @Test
    void alipayV3Response() {
        String signature =
                "jrNQg/dAd5xmWsff8eRtIwChE9P+dROK/LeHy6WiVhV+2+IIhz7+/KGe9DRyEphDLVICkk96hJcDA0iO"
                        + "zyfepdKhugZQgSWtX3saXdX1bbQc8La+Z/hOPbqct14ipMBXb39GRQqRjKu0X98opVwz3Lk"
                        + "plFsJrBpP0yUIvOJiKTs=";
        Message response =
                Message.response(
                        List.of(
                                new Pair("alipay-timestamp", "1700000000000"),
                                new Pair("alipay-nonce", UUID),
                                new Pair("alipay-signature", signature)),
                        TestMessages.utf8("{\"trade_no\":\"2014\"}"));
        Keys keys = keys("alipay_key", resource("rsa-1024-public.pem"));
        Signing signing = at("2023-11-14T22:13:20Z", Map.of());
        Recipe recipe = Recipe.shipped("alipay-v3-response");
        assertTrue(recipe.verify(response, keys, signing, Seen.nothing()).accepted());
    }

    @Test
    void wantsACertificateOfTheRightKind() {
        Recipe recipe = Recipe.shipped("alipay-v2-sm2");
        Keys roots = keys("app_id", "1", "root_cert_sn", resource("app-certificate.pem"));
        ProblemException unfit =
                assertThrows(
                        ProblemException.class,
                        () -> recipe.sign(call("POST", "x", "/", "", ""), roots, Signing.system()));
        assertEquals(ProblemCode.OPTION_INVALID, unfit.problem().code());
        assertTrue(
                unfit.problem().message().endsWith("a certificate signed with SM2"),
                unfit::toString);
    }

    /// Amazon, the sample that lists objects on its page about signing in headers.
    @Test
    void awsS3() {
        Message list =
                call("GET", "examplebucket.s3.amazonaws.com", "/", "max-keys=2&prefix=J", "");
        Keys keys =
                keys(
                        "access_key_id", "AKIAIOSFODNN7EXAMPLE",
                        "secret_access_key", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
                        "region", "us-east-1");
        assertEquals(
                "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/"
                        + "aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date,"
                        + " Signature="
                        + "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
                signed(
                        "aws-s3",
                        list,
                        keys,
                        at("2013-05-24T00:00:00Z", Map.of()),
                        "Authorization"));
    }

    /// The rule of the vendor's `PrivateAppCrypto`, run in Python with `pycryptodome`.
    @Test
    void yonyouEvent() {
        Keys keys =
                keys(
                        "app_key", "41832a3d2df94989b500da6a22268747",
                        "app_secret", "9f6e5d4c-3b2a-4190-8f7e-6d5c4b3a2910");
        String body =
                "{\"msgSignature\":\"ec3a2c316857b8b16ead5fc99a4fafadc4dbae58\","
                        + "\"timestamp\":1700000000000,\"nonce\":\"uM48M4qajlEtVCz4\",\"encrypt\":"
                        + "\"x5ICOfSXR3ts9JnyX8MdDATFJ1S3DCHA7wPKxkNs4kQy/Uca/Kao0eJLt89wg7GUcQBi6"
                        + "svPmJqFCSRvbdiZwVVxH3z7IYgNSzqnlvWSP9GBDkr8K4HDC9jF1D4HtmgP\"}";
        Message event = call("POST", "example.com", "/hook", "", body, JSON);
        Recipe recipe = Recipe.shipped("yonyou-event");
        Signing signing = at("2023-11-14T22:13:21Z", Map.of());
        Verdict verdict = recipe.verify(event, keys, signing, Seen.nothing());
        assertTrue(verdict.accepted(), verdict::toString);
        String opened =
                new String(recipe.open(event, keys, signing).body(), StandardCharsets.UTF_8);
        assertEquals("{\"type\":\"CHECK_URL\",\"eventId\":\"e1\"}", opened);
    }
}
