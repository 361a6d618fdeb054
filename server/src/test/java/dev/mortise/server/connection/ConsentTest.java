package dev.mortise.server.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.server.RouteList;
import dev.mortise.server.live.Client;
import dev.mortise.server.live.Client.Answer;
import dev.mortise.server.live.LiveServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A person lets connections into a real small OAuth 2 server.
@Tag("live")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsentTest {
    private static final String ROOT = "/api/projects/sales/connections";

    private LiveServer server;
    private Client client;
    private ConsentServer system;

    @BeforeAll
    void start(@TempDir Path home) throws IOException {
        server = LiveServer.start(home);
        client = server.administrator();
        client.post("/api/projects", Map.of("name", "sales"));
        system = new ConsentServer(server.url() + "/consent");
    }

    @AfterAll
    void stop() {
        server.close();
        system.close();
    }

    private String text(String name, String tokenUrl) {
        return """
        connection: %s
        type: http
        base_url: %s
        reach: private
        retries: 0
        auth:
          kind: oauth2
          grant: authorization_code
          authorize_url: /authorize
          authorize_params: {prompt: consent}
          token_url: %s
          client_id: mortise
          client_secret: ${secret:client}
          scope: orders offline
        resources:
          orders: {path: /orders, columns: {id: int64}}
        """
                .formatted(name, system.url(), tokenUrl);
    }

    private String saved(String name) {
        client.put(
                "/api/projects/sales/secrets/client", Map.of("value", ConsentServer.SECRET), null);
        Answer saved = client.put(ROOT + "/" + name, Map.of("text", text(name, "/token")), "\"0\"");
        assertEquals(200, saved.status(), saved.body());
        assertEquals(0, saved.json().path("problems").size(), saved.body());
        return ROOT + "/" + name + "/consent";
    }

    private static String begun(Client client, String path) {
        Answer begun = client.post(path, Map.of());
        assertEquals(200, begun.status(), begun.body());
        return begun.json().path("url").asString();
    }

    /// What the studio's page is given when the person has consented.
    private static Map<String, String> consented(String page) {
        try (HttpClient browser = HttpClient.newHttpClient()) {
            HttpRequest visit = HttpRequest.newBuilder(URI.create(page)).build();
            HttpResponse<String> sent = browser.send(visit, BodyHandlers.ofString());
            assertEquals(302, sent.statusCode(), sent.body());
            String back = sent.headers().firstValue("Location").orElseThrow();
            return ConsentServer.form(URI.create(back).getRawQuery());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void consent(String path) {
        Answer ended = client.post("/api/consents", consented(begun(client, path)));
        assertEquals(200, ended.status(), ended.body());
        assertTrue(ended.json().path("problem").isNull(), ended.body());
    }

    private JsonNode tried(String name, String text) {
        return client.post(ROOT + "/test", Map.of("name", name, "text", text)).json();
    }

    private JsonNode tried(String name) {
        return tried(name, text(name, "/token"));
    }

    @Test
    void aPersonConsentsOnceAndNothingOfItShows() {
        String path = saved("crm");
        JsonNode before = client.get(path).json();
        assertTrue(before.path("needed").asBoolean(), before.toString());
        assertFalse(before.path("given").asBoolean(), before.toString());
        assertEquals(server.url() + "/consent", before.path("back").asString());
        JsonNode refused = tried("crm");
        assertEquals("LOGIN_REFUSED", refused.at("/problem/code").asString(), refused.toString());
        assertTrue(refused.at("/problem/fix").asString().contains("Authorize"));

        consent(path);

        JsonNode after = client.get(path).json();
        assertTrue(after.path("given").asBoolean(), after.toString());
        assertEquals("root", after.path("by").asString());
        assertTrue(tried("crm").path("ok").asBoolean());
        Answer rows = client.get(ROOT + "/crm/datasets/orders/preview");
        assertEquals("[[\"1\"],[\"2\"]]", rows.json().path("rows").toString(), rows.body());
        String shown =
                client.get("/api/audit").body()
                        + client.get("/api/projects/sales/secrets").body()
                        + after;
        assertTrue(shown.contains("consent.give"), shown);
        for (String secret : system.secrets()) {
            assertFalse(shown.contains(secret));
        }
        assertFalse(shown.contains("\"crm\""), "tokens are no secret of the list");
    }

    @Test
    void renewsOnceHoweverManyFindTheTokenEnded() throws Exception {
        String path = saved("many");
        consent(path);
        assertTrue(tried("many").path("ok").asBoolean());
        int before = system.refreshes();
        for (int round = 1; round <= 3; round++) {
            system.endAccess();
            List<FutureTask<JsonNode>> all = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                FutureTask<JsonNode> one = new FutureTask<>(() -> tried("many"));
                all.add(one);
                Thread.ofVirtual().start(one);
            }
            for (FutureTask<JsonNode> one : all) {
                assertTrue(one.get().path("ok").asBoolean(), one.get().toString());
            }
            assertEquals(before + round, system.refreshes());
        }
    }

    @Test
    void takesAnAnswerOnceAndOnlyFromTheSessionThatAsked() {
        String path = saved("once");
        Client other = server.person(client, "dora", Map.of("sales", "developer"));
        Map<String, String> given = consented(begun(client, path));
        Answer stolen = other.post("/api/consents", given);
        assertEquals(404, stolen.status(), stolen.body());
        assertEquals("NOT_FOUND", stolen.code());
        Answer mine = client.post("/api/consents", given);
        assertTrue(mine.json().path("problem").isNull(), mine.body());
        assertEquals("once", mine.json().path("connection").asString());
        assertEquals(404, client.post("/api/consents", given).status());
        Map<String, String> late = consented(begun(client, path));
        RouteList.database(server.server())
                .write(dsl -> dsl.execute("update consent_attempt set until = 1"));
        assertEquals(404, client.post("/api/consents", late).status());
        assertEquals(404, client.post("/api/consents", Map.of("state", "s")).status());
    }

    @Test
    void anApiTokenConsentsToNothing() {
        String path = saved("bots");
        Client bot = server.token(client, "bot", "sales", "developer");
        Answer begun = bot.post(path, Map.of());
        assertEquals("CALL_INVALID", begun.code(), begun.body());
        assertEquals(403, bot.post("/api/consents", Map.of("state", "s")).status());
    }

    @Test
    void saysWhyTheSystemDidNotConsent() {
        String path = saved("declined");
        Map<String, String> given = new HashMap<>(consented(begun(client, path)));
        given.remove("code");
        given.put("error", "access_denied");
        given.put("error_description", "not today");
        JsonNode ended = client.post("/api/consents", given).json();
        assertEquals("LOGIN_REFUSED", ended.at("/problem/code").asString(), ended.toString());
        assertTrue(ended.at("/problem/message").asString().contains("access_denied': not today"));

        Map<String, String> wrong = new HashMap<>(consented(begun(client, path)));
        wrong.put("code", "code-of-another");
        JsonNode refused = client.post("/api/consents", wrong).json();
        assertEquals("LOGIN_REFUSED", refused.at("/problem/code").asString(), refused.toString());
        assertFalse(refused.toString().contains("code-of-another"), refused.toString());
        assertFalse(client.get(path).json().path("given").asBoolean());
    }

    @Test
    void tradesNoCodeForAConnectionThatChangedMeanwhile() {
        String path = saved("moved");
        Map<String, String> given = consented(begun(client, path));
        String changed = text("moved", system.url() + "/token?to=elsewhere");
        assertEquals(200, client.put(ROOT + "/moved", Map.of("text", changed), "*").status());
        JsonNode ended = client.post("/api/consents", given).json();
        assertEquals("VERSION_STALE", ended.at("/problem/code").asString(), ended.toString());
    }

    @Test
    void sendsTokensToNobodyTheyWereNotGivenFor() throws IOException {
        consent(saved("bound"));
        assertTrue(tried("bound").path("ok").asBoolean());
        try (ConsentServer another = new ConsentServer(server.url() + "/consent")) {
            String elsewhere = text("bound", another.url() + "/token");
            JsonNode refused = tried("bound", elsewhere);
            assertEquals("LOGIN_REFUSED", refused.at("/problem/code").asString());
            assertEquals(0, another.refreshes());
            String api = text("bound", "/token").replace(system.url(), another.url());
            assertEquals("LOGIN_REFUSED", tried("bound", api).at("/problem/code").asString());
        }
        assertTrue(tried("bound").path("ok").asBoolean(), "what is saved still signs in");
    }

    @Test
    void tellsThatTheConsentWasTakenBack() {
        String path = saved("revoked");
        consent(path);
        system.revoke();
        JsonNode refused = tried("revoked");
        assertEquals("LOGIN_REFUSED", refused.at("/problem/code").asString(), refused.toString());
        assertTrue(refused.at("/problem/fix").asString().contains("once more"));
        JsonNode state = client.get(path).json();
        assertEquals("LOGIN_REFUSED", state.at("/problem/code").asString(), state.toString());
        consent(path);
        assertTrue(tried("revoked").path("ok").asBoolean());
        assertTrue(client.get(path).json().path("problem").isNull());
    }

    @Test
    void followsTheNameOfItsConnectionAndEndsWithIt() {
        consent(saved("first"));
        Answer renamed = client.call("POST", ROOT + "/first/rename", Map.of("name", "second"), "*");
        assertEquals(200, renamed.status(), renamed.body());
        JsonNode state = client.get(ROOT + "/second/consent").json();
        assertTrue(state.path("given").asBoolean(), state.toString());
        assertEquals("root", state.path("by").asString());
        assertEquals(204, client.delete(ROOT + "/second/consent", null).status());
        assertFalse(client.get(ROOT + "/second/consent").json().path("given").asBoolean());
        consent(ROOT + "/second/consent");
        assertEquals(204, client.delete(ROOT + "/second", "*").status());
        String again = saved("second");
        assertFalse(client.get(again).json().path("given").asBoolean());
        assertNotEquals("", begun(client, again));
    }
}
