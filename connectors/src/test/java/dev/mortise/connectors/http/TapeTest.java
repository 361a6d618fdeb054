package dev.mortise.connectors.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.api.cassette.Cassette;
import dev.mortise.api.cassette.Masking;
import dev.mortise.api.cassette.Masks;
import dev.mortise.api.cassette.Playback;
import dev.mortise.spi.connect.Tapes.Conversation;
import dev.mortise.spi.connect.Tapes.Exchange;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.testkit.live.ScriptedApi;
import dev.mortise.testkit.live.ScriptedApi.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Resources of every kind, recorded from a server and played without it.
@Tag("live")
final class TapeTest {
    private static final Cassette.Title TITLE =
            new Cassette.Title("shop", "orders", "0.1.0", List.of());

    private ScriptedApi api;

    @BeforeEach
    void start() {
        api = ScriptedApi.start();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private static String page(int page, int rows, String more) {
        return IntStream.range(0, rows)
                .mapToObj(i -> "{\"id\":%d,\"name\":\"n%d\"}".formatted(page * rows + i, i))
                .collect(Collectors.joining(",", "{\"d\":[", "]" + more + "}"));
    }

    private Fixture numbered() {
        api.on("/orders", r -> Reply.json(page(r.number("page", 1) - 1, 5, ",\"total\":100")));
        return endless();
    }

    private Fixture endless() {
        return new Fixture(api.url())
                .orders(
                        Map.of(
                                "path",
                                "/orders",
                                "records",
                                "$.d",
                                "paging",
                                Map.of("kind", "page", "size", 5, "total", "$.total"),
                                "key",
                                List.of("id")));
    }

    private static Cassette record(Fixture fixture, int pages) {
        try (HttpConnector connector = fixture.open()) {
            Playback.Held held = Playback.held(connector, "orders", pages);
            return Cassette.of(connector, TITLE, held, Masking.none());
        }
    }

    private static Playback play(Fixture fixture, Cassette cassette) {
        try (HttpConnector connector = fixture.open()) {
            return Playback.of(connector, "orders", cassette.kept());
        }
    }

    /// Records, plays without the server, and compares.
    private Cassette kept(Fixture fixture, int pages, long rows) {
        Cassette cassette = record(fixture, pages);
        assertEquals(rows, cassette.result().sums().rows(), cassette::yaml);
        api.close();
        List<String> differences = play(fixture, cassette).result().differences(cassette.result());
        assertEquals(List.of(), differences, cassette::yaml);
        return cassette;
    }

    @Test
    void readsNoMorePagesThanWantedAndNoneTwice() {
        Cassette cassette = kept(numbered(), 3, 15);
        assertEquals(3, api.requests().size(), "the page looked at for columns is the first");
        assertEquals(3, cassette.kept().exchanges().size());
        assertEquals(15, cassette.observed().records());
        assertTrue(cassette.observed().envelope().containsKey("$.total"), cassette::yaml);
    }

    @Test
    void readsToTheEndWhenThereIsLess() {
        api.on("/orders", r -> Reply.json(page(0, r.number("page", 1) == 1 ? 5 : 0, "")));
        Fixture fixture =
                new Fixture(api.url())
                        .orders(
                                Map.of(
                                        "path",
                                        "/orders",
                                        "records",
                                        "$.d",
                                        "paging",
                                        Map.of("kind", "page", "size", 5)));
        assertEquals(2, kept(fixture, 3, 5).kept().exchanges().size());
    }

    @Test
    void followsLinksToWhereverTheApiIsPlayed() {
        api.on(
                "/orders",
                r -> {
                    int at = r.number("at", 0);
                    String next = api.url().replace("/", "\\/") + "\\/orders?at=" + (at + 1);
                    String link = "\"url\":\"" + api.url() + "/o\",\"id\"";
                    String rows = page(at, 5, ",\"next\":\"" + next + "\"");
                    return Reply.json(rows.replace("\"id\"", link));
                });
        Map<String, Object> words =
                Map.of(
                        "path",
                        "/orders",
                        "records",
                        "$.d",
                        "paging",
                        Map.of("kind", "next_link", "next", "$.next"),
                        "columns",
                        Map.of("id", "int64", "url", "text"));
        Map<String, Object> auth = Map.of("kind", "bearer", "token", "canary-7");
        Cassette cassette = record(new Fixture(api.url()).set("auth", auth).orders(words), 3);
        assertFalse(cassette.yaml().contains("127.0.0.1"), cassette::yaml);
        Fixture elsewhere = new Fixture("https://shop.example").set("auth", auth).orders(words);
        Playback there = play(elsewhere, cassette);
        assertEquals(List.of(), there.result().differences(cassette.result()));
        assertEquals(cassette.observed(), there.observed());
    }

    @Test
    void keepsNoSecretWhereverItComesBack() {
        api.on("/token", _ -> Reply.json("{\"access_token\":\"canary-grant\",\"expires_in\":99}"));
        api.on(
                "/orders",
                r ->
                        Reply.json(
                                        ("{\"d\":[{\"id\":1,\"echo\":\"%s\",\"key\":\"%s\","
                                                        + "\"refresh_token\":\"canary-other\"}]}")
                                                .formatted(
                                                        r.header("authorization"),
                                                        r.query().get("api_key")))
                                .with("Set-Cookie", "sid=canary-cookie")
                                .with("X-Page-Auth", "canary-header"));
        Fixture fixture =
                new Fixture(api.url())
                        .set(
                                "auth",
                                Map.of(
                                        "kind",
                                        "oauth2",
                                        "token_url",
                                        "/token",
                                        "client_id",
                                        "canary-id",
                                        "client_secret",
                                        "canary-secret"))
                        .set("headers", Map.of("X-Secret", "canary-static"))
                        .orders(
                                Map.of(
                                        "path",
                                        "/orders",
                                        "records",
                                        "$.d",
                                        "params",
                                        Map.of("api_key", "canary-param")));
        Cassette cassette = kept(fixture, 3, 1);
        assertFalse(cassette.yaml().contains("canary"), cassette::yaml);
        assertEquals(1, cassette.kept().exchanges().size(), "a grant is not kept");
        assertTrue(cassette.yaml().contains("api_key=***"), cassette::yaml);
    }

    @Test
    void playingNeedsNoSecretAndCountsNothing(@TempDir Path project) {
        Cassette cassette = record(numbered(), 2);
        int calls = api.requests().size();
        Fixture other =
                numbered()
                        .in(project)
                        .set("limits", Map.of("quota", Map.of("day", 1)))
                        .set("auth", Map.of("kind", "bearer", "token", "no-longer-valid"));
        assertEquals(10, play(other, cassette).result().sums().rows());
        assertEquals(calls, api.requests().size());
        assertFalse(Files.exists(project.resolve(".mortise/calls")), "no call was counted");
        assertFalse(Files.exists(project.resolve(".mortise/tokens")), "no token was asked for");
    }

    @Test
    void keepsTheAnswersAndNotTheFailuresBeforeThem() {
        api.on(
                "/orders",
                _ ->
                        api.requests("/orders").size() < 3
                                ? Reply.status(503, "busy")
                                : Reply.json(page(0, 5, "")));
        Fixture fixture =
                new Fixture(api.url()).orders(Map.of("path", "/orders", "records", "$.d"));
        Cassette cassette = kept(fixture, 3, 5);
        assertEquals(1, cassette.kept().exchanges().size());
    }

    private Map<String, Object> job() {
        Map<String, Object> job = new LinkedHashMap<>();
        job.put("create", Map.of("path", "/exports", "id", "$.id"));
        job.put("poll", Map.of("path", "/exports/{job}", "wait", 2, "wait_max", 4));
        job.put("done", Map.of("at", "$.state", "is", "done"));
        job.put("result", "$.url");
        return job;
    }

    @Test
    void keepsAJobWithItsWaitsAndNotTheSignatureOfItsFile() {
        ScriptedApi store = ScriptedApi.start();
        api.on("/exports", _ -> Reply.json("{\"id\":\"77\"}"));
        api.on(
                "/exports/77",
                _ ->
                        Reply.json(
                                "{\"state\":\"%s\",\"url\":\"%s/file?part=1&sig=canary\"}"
                                        .formatted(
                                                api.requests("/exports/77").size() > 2
                                                        ? "done"
                                                        : "running",
                                                store.url())));
        store.on("/file", _ -> Reply.text(200, "text/csv", "id,name\n1,a\n2,b\n"));
        Fixture fixture =
                new Fixture(api.url())
                        .orders(
                                Map.of(
                                        "job",
                                        job(),
                                        "stream",
                                        true,
                                        "columns",
                                        Map.of("id", "int64", "name", "text")));
        Cassette cassette = record(fixture, 3);
        store.close();
        api.close();
        fixture.time.waits.clear();
        Playback again = play(fixture, cassette);
        assertEquals(List.of(), again.result().differences(cassette.result()));
        assertEquals(2, again.result().sums().rows());
        assertEquals(List.<Duration>of(), fixture.time.waits);
        assertFalse(cassette.yaml().contains("canary"), cassette::yaml);
        assertTrue(cassette.yaml().contains("    answer: |\n      id,name\n"), cassette::yaml);
    }

    @Test
    void keepsAPackedFile() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write("{\"id\":1}\n{\"id\":2}\n".getBytes(StandardCharsets.UTF_8));
        }
        Reply file =
                new Reply(
                        200,
                        Map.of("Content-Type", "application/x-ndjson"),
                        packed.toByteArray(),
                        -1);
        api.on("/orders", _ -> file);
        Cassette cassette =
                kept(
                        new Fixture(api.url()).orders(Map.of("path", "/orders", "stream", true)),
                        3,
                        2);
        assertTrue(cassette.yaml().contains("    answer: |\n      {\"id\":1}\n"), cassette::yaml);
        assertTrue(cassette.observed().fields().containsKey("id"), cassette::yaml);
    }

    @Test
    void keepsThePagesOfParents() {
        api.on("/shops", _ -> Reply.json("{\"d\":[{\"no\":\"a\"},{\"no\":\"b\"}]}"));
        api.on("/shops/a/orders", _ -> Reply.json(page(0, 2, "")));
        api.on("/shops/b/orders", _ -> Reply.json(page(1, 2, "")));
        Cassette cassette = kept(ofShops(), 3, 4);
        assertEquals(3, cassette.kept().exchanges().size());
        assertEquals(4, cassette.observed().records(), "those of the parent are not its own");
    }

    @Test
    void readsOnAmongParentsWithoutAnyTenForEachPage() {
        String shops =
                IntStream.range(0, 40)
                        .mapToObj("{\"no\":\"s%d\"}"::formatted)
                        .collect(Collectors.joining(",", "{\"d\":[", "]}"));
        api.on("/shops", _ -> Reply.json(shops));
        for (int i = 0; i < 40; i++) {
            api.on("/shops/s" + i + "/orders", _ -> Reply.status(404, "none"));
        }
        Map<String, Object> none = Map.of("when", Map.of("status", List.of(404)), "is", "empty");
        Fixture fixture = ofShops().set("errors", Map.of("base", "rest", "rules", List.of(none)));
        Cassette cassette = kept(fixture, 2, 0);
        assertEquals(21, cassette.kept().exchanges().size(), "a page of shops and 20 without any");
    }

    @Test
    void endsAtWhatACassetteHolds() {
        String more = ",\"total\":5000" + " ".repeat(Cassette.BYTES_MAX / 3);
        api.on("/orders", r -> Reply.json(page(r.number("page", 1) - 1, 5, more)));
        Problem problem =
                assertThrows(ProblemException.class, () -> record(endless(), 100)).problem();
        assertEquals(ProblemCode.LIMIT_EXCEEDED, problem.code());
        assertEquals(3, api.requests().size(), "none is called for what cannot be kept");
    }

    @Test
    void masksWhatParentsGiveAndNotWhatEqualsItByChance() {
        String shops = "{\"d\":[{\"no\":\"a\",\"age\":20},{\"no\":\"b\",\"age\":31}]}";
        api.on("/shops", _ -> Reply.json(shops));
        api.on("/shops/a/orders", _ -> Reply.json(page(0, 2, "")));
        api.on("/shops/b/orders", _ -> Reply.json(page(1, 2, "")));
        Fixture fixture = ofShops();
        List<String> fields = List.of("no", "age");
        Masking masking = new Masking(fields, fields, new Masks(new byte[] {7}));
        Cassette.Title title = new Cassette.Title("shop", "orders", "0.1.0", fields);
        try (HttpConnector connector = fixture.open()) {
            Playback.Held held = Playback.held(connector, "orders", 3);
            Cassette cassette = Cassette.of(connector, title, held, masking);
            String yaml = cassette.yaml();
            assertFalse(yaml.contains("/shops/a/") || yaml.contains("\"age\": 20"), yaml);
            assertTrue(yaml.contains("size=20"), yaml);
            assertEquals(4, cassette.result().sums().rows());
        }
    }

    private Fixture ofShops() {
        return new Fixture(api.url())
                .set(
                        "resources",
                        Map.of(
                                "shops",
                                Map.of(
                                        "path",
                                        "/shops",
                                        "records",
                                        "$.d",
                                        "params",
                                        Map.of("size", "20")),
                                "orders",
                                Map.of(
                                        "path",
                                        "/shops/{shop}/orders",
                                        "records",
                                        "$.d",
                                        "for_each",
                                        Map.of(
                                                "resource",
                                                "shops",
                                                "field",
                                                "no",
                                                "as",
                                                "shop",
                                                "empties",
                                                "allow"),
                                        "columns",
                                        Map.of("id", "int64", "shop", "text"))));
    }

    @Test
    void keepsTheLatestSlicesAndAsksForThemAgainLater() {
        api.on(
                "/orders",
                r -> Reply.json("{\"d\":[{\"id\":\"%s\"}]}".formatted(r.query().get("from"))));
        Fixture fixture =
                new Fixture(api.url())
                        .orders(
                                Map.of(
                                        "path",
                                        "/orders",
                                        "records",
                                        "$.d",
                                        "slices",
                                        Map.of(
                                                "start",
                                                "2025-01-01",
                                                "step",
                                                "10d",
                                                "from",
                                                "from",
                                                "to",
                                                "to"),
                                        "columns",
                                        Map.of("id", "text")));
        Cassette cassette = record(fixture, 3);
        assertTrue(
                cassette.kept().exchanges().getFirst().asked().address().contains("2025-12"),
                cassette::yaml);
        fixture.time.pass(Duration.ofDays(100));
        assertEquals(List.of(), play(fixture, cassette).result().differences(cassette.result()));
    }

    @Test
    void namesWhatWasNeverRecorded() {
        Cassette cassette = record(numbered(), 2);
        Conversation less =
                new Conversation(
                        cassette.kept().at(),
                        cassette.kept().pages(),
                        cassette.kept().exchanges().subList(0, 1));
        try (HttpConnector connector = numbered().open()) {
            Problem problem =
                    assertThrows(
                                    ProblemException.class,
                                    () -> Playback.of(connector, "orders", less))
                            .problem();
            assertEquals(ProblemCode.SOURCE_CHANGED, problem.code());
            assertTrue(
                    problem.message().contains("query 'page' is '2', recorded '1'"),
                    problem::message);
        }
    }

    @Test
    void findsColumnsInRecordsAndInThoseAroundThem() {
        Fixture fixture =
                new Fixture(api.url())
                        .orders(
                                Map.of(
                                        "path",
                                        "/orders",
                                        "records",
                                        "$.d",
                                        "each",
                                        "$.lines",
                                        "parent",
                                        Map.of("no", "$.head.no"),
                                        "columns",
                                        Map.of(
                                                "no",
                                                "text",
                                                "sku",
                                                Map.of("type", "text", "path", "item.sku"))));
        try (HttpConnector connector = fixture.open()) {
            assertEquals(
                    Map.of("no", "head.no", "sku", "lines[].item.sku"),
                    connector.places(connector.describe("orders")));
        }
    }

    @Test
    void refusesWhatOnlyARowCanAskFor() {
        Fixture fixture =
                new Fixture(api.url())
                        .orders(
                                Map.of(
                                        "path",
                                        "/orders/{no}",
                                        "given",
                                        List.of("no"),
                                        "columns",
                                        Map.of("id", "int64")));
        Problem problem = assertThrows(ProblemException.class, () -> record(fixture, 1)).problem();
        assertEquals(ProblemCode.ROLE_MISSING, problem.code());
    }

    @Test
    void anExchangeHoldsNoHeaderThatDiffersFromCallToCall() {
        api.on(
                "/orders",
                _ ->
                        Reply.json(page(0, 1, ""))
                                .with("X-Request-Id", "77")
                                .with("X-Total-Count", "1"));
        Cassette cassette =
                record(
                        new Fixture(api.url()).orders(Map.of("path", "/orders", "records", "$.d")),
                        1);
        Exchange only = cassette.kept().exchanges().getFirst();
        assertEquals(
                List.of("content-type", "x-total-count"),
                List.copyOf(only.answered().headers().keySet()));
    }
}
