package dev.mortise.connectors.http;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.testkit.live.ScriptedApi;
import dev.mortise.testkit.live.ScriptedApi.Reply;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Servers that say back what they were sent: the secrets stay hidden, and the rest to be seen.
@Tag("live")
final class HidingTest {
    private ScriptedApi api;

    @BeforeEach
    void start() {
        api = ScriptedApi.start();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private Fixture orders(Map<String, ?> params) {
        return new Fixture(api.url())
                .set("errors", Map.of("base", "rest", "message", "$.message"))
                .orders(
                        Map.of(
                                "path",
                                "/orders",
                                "params",
                                params,
                                "columns",
                                Map.of("id", "int64")));
    }

    private void refuse(String message) {
        api.on("/orders", _ -> Reply.status(400, "{\"message\":\"" + message + "\"}"));
    }

    private static String told(Fixture fixture) {
        Problem problem = assertThrows(ProblemException.class, fixture::read).problem();
        return problem.message();
    }

    @Test
    void hidesATokenThatIsTooLongForAMessage() {
        String token = "eyJhbGci." + "c0ffee".repeat(130);
        refuse("invalid access_token: " + token);
        Fixture fixture = orders(Map.of());
        String told = told(fixture.set("auth", Map.of("kind", "bearer", "token", token)));
        assertTrue(told.contains("invalid access_token: ***…"), told);
        assertFalse(told.contains("c0ffee"), told);
    }

    @Test
    void hidesTheIdOfASession() {
        api.on("/login", _ -> Reply.json("{}").with("Set-Cookie", "SID=5e55-10n; path=/"));
        refuse("session 5e55-10n may not read orders");
        Map<String, Object> request = Map.of("url", "/login", "body", Map.of("user", "a"));
        String told =
                told(
                        orders(Map.of())
                                .set(
                                        "auth",
                                        Map.of(
                                                "kind", "login",
                                                "request", request,
                                                "cookie", "SID")));
        assertTrue(told.contains("session *** may not"), told);
    }

    @Test
    void hidesParametersByWholeWordsOfTheirNames() {
        refuse("no created_at when it is true, not with k-12345");
        String told =
                told(
                        orders(
                                Map.of(
                                        "sort_key", "created_at",
                                        "passed", "true",
                                        "api_key", "k-12345")));
        assertTrue(told.contains("no created_at when it is true, not with ***"), told);
    }

    @Test
    void showsTheHostThoughItIsTheAudience() {
        api.on("/token", _ -> Reply.json("{\"access_token\":\"t0k3n-1\",\"expires_in\":3600}"));
        refuse("no");
        Map<String, Object> auth =
                Map.of(
                        "kind", "oauth2",
                        "token_url", "/token",
                        "client_id", "mortise",
                        "client_secret", "s3cret-1",
                        "params", Map.of("audience", api.url(), "device", "d3vice-1"));
        String told = told(orders(Map.of()).set("auth", auth));
        assertTrue(told.contains(api.url() + "/orders"), told);
    }
}
