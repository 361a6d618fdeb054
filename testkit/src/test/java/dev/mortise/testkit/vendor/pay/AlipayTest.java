package dev.mortise.testkit.vendor.pay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.testkit.vendor.Ask;
import dev.mortise.testkit.vendor.Asked;
import dev.mortise.testkit.vendor.Json;
import dev.mortise.testkit.vendor.Mood;
import dev.mortise.testkit.vendor.Served;
import dev.mortise.testkit.vendor.TestClock;
import dev.mortise.testkit.vendor.Told;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class AlipayTest {
    private static final String LOG = "/v3/alipay/data/bill/accountlog/query?";
    private static final String TIMES =
            "start_time=2024-11-01+00:00:00&end_time=2024-12-01+00:00:00";

    private final TestClock clock = new TestClock();
    private final Alipay alipay = new Alipay(clock, Mood.CALM);
    private final Map<String, String> env = alipay.environment(URI.create("http://h"));
    private int nonces;

    private String env(String name) {
        return env.getOrDefault(name, "");
    }

    private String sign(String text) throws GeneralSecurityException {
        byte[] der = Base64.getDecoder().decode(env("ALIPAY_PRIVATE_KEY"));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(
                KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der)));
        signature.update(text.getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(signature.sign());
    }

    private boolean verifies(String text, String sign) throws GeneralSecurityException {
        byte[] der = Base64.getDecoder().decode(env("ALIPAY_PUBLIC_KEY"));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(
                KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der)));
        signature.update(text.getBytes(StandardCharsets.UTF_8));
        return signature.verify(Base64.getDecoder().decode(sign));
    }

    private Map<String, String> params(String method, String biz) {
        Map<String, String> params = new TreeMap<>();
        params.put("app_id", env("ALIPAY_APP_ID"));
        params.put("method", method);
        params.put("charset", "utf-8");
        params.put("sign_type", "RSA2");
        params.put("version", "1.0");
        params.put("format", "");
        params.put(
                "timestamp",
                DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss")
                        .format(LocalDateTime.ofInstant(clock.instant(), ZoneId.of("+08:00"))));
        params.put("biz_content", biz);
        return params;
    }

    private String signed(Map<String, String> params) throws GeneralSecurityException {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, String> p : new TreeMap<>(params).entrySet()) {
            if (!p.getValue().isEmpty()) {
                text.append(text.isEmpty() ? "" : "&");
                text.append(p.getKey()).append("=").append(p.getValue());
            }
        }
        return sign(text.toString());
    }

    private Told gateway(Map<String, String> params) {
        StringBuilder query = new StringBuilder("/gateway.do?");
        params.forEach(
                (k, v) ->
                        query.append(k)
                                .append("=")
                                .append(URLEncoder.encode(v, StandardCharsets.UTF_8))
                                .append("&"));
        return alipay.answer(Ask.post(query.toString(), Map.of(), ""));
    }

    private Told v2(String method, String biz) throws GeneralSecurityException {
        Map<String, String> params = params(method, biz);
        params.put("sign", signed(params));
        return gateway(params);
    }

    private static JsonNode part(Told told) {
        return Json.read(Ask.text(told)).properties().iterator().next().getValue();
    }

    private static String refund(String amount) {
        return """
        {"out_trade_no":"SO000007","refund_amount":"%s","out_request_no":"Q1"}\
        """
                .formatted(amount);
    }

    @Test
    void theOlderGatewayRefundsOnceUnderANumber() throws GeneralSecurityException {
        assertEquals(
                "Y",
                part(v2("alipay.trade.refund", refund("1.50"))).path("fund_change").asString());
        assertEquals(
                "N",
                part(v2("alipay.trade.refund", refund("1.50"))).path("fund_change").asString());
        JsonNode other = part(v2("alipay.trade.refund", refund("1.60")));
        assertEquals("ACQ.DISCORDANT_REPEAT_REQUEST", other.path("sub_code").asString());
        assertEquals(List.of(List.of("Q1", "SO000007", "1.50")), alipay.refunds());
    }

    @Test
    void theOlderGatewaySignsTheVeryCharactersOfItsAnswer() throws GeneralSecurityException {
        String biz =
                """
                {"start_time":"2024-11-01 00:00:00","end_time":"2024-12-01 00:00:00",\
                "page_size":"2"}\
                """;
        Told told = v2("alipay.data.bill.accountlog.query", biz);
        String text = Ask.text(told);
        String raw =
                text.substring(
                        "{\"alipay_data_bill_accountlog_query_response\":".length(),
                        text.indexOf(",\"sign\":"));
        String sign = Json.read(text).path("sign").asString();
        assertTrue(verifies(raw, sign));
        assertNotEquals(raw, Json.write(Json.read(raw)), "written anew it is another text");
        assertFalse(verifies(Json.write(Json.read(raw)), sign));
    }

    private void refused(String code, Map<String, String> params) {
        Told told = gateway(params);
        assertEquals(200, told.status());
        assertEquals(code, part(told).path("sub_code").asString());
    }

    @Test
    void theOlderGatewayRefusesWithin200() throws GeneralSecurityException {
        Map<String, String> params = params("alipay.trade.refund", refund("1"));
        refused("isv.missing-sign", params);
        params.put("sign", signed(params));
        params.put("biz_content", refund("2"));
        refused("isv.invalid-signature", params);
        params.put("sign", "no base64");
        refused("isv.invalid-signature", params);
        params.put("app_id", "1");
        refused("isv.invalid-app-id", params);
        Map<String, String> stale = params("alipay.trade.refund", refund("1"));
        stale.put("sign", signed(stale));
        clock.move(Duration.ofSeconds(901));
        refused("isv.invalid-timestamp", stale);
        assertEquals("isv.invalid-method", part(v2("no.such", "{}")).path("sub_code").asString());
        assertEquals(List.of(), alipay.refunds());
    }

    private Asked v3(String method, String target, String body) throws GeneralSecurityException {
        String auth =
                "app_id=%s,nonce=n%d,timestamp=%d"
                        .formatted(env("ALIPAY_APP_ID"), nonces++, clock.instant().toEpochMilli());
        String text = auth + "\n" + method + "\n" + target + "\n" + body + "\n";
        String header = "ALIPAY-SHA256withRSA " + auth + ",sign=" + sign(text);
        return Ask.of(method, target, Map.of("Authorization", header), body);
    }

    private Told get(String target) throws GeneralSecurityException {
        return alipay.answer(v3("GET", target, ""));
    }

    @Test
    void theNewerGatewayGivesEveryRowOnceAndSignsItsHeaders() throws GeneralSecurityException {
        List<List<String>> rows = new ArrayList<>();
        for (int page = 1; page < 5; page++) {
            Told told = get(LOG + TIMES + "&page_size=100&page_no=" + page);
            Map<String, String> headers = told.headers();
            String time = headers.getOrDefault("alipay-timestamp", "");
            String text =
                    time
                            + "\n"
                            + headers.getOrDefault("alipay-nonce", "")
                            + "\n"
                            + Ask.text(told)
                            + "\n";
            assertTrue(verifies(text, headers.getOrDefault("alipay-signature", "")));
            JsonNode body = Json.read(Ask.text(told));
            assertEquals("389", body.path("total_size").asString());
            for (JsonNode row : body.path("detail_list")) {
                List<String> values = new ArrayList<>();
                row.forEach(value -> values.add(value.asString()));
                rows.add(values);
            }
        }
        assertEquals(alipay.served().getFirst().checksum(), Served.checksum(rows));
    }

    @Test
    void theNewerGatewayRefusesByStatus() throws GeneralSecurityException {
        Asked good = v3("GET", LOG + TIMES, "");
        Asked other = new Asked("GET", good.path(), "page_no=2", good.headers(), good.body());
        assertEquals("signature", alipay.answer(other).rule());
        assertEquals(401, alipay.answer(other).status());
        assertEquals("", alipay.answer(good).rule());
        assertEquals("nonce", alipay.answer(good).rule());
        clock.move(Duration.ofSeconds(301));
        assertEquals("clock", alipay.answer(good).rule());
        assertEquals(400, get(LOG + "page_no=1").status());
        assertEquals(400, get(LOG + TIMES + "&page_size=2001").status());
        assertEquals("scheme", alipay.answer(Ask.get(LOG + TIMES, Map.of())).rule());
    }
}
