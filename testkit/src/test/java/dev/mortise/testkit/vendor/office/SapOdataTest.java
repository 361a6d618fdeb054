package dev.mortise.testkit.vendor.office;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.testkit.vendor.Served;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@Tag("live")
final class SapOdataTest {
    private static final String SERVICE = "/sap/opu/odata/sap/API_SALES_ORDER_SRV/";
    private static final String ORDERS = SERVICE + "A_SalesOrder";
    private static final String PRODUCTS =
            "/sap/opu/odata4/sap/api_product/srvd_a2x/sap/product/0002/Product";
    private static final String NEW_ORDER =
            "{\"SalesOrder\":\"N1\",\"TotalNetAmount\":\"12.500\",\"SoldToParty\":\"BP1\"}";

    private Instant now = Instant.parse("2026-03-01T08:00:00Z");
    private final Trouble trouble = new Trouble();
    private final SapOdata sap = new SapOdata(() -> now, trouble);
    private final Caller caller = new Caller(sap);

    @AfterEach
    void close() {
        caller.close();
    }

    private String login() {
        String pair = caller.word("SAP_USER") + ":" + caller.word("SAP_PASSWORD");
        byte[] bytes = pair.getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(bytes);
    }

    private HttpResponse<byte[]> send(String method, String address, String body, String... more) {
        List<String> headers = new ArrayList<>(List.of("Authorization", login()));
        headers.addAll(List.of("Accept", "application/json"));
        headers.addAll(List.of(more));
        return caller.send(method, address, body, headers.toArray(String[]::new));
    }

    private record Session(String token, String cookie) {}

    private Session session() {
        HttpResponse<byte[]> answer = send("GET", SERVICE, "", "X-CSRF-Token", "Fetch");
        String cookie = answer.headers().firstValue("set-cookie").orElseThrow();
        return new Session(
                answer.headers().firstValue("x-csrf-token").orElseThrow(),
                cookie.substring(0, cookie.indexOf(';')));
    }

    private HttpResponse<byte[]> write(
            String method, String path, String body, Session session, String... more) {
        List<String> headers = new ArrayList<>(List.of("X-CSRF-Token", session.token()));
        headers.addAll(List.of("Cookie", session.cookie()));
        headers.addAll(List.of(more));
        return send(method, path, body, headers.toArray(String[]::new));
    }

    /// Every row behind the links, from an address on.
    private List<JsonNode> follow(String address, String rows, String next) {
        List<JsonNode> all = new ArrayList<>();
        String at = address;
        while (!at.isEmpty()) {
            JsonNode page = Caller.tree(send("GET", at, ""));
            page.at(rows).forEach(all::add);
            at = page.at(next).asString("");
        }
        return all;
    }

    @Test
    void givesEveryOrderOnceBehindItsOwnLinks() {
        List<List<String>> rows =
                follow(ORDERS + "?$inlinecount=allpages", "/d/results", "/d/__next").stream()
                        .map(
                                row ->
                                        List.of(
                                                Json.text(row, "SalesOrder"),
                                                Json.text(row, "SoldToParty"),
                                                Json.text(row, "TransactionCurrency"),
                                                Json.text(row, "TotalNetAmount")))
                        .toList();
        assertEquals(sap.served().getFirst().checksum(), Served.checksum(rows));
        assertEquals(Map.of(), caller.broken());
    }

    @Test
    void givesEveryProductOnceInTheFourthVersion() {
        List<List<String>> rows =
                follow(PRODUCTS, "/value", "/@odata.nextLink").stream()
                        .map(r -> List.of(Json.text(r, "Product"), Json.text(r, "NetWeight")))
                        .toList();
        assertEquals(sap.served().getLast().checksum(), Served.checksum(rows));
    }

    @Test
    void readsFromAMomentOn() {
        String filter = "LastChangeDateTime ge datetimeoffset'2026-01-21T00:00:00Z'";
        String address = ORDERS + "?$filter=" + Caller.encoded(filter);
        assertEquals(512 - 480, follow(address, "/d/results", "/d/__next").size());
        String fourth = "?$filter=" + Caller.encoded("LastChangeDateTime gt 2026-01-13T10:00:00Z");
        assertEquals(2, follow(PRODUCTS + fourth, "/value", "/@odata.nextLink").size());
    }

