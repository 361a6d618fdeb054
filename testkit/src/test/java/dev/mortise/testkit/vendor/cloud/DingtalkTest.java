package dev.mortise.testkit.vendor.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.testkit.vendor.Ask;
import dev.mortise.testkit.vendor.Json;
import dev.mortise.testkit.vendor.Mood;
import dev.mortise.testkit.vendor.Served;
import dev.mortise.testkit.vendor.TestClock;
import dev.mortise.testkit.vendor.Told;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DingtalkTest {
    private final TestClock clock = new TestClock();
    private final Dingtalk dingtalk = new Dingtalk(clock, Mood.CALM, 100);
    private final Map<String, String> env = dingtalk.environment(URI.create("http://h"));

    private String env(String name) {
        return env.getOrDefault(name, "");
    }

    private Told grant(String secret) {
        String body =
                "{\"appKey\":\"%s\",\"appSecret\":\"%s\"}"
                        .formatted(env("DINGTALK_APP_KEY"), secret);
        return dingtalk.answer(Ask.post("/v1.0/oauth2/accessToken", Map.of(), body));
    }

    private String token() {
        JsonNode told = Json.read(Ask.text(grant(env("DINGTALK_APP_SECRET"))));
        return told.path("accessToken").asString("");
    }

    private Told list(String token, int cursor, int size) {
        String body = "{\"dept_id\":1,\"cursor\":%d,\"size\":%d}".formatted(cursor, size);
        return dingtalk.answer(
                Ask.post("/topapi/v2/user/list?access_token=" + token, Map.of(), body));
    }

    private static String code(Told told) {
        JsonNode body = Json.read(Ask.text(told));
        return body.path("sub_code").asString(body.path("errcode").toString());
    }

    @Test
    void givesEveryMemberOnceBehindACursor() {
        String token = token();
        List<List<String>> members = new ArrayList<>();
        JsonNode result;
        int cursor = 0;
        do {
            result = Json.read(Ask.text(list(token, cursor, 100))).path("result");
            for (JsonNode m : result.path("list")) {
                members.add(
                        List.of(
                                m.path("userid").asString(),
                                m.path("name").asString(),
                                m.path("mobile").asString(),
                                m.path("title").asString(),
                                m.path("hired_date").toString(),
                                m.path("active").toString()));
            }
            cursor = result.path("next_cursor").asInt(0);
        } while (result.path("has_more").asBoolean(false));
        assertEquals(dingtalk.served().getFirst().checksum(), Served.checksum(members));
    }

    @Test
    void refusesWithin200() {
        assertEquals("40014", code(list("stranger", 0, 10)));
        assertEquals("400002", code(list(token(), 0, 101)));
        assertEquals(200, list("stranger", 0, 10).status());
    }

    @Test
    void endsTokensAndGrantsNoneToAStranger() {
        String token = token();
        assertEquals("0", code(list(token, 0, 10)));
        clock.move(Duration.ofHours(2));
        assertEquals("40014", code(list(token, 0, 10)));
        assertEquals("0", code(list(token(), 0, 10)));
        Told refused = grant("wrong");
        assertEquals(400, refused.status());
        assertEquals("login", refused.rule());
    }

    @Test
    void throttlesWithin200ThenBansTheAddressWithAPage() {
        String token = token();
        for (int i = 0; i < 40; i++) {
            assertEquals("", list(token, 0, 1).rule());
        }
        Told throttled = list(token, 0, 1);
        assertEquals("90018", code(throttled));
        assertEquals(200, throttled.status());
        for (int i = 0; i < 58; i++) {
            clock.move(Duration.ofMillis(100));
            assertTrue(!list(token, 0, 1).rule().equals("ban"), "call " + i);
        }
        Told banned = list(token, 0, 1);
        assertEquals("ban", banned.rule());
        assertTrue(Ask.text(banned).startsWith("<html>"));
        clock.move(Duration.ofSeconds(299));
        assertEquals("ban", grant(env("DINGTALK_APP_SECRET")).rule());
        clock.move(Duration.ofSeconds(1));
        assertEquals("", list(token, 0, 1).rule());
    }

    private String sign(String time, String secret) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        byte[] code = mac.doFinal((time + "\n" + secret).getBytes(StandardCharsets.UTF_8));
        String sign = Base64.getEncoder().encodeToString(code);
        return URLEncoder.encode(sign, StandardCharsets.UTF_8);
    }

    private Told send(long millis, String secret) throws GeneralSecurityException {
        String time = Long.toString(millis);
        String target =
                "/robot/send?access_token=%s&timestamp=%s&sign=%s"
                        .formatted(env("DINGTALK_ROBOT_TOKEN"), time, sign(time, secret));
        String body = "{\"msgtype\":\"text\",\"text\":{\"content\":\"hello\"}}";
        return dingtalk.answer(Ask.post(target, Map.of(), body));
    }

    @Test
    void aRobotTakesTwentySignedMessagesAMinute() throws GeneralSecurityException {
        long now = clock.instant().toEpochMilli();
        String secret = env("DINGTALK_ROBOT_SECRET");
        assertEquals("310000", code(send(now, "wrong")));
        assertEquals("clock", send(now - 3_600_001, secret).rule());
        assertEquals(List.of(), dingtalk.messages());
        for (int i = 0; i < 20; i++) {
            assertEquals("0", code(send(now, secret)));
        }
        assertEquals("130101", code(send(now, secret)));
        assertEquals(20, dingtalk.messages().size());
    }
}
