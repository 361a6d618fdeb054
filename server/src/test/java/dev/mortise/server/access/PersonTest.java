package dev.mortise.server.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.server.live.Client;
import dev.mortise.server.live.Client.Answer;
import dev.mortise.server.live.LiveServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// People, what they may do, and the tokens that do it in their name.
@Tag("live")
class PersonTest {
    private static LiveServer server;
    private static Client root;

    @BeforeAll
    static void start(@TempDir Path home) {
        server = LiveServer.start(home);
        root = server.administrator();
        root.post("/api/projects", Map.of("name", "sales"));
        root.post("/api/projects", Map.of("name", "stock"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String idOf(Client person) {
        return person.get("/api/session").json().path("principal").path("id").asString();
    }

    private static Answer change(String id, Map<String, Object> change) {
        return root.patch("/api/users/" + id, change, root.get("/api/users/" + id).etag());
    }

    @Test
    void keepsTheLastAdministrator() {
        String id = idOf(root);
        assertEquals(422, change(id, Map.of("grants", Map.of("*", "viewer"))).status());
        assertEquals(422, change(id, Map.of("disabled", true)).status());
        Answer refused = root.delete("/api/users/" + id, root.get("/api/users/" + id).etag());
        assertEquals(422, refused.status(), refused.toString());
        assertEquals(200, root.get("/api/users").status());
    }

    @Test
    void grantsCountAtOnce() {
        Client ann = server.person(root, "ann", Map.of("sales", "viewer"));
        assertEquals(200, ann.get("/api/projects/sales/flows").status());
        assertEquals(404, ann.get("/api/projects/stock/flows").status());
        assertEquals(403, ann.get("/api/projects/sales/secrets").status());
        change(idOf(ann), Map.of("grants", Map.of("sales", "developer", "stock", "viewer")));
        assertEquals(200, ann.get("/api/projects/stock/flows").status());
        assertEquals(200, ann.get("/api/projects/sales/secrets").status());
        change(idOf(ann), Map.of("disabled", true));
        assertEquals(401, ann.get("/api/projects/sales/flows").status());
    }

    @Test
    void aNewProjectInheritsNoGrantAndNoSecretOfAnOldOneOfItsName() {
        root.post("/api/projects", Map.of("name", "short-lived"));
        Client bob = server.person(root, "bob", Map.of("short-lived", "developer"));
        Client token = server.token(bob, "t", "short-lived", "developer");
        root.put("/api/projects/short-lived/secrets/pw", Map.of("value", "x"), null);
        assertEquals(200, token.get("/api/projects/short-lived/secrets").status());
        root.delete("/api/projects/short-lived", null);
        root.post("/api/projects", Map.of("name", "short-lived"));
        assertEquals(404, bob.get("/api/projects/short-lived/flows").status());
        assertEquals(401, token.get("/api/projects/short-lived/secrets").status());
        assertEquals(0, root.get("/api/projects/short-lived/secrets").json().path("items").size());
    }

    @Test
    void refusesWhatIsWrongAllAtOnce() {
        Answer refused =
                root.post(
                        "/api/users",
                        Map.of(
                                "name", "!",
                                "password", "short",
                                "grants", Map.of("nowhere", "viewer", "*", "king")));
        assertEquals(422, refused.status());
        assertEquals(4, refused.json().path("problems").size(), refused.toString());
    }

    @Test
    void demandsTheVersionSeen() {
        String id = idOf(server.person(root, "carl", Map.of()));
        String seen = root.get("/api/users/" + id).etag();
        assertEquals(428, root.patch("/api/users/" + id, Map.of("disabled", false)).status());
        assertEquals(
                200, root.patch("/api/users/" + id, Map.of("display_name", "C"), seen).status());
        assertEquals(
                412, root.patch("/api/users/" + id, Map.of("display_name", "D"), seen).status());
    }

    @Test
    void removesSomebodyWithAllThatIsTheirs() {
        Client dora = server.person(root, "dora", Map.of("sales", "developer"));
        Client token = server.token(dora, "t", "*", "viewer");
        assertEquals(200, token.get("/api/projects").status());
        String id = idOf(dora);
        assertEquals(
                204, root.delete("/api/users/" + id, root.get("/api/users/" + id).etag()).status());
        assertEquals(401, dora.get("/api/me").status());
        assertEquals(401, token.get("/api/projects").status());
    }

    @Test
    void tokensDoNoMoreThanTheySayAndThanTheirOwnerMay() {
        Client eve = server.person(root, "eve", Map.of("sales", "developer", "stock", "viewer"));
        Client reads = server.token(eve, "reads", "sales", "viewer");
        assertEquals(200, reads.get("/api/projects/sales/flows").status());
        assertEquals(403, reads.get("/api/projects/sales/secrets").status());
        assertEquals(404, reads.get("/api/projects/stock/flows").status());
        Client all = server.token(eve, "all", "*", "developer");
        assertEquals(200, all.get("/api/projects/sales/secrets").status());
        assertEquals(403, all.get("/api/projects/stock/secrets").status());
        Answer tooMuch =
                eve.post(
                        "/api/tokens",
                        Map.of("name", "more", "project", "stock", "role", "developer"));
        assertEquals("NOT_ALLOWED", tooMuch.code(), tooMuch.toString());
        change(idOf(eve), Map.of("grants", Map.of("sales", "viewer")));
        assertEquals(403, all.get("/api/projects/sales/secrets").status());
    }

    @Test
    void tokensChangeThingsWithoutTheBrowsersToken() {
        Client token = server.token(root, "writes", "sales", "developer");
        Answer set = token.put("/api/projects/sales/secrets/of.token", Map.of("value", "v"), null);
        assertEquals(200, set.status(), set.toString());
        String by =
                root.get("/api/projects/sales/secrets").json().findPath("updated_by").asString();
        assertEquals("root/writes", by);
    }

    @Test
    void tokensMakeNoTokensAndNoPassword() {
        Client token = server.token(root, "climber", "*", "administrator");
        assertEquals(200, token.get("/api/users").status());
        assertEquals(403, token.post("/api/tokens", Map.of("name", "x")).status());
        assertEquals(403, token.get("/api/me").status());
        assertEquals(403, token.post("/api/me/password", Map.of()).status());
    }

    @Test
    void aTokenAndASessionTogetherAreRefused() {
        Client both = server.signIn("root");
        assertEquals(200, both.get("/api/me").status());
        both.with("Authorization", "Bearer mt_whatever");
        assertEquals("CALL_INVALID", both.get("/api/projects").code());
    }

    @Test
    void tokensExpireAndAreShownOnce() {
        Instant soon = Instant.now().plus(Duration.ofDays(1));
        Answer made =
                root.post("/api/tokens", Map.of("name", "brief", "expires_at", soon.toString()));
        assertEquals(201, made.status(), made.toString());
        String shown = made.json().path("token").asString();
        String list = root.get("/api/tokens").body();
        assertFalse(list.contains(shown));
        assertTrue(list.contains(shown.substring(0, 10)));
        Instant late = Instant.now().plus(Duration.ofDays(1000));
        assertEquals(
                422,
                root.post("/api/tokens", Map.of("name", "eternal", "expires_at", late.toString()))
                        .status());
        Client program = server.client().with("Authorization", "Bearer " + shown);
        assertEquals(200, program.get("/api/projects").status());
        root.delete("/api/tokens/" + made.json().path("id").asString(), null);
        assertEquals(401, program.get("/api/projects").status());
    }
}
