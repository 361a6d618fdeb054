package dev.mortise.server.safety;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.server.RouteList;
import dev.mortise.server.live.Client;
import dev.mortise.server.live.Client.Answer;
import dev.mortise.server.live.Client.Raw;
import dev.mortise.server.live.LiveServer;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The OWASP API Security Top 10 (2023), as far as the server has what they speak of. Logins have
/// tests of their own in `access`, secrets in [CanaryTest].
@Tag("live")
class OwaspApiTest {
    private static final String FLOW = "/api/projects/sales/flows/orders";
    private static final String TEXT = "flow: orders\nsteps: {}\n";

    private static LiveServer server;
    private static Client root;
    private static Client stranger;
    private static Client developer;

    @BeforeAll
    static void start(@TempDir Path home) {
        server = LiveServer.start(home);
        root = server.administrator();
        root.post("/api/projects", Map.of("name", "sales"));
        root.post("/api/projects", Map.of("name", "stock"));
        root.put(FLOW, Map.of("text", TEXT), null);
        stranger = server.person(root, "stranger", Map.of("stock", "administrator"));
        developer = server.person(root, "developer", Map.of("sales", "developer"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Nested
    class Api1ObjectLevel {
        @Test
        void hidesWhatBelongsToAnotherProject() {
            for (String path :
                    List.of(
                            FLOW,
                            FLOW + "/revisions",
                            FLOW + "/revisions/1",
                            "/api/projects/sales/flows?query=orders",
                            "/api/projects/sales/secrets",
                            "/api/projects/sales/audit")) {
                Answer answer = stranger.get(path);
                assertEquals(404, answer.status(), path);
                assertEquals(
                        answer.body().replace("sales", "no-such"),
                        stranger.get(path.replace("sales", "no-such")).body(),
                        "whether there is such a project shows");
            }
            assertEquals(404, stranger.put(FLOW, Map.of("text", "x"), "\"1\"").status());
            assertEquals(404, stranger.delete(FLOW, "*").status());
        }

        @Test
        void endsNoTokenOfAnother() {
            Answer made = root.post("/api/tokens", Map.of("name", "of-root"));
            String path = "/api/tokens/" + made.json().path("id").asString();
            assertEquals(404, stranger.delete(path, null).status());
            assertFalse(stranger.get("/api/tokens").body().contains("of-root"));
        }

        @Test
        void listsNoProjectOfOthers() {
            assertFalse(stranger.get("/api/projects").body().contains("sales"));
        }

        @Test
        void givesOutNoIdsThatCanBeGuessed() {
            Answer one = root.post("/api/tokens", Map.of("name", "id-1"));
            Answer two = root.post("/api/tokens", Map.of("name", "id-2"));
            String first = one.json().path("id").asString();
            String second = two.json().path("id").asString();
            assertTrue(first.matches("[0-9a-f-]{36}"), first);
            assertNotEquals(first.substring(20), second.substring(20));
        }
    }

    @Nested
    class Api2Authentication {
        @Test
        void demandsTheBrowsersTokenForEveryChange() {
            Client forged = server.signIn("developer").with("X-XSRF-TOKEN", "forged");
            Answer refused = forged.put(FLOW, Map.of("text", TEXT), "\"1\"");
            assertEquals(403, refused.status(), refused.toString());
            assertTrue(refused.body().contains("X-XSRF-TOKEN"), refused.body());
            assertEquals(
                    403,
                    server.client()
                            .with("X-XSRF-TOKEN", "forged")
                            .post("/api/session", Map.of())
                            .status());
        }

        @Test
        void keepsItsCookieFromScriptsAndOtherSites() {
            Answer answer =
                    server.client()
                            .post(
                                    "/api/session",
                                    Map.of("name", "developer", "password", LiveServer.PASSWORD));
            String cookie =
                    answer.headers().allValues("Set-Cookie").stream()
                            .filter(one -> one.startsWith("mortise_session="))
                            .findFirst()
                            .orElseThrow();
            assertTrue(cookie.contains("HttpOnly"), cookie);
            assertTrue(cookie.contains("SameSite=Strict"), cookie);
        }

        @Test
        void knowsNoOtherWayToSayWhoOneIs() {
            for (String header : List.of("X-User", "X-Forwarded-User", "Remote-User")) {
                assertEquals(
                        401, server.client().with(header, "root").get("/api/projects").status());
            }
            for (String value : List.of("Basic cm9vdDpy", "Bearer eyJhbGciOiJub25lIn0.e30.", "x")) {
                assertEquals(
                        401,
                        server.client().with("Authorization", value).get("/api/projects").status());
            }
        }
    }

    @Nested
    class Api3Properties {
        @Test
        void refusesWordsThatAreNotTheCallersToSay() {
            for (String word :
                    List.of("id", "source", "grants", "disabled", "role", "created_at", "totp")) {
                Answer refused = developer.patch("/api/me", Map.of(word, "x"));
                assertEquals(400, refused.status(), word + " " + refused);
            }
            for (String word : List.of("id", "hash", "prefix", "person", "created_at")) {
                Answer refused = developer.post("/api/tokens", Map.of("name", "a", word, "x"));
                assertEquals(400, refused.status(), word + " " + refused);
            }
            for (String word : List.of("revision", "published", "updated_by", "project")) {
                Answer refused = developer.put(FLOW, Map.of("text", TEXT, word, 1), "\"1\"");
                assertEquals(400, refused.status(), word + " " + refused);
            }
        }

        @Test
        void showsNoPasswordNotEvenEncoded() {
            String users = root.get("/api/users").body() + root.get("/api/audit?limit=200").body();
            assertFalse(users.contains("$argon2"), users);
            assertFalse(users.contains(LiveServer.PASSWORD), users);
        }
    }

    @Nested
    class Api4Resources {
        @Test
        void givesNoPageLargerThanTheLargest() {
            for (String limit : List.of("201", "2147483647", "0", "-1")) {
                Answer page = root.get("/api/audit?limit=" + limit);
                assertEquals(200, page.status());
                assertTrue(page.json().path("items").size() <= 200);
            }
            assertEquals(400, root.get("/api/audit?limit=99999999999").status());
        }

        @Test
        void takesNoBodyLargerThanTheLargest() {
            Answer refused =
                    root.put(FLOW, new Raw("{\"text\":\"" + "x".repeat(9 << 20) + "\"}"), "\"1\"");
            assertEquals(413, refused.status());
            assertEquals("LIMIT_EXCEEDED", refused.code());
        }

        @Test
        void readsNoJsonDeeperThanItWouldReturnFrom() {
            Answer refused = root.put(FLOW, new Raw("[".repeat(100_000)), "\"1\"");
            assertEquals(400, refused.status(), refused.toString());
            String nested =
                    "{\"text\":\"x\",\"layout\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
            assertEquals(400, root.put(FLOW, new Raw(nested), "\"1\"").status());
            Answer number = root.post(FLOW + "/publish", new Raw("{\"revision\":1e99999999}"));
            assertTrue(number.status() == 400 || number.status() == 422, number.toString());
        }
    }

    @Nested
    class Api5FunctionLevel {
        @Test
        void readsTheMethodFromTheRequestLineOnly() {
            for (String header :
                    List.of("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override")) {
                Client tricky = server.signIn("developer").with(header, "DELETE");
                assertEquals(200, tricky.get(FLOW).status());
                assertNotEquals(204, tricky.post(FLOW, Map.of()).status());
            }
            assertNotEquals(204, developer.post(FLOW + "?_method=DELETE", Map.of()).status());
            assertEquals(200, developer.get(FLOW).status());
        }

        @Test
        void answersOtherMethodsWithARefusal() {
            for (String method : List.of("PUT", "PATCH", "DELETE")) {
                int status = root.call(method, "/api/session/x", null, null).status();
                assertTrue(status == 404 || status == 405, method + " " + status);
            }
            int trace = root.call("TRACE", "/api/session", null, null).status();
            assertTrue(trace >= 400, "TRACE " + trace);
        }

        @Test
        void takesNoPathForAnother() throws IOException {
            for (String path :
                    List.of(
                            "//api/users",
                            "/api//users",
                            "/api/./users",
                            "/api/x/../users",
                            "/api/users/",
                            "/api/users;x=1",
                            "/api/;/users",
                            "/api/.;/users",
                            "/api/%2e/users",
                            "/api%2fusers",
                            "/api/users%00",
                            "/api/users%2f",
                            "/API/USERS",
                            "/api/users.json",
                            "/api/%75sers",
                            "/error",
                            "/api\\users")) {
                String answer =
                        raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
                int status = Integer.parseInt(answer.substring(9, 12));
                assertTrue(status >= 400 && status < 500, path + ": " + answer);
                assertFalse(answer.contains("\"grants\""), path);
            }
        }
    }

    private static String raw(String request) throws IOException {
        URI url = URI.create(server.url());
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            byte[] answer = socket.getInputStream().readAllBytes();
            return new String(answer, StandardCharsets.UTF_8);
        }
    }

    @Nested
    class Api8Misconfiguration {
        @Test
        void sendsTheHeadersThatProtectBrowsers() {
            for (String path : List.of("/", "/api/session", "/api/nothing", "/api/projects")) {
                var headers = server.client().get(path).headers();
                String policy = headers.firstValue("Content-Security-Policy").orElse("");
                assertTrue(policy.contains("default-src 'self'"), path + " " + policy);
                assertTrue(policy.contains("frame-ancestors 'none'"), path + " " + policy);
                assertFalse(policy.contains("script-src 'unsafe"), policy);
                assertEquals("nosniff", headers.firstValue("X-Content-Type-Options").orElse(""));
                assertEquals("DENY", headers.firstValue("X-Frame-Options").orElse(""));
                assertEquals("same-origin", headers.firstValue("Referrer-Policy").orElse(""));
                assertTrue(headers.firstValue("Server").isEmpty(), "names its software");
            }
            assertTrue(
                    root.get("/api/users")
                            .headers()
                            .firstValue("Cache-Control")
                            .orElse("")
                            .contains("no-store"));
        }

        @Test
        void allowsNoOtherOrigin() throws IOException {
            for (String origin : List.of("https://evil.example", "null", "http://localhost:1")) {
                String preflight =
                        raw(
                                "OPTIONS /api/projects HTTP/1.1\r\nHost: x\r\nOrigin: "
                                        + origin
                                        + "\r\nAccess-Control-Request-Method: POST\r\n"
                                        + "Connection: close\r\n\r\n");
                String simple =
                        raw(
                                "GET /api/session HTTP/1.1\r\nHost: x\r\nOrigin: "
                                        + origin
                                        + "\r\nConnection: close\r\n\r\n");
                assertFalse((preflight + simple).contains("Access-Control-Allow"), preflight);
            }
        }

        @Test
        void believesNoForwardedHeaderUnlessToldTo() {
            Client client = server.signIn("developer").with("X-Forwarded-For", "6.6.6.6");
            client.with("Forwarded", "for=6.6.6.6;proto=https");
            client.put("/api/projects/sales/secrets/of.proxy", Map.of("value", "v"), null);
            String entry = root.get("/api/audit?object=secrets/of.proxy").body();
            assertFalse(entry.contains("6.6.6.6"), entry);
        }

        @Test
        void showsNothingOfItsInside() throws IOException {
            for (Answer answer :
                    List.of(
                            root.put(FLOW, new Raw("{\"text\": {\"a\": 1}}"), "\"1\""),
                            root.get("/api/projects/sales/flows/orders/revisions/x"),
                            root.call("POST", "/api/projects", new Raw("\u0000"), null),
                            root.get("/api/nothing/here"))) {
                assertTrue(answer.status() < 500, answer.toString());
                assertFalse(answer.body().contains("Exception"), answer.body());
                assertFalse(answer.body().contains("org.springframework"), answer.body());
                assertFalse(answer.body().contains("dev.mortise"), answer.body());
                assertTrue(
                        answer.headers()
                                .firstValue("Content-Type")
                                .orElse("")
                                .startsWith("application/problem+json"),
                        answer.toString());
            }
            String broken = raw("GET / HTTP/9.9\r\n\r\n");
            assertFalse(broken.contains("Tomcat"), broken);
        }

        @Test
        void hasNoDefaultLogin() {
            for (String name : List.of("admin", "administrator", "root", "mortise")) {
                for (String password : List.of("admin", "mortise", "")) {
                    Answer answer =
                            server.client()
                                    .post(
                                            "/api/session",
                                            Map.of("name", name, "password", password));
                    assertTrue(answer.status() == 401 || answer.status() == 429, name);
                }
            }
            assertEquals(404, root.get("/actuator").status());
            assertEquals(404, root.get("/h2-console").status());
        }
    }

    @Nested
    class Api9Inventory {
        @Test
        void hasNoRouteOutsideOfItsList() {
            assertTrue(RouteList.of(server.server()).size() > 30);
            for (String path :
                    List.of(
                            "/api/v1/users",
                            "/api/internal/users",
                            "/oauth2/authorization/x",
                            "/login/oauth2/code/x",
                            "/api/debug",
                            "/swagger-ui/index.html")) {
                assertEquals(404, root.get(path).status(), path);
            }
        }
    }
}
