package dev.mortise.server.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.server.live.Client;
import dev.mortise.server.live.Client.Answer;
import dev.mortise.server.live.LiveServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@Tag("live")
class LoginTest {
    private static final String COOKIE = "mortise_session";

    private static Path home;
    private static LiveServer server;
    private static Client root;

    @BeforeAll
    static void start(@TempDir Path folder) {
        home = folder;
        server = LiveServer.start(home);
        root = server.administrator();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /// Of two requests at once neither may take the other's token away.
    @Test
    void aRequestKeepsTheTokenAgainstForgery() {
        root.get("/api/session");
        String token = root.cookie("XSRF-TOKEN");
        assertEquals(200, root.get("/api/projects").status());
        assertEquals(200, root.get("/api/session").status());
        assertEquals(token, root.cookie("XSRF-TOKEN"));
    }

    private static Answer signIn(Client client, String name, String password) {
        return client.post("/api/session", Map.of("name", name, "password", password));
    }

    private static void inDatabase(String sql) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection("jdbc:sqlite:" + home.resolve("mortise.db"));
                var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    @Test
    void speaksToWhoComesFirstAsTheirBrowserDoes() {
        Map<String, Object> foreigner =
                Map.of("name", "foreigner", "password", LiveServer.PASSWORD, "grants", Map.of());
        assertEquals(201, root.post("/api/users", foreigner).status());
        for (String spoken : List.of("en-GB,en;q=0.8", "zh-CN")) {
            Client browser = server.client().with("Accept-Language", spoken);
            Answer begun = signIn(browser, "foreigner", LiveServer.PASSWORD);
            assertEquals("en", begun.json().at("/principal/language").asString(), begun.body());
            assertEquals("en", browser.get("/api/me").json().path("language").asString());
        }
    }

    @Test
    void slowsGuessingDownWhetherThereIsSuchANameOrNot() {
        server.person(root, "guessed", Map.of());
        for (String name : List.of("guessed", "nobody-here")) {
            Answer last = signIn(server.client(), name, "wrong");
            for (int i = 1; i < LoginThrottle.NAME_FREE + 1; i++) {
                assertEquals("LOGIN_REFUSED", last.code());
                last = signIn(server.client(), name, "wrong");
            }
            assertEquals(401, last.status(), last.toString());
            Answer refused = signIn(server.client(), name, LiveServer.PASSWORD);
            assertEquals(429, refused.status(), refused.toString());
            assertTrue(
                    Integer.parseInt(refused.headers().firstValue("Retry-After").orElse("")) > 0);
        }
    }

    @Test
    void saysTheSameWhateverIsWrong() {
        server.person(root, "known", Map.of());
        Answer wrongPassword = signIn(server.client(), "known", "wrong");
        Answer unknownName = signIn(server.client(), "unknown-1", "wrong");
        assertEquals(wrongPassword.body(), unknownName.body());
        assertEquals(401, unknownName.status());
    }

    @Test
    void ignoresASessionThatWasPlanted() {
        server.person(root, "victim", Map.of());
        Client browser = server.client().plant(COOKIE, "chosen-by-the-attacker");
        Answer begun = signIn(browser, "victim", LiveServer.PASSWORD);
        assertEquals(200, begun.status());
        String cookies = begun.headers().allValues("Set-Cookie").toString();
        assertTrue(cookies.contains(COOKIE + "="), cookies);
        assertFalse(cookies.contains("chosen-by-the-attacker"), cookies);
        Client attacker = server.client().plant(COOKIE, "chosen-by-the-attacker");
        assertEquals(401, attacker.get("/api/me").status());
    }

    @Test
    void leavesTheOldSessionWithANewLogin() {
        Client browser = server.person(root, "again", Map.of());
        String old = browser.cookie(COOKIE);
        assertEquals(200, signIn(browser, "again", LiveServer.PASSWORD).status());
        assertNotEquals(old, browser.cookie(COOKIE));
        assertEquals(401, server.client().plant(COOKIE, old + "").get("/api/me").status());
    }

    @Test
    void changesThePasswordAndEndsOtherSessions() {
        Client here = server.person(root, "changer", Map.of());
        Client there = server.signIn("changer");
        Answer wrong =
                here.post("/api/me/password", Map.of("old", "wrong", "new", "a brand new one"));
        assertEquals(422, wrong.status(), wrong.toString());
        Map<String, String> change = Map.of("old", LiveServer.PASSWORD, "new", "a brand new one");
        assertEquals(204, here.post("/api/me/password", change).status());
        assertEquals(200, here.get("/api/me").status());
        assertEquals(401, there.get("/api/me").status());
        assertEquals(401, signIn(server.client(), "changer", LiveServer.PASSWORD).status());
        assertEquals(200, signIn(server.client(), "changer", "a brand new one").status());
    }

    @Test
    void showsSessionsAndEndsThemAll() {
        Client here = server.person(root, "everywhere", Map.of());
        Client there = server.signIn("everywhere");
        JsonNode items = here.get("/api/me/sessions").json().path("items");
        assertEquals(2, items.size());
        assertFalse(items.toString().contains(here.cookie(COOKIE) + ""));
        assertEquals(204, here.delete("/api/me/sessions", null).status());
        assertEquals(401, here.get("/api/me").status());
        assertEquals(401, there.get("/api/me").status());
    }

    @Test
    void endsASessionNobodyUses() throws SQLException {
        Client idle = server.person(root, "idler", Map.of());
        assertEquals(200, idle.get("/api/me").status());
        String twoHoursAgo =
                "" + Instant.now().minus(LoginSessionStore.IDLE).minusSeconds(1).toEpochMilli();
        inDatabase(
                "update login_session set seen_at = "
                        + twoHoursAgo
                        + " where person = (select id from person where name = 'idler')");
        assertEquals(401, idle.get("/api/me").status());
    }

    @Test
    void endsASessionAtItsEnd() throws SQLException {
        Client old = server.person(root, "oldtimer", Map.of());
        inDatabase(
                "update login_session set until = 1"
                        + " where person = (select id from person where name = 'oldtimer')");
        assertEquals(401, old.get("/api/me").status());
        assertEquals("anonymous", old.get("/api/session").json().path("state").asString());
    }

    @Test
    void remembersLanguageAndTheme() {
        Client me = server.person(root, "reader", Map.of());
        Answer changed = me.patch("/api/me", Map.of("language", "en", "theme", "dark"));
        assertEquals(200, changed.status(), changed.toString());
        JsonNode principal = me.get("/api/session").json().path("principal");
        assertEquals("en", principal.path("language").asString());
        assertEquals("dark", principal.path("theme").asString());
        assertEquals(422, me.patch("/api/me", Map.of("theme", "pink")).status());
    }

    @Test
    void asksForTheSecondFactorAndTakesEachCodeOnce() {
        Client me = server.person(root, "careful", Map.of());
        String secret =
                me.call("POST", "/api/me/totp", Map.of(), null).json().path("secret").asString();
        assertEquals(401, me.put("/api/me/totp", Map.of("code", "000000"), null).status());
        String code = Totp.code(secret, Instant.now());
        Answer activated = me.put("/api/me/totp", Map.of("code", code), null);
        assertEquals(200, activated.status(), activated.toString());
        String recovery = activated.json().path("recovery_codes").path(0).asString();

        assertEquals(
                "SECOND_FACTOR_REQUIRED",
                signIn(server.client(), "careful", LiveServer.PASSWORD).code());
        assertEquals(401, withCode("careful", code).status(), "the code was used to activate");
        String next = Totp.code(secret, Instant.now().plusSeconds(30));
        assertEquals(200, withCode("careful", next).status());
        assertEquals(401, withCode("careful", next).status(), "replayed");
        assertEquals(200, withCode("careful", recovery).status());
        assertEquals(401, withCode("careful", recovery).status(), "replayed");
        assertEquals(
                401, me.call("DELETE", "/api/me/totp", Map.of("code", recovery), null).status());
        String other = activated.json().path("recovery_codes").path(1).asString();
        assertEquals(204, me.call("DELETE", "/api/me/totp", Map.of("code", other), null).status());
        assertEquals(200, signIn(server.client(), "careful", LiveServer.PASSWORD).status());
    }

    private static Answer withCode(String name, String code) {
        return server.client()
                .post(
                        "/api/session",
                        Map.of("name", name, "password", LiveServer.PASSWORD, "totp", code));
    }

    @Test
    void setsUpOnce() {
        Answer again =
                server.client()
                        .post(
                                "/api/setup",
                                Map.of("token", "x", "name", "second", "password", "0123456789"));
        assertEquals(403, again.status(), again.toString());
    }
}
