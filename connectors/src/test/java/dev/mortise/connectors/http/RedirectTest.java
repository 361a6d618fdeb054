package dev.mortise.connectors.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.testkit.live.ScriptedApi;
import dev.mortise.testkit.live.ScriptedApi.Reply;
import dev.mortise.testkit.live.ScriptedApi.Request;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Calls that are sent elsewhere, and what they carry there.
@Tag("live")
final class RedirectTest {
    private static final Reply ONE = Reply.json("[{\"id\":1}]");

    private ScriptedApi api;
    private ScriptedApi other;

    @BeforeEach
    void start() {
        api = ScriptedApi.start();
        other = ScriptedApi.start();
        other.on("/", _ -> ONE);
    }

    @AfterEach
    void stop() {
        api.close();
        other.close();
    }

    /// A recipe that signs method and path, as most do.
    private Fixture signed(String place) {
        Map<String, Object> recipe =
                Map.of(
                        "recipe", "own",
                        "settings", Map.of("secret_key", Map.of("secret", "true")),
                        "sign",
                                Map.of(
                                        "signature",
                                        "\"{method} {path}\" | hmac-sha256(secret_key) | hex"),
                        "place", Map.of(place + ".X-Sign", "{signature}"));
        return new Fixture(api.url())
                .set("sign", Map.of("recipe", recipe, "secret_key", "canary"))
                .orders(Map.of("path", "/orders", "columns", Map.of("id", "int64")));
    }

    private static String hmac(Request request) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec("canary".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            String text = request.method() + " " + request.path();
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Problem problem(Fixture fixture) {
        return assertThrows(ProblemException.class, fixture::read).problem();
    }

    @Test
    void signsAnewForAnotherPathOfItsHost() {
        api.on("/orders", _ -> Reply.status(307, "").with("Location", "/moved/orders"));
        api.on(
                "/moved/orders",
                r -> r.header("X-Sign").equals(hmac(r)) ? ONE : Reply.status(403, "{}"));
        assertEquals(List.of(List.of("1")), signed("header").read());
    }

    @Test
    void signsAnewInAQueryThatCameBack() {
        api.on(
                "/orders",
                r ->
                        Reply.status(302, "")
                                .with("Location", "/moved?v=2&X-Sign=" + r.query().get("X-Sign")));
        api.on(
                "/moved",
                r ->
                        hmac(r).equals(r.query().get("X-Sign")) && r.query().size() == 2
                                ? ONE
                                : Reply.status(403, "{}"));
        assertEquals(List.of(List.of("1")), signed("query").read());
        assertEquals("2", api.requests("/moved").getFirst().query().get("v"));
    }

    @Test
    void takesNoSignatureToAnotherHost() {
        api.on("/orders", _ -> Reply.status(307, "").with("Location", other.url() + "/orders"));
        Problem problem = problem(signed("header"));
        assertEquals(ProblemCode.SERVER_FAILED, problem.code());
        assertTrue(problem.message().contains("signature"), problem::message);
        assertTrue(problem.message().contains(other.url()), problem::message);
        assertEquals(List.of(), other.requests());
    }

    @Test
    void takesNoHeaderToAnotherHost() {
        api.on("/orders", _ -> Reply.status(307, "").with("Location", other.url() + "/orders"));
        Fixture fixture =
                new Fixture(api.url())
                        .set("headers", Map.of("X-Token", "canary"))
                        .orders(Map.of("path", "/orders", "columns", Map.of("id", "int64")));
        assertTrue(problem(fixture).message().contains("another host"));
        assertEquals(List.of(), other.requests());
    }

    @Test
    void ordinaryCallsMayGoToAnotherHostButNotBeyondTheirReach() {
        api.on("/orders", _ -> Reply.status(302, "").with("Location", other.url() + "/orders"));
        Fixture fixture =
                new Fixture(api.url())
                        .orders(Map.of("path", "/orders", "columns", Map.of("id", "int64")));
        assertEquals(List.of(List.of("1")), fixture.read());
        String metadata = "http://169.254.169.254/latest/meta-data";
        api.on("/orders", _ -> Reply.status(302, "").with("Location", metadata));
        assertEquals(ProblemCode.ADDRESS_REFUSED, problem(fixture).code());
    }

    @Test
    void doesNotGoInCircles() {
        api.on("/orders", _ -> Reply.status(302, "").with("Location", "/orders?a=1"));
        Problem problem = problem(signed("header"));
        assertEquals(ProblemCode.SERVER_FAILED, problem.code());
        assertEquals(6, api.requests("/orders").size());
    }
}
