package dev.mortise.testkit.vendor.pay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.testkit.vendor.Ask;
import dev.mortise.testkit.vendor.Asked;
import dev.mortise.testkit.vendor.Json;
import dev.mortise.testkit.vendor.Mood;
import dev.mortise.testkit.vendor.Served;
import dev.mortise.testkit.vendor.TestClock;
import dev.mortise.testkit.vendor.Told;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class WechatPayTest {
    private static final String COMPLAINTS = "/v3/merchant-service/complaints-v2?";
    private static final String REFUNDS = "/v3/refund/domestic/refunds";

    private final TestClock clock = new TestClock();
    private final WechatPay pay = new WechatPay(clock, Mood.CALM);
    private final Map<String, String> env = pay.environment(URI.create("http://h"));
    private int nonces;

    private String env(String name) {
        return env.getOrDefault(name, "");
    }

    private String sign(String text) throws GeneralSecurityException {
        byte[] der = Base64.getDecoder().decode(env("WECHATPAY_PRIVATE_KEY"));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(
                KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der)));
        signature.update(text.getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(signature.sign());
    }

    private boolean verifies(Told told) throws GeneralSecurityException {
        byte[] der = Base64.getDecoder().decode(env("WECHATPAY_PLATFORM_KEY"));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(
                KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der)));
        String text =
                told.headers().getOrDefault("Wechatpay-Timestamp", "")
                        + "\n"
                        + told.headers().getOrDefault("Wechatpay-Nonce", "")
                        + "\n"
                        + Ask.text(told)
                        + "\n";
        signature.update(text.getBytes(StandardCharsets.UTF_8));
        return signature.verify(
                Base64.getDecoder().decode(told.headers().getOrDefault("Wechatpay-Signature", "")));
    }

    private Asked signed(String method, String target, String body)
            throws GeneralSecurityException {
        String time = Long.toString(clock.instant().getEpochSecond());
        String nonce = "nonce-%027d".formatted(nonces++);
        String text = method + "\n" + target + "\n" + time + "\n" + nonce + "\n" + body + "\n";
        String authorization =
                "WECHATPAY2-SHA256-RSA2048 mchid=\"%s\",nonce_str=\"%s\",timestamp=\"%s\","
                                .formatted(env("WECHATPAY_MCHID"), nonce, time)
                        + "serial_no=\"%s\",signature=\"%s\""
                                .formatted(env("WECHATPAY_SERIAL"), sign(text));
        Map<String, String> headers =
                Map.of("Authorization", authorization, "Content-Type", "application/json");
        return Ask.of(method, target, headers, body);
    }

    private Told get(String target) throws GeneralSecurityException {
        return pay.answer(signed("GET", target, ""));
    }

    private static String code(Told told) {
        return told.status() + Json.read(Ask.text(told)).path("code").asString("");
    }

    private static String complaints(int offset, int limit) {
        return COMPLAINTS
                + "limit=%d&offset=%d&begin_date=2024-11-01&end_date=2024-11-30"
                        .formatted(limit, offset);
    }

    @Test
    void givesEveryComplaintOnceAndSignsEachAnswer() throws GeneralSecurityException {
        List<List<String>> rows = new ArrayList<>();
        for (int offset = 0; offset < 400; offset += 50) {
            Told told = get(complaints(offset, 50));
            assertTrue(verifies(told));
            JsonNode page = Json.read(Ask.text(told));
            assertEquals(391, page.path("total_count").asInt());
            for (JsonNode c : page.path("data")) {
                rows.add(
                        List.of(
                                c.path("complaint_id").asString(),
                                c.path("complaint_time").asString(),
                                c.path("complaint_state").asString(),
                                c.path("complaint_detail").asString(),
                                c.path("complaint_full_refunded").toString()));
            }
        }
        assertEquals(pay.served().getFirst().checksum(), Served.checksum(rows));
    }

    @Test
    void refusesPagesAndDatesBeyondWhatIsAllowed() throws GeneralSecurityException {
        assertEquals("400PARAM_ERROR", code(get(complaints(0, 51))));
        assertEquals(
                "400PARAM_ERROR",
                code(get(COMPLAINTS + "limit=5&begin_date=2024-11-01&end_date=2024-12-02")));
        assertEquals("400PARAM_ERROR", code(get(COMPLAINTS + "limit=5")));
        assertEquals("404RESOURCE_NOT_EXISTS", code(get("/v3/nothing")));
    }

    @Test
    void refusesWhatIsNotSignedAsItIsSent() throws GeneralSecurityException {
        Asked good = signed("GET", complaints(0, 5), "");
        Asked other =
                new Asked("GET", good.path(), good.query() + "&x=1", good.headers(), good.body());
        Told refused = pay.answer(other);
        assertEquals("signature", refused.rule());
        assertEquals("401SIGN_ERROR", code(refused));
        assertTrue(verifies(refused), "a refusal is signed too");
        assertEquals("scheme", pay.answer(Ask.get(complaints(0, 5), Map.of())).rule());
        assertEquals("", pay.answer(good).rule(), "a refused call uses up no nonce");
        assertEquals("nonce", pay.answer(good).rule());
        clock.move(Duration.ofSeconds(301));
        assertEquals("clock", pay.answer(good).rule());
    }

    @Test
    void refusesAnotherBodyThanTheSignedOne() throws GeneralSecurityException {
        Asked good = signed("POST", REFUNDS, refund("R1", 10));
        byte[] spaced = refund("R1", 10).replace(":", ": ").getBytes(StandardCharsets.UTF_8);
        Asked other = new Asked("POST", good.path(), "", good.headers(), spaced);
        assertEquals("signature", pay.answer(other).rule());
    }

    private static String refund(String number, int amount) {
        return """
        {"out_refund_no":"%s","out_trade_no":"SO000001",\
        "amount":{"refund":%d,"total":100,"currency":"CNY"}}\
        """
                .formatted(number, amount);
    }

    @Test
    void refundsOnceUnderANumber() throws GeneralSecurityException {
        String first = Ask.text(pay.answer(signed("POST", REFUNDS, refund("R1", 10))));
        assertEquals("PROCESSING", Json.read(first).path("status").asString());
        assertEquals(first, Ask.text(pay.answer(signed("POST", REFUNDS, refund("R1", 10)))));
        assertEquals("400PARAM_ERROR", code(pay.answer(signed("POST", REFUNDS, refund("R1", 11)))));
        assertEquals(
                "400PARAM_ERROR", code(pay.answer(signed("POST", REFUNDS, refund("R2", 101)))));
        assertEquals(List.of(List.of("R1", "SO000001", "10")), pay.refunds());
        assertEquals("200", code(get(REFUNDS + "/R1")));
        assertEquals("404RESOURCE_NOT_EXISTS", code(get(REFUNDS + "/R2")));
    }

    private Told bill(String more) throws GeneralSecurityException {
        return get("/v3/bill/tradebill?bill_date=2024-11-20" + more);
    }

    private byte[] file(Told bill) throws GeneralSecurityException {
        URI place = URI.create(Json.read(Ask.text(bill)).path("download_url").asString());
        Told told = get(place.getRawPath() + "?" + place.getRawQuery());
        assertFalse(told.headers().containsKey("Wechatpay-Signature"));
        return told.body();
    }

    @Test
    void aBillIsAFileWithAHashOfWhatIsInIt() throws Exception {
        byte[] plain = file(bill(""));
        byte[] sha1 = MessageDigest.getInstance("SHA-1").digest(plain);
        Told zipped = bill("&tar_type=GZIP");
        assertEquals(
                HexFormat.of().formatHex(sha1),
                Json.read(Ask.text(zipped)).path("hash_value").asString());
        try (var unzipped = new GZIPInputStream(new ByteArrayInputStream(file(zipped)))) {
            assertArrayEquals(plain, unzipped.readAllBytes());
        }
        List<String> lines = new String(plain, StandardCharsets.UTF_8).lines().toList();
        List<List<String>> rows =
                lines.subList(1, lines.size() - 2).stream()
                        .map(line -> List.of(line.substring(1).split(",`", -1)))
                        .toList();
        assertEquals(pay.served().get(1).checksum(), Served.checksum(rows));
        assertTrue(lines.getLast().startsWith("`" + rows.size() + ",`"), lines.getLast());
    }

    @Test
    void anAddressOfABillEndsAfterFiveMinutes() throws GeneralSecurityException {
        Told bill = bill("");
        clock.move(Duration.ofSeconds(301));
        assertTrue(new String(file(bill), StandardCharsets.UTF_8).contains("PARAM_ERROR"));
        assertEquals("400NO_STATEMENT_EXIST", code(get("/v3/bill/tradebill?bill_date=2024-11-25")));
    }

    @Test
    void canForgeItsAnswers() throws GeneralSecurityException {
        pay.forgeAnswers();
        assertFalse(verifies(get(complaints(0, 5))));
    }
}
