package dev.mortise.connectors.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.api.recipe.Keys;
import dev.mortise.api.recipe.Message;
import dev.mortise.api.recipe.Pair;
import dev.mortise.api.recipe.Recipe;
import dev.mortise.api.recipe.Seen;
import dev.mortise.api.recipe.Signing;
import dev.mortise.api.recipe.codec.KeyReader;
import dev.mortise.api.recipe.codec.Sm2Form;
import dev.mortise.api.recipe.codec.Sm2Signature;
import dev.mortise.spi.option.Secret;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.testkit.live.ScriptedApi;
import dev.mortise.testkit.live.ScriptedApi.Reply;
import dev.mortise.testkit.live.ScriptedApi.Request;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Servers that let nobody in who does not sign in as they ask.
final class SigningInTest {
    private static final Reply DENIED = Reply.status(401, "{}");

    private ScriptedApi api;

    @BeforeEach
    void start() {
        api = ScriptedApi.start();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private Fixture orders() {
        return new Fixture(api.url())
                .orders(Map.of("path", "/orders", "columns", Map.of("id", "int64")));
    }

    private static Reply one() {
        return Reply.json("[{\"id\":1}]");
    }

    private static void assertReads(Fixture fixture) {
        assertEquals(List.of(List.of("1")), fixture.read());
    }

    @Test
    void logsInAndPutsTheTokenIntoTheQuery() {
        api.on(
                "/login",
                request ->
                        request.body().equals("{\"appKey\":\"k\",\"appSecurity\":\"secret-1\"}")
                                ? Reply.json(
                                        "{\"value\":{\"accessToken\":\"t+1\",\"expireTime\":%d}}"
                                                .formatted(1_767_225_600_000L + 7_200_000))
                                : DENIED);
        api.on("/orders", r -> "t+1".equals(r.query().get("accessToken")) ? one() : DENIED);
        Map<String, Object> body = Map.of("appKey", "k", "appSecurity", "secret-1");
        Fixture fixture =
                orders().set(
                                "auth",
                                Map.of(
                                        "kind", "login",
                                        "request", Map.of("url", "/login", "body", ordered(body)),
                                        "token", "$.value.accessToken",
                                        "expiry", "$.value.expireTime",
                                        "expiry_as", "at_ms",
                                        "place", Map.of("query", "accessToken")));
        assertReads(fixture);
        assertReads(fixture);
        assertEquals(1, api.requests("/login").size());
    }

    private static Map<String, Object> ordered(Map<String, Object> words) {
        return new java.util.TreeMap<>(words);
    }

    @Test
    void keepsASessionAndRenewsItWhenTheBodySaysThatItIsLost() {
        AtomicInteger logins = new AtomicInteger();
        api.on(
                "/login",
                _ ->
                        Reply.json("{\"LoginResultType\":1}")
                                .with(
                                        "Set-Cookie",
                                        "kdservice-sessionid=s%d; path=/"
                                                .formatted(logins.incrementAndGet())));
        api.on(
                "/orders",
                r ->
                        r.header("Cookie").equals("kdservice-sessionid=s2")
                                ? one()
                                : Reply.json(
                                        "{\"Result\":{\"ResponseStatus\":{\"IsSuccess\":false,"
                                                + "\"MsgCode\":1}}}"));
        assertReads(
                orders().set("errors", Map.of("base", "kingdee", "rules", List.of(arrays())))
                        .set(
                                "auth",
                                Map.of(
                                        "kind", "login",
                                        "request",
                                                Map.of(
                                                        "url",
                                                        "/login",
                                                        "body",
                                                        Map.of("acctID", "a")),
                                        "cookie", "kdservice-sessionid")));
        assertEquals(2, logins.get());
    }

    /// Rows as objects, which Kingdee itself does not give.
    private static Map<String, Object> arrays() {
        return Map.of("when", Map.of("present", "$[*].id"), "is", "ok");
    }

    @Test
    void asksForTheHostOfTheTenantFirst() {
        try (ScriptedApi tenant = ScriptedApi.start()) {
            api.on("/where", r -> Reply.json("{\"data\":{\"url\":\"" + tenant.url() + "/x\"}}"));
            tenant.on("/x/token", _ -> Reply.json("{\"access_token\":\"t\",\"expires_in\":60}"));
            tenant.on(
                    "/x/orders",
                    r -> r.header("Authorization").equals("Bearer t") ? one() : DENIED);
            assertReads(
                    orders().set(
                                    "auth",
                                    Map.of(
                                            "kind", "login",
                                            "discover",
                                                    Map.of(
                                                            "url", "/where",
                                                            "params", Map.of("tenantId", "7"),
                                                            "base_url", "$.data.url"),
                                            "request", Map.of("url", "/token"))));
            assertEquals("7", api.requests("/where").getFirst().query().get("tenantId"));
        }
    }

    @Test
    void tradesARefreshTokenOnceForTheNext() {
        AtomicInteger next = new AtomicInteger(1);
        api.on(
                "/token",
                request ->
                        request.body().contains("refresh_token=r" + next.get())
                                ? Reply.json(
                                        ("{\"access_token\":\"t%d\",\"expires_in\":100,"
                                                        + "\"refresh_token\":\"r%d\"}")
                                                .formatted(next.get(), next.incrementAndGet()))
                                : Reply.status(400, "{\"error\":\"invalid_grant\"}"));
        api.on("/orders", _ -> one());
        Fixture fixture =
                orders().set(
                                "auth",
                                Map.of(
                                        "kind", "oauth2",
                                        "grant", "refresh_token",
                                        "token_url", "/token",
                                        "client_id", "app",
                                        "client_secret", "s",
                                        "refresh_token", "r1"));
        assertReads(fixture);
        fixture.time.pass(java.time.Duration.ofSeconds(200));
        assertReads(fixture);
        assertEquals("Bearer t2", api.requests("/orders").getLast().header("Authorization"));
    }

    @Test
    void renewsWithTheTokenBeforeBesideTheRefreshToken() {
        AtomicInteger next = new AtomicInteger();
        String told =
                "{\"access_token\":\"t+%1$d\",\"expires_in\":100,\"refresh_token\":\"r%1$d\"}";
        api.on("/login", _ -> Reply.json(told.formatted(next.get())));
        api.on(
                "/renew",
                r -> {
                    int known = next.get();
                    Map<String, String> pair = Map.of("old", "t+" + known, "refresh", "r" + known);
                    return r.query().equals(pair)
                            ? Reply.json(told.formatted(next.incrementAndGet()))
                            : DENIED;
                });
        api.on("/orders", r -> r.header("Authorization").endsWith("t+" + next) ? one() : DENIED);
        Map<String, Object> renew =
                Map.of("url", "/renew", "params", Map.of("old", "{access}", "refresh", "{token}"));
        Fixture fixture =
                orders().set(
                                "auth",
                                Map.of(
                                        "kind",
                                        "login",
                                        "request",
                                        Map.of("url", "/login", "body", secret()),
                                        "refresh",
                                        renew));
        for (int i = 0; i < 3; i++) {
            assertReads(fixture);
            fixture.time.pass(java.time.Duration.ofSeconds(200));
        }
        assertEquals(1, api.requests("/login").size());
        assertEquals(2, next.get());
    }

    private static Map<String, Object> secret() {
        return Map.of("secret", "secret-of-the-app");
    }

    @Test
    void provesTheClientByAnAssertionThatIsNewEachTime() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", KeyReader.BOUNCY_CASTLE);
        generator.initialize(new ECGenParameterSpec("sm2p256v1"));
        KeyPair pair = generator.generateKeyPair();
        String key = Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded());
        api.on("/token", _ -> Reply.json("{\"access_token\":\"t\",\"expires_in\":100}"));
        api.on("/orders", _ -> one());
        Map<String, Object> auth = new java.util.LinkedHashMap<>();
        auth.put("kind", "oauth2");
        auth.put("token_url", "/token");
        auth.put("client_id", "app");
        auth.put("client_auth", "private_key_jwt");
        auth.put("algorithm", "SGD_SM3_SM2");
        auth.put("key", key);
        auth.put("key_id", "k1");
        Fixture fixture = orders().set("auth", auth);
        assertReads(fixture);
        fixture.time.pass(java.time.Duration.ofSeconds(200));
        assertReads(fixture);
        List<String> sent =
                api.requests("/token").stream().map(r -> field(r, "client_assertion")).toList();
        assertEquals(2, sent.stream().distinct().count());
        String[] parts = sent.getFirst().split("\\.", -1);
        assertEquals("{\"alg\":\"SGD_SM3_SM2\",\"typ\":\"JWT\",\"kid\":\"k1\"}", decoded(parts[0]));
        String claims = decoded(parts[1]);
        assertTrue(claims.contains("\"aud\":\"" + api.url() + "/token\""), claims);
        assertTrue(claims.contains("\"iss\":\"app\",\"sub\":\"app\""), claims);
        byte[] text = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
        byte[] signature = Sm2Form.asn1(Base64.getUrlDecoder().decode(parts[2]));
        byte[] user = "1234567812345678".getBytes(StandardCharsets.US_ASCII);
        assertTrue(Sm2Signature.verifies(pair.getPublic(), user, text, signature));
    }

    @Test
    void sendsNoSecretToAPlainAddressOfASafeApi() {
        Fixture fixture =
                orders().set("base_url", "https://127.0.0.1:1")
                        .set(
                                "auth",
                                Map.of(
                                        "kind", "oauth2",
                                        "token_url", api.url() + "/token",
                                        "client_id", "app",
                                        "client_secret", "s3cret-words"));
        assertTrue(fixture.problems().toString().contains("https"), fixture.problems()::toString);
        Map<String, Object> request = Map.of("url", api.url() + "/login", "body", secret());
        fixture.set("auth", Map.of("kind", "login", "request", request));
        ProblemException e = Assertions.assertThrows(ProblemException.class, fixture::read);
        assertEquals(ProblemCode.OPTION_INVALID, e.problem().code());
        assertEquals(List.of(), api.requests());
    }

    private static String decoded(String part) {
        return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
    }

    private static String field(Request request, String name) {
        return java.util.Arrays.stream(request.body().split("&", -1))
                .filter(pair -> pair.startsWith(name + "="))
                .findFirst()
                .orElseThrow()
                .substring(name.length() + 1);
    }

    @Test
    void fetchesTheTokenAndTheCookiesThatWritingNeeds() {
        AtomicInteger sessions = new AtomicInteger();
        api.on(
                "/service",
                r -> {
                    int session = sessions.incrementAndGet();
                    return Reply.json("{}")
                            .with("X-CSRF-Token", "csrf-" + session)
                            .with("Set-Cookie", "SAP_SESSIONID=" + session + "; secure");
                });
        api.on(
                "/orders",
                r -> {
                    boolean same =
                            r.header("X-CSRF-Token").equals("csrf-2")
                                    && r.header("Cookie").equals("SAP_SESSIONID=2");
                    return same ? one() : Reply.status(403, "").with("x-csrf-token", "Required");
                });
        assertReads(
                orders().orders(
                                Map.of(
                                        "path",
                                        "/orders",
                                        "method",
                                        "POST",
                                        "body",
                                        Map.of("a", "1"),
                                        "columns",
                                        Map.of("id", "int64")))
                        .set("errors", "sap-odata")
                        .set(
                                "auth",
                                Map.of(
                                        "kind", "basic",
                                        "user", "u",
                                        "password", "p",
                                        "csrf", "/service")));
        assertEquals("Fetch", api.requests("/service").getFirst().header("X-CSRF-Token"));
        assertTrue(api.requests("/service").getFirst().header("Authorization").startsWith("Basic"));
    }

    @Test
    void answersTheChallengeOfADigest() {
        api.on(
                "/orders",
                r ->
                        digested(r)
                                ? one()
                                : DENIED.with(
                                        "WWW-Authenticate",
                                        "Digest realm=\"r\", qop=\"auth\", algorithm=SHA-256,"
                                                + " nonce=\"n1\", opaque=\"o\""));
        assertReads(orders().set("auth", Map.of("kind", "digest", "user", "u", "password", "pw")));
        assertEquals(2, api.requests("/orders").size());
    }

    private static boolean digested(Request request) {
        Map<String, String> fields = new java.util.HashMap<>();
        Matcher matcher =
                Pattern.compile("(\\w+)=\"?([^\",]+)").matcher(request.header("Authorization"));
        while (matcher.find()) {
            fields.put(matcher.group(1), matcher.group(2));
        }
        String expected =
                sha256(
                        String.join(
                                ":",
                                sha256("u:r:pw"),
                                "n1",
                                fields.getOrDefault("nc", ""),
                                fields.getOrDefault("cnonce", ""),
                                "auth",
                                sha256("GET:/orders")));
        return expected.equals(fields.get("response")) && "o".equals(fields.get("opaque"));
    }

    private static String sha256(String text) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void signsWhatItSends() {
        Recipe recipe = Recipe.shipped("feishu-event");
        Keys keys = Keys.none().with("encrypt_key", new Secret("test key"));
        Fixture fixture =
                orders().orders(
                                Map.of(
                                        "path",
                                        "/orders",
                                        "method",
                                        "POST",
                                        "body",
                                        Map.of("name", "榫接"),
                                        "columns",
                                        Map.of("id", "int64")))
                        .set("sign", Map.of("recipe", "feishu-event", "encrypt_key", "test key"));
        api.on(
                "/orders",
                r -> {
                    List<Pair> headers =
                            r.headers().entrySet().stream()
                                    .map(h -> new Pair(h.getKey(), h.getValue()))
                                    .toList();
                    byte[] body = r.body().getBytes(StandardCharsets.UTF_8);
                    Message message =
                            new Message("POST", "http", "localhost", "/orders", "", headers, body);
                    Signing signing = new Signing(fixture.time::now, new Random(1), Map.of());
                    return recipe.verify(message, keys, signing, Seen.nothing()).accepted()
                            ? one()
                            : DENIED;
                });
        assertReads(fixture);
    }

    @Test
    void readsSuccessAndFailureFromTheBody() {
        Fixture fixture = orders().set("errors", "wecom");
        AtomicInteger calls = new AtomicInteger();
        api.on(
                "/orders",
                _ ->
                        calls.incrementAndGet() == 1
                                ? Reply.json("{\"errcode\":45009,\"errmsg\":\"freq limit\"}")
                                : Reply.json("{\"errcode\":60011,\"errmsg\":\"no privilege\"}"));
        ProblemException denied = Assertions.assertThrows(ProblemException.class, fixture::read);
        assertEquals(ProblemCode.PRIVILEGE_MISSING, denied.problem().code());
        assertTrue(denied.problem().message().contains("60011"), denied::getMessage);
        assertEquals(2, calls.get());
    }

    @Test
    void namesEveryMistakeOfADefinitionAtOnce() {
        Fixture fixture =
                orders().set("auth", Map.of("kind", "login", "place", Map.of("body", "x")))
                        .set("sign", Map.of("recipe", "kingdeee"))
                        .set("errors", "wecon")
                        .set("limits", Map.of("per", Map.of("soon", "1")));
        String all = fixture.problems().toString();
        for (String word : List.of("request", "'kingdee'", "wecom", "soon", "place")) {
            assertTrue(all.contains(word), word + " in " + all);
        }
    }
}
