package dev.mortise.server.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.server.live.Client;
import dev.mortise.server.live.Client.Answer;
import dev.mortise.server.live.LiveServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Channels, rules, incidents and templates as the studio asks for them.
@Tag("live")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoutesTest {
    private static final String P = "/api/projects/sales";

    private LiveServer server;
    private Client client;

    @BeforeAll
    void start(@TempDir Path home) {
        server = LiveServer.start(home);
        client = server.administrator();
        assertEquals(201, client.post("/api/projects", Map.of("name", "sales")).status());
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private static Map<String, Object> hook(String name, String secret) {
        return Map.of(
                "name",
                name,
                "kind",
                "webhook",
                "language",
                "en",
                "settings",
                Map.of("url", "http://127.0.0.1:9/x", "secret", secret));
    }

    @Test
    void keepsChannelsAndRules() {
        Answer made = client.post(P + "/channels", hook("ops", "${secret:hook}"));
        assertEquals(201, made.status(), made.body());
        String id = made.json().path("id").asString();
        assertEquals("NAME_TAKEN", client.post(P + "/channels", hook("ops", "${secret:x}")).code());
        assertEquals(
                428, client.put(P + "/channels/" + id, hook("ops", "${secret:y}"), null).status());
        Answer got = client.get(P + "/channels/" + id);
        Answer changed = client.put(P + "/channels/" + id, hook("ops", "${secret:y}"), got.etag());
        assertEquals(200, changed.status(), changed.body());
        assertEquals("\"2\"", changed.etag());

        Map<String, Object> rule =
                Map.of(
                        "name",
                        "failures",
                        "on",
                        "failure",
                        "channels",
                        List.of(id),
                        "settings",
                        Map.of("after", 2));
        Answer ruled = client.post(P + "/rules", rule);
        assertEquals(201, ruled.status(), ruled.body());
        assertTrue(ruled.json().path("recovery").asBoolean());
        String path = P + "/rules/" + ruled.json().path("id").asString();
        assertEquals(1, client.get(P + "/rules").json().path("items").size());
        assertEquals(412, client.put(path, rule, "\"9\"").status());
        assertEquals(200, client.put(path, rule, "\"1\"").status());
        assertEquals(204, client.delete(path, null).status());
        assertEquals(204, client.delete(P + "/channels/" + id, null).status());
        assertEquals(404, client.get(P + "/channels/" + id).status());
    }

    @Test
    void refusesSecretsInClear() {
        Answer refused = client.post(P + "/channels", hook("leaky", "SEKRIT"));
        assertEquals(422, refused.status(), refused.body());
        assertFalse(refused.body().contains("SEKRIT"), refused.body());
    }

    @Test
    void saysAllThatIsWrongWithARule() {
        Answer refused =
                client.post(
                        P + "/rules",
                        Map.of(
                                "name", "late",
                                "on", "late",
                                "channels", List.of("nobody"),
                                "silence", "at night",
                                "settings", Map.of("bye", "08:30")));
        assertEquals(422, refused.status());
        assertEquals(4, refused.json().path("problems").size(), refused.body());
    }

    @Test
    void showsWhatBecameOfATest() {
        Answer tried = client.post(P + "/channels/test", hook("try", "${secret:none}"));
        assertEquals(200, tried.status(), tried.body());
        assertFalse(tried.json().path("ok").asBoolean(true));
        assertTrue(tried.json().path("answer").asString().contains("none"), tried.body());
    }

    @Test
    void listsIncidentsAndKeepsMaintenance() {
        assertEquals(0, client.get(P + "/incidents?state=open").json().path("items").size());
        Answer kept = client.put(P + "/maintenance", Map.of("minutes", 30), null);
        assertEquals(200, kept.status(), kept.body());
        assertFalse(client.get(P + "/maintenance").json().path("until").asString("").isEmpty());
        assertEquals(
                "VALUE_INVALID",
                client.put(P + "/maintenance", Map.of("minutes", -1), null).code());
        client.put(P + "/maintenance", Map.of("minutes", 0), null);
        assertTrue(client.get(P + "/maintenance").json().path("until").asString("").isEmpty());
    }

    @Test
    void makesADocumentOfATemplateOnce() {
        assertTrue(client.get("/api/templates").json().path("items").size() >= 8);
        Map<String, Object> body =
                Map.of("name", "mine", "parameters", Map.of("source", "db", "key", "no"));
        Answer made = client.post(P + "/templates/incremental", body);
        assertEquals(201, made.status(), made.body());
        String text = client.get(P + "/flows/mine").json().path("text").asString();
        assertTrue(text.contains("read: db.sales.customer"), text);
        assertEquals("NAME_TAKEN", client.post(P + "/templates/incremental", body).code());
        assertEquals(404, client.post(P + "/templates/nothing", body).status());
    }
}
