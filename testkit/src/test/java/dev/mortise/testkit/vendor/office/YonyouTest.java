package dev.mortise.testkit.vendor.office;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.mortise.testkit.vendor.Served;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@Tag("live")
final class YonyouTest {
    private static final String ORDERS = "/yonbip/scm/purchaseorder/list";
    private static final String VOUCHERS = "/yonbip/fi/ficloud/openapi/voucher/queryVouchers";

    private Instant now = Instant.parse("2026-03-01T08:00:00Z");
    private final Trouble trouble = new Trouble();
    private final Yonyou yonyou = new Yonyou(() -> now, Duration.ofHours(2), trouble);
    private final Caller caller = new Caller(yonyou);

    @AfterEach
    void close() {
        caller.close();
    }

    private static String sign(String secret, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Base64.getEncoder()
                    .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private JsonNode discovered() {
        String query = "?tenantId=" + caller.word("YONYOU_TENANT");
        return caller.json("GET", "/open-auth/dataCenter/getGatewayAddress" + query, "");
    }

    /// @param signature as it is placed in the query
    private JsonNode token(Instant at, String signature) {
        String url = Json.text(discovered(), "/data/tokenUrl");
        String query =
                "?appKey=%s&timestamp=%d&signature=%s"
                        .formatted(caller.word("YONYOU_APP_KEY"), at.toEpochMilli(), signature);
        return caller.json("GET", url + "/open-auth/selfAppAuth/getAccessToken" + query, "");
    }

    private String signature(Instant at) {
        String text = "appKey" + caller.word("YONYOU_APP_KEY") + "timestamp" + at.toEpochMilli();
        return sign(caller.word("YONYOU_APP_SECRET"), text);
    }

    private String token() {
        JsonNode answer = token(now, Caller.encoded(signature(now)));
        assertEquals("00000", Json.text(answer, "code"));
        return Json.text(answer, "/data/access_token");
    }

    private JsonNode page(String path, String token, int index) {
        String url = Json.text(discovered(), "/data/gatewayUrl") + path + "?access_token=" + token;
        String body = "{\"pageIndex\":%d,\"pageSize\":100}".formatted(index);
        return caller.json("POST", url, body);
    }

    @Test
    void signsAsTheProjectsVectorDoes() {
        assertEquals(
                "1TKdFM6bxn501/hAsnjN54BJ80g/cR31DgoPRbW3Btk=",
                sign("testsecret", "appKey41832a3d2df94989b500da6a22268747timestamp1568098531823"));
    }

    @Test
    void givesEveryOrderOnceToWhoSigns() {
        String token = token();
        List<List<String>> rows = new ArrayList<>();
        for (int page = 1; page <= 4; page++) {
            JsonNode answer = page(ORDERS, token, page);
            assertEquals("200", Json.text(answer, "code"));
            answer.at("/data/recordList").forEach(row -> rows.add(values(row)));
        }
        Served served = yonyou.served().getFirst();
        assertEquals(served.checksum(), Served.checksum(rows));
        assertEquals(0, page(ORDERS, token, 5).at("/data/recordList").size());
        assertEquals(Map.of(), caller.broken());
    }

    private static List<String> values(JsonNode row) {
        return List.of(
                Json.text(row, "id"),
                Json.text(row, "code"),
                Json.text(row, "vendor_name"),
                Json.text(row, "totalMoney"),
                Json.text(row, "status"));
    }

    @Test
    void refusesASignatureThatWasEncodedTwice() {
        String twice = Caller.encoded(Caller.encoded(signature(now)));
        assertEquals("50000", Json.text(token(now, twice), "code"));
        assertEquals(Map.of("encoded-twice", 1), caller.broken());
    }

    @Test
    void refusesASignatureOfAnotherMoment() {
        token(now, Caller.encoded(signature(now.plusMillis(1))));
        assertEquals(Map.of("signature", 1), caller.broken());
    }

    @Test
    void refusesAClockThatIsOff() {
        Instant early = now.minus(Duration.ofMinutes(11));
        token(early, Caller.encoded(signature(early)));
        assertEquals(Map.of("timestamp", 1), caller.broken());
    }

    @Test
    void refusesATokenWhoseTimeIsOver() {
        String token = token();
        now = now.plus(Duration.ofHours(2));
        assertEquals("310036", Json.text(page(ORDERS, token, 1), "code"));
        assertEquals("200", Json.text(page(ORDERS, token(), 1), "code"));
        yonyou.revoke();
        assertEquals("310036", Json.text(page(ORDERS, token, 1), "code"));
    }

    @Test
    void keepsVouchersUntilAnAdministratorGrantsThem() {
        String token = token();
        assertEquals("310037", Json.text(page(VOUCHERS, token, 1), "code"));
        yonyou.grantVouchers();
        assertEquals(61, page(VOUCHERS, token, 1).at("/data/recordList").size());
    }

    @Test
    void repeatsAPageOnceOnDemand() {
        trouble.repeat("orders", 1);
        String token = token();
        JsonNode first = page(ORDERS, token, 1).at("/data/recordList");
        assertEquals(first, page(ORDERS, token, 2).at("/data/recordList"));
        assertFalse(first.equals(page(ORDERS, token, 2).at("/data/recordList")));
    }

    @Test
    void refusesPagesThatAreTooLong() {
        String url = "/iuap-api-gateway" + ORDERS + "?access_token=" + token();
        JsonNode answer = caller.json("POST", url, "{\"pageIndex\":1,\"pageSize\":501}");
        assertEquals("999", Json.text(answer, "code"));
        assertEquals(Map.of("page", 1), caller.broken());
    }
}
