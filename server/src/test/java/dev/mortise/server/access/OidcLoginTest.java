package dev.mortise.server.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEException;
import dev.mortise.server.live.Client;
import dev.mortise.server.live.Client.Answer;
import dev.mortise.server.live.LiveServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("live")
class OidcLoginTest {
    private static LiveServer server;
    private static Client root;
    private static FakeProvider provider;

    @BeforeAll
    static void start(@TempDir Path home) throws IOException, JOSEException {
        server = LiveServer.start(home);
        root = server.administrator();
        root.post("/api/projects", Map.of("name", "sales"));
        provider = new FakeProvider();
        Map<String, Object> settings =
                Map.of(
                        "title", "Corporate login",
                        "oidc",
                                Map.of(
                                        "issuer",
                                        provider.issuer(),
                                        "client_id",
                                        FakeProvider.CLIENT),
                        "groups", Map.of("erp-team", Map.of("sales", "developer")),
                        "everybody", Map.of("sales", "viewer"),
                        "secret", FakeProvider.SECRET);
        Answer saved = root.put("/api/providers/corp", settings, null);
        assertEquals(200, saved.status(), saved.toString());
        assertFalse(saved.body().contains(FakeProvider.SECRET));
    }

    @AfterAll
    static void stop() {
        server.close();
        provider.close();
    }

    @BeforeEach
    void reset() {
        provider.token = FakeProvider.Token.RIGHT;
        provider.moved = "";
        provider.groups = List.of("erp-team");
        provider.subject = "subject-1";
        provider.name = "wang.wei";
    }

    private static String location(Answer answer) {
        assertEquals(302, answer.status(), answer.toString());
        return answer.headers().firstValue("Location").orElseThrow();
    }

    /// Where the provider sends the browser back to.
    private static String callback(Client browser) throws IOException, InterruptedException {
        String there = location(browser.get("/api/oidc/start/corp"));
        assertTrue(there.startsWith(provider.issuer() + "/authorize?"), there);
        HttpRequest request = HttpRequest.newBuilder(URI.create(there)).build();
        String back;
        try (HttpClient http = HttpClient.newHttpClient()) {
            back =
                    http.send(request, BodyHandlers.discarding())
                            .headers()
                            .firstValue("Location")
                            .orElseThrow();
        }
        assertTrue(back.startsWith(server.url() + "/api/oidc/callback/corp?"), back);
        return back.substring(server.url().length());
    }

    private static Client signedIn() throws IOException, InterruptedException {
        Client browser = server.client();
        assertEquals("/", path(browser.get(callback(browser))));
        return browser;
    }

    private static String path(Answer answer) {
        URI to = URI.create(location(answer));
        return to.getPath() + (to.getQuery() == null ? "" : "?" + to.getQuery());
    }

    @Test
    void signsInWithWhatTheGroupsGrant() throws Exception {
        assertTrue(server.client().get("/api/session").body().contains("Corporate login"));
        Client browser = signedIn();
        Answer session = browser.get("/api/session");
        assertEquals("{\"sales\":\"developer\"}", session.json().path("grants").toString());
        assertEquals("Wang Wei", session.json().findPath("display_name").asString());
        provider.groups = List.of();
        assertEquals(
                "{\"sales\":\"viewer\"}",
                signedIn().get("/api/session").json().path("grants").toString());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "RIGHT")
    void refusesATokenThatIsNotRight(FakeProvider.Token token) throws Exception {
        provider.token = token;
        Client browser = server.client();
        assertEquals("/login?refused=LOGIN_REFUSED", path(browser.get(callback(browser))));
        assertNull(browser.cookie("mortise_session"));
    }

    @Test
    void followsNoRedirectOfAProvider() throws Exception {
        provider.moved = "/.well-known/openid-configuration";
        Answer asked = root.post("/api/providers/corp/test", Map.of());
        assertEquals("SERVER_UNAVAILABLE", asked.code(), asked.body());
        provider.moved = "/jwks";
        Client browser = server.client();
        assertEquals("/login?refused=LOGIN_REFUSED", path(browser.get(callback(browser))));
        assertEquals(0, provider.elsewhere());
        provider.moved = "";
        assertEquals(200, root.post("/api/providers/corp/test", Map.of()).status());
    }

    @Test
    void finishesNoLoginOfAnotherBrowser() throws Exception {
        String back = callback(server.client());
        Client victim = server.client();
        assertEquals("/login?refused=LOGIN_REFUSED", path(victim.get(back)));
        assertNull(victim.cookie("mortise_session"));
    }

    @Test
    void takesAnAnswerOnceAndNoStateOfItsOwn() throws Exception {
        Client browser = server.client();
        String back = callback(browser);
        assertEquals("/", path(browser.get(back)));
        assertEquals("/login?refused=LOGIN_REFUSED", path(browser.get(back)));
        Client other = server.client();
        String forged = callback(other).replaceAll("state=.*", "state=forged");
        assertEquals("/login?refused=LOGIN_REFUSED", path(other.get(forged)));
    }

    @Test
    void takesNobodysNameOver() throws Exception {
        provider.subject = "subject-2";
        provider.name = "root";
        Client browser = server.client();
        assertEquals("/login?refused=NAME_TAKEN", path(browser.get(callback(browser))));
        assertNull(browser.cookie("mortise_session"));
    }

    @Test
    void isOffUntilItIsSetUp() {
        assertEquals(404, server.client().get("/api/oidc/start/other").status());
    }

    @Test
    void refusesSettingsThatSendSecretsInTheClear() {
        Answer refused =
                root.put(
                        "/api/providers/plain",
                        Map.of(
                                "oidc",
                                Map.of("issuer", "http://login.example.com", "client_id", "c")),
                        null);
        assertEquals(422, refused.status(), refused.toString());
    }

    @Test
    void isTriedBeforeAnybodySignsIn() {
        Answer reached = root.post("/api/providers/corp/test", Map.of());
        assertEquals(200, reached.status(), reached.toString());
        assertTrue(
                reached.json().path("reached").asString().startsWith(provider.issuer()),
                reached.toString());
        Map<String, Object> settings =
                Map.of("oidc", Map.of("issuer", "http://127.0.0.1:1", "client_id", "c"));
        root.put("/api/providers/away", settings, null);
        Answer refused = root.post("/api/providers/away/test", Map.of());
        assertEquals("SERVER_UNAVAILABLE", refused.code(), refused.toString());
    }
}
