package dev.mortise.testkit.vendor.office;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.mortise.testkit.vendor.Served;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@Tag("live")
final class EkuaibaoTest {
    private static final String BILLS = "/api/openapi/v1.1/docs/getApplyList?type=expense";
    private static final String NODES = "/api/openapi/v2/budgets/$ID_3D$8ov23ECg/query?x=1";
    private static final Duration DELAY = Duration.ofMillis(500);

    private Instant now = Instant.parse("2026-03-01T08:00:00Z");
    private final Trouble trouble = new Trouble();
    private final Ekuaibao ekuaibao = new Ekuaibao(() -> now, Duration.ofHours(2), DELAY, trouble);
    private final Caller caller = new Caller(ekuaibao);

    @AfterEach
    void close() {
        caller.close();
    }

    private String prefix() {
        String query = "?corpId=" + caller.word("EKUAIBAO_CORP_ID");
        return Json.text(caller.json("GET", "/api/openapi/v2/location" + query, ""), "value");
    }

    private HttpResponse<byte[]> grant(String security) {
        String body =
                "{\"appKey\":\"%s\",\"appSecurity\":\"%s\"}"
                        .formatted(caller.word("EKUAIBAO_APP_KEY"), security);
        String address = prefix() + "/api/openapi/v1/auth/getAccessToken";
        return caller.send("POST", address, body, "Content-Type", "application/json");
    }

    private JsonNode granted() {
        return Caller.tree(grant(caller.word("EKUAIBAO_APP_SECURITY"))).path("value");
    }

    /// One that works already.
    private String token() {
        String token = Json.text(granted(), "accessToken");
        now = now.plus(DELAY);
        return token;
    }

    private HttpResponse<byte[]> page(String path, String token, int start, int count) {
        String query = "&accessToken=%s&start=%d&count=%d".formatted(token, start, count);
        return caller.send("GET", prefix() + path + query, "");
    }

    @Test
    void givesEveryBillOnce() {
        String token = token();
        List<List<String>> rows = new ArrayList<>();
        for (int start = 0; start < 500; start += 100) {
            JsonNode answer = Caller.tree(page(BILLS, token, start, 100));
            assertEquals("433", Json.text(answer, "count"));
            answer.path("items").forEach(row -> rows.add(values(row)));
        }
        Served served = ekuaibao.served().getFirst();
        assertEquals(served.checksum(), Served.checksum(rows));
        assertEquals(Map.of(), caller.broken());
    }

    private static List<String> values(JsonNode row) {
        return List.of(
                Json.text(row, "id"),
                Json.text(row, "/form/code"),
                Json.text(row, "/form/title"),
                Json.text(row, "/form/expenseMoney/standard"),
                Json.text(row, "updateTime"));
    }

    @Test
    void knowsADollarInAPathEncodedOrNot() {
        String token = token();
        JsonNode plain = Caller.tree(page(NODES, token, 0, 10));
        assertEquals(10, plain.at("/value/nodes").size());
        assertEquals(plain, Caller.tree(page(NODES.replace("$", "%24"), token, 0, 10)));
    }

    @Test
    void refusesATokenThatIsTooYoungOrTooOld() {
        String token = Json.text(granted(), "accessToken");
        assertEquals(401, page(BILLS, token, 0, 1).statusCode());
        now = now.plus(DELAY);
        assertEquals(200, page(BILLS, token, 0, 1).statusCode());
        now = now.plus(Duration.ofHours(2));
        assertEquals(401, page(BILLS, token, 0, 1).statusCode());
        assertEquals(Map.of("token-early", 1, "token-expired", 1), caller.broken());
    }

    @Test
    void saysWhenATokenEndsInMilliseconds() {
        long end = Long.parseLong(Json.text(granted(), "expireTime"));
        assertEquals(now.plus(Duration.ofHours(2)), Instant.ofEpochMilli(end));
    }

    @Test
    void renewsATokenOnceWhileItLives() {
        JsonNode first = granted();
        HttpResponse<byte[]> second = renewed(first);
        assertEquals(200, second.statusCode());
        assertNotEquals(first, Caller.tree(second).path("value"));
        assertEquals(403, renewed(first).statusCode());
        assertEquals(Map.of("refresh-token", 1), caller.broken());
    }

    private HttpResponse<byte[]> renewed(JsonNode pair) {
        String query =
                "?accessToken=%s&refreshToken=%s&powerCode=219904"
                        .formatted(Json.text(pair, "accessToken"), Json.text(pair, "refreshToken"));
        return caller.send("POST", prefix() + "/api/openapi/v2/auth/refreshToken" + query, "");
    }

    @Test
    void refusesAWrongPassword() {
        assertEquals(403, grant("another").statusCode());
        assertEquals(Map.of("app-security", 1), caller.broken());
    }

    @Test
    void refusesMoreThanAHundredAtOnce() {
        assertEquals(412, page(BILLS, token(), 0, 101).statusCode());
        assertEquals(Map.of("count", 1), caller.broken());
    }

    @Test
    void isGoneFromItsOldAddressAfterAMove() {
        String token = token();
        String old = prefix();
        ekuaibao.move("dd2");
        String query = "&accessToken=" + token + "&start=0&count=1";
        assertEquals(404, caller.send("GET", old + BILLS + query, "").statusCode());
        assertEquals(200, page(BILLS, token, 0, 1).statusCode());
        assertEquals(Map.of("address-prefix", 1), caller.broken());
    }
}
