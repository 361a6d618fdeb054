package dev.mortise.testkit.vendor.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.testkit.vendor.Ask;
import dev.mortise.testkit.vendor.Asked;
import dev.mortise.testkit.vendor.Json;
import dev.mortise.testkit.vendor.Mood;
import dev.mortise.testkit.vendor.Served;
import dev.mortise.testkit.vendor.TestClock;
import dev.mortise.testkit.vendor.Told;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class KingdeeTest {
    private static final String SERVICES = "/K3Cloud/Kingdee.BOS.WebApi.ServicesStub.";
    private static final String QUERY =
            SERVICES + "DynamicFormService.ExecuteBillQuery.common.kdsvc";
    private static final String FIELDS =
            "FID,FBillNo,FModifyDate,FCustId.FNumber,FBillAllAmount,FDocumentStatus";

    private final TestClock clock = new TestClock();
    private final Kingdee kingdee = new Kingdee(clock, Mood.CALM);
    private final Map<String, String> env = kingdee.environment(URI.create("http://h"));
    private int nonces;

    private String env(String name) {
        return env.getOrDefault(name, "");
    }

    private static String hmac(String key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        StringBuilder hex = new StringBuilder();
        for (byte b : mac.doFinal(text.getBytes(StandardCharsets.UTF_8))) {
            hex.append("%02x".formatted(b));
        }
        return base64(hex.toString());
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String gatewayKey(String appId) {
        byte[] secret = Base64.getDecoder().decode(appId.split("_", -1)[1]);
        byte[] mask = "0054f397c6234378b09ca7d3e5debce7".getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < secret.length; i++) {
            secret[i] = (byte) (secret[i] ^ mask[i]);
        }
        return Base64.getEncoder().encodeToString(secret);
    }

    private static Map<String, String> headers(
            String appId, String secret, String path, String time, String nonce, String tenant)
            throws GeneralSecurityException {
        String place = path.replace("/", "%2F");
        String text =
                "POST\n" + place + "\n\nx-api-nonce:" + nonce + "\nx-api-timestamp:" + time + "\n";
        Map<String, String> headers = new HashMap<>();
        headers.put("X-Api-ClientID", appId.split("_", -1)[0]);
        headers.put("X-Api-Auth-Version", "2.0");
        headers.put("x-api-timestamp", time);
        headers.put("x-api-nonce", nonce);
        headers.put("x-api-signheaders", "x-api-timestamp,x-api-nonce");
        headers.put("X-Api-Signature", hmac(gatewayKey(appId), text));
        headers.put("X-Kd-Appkey", appId);
        headers.put("X-Kd-Appdata", base64(tenant));
        headers.put("X-Kd-Signature", hmac(secret, appId + tenant));
        return headers;
    }

    private Map<String, String> headers(String path) throws GeneralSecurityException {
        return headers(
                env("KINGDEE_APP_ID"),
                env("KINGDEE_APP_SECRET"),
                path,
                Long.toString(clock.instant().getEpochSecond()),
                "nonce-" + nonces++,
                env("KINGDEE_ACCT_ID") + "," + env("KINGDEE_USER") + ",2052,100");
    }

    private static String query(String keys, String filter, String order, int start, int limit) {
        return """
        {"data":{"FormId":"SAL_SaleOrder","FieldKeys":"%s","FilterString":"%s","OrderString":"%s",\
        "TopRowCount":0,"StartRow":%d,"Limit":%d}}\
        """
                .formatted(keys, filter, order, start, limit);
    }

    private Told ask(Kingdee vendor, String order, int start, int limit) throws Exception {
        return vendor.answer(
                Ask.post(QUERY, headers(QUERY), query(FIELDS, "", order, start, limit)));
    }

    private List<List<String>> rows(Told told) {
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode row : Json.read(Ask.text(told))) {
            List<String> values = new ArrayList<>();
            row.forEach(value -> values.add(value.asString(value.toString())));
            values.set(2, values.get(2).replace('T', ' '));
            values.set(4, new BigDecimal(values.get(4)).setScale(2).toPlainString());
            rows.add(values);
        }
        return rows;
    }

    private List<List<String>> all(String order) throws Exception {
        List<List<String>> all = new ArrayList<>();
        for (int start = 0; start < 500; start += 100) {
            all.addAll(rows(ask(kingdee, order, start, 100)));
        }
        return all;
    }

    @Test
    void theSignerOfThisTestSignsAsTheVendorPublishes() throws GeneralSecurityException {
        Map<String, String> signed =
                headers(
                        "123456_YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4",
                        "test-app-secret-value",
                        QUERY,
                        "1700000000",
                        "1700000000",
                        "dcid-1,user-1,2052,100");
        assertEquals(
                "MjNhMzg5MmZiMWE1MTQ1ZGE5NWFkYmZiZWYxYzhlY2NjNzcwM2ZjNDJlZTczMzBhNzkxOTk1ODhj"
                        + "NDZkMTEzYw==",
                signed.get("X-Api-Signature"));
        assertEquals(
                "NjI5MzRiZGVhNGJhOWY2N2Y2YzQ2MzQ5ODA3N2JiZTRiMDRmOTUwNjI3YWIzODU1ODBkZDdhNzgw"
                        + "MzdmMDgxMg==",
                signed.get("X-Kd-Signature"));
    }

    @Test
    void givesEveryRowOnceInPagesThatAreOrdered() throws Exception {
        assertEquals(kingdee.served().getFirst().checksum(), Served.checksum(all("FID asc")));
        assertEquals(
                kingdee.served().getFirst().checksum(),
                Served.checksum(all("FCustId.FNumber desc, FID")));
    }

    @Test
    void repeatsAndLosesRowsInPagesThatAreNot() throws Exception {
        List<List<String>> all = all("");
        assertEquals(437, all.size());
        assertTrue(new HashSet<>(all).size() < 437);
    }

    @Test
    void filtersByHalfOpenRanges() throws Exception {
        String filter = "FModifyDate >= '2026-09-02 00:00:00' and FModifyDate < '2026-09-03'";
        Told told =
                kingdee.answer(
                        Ask.post(QUERY, headers(QUERY), query(FIELDS, filter, "FID", 0, 2000)));
        List<List<String>> day = rows(told);
        assertTrue(day.stream().allMatch(row -> row.get(2).startsWith("2026-09-02")));
        assertEquals(39, day.size());
    }

    @Test
    void tellsMistakesOfAQueryWithinArrays() throws Exception {
        for (String body :
                List.of(
                        query("FNothing", "", "FID", 0, 10),
                        query(FIELDS, "FNothing = '1'", "FID", 0, 10),
                        query(FIELDS, "drop table", "FID", 0, 10),
                        query(FIELDS, "", "FNothing", 0, 10),
                        query(FIELDS, "", "FID", 0, 2001),
                        query(FIELDS, "", "FID", 0, 10).replace("SAL_", "PUR_"))) {
            Told told = kingdee.answer(Ask.post(QUERY, headers(QUERY), body));
            assertEquals(200, told.status(), body);
            JsonNode status = Json.read(Ask.text(told)).path(0).path(0).path("Result");
            assertEquals("false", status.path("ResponseStatus").path("IsSuccess").toString(), body);
        }
    }

    private void refused(int status, String rule, Map<String, String> changed) throws Exception {
        Map<String, String> headers = headers(QUERY);
        headers.putAll(changed);
        Told told = kingdee.answer(Ask.post(QUERY, headers, query(FIELDS, "", "FID", 0, 10)));
        assertEquals(rule, told.rule());
        assertEquals(status, told.status());
    }

    @Test
    void refusesWhatIsNotSignedAsItShouldBe() throws Exception {
        refused(401, "signature", Map.of("x-api-nonce", "another"));
        refused(401, "headers", Map.of("X-Api-Auth-Version", "1.0"));
        refused(401, "tenant-signature", Map.of("X-Kd-Appdata", base64("x,y,2052,100")));
        refused(401, "tenant-signature", Map.of("X-Kd-Appdata", "no base64"));
        refused(401, "signature", headers("/another"));
        String stale = Long.toString(clock.instant().minusSeconds(301).getEpochSecond());
        refused(401, "clock", Map.of("x-api-timestamp", stale));
    }

    @Test
    void refusesAStaleCallThatIsSignedWellAndANonceThatComesTwice() throws Exception {
        Asked asked = Ask.post(QUERY, headers(QUERY), query(FIELDS, "", "FID", 0, 10));
        clock.move(Duration.ofMinutes(5));
        assertEquals("", kingdee.answer(asked).rule());
        assertEquals("nonce", kingdee.answer(asked).rule());
        clock.move(Duration.ofSeconds(1));
        assertEquals("clock", kingdee.answer(asked).rule());
    }

    @Test
    void knowsNoOtherUser() throws Exception {
        String time = Long.toString(clock.instant().getEpochSecond());
        String tenant = env("KINGDEE_ACCT_ID") + ",stranger,2052,100";
        Map<String, String> headers =
                headers(env("KINGDEE_APP_ID"), env("KINGDEE_APP_SECRET"), QUERY, time, "n", tenant);
        assertEquals(403, kingdee.answer(Ask.post(QUERY, headers, "{}")).status());
    }

    private Told login(String secret) {
        String body =
                """
                {"acctID":"%s","username":"%s","appId":"%s","appSecret":"%s","lcid":2052}\
                """
                        .formatted(
                                env("KINGDEE_ACCT_ID"),
                                env("KINGDEE_USER"),
                                env("KINGDEE_APP_ID"),
                                secret);
        return kingdee.answer(
                Ask.post(SERVICES + "AuthService.LoginByAppSecret.common.kdsvc", Map.of(), body));
    }

    @Test
    void losesASessionWithinAnAnswerOf200() {
        Told in = login(env("KINGDEE_APP_SECRET"));
        String cookie = in.headers().getOrDefault("Set-Cookie", "").split(";", -1)[0];
        Asked asked =
                Ask.post(QUERY, Map.of("Cookie", "a=b; " + cookie), query(FIELDS, "", "FID", 0, 9));
        assertEquals(9, rows(kingdee.answer(asked)).size());
        clock.move(Duration.ofHours(2));
        Told lost = kingdee.answer(asked);
        assertEquals(200, lost.status());
        assertEquals("session", lost.rule());
        assertTrue(Ask.text(lost).contains("会话信息已丢失"), Ask.text(lost));
        assertNotEquals(
                cookie, login(env("KINGDEE_APP_SECRET")).headers().getOrDefault("Set-Cookie", ""));
    }

    @Test
    void refusesALoginWithin200() {
        Told told = login("wrong");
        assertEquals(200, told.status());
        assertEquals("0", Json.read(Ask.text(told)).path("LoginResultType").toString());
        assertTrue(!told.headers().containsKey("Set-Cookie"));
    }

    private JsonNode step(String step, String data) throws Exception {
        String path = SERVICES + "DynamicFormService." + step + ".common.kdsvc";
        String body = "{\"formid\":\"SAL_SaleOrder\",\"data\":" + data + "}";
        Told told = kingdee.answer(Ask.post(path, headers(path), body));
        return Json.read(Ask.text(told)).path("Result").path("ResponseStatus");
    }

    private String verdict(String step, String data) throws Exception {
        JsonNode status = step(step, data);
        return status.path("IsSuccess").toString()
                + status.path("Errors").path(0).path("Message").asString("");
    }

    @Test
    void savesSubmitsAndAuditsInThisOrder() throws Exception {
        String model =
                """
                {"Model":{"FBillNo":"N1","FCustId":{"FNumber":"CUST0001"},"FBillAllAmount":12.50}}\
                """;
        assertEquals("true", verdict("Save", model));
        assertEquals("false违反字段唯一性要求：编码唯一", verdict("Save", Json.write(model)));
        assertEquals("falseN1 的状态不允许此操作", verdict("Audit", "{\"Numbers\":[\"N1\"]}"));
        assertEquals("true", verdict("Submit", "{\"Numbers\":[\"N1\"]}"));
        assertEquals("true", verdict("Audit", "{\"Numbers\":[\"N1\"]}"));
        assertEquals(List.of(List.of("N1", "12.5", "C")), kingdee.saved());
        assertEquals("false客户不存在", verdict("Save", model.replace("CUST0001", "X")));
        assertEquals("false编码为 N2 的数据不存在", verdict("Submit", "{\"Numbers\":[\"N2\"]}"));
        assertEquals("false操作标识不存在", verdict("Explode", "{}"));
    }

    @Test
    void hasBadDaysOnDemand() throws Exception {
        Kingdee moody = new Kingdee(clock, Mood.CALM.repeating(1).throttlingEvery(4));
        env.clear();
        env.putAll(moody.environment(URI.create("http://h")));
        List<List<String>> first = rows(ask(moody, "FID", 0, 50));
        assertEquals(first, rows(ask(moody, "FID", 50, 50)));
        assertNotEquals(first, rows(ask(moody, "FID", 100, 50)));
        assertEquals(429, ask(moody, "FID", 150, 50).status());
    }
}