    @Test
    void letsNobodyInWithoutLogin() {
        assertEquals(401, caller.send("GET", ORDERS, "").statusCode());
        assertEquals(Map.of("login", 1), caller.broken());
    }

    @Test
    void writesWithTokenAndCookieOfOneSession() {
        assertEquals(201, write("POST", ORDERS, NEW_ORDER, session()).statusCode());
        JsonNode found = Caller.tree(send("GET", ORDERS + "('N1')", ""));
        assertEquals("12.500", Json.text(found, "/d/TotalNetAmount"));
        assertEquals(400, write("POST", ORDERS, NEW_ORDER, session()).statusCode());
        assertEquals(Map.of("duplicate", 1), caller.broken());
    }

    @Test
    void refusesAWriteWithoutToken() {
        HttpResponse<byte[]> answer = send("POST", ORDERS, NEW_ORDER);
        assertEquals(403, answer.statusCode());
        assertEquals("Required", answer.headers().firstValue("x-csrf-token").orElse(""));
        assertEquals(Map.of("csrf-missing", 1), caller.broken());
    }

    @Test
    void refusesATokenWithTheCookieOfAnotherSession() {
        Session mixed = new Session(session().token(), session().cookie());
        assertEquals(403, write("POST", ORDERS, NEW_ORDER, mixed).statusCode());
        Session none = new Session(session().token(), "a=b");
        assertEquals(403, write("POST", ORDERS, NEW_ORDER, none).statusCode());
        assertEquals(Map.of("csrf-cookie", 2), caller.broken());
    }

    @Test
    void refusesATokenWhoseSessionIsOver() {
        Session session = session();
        now = now.plus(Duration.ofMinutes(30));
        assertEquals(403, write("POST", ORDERS, NEW_ORDER, session).statusCode());
        assertEquals(Map.of("csrf-expired", 1), caller.broken());
    }

    @Test
    void losesASessionOnceOnDemand() {
        sap.loseSessions(1);
        Session session = session();
        assertEquals(403, write("POST", ORDERS, NEW_ORDER, session).statusCode());
        assertEquals(403, write("POST", ORDERS, NEW_ORDER, session).statusCode(), "it is gone");
        assertEquals(201, write("POST", ORDERS, NEW_ORDER, session()).statusCode());
    }

    @Test
    void changesOnlyWhatTheCallerHasSeen() {
        Session session = session();
        String one = ORDERS + "('1')";
        String etag = send("GET", one, "").headers().firstValue("etag").orElseThrow();
        String change = "{\"SoldToParty\":\"BP9\"}";
        assertEquals(428, write("PATCH", one, change, session).statusCode());
        assertEquals(204, write("PATCH", one, change, session, "If-Match", etag).statusCode());
        assertEquals(412, write("PATCH", one, change, session, "If-Match", etag).statusCode());
        assertEquals(Map.of("if-match", 1, "etag", 1), caller.broken());
        assertNotEquals(etag, send("GET", one, "").headers().firstValue("etag").orElseThrow());
    }

    @Test
    void refusesADecimalThatIsANumber() {
        String body = NEW_ORDER.replace("\"12.500\"", "12.5");
        assertEquals(400, write("POST", ORDERS, body, session()).statusCode());
        assertEquals(Map.of("decimal", 1), caller.broken());
    }

    @Test
    void losesRowsOfACallerWhoSkips() {
        List<String> seen = new ArrayList<>();
        for (int skip = 0; skip < 500; skip += 100) {
            String address = ORDERS + "?$top=100&$skip=" + skip;
            JsonNode page = Caller.tree(send("GET", address, ""));
            page.at("/d/results").forEach(row -> seen.add(Json.text(row, "SalesOrder")));
        }
        assertTrue(seen.stream().distinct().count() < seen.size(), "some came twice");
        assertEquals(Map.of("client-skip", 5), caller.broken());
    }

    @Test
    void answersAtomToWhoDoesNotAskForJson() {
        HttpResponse<byte[]> answer = caller.send("GET", ORDERS, "", "Authorization", login());
        assertEquals("<feed/>", Caller.text(answer));
        assertEquals(Map.of("json-not-asked", 1), caller.broken());
    }
}
