package dev.mortise.connectors.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.api.egress.Uris;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.testkit.live.ScriptedApi;
import dev.mortise.testkit.live.ScriptedApi.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What becomes of calls that go wrong, and what signs them in.
@Tag("live")
final class CallsTest {
    private static final String CANARY = "canary/s3cret+0x";

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
        Map<String, Object> words = new LinkedHashMap<>();
        words.put("path", "/orders");
        words.put("columns", Map.of("id", "int64"));
        return new Fixture(api.url()).orders(words);
    }

    private static Reply one() {
        return Reply.json("[{\"id\":1}]");
    }

    /// The first answers in turn, and then a good one for ever.
    private void answers(Reply... replies) {
        AtomicInteger calls = new AtomicInteger();
        api.on(
                "/orders",
                _ -> {
                    int call = calls.getAndIncrement();
                    return call < replies.length ? replies[call] : one();
                });
    }

    private static Problem problem(Fixture fixture) {
        return assertThrows(ProblemException.class, fixture::read).problem();
    }

    @Test
    void waitsAsManySecondsAsItIsAskedTo() {
        answers(Reply.status(429, "{}").with("Retry-After", "7"));
        Fixture fixture = orders();
        assertEquals(List.of(List.of("1")), fixture.read());
        assertTrue(
                fixture.time.waits.contains(Duration.ofSeconds(7)), fixture.time.waits::toString);
    }

    @Test
    void waitsUntilTheDateItIsAskedTo() {
        answers(Reply.status(503, "{}").with("Retry-After", "Thu, 01 Jan 2026 00:00:20 GMT"));
        Fixture fixture = orders();
        fixture.read();
        assertTrue(
                fixture.time.waits.contains(Duration.ofSeconds(20)), fixture.time.waits::toString);
    }

    @Test
    void saysThrottledWhenTheWaitIsLongerThanItsBudget() {
        answers(Reply.status(429, "{}").with("Retry-After", "3600"));
        Fixture fixture = orders();
        Problem problem = problem(fixture);
        assertEquals(ProblemCode.THROTTLED, problem.code());
        assertTrue(problem.message().contains("3600 s"), problem::message);
        assertEquals(List.of(), fixture.time.waits);
    }

    @Test
    void repeatsReadingAfterBrokenAnswersAndConnections() {
        answers(
                Reply.status(500, "{}"),
                Reply.hangUp(),
                Reply.json("[{\"id\":1},{\"id\":2}]").brokenAfter(7));
        assertEquals(List.of(List.of("1")), orders().set("timeout", "2s").read());
        assertEquals(4, api.requests("/orders").size());
    }

    @Test
    void givesUpAfterItsRetries() {
        api.on("/orders", _ -> Reply.status(502, "bad gateway"));
        Problem problem = problem(orders());
        assertEquals(ProblemCode.SERVER_UNAVAILABLE, problem.code());
        assertEquals(4, api.requests("/orders").size());
    }

    @Test
    void namesWhatEachStatusMeans() {
        Map<Integer, ProblemCode> codes =
                Map.of(
                        400, ProblemCode.CALL_INVALID,
                        401, ProblemCode.LOGIN_REFUSED,
                        403, ProblemCode.PRIVILEGE_MISSING,
                        404, ProblemCode.DATASET_MISSING);
        codes.forEach(
                (status, code) -> {
                    api.on("/orders", _ -> Reply.status(status, "{\"why\":\"because\"}"));
                    Problem problem = problem(orders());
                    assertEquals(code, problem.code());
                    assertTrue(problem.message().contains("GET"), problem::message);
                    assertTrue(problem.message().contains("/orders"), problem::message);
                    assertTrue(problem.message().contains("because"), problem::message);
                });
    }

    @Test
    void showsTheBeginningOfHtmlWhereJsonWasPromised() {
        String page = "<html><body>Please sign in" + ".".repeat(5_000);
        answers(Reply.text(200, "text/html", page));
        Problem problem = problem(orders());
        assertEquals(ProblemCode.SERVER_FAILED, problem.code());
        assertTrue(problem.message().contains("got 'text/html'"), problem::message);
        assertTrue(problem.message().contains("Please sign in"), problem::message);
        assertTrue(problem.message().length() < 400, problem::message);
    }

    @Test
    void takesJsonWhateverItsContentTypeSays() {
        answers(Reply.text(200, "text/html;charset=utf-8", " [{\"id\":1}]"));
        assertEquals(List.of(List.of("1")), orders().read());
    }

    @Test
    void refusesABodyLargerThanAllowed() {
        answers(Reply.json("[" + "{\"id\":1},".repeat(1_000) + "{\"id\":1}]"));
        Problem problem = problem(orders().set("body_bytes_max", 2_048));
        assertEquals(ProblemCode.LIMIT_EXCEEDED, problem.code());
        assertTrue(problem.fix().contains("body_bytes_max"), problem::fix);
    }

    private static Reply gzip(String body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return new Reply(200, Map.of("Content-Encoding", "gzip"), bytes.toByteArray(), -1);
    }

    @Test
    void unpacksGzip() {
        answers(gzip("[{\"id\":1}]"));
        assertEquals(List.of(List.of("1")), orders().read());
    }

    @Test
    void refusesAGzipBodyThatIsTooLargeUnpacked() {
        answers(gzip("[" + " ".repeat(1_000_000) + "]"));
        Problem problem = problem(orders().set("body_bytes_max", 10_000));
        assertEquals(ProblemCode.LIMIT_EXCEEDED, problem.code());
    }

    @Test
    void readsTextInTheCharacterSetItIsIn() {
        byte[] body = "[{\"id\":\"榫接\"}]".getBytes(java.nio.charset.Charset.forName("GBK"));
        answers(new Reply(200, Map.of("Content-Type", "application/json;charset=GBK"), body, -1));
        Fixture fixture =
                orders().orders(Map.of("path", "/orders", "columns", Map.of("id", "text")));
        assertEquals(List.of(List.of("榫接")), fixture.read());
    }

    @Test
    void followsARedirectOnItsHostButNotToAnother() {
        try (ScriptedApi other = ScriptedApi.start()) {
            other.on("/", _ -> one());
            api.on("/moved", _ -> one());
            Fixture fixture = orders().set("auth", Map.of("kind", "bearer", "token", CANARY));
            answers(Reply.status(302, "").with("Location", "/moved"));
            assertEquals(List.of(List.of("1")), fixture.read());
            answers(Reply.status(302, "").with("Location", other.url() + "/x"));
            Problem problem = problem(fixture);
            assertTrue(problem.message().contains("another host"), problem::message);
            assertEquals(List.of(), other.requests());
        }
    }

    @Test
    void saysWhenNobodyAnswersAndWhenNoHostIsKnown() {
        api.close();
        assertEquals(ProblemCode.CONNECTION_REFUSED, problem(orders()).code());
        Fixture unknown = new Fixture("http://nowhere.invalid");
        unknown.orders(Map.of("path", "/orders", "columns", Map.of("id", "int64")));
        assertEquals(ProblemCode.HOST_UNKNOWN, problem(unknown).code());
    }

    @Test
    void saysWhenTheAnswerTakesTooLong() {
        api.on(
                "/orders",
                _ -> {
                    try {
                        new java.util.concurrent.CountDownLatch(1)
                                .await(5, java.util.concurrent.TimeUnit.SECONDS);
                    } catch (InterruptedException _) {
                        Thread.currentThread().interrupt();
                    }
                    return one();
                });
        Problem problem = problem(orders().set("timeout", "100ms").set("retries", "0"));
        assertEquals(ProblemCode.TIMED_OUT, problem.code());
    }

    @Test
    void signsInWithEachKindOfAuth() {
        answers();
        orders().set("auth", Map.of("kind", "basic", "user", "app", "password", "pw:1")).read();
        orders().set("auth", Map.of("kind", "bearer", "token", "t")).read();
        orders().set("auth", Map.of("kind", "api_key", "name", "X-Key", "value", "k")).read();
        var query = Map.of("kind", "api_key", "name", "key", "value", "k&1", "in", "query");
        orders().set("auth", query).read();
        var requests = api.requests("/orders");
        assertEquals("Basic YXBwOnB3OjE=", requests.get(0).header("Authorization"));
        assertEquals("Bearer t", requests.get(1).header("Authorization"));
        assertEquals("k", requests.get(2).header("X-Key"));
        assertEquals("k&1", requests.get(3).query().get("key"));
    }

    private Fixture oauth(int seconds) {
        AtomicInteger grants = new AtomicInteger();
        api.on(
                "/token",
                request ->
                        request.body().contains("grant_type=client_credentials")
                                ? Reply.json(
                                        "{\"access_token\":\"%s-%d\",\"expires_in\":%d}"
                                                .formatted(
                                                        "tokenvalue",
                                                        grants.incrementAndGet(),
                                                        seconds))
                                : Reply.status(400, "{}"));
        return orders().set(
                        "auth",
                        Map.of(
                                "kind",
                                "oauth2",
                                "token_url",
                                "/token",
                                "client_id",
                                "app",
                                "client_secret",
                                CANARY,
                                "scope",
                                "read all"));
    }

    @Test
    void asksForOneTokenForManyThreads() throws InterruptedException, ExecutionException {
        answers();
        Fixture fixture = oauth(3_600);
        try (HttpConnector connector = fixture.open();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> checks =
                    IntStream.range(0, 50)
                            .mapToObj(_ -> threads.submit(() -> connector.check().ok()))
                            .toList();
            for (Future<Boolean> check : checks) {
                assertTrue(check.get());
            }
            assertEquals(1, api.requests("/token").size());
            fixture.time.pass(Duration.ofSeconds(3_400));
            assertTrue(connector.check().ok());
            assertEquals(2, api.requests("/token").size());
        }
    }

    @Test
    void renewsATokenTheApiHasForgottenOnce() {
        Fixture fixture = oauth(3_600);
        api.on(
                "/orders",
                request ->
                        request.header("Authorization").equals("Bearer tokenvalue-1")
                                ? Reply.status(401, "{}")
                                : one());
        assertEquals(List.of(List.of("1")), fixture.read());
        assertEquals(2, api.requests("/token").size());
        api.on("/orders", _ -> Reply.status(401, "{}"));
        assertEquals(ProblemCode.LOGIN_REFUSED, problem(fixture).code());
        // The second run took the token over from the first.
        assertEquals(3, api.requests("/token").size());
    }

    @Test
    void showsNoSecretInAnyMessage() {
        Stream<Map<String, Object>> auths =
                Stream.of(
                        Map.of("kind", "basic", "user", "app", "password", CANARY),
                        Map.of("kind", "bearer", "token", CANARY),
                        Map.of("kind", "api_key", "name", "k", "value", CANARY),
                        Map.of("kind", "api_key", "name", "k", "value", CANARY, "in", "query"));
        List<Reply> replies =
                List.of(Reply.status(400, CANARY), Reply.status(403, "{\"k\":\"" + CANARY + "\"}"));
        auths.forEach(
                auth -> {
                    for (Reply reply : replies) {
                        api.on("/orders", _ -> reply);
                        assertClean(orders().set("auth", auth));
                    }
                    api.on(
                            "/orders",
                            request ->
                                    Reply.text(
                                            200,
                                            "text/html",
                                            "<p>" + request.query() + request.headers()));
                    assertClean(orders().set("auth", auth));
                    assertClean(orders().set("headers", Map.of("X-Token", CANARY)));
                });
        api.on("/token", _ -> Reply.status(401, CANARY));
        Fixture fixture = oauth(60);
        api.on("/token", request -> Reply.status(401, request.headers() + request.body()));
        assertClean(fixture);
    }

    private static void assertClean(Fixture fixture) {
        ProblemException thrown = assertThrows(ProblemException.class, fixture::read);
        byte[] pair = ("app:" + CANARY).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        String basic = java.util.Base64.getEncoder().encodeToString(pair);
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            String text = String.valueOf(t.getMessage());
            assertFalse(text.contains(CANARY), text);
            assertFalse(text.contains(Uris.encode(CANARY)), text);
            assertFalse(text.contains(basic), text);
        }
    }
}
