package dev.mortise.api.cassette;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.api.cassette.Facet.Extent;
import dev.mortise.api.cassette.Result.Sums;
import dev.mortise.spi.connect.Tapes.Answered;
import dev.mortise.spi.connect.Tapes.Asked;
import dev.mortise.spi.connect.Tapes.Conversation;
import dev.mortise.spi.connect.Tapes.Exchange;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CassetteTest {
    private static final Observed NOTHING = new Observed(0, 0, Map.of(), Map.of(), Map.of());

    private static Cassette holding(byte[]... answers) {
        List<Exchange> exchanges = new ArrayList<>();
        for (byte[] answer : answers) {
            exchanges.add(
                    new Exchange(
                            new Asked("GET", "/o?page=1", Map.of(), new byte[0]),
                            new Answered(
                                    200,
                                    Map.of("content-type", "application/json"),
                                    YamlBody.kept(answer))));
        }
        Conversation kept = new Conversation(Instant.parse("2026-11-26T04:00:00Z"), 3, exchanges);
        Result result = new Result(Map.of(), List.of(), new Sums(0, 0, "", Map.of(), List.of()));
        return new Cassette(
                new Cassette.Title("crm", "orders", "0.1.0", List.of()),
                kept,
                result,
                NOTHING,
                Map.of());
    }

    private static Cassette read(String yaml) {
        List<Problem> problems = new ArrayList<>();
        Cassette cassette = Cassette.read("cassettes/crm/orders.yaml", yaml, problems);
        assertEquals(List.of(), problems, yaml);
        return cassette;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\n",
                "\n\nx",
                "  indented\nless",
                "a\n\n\n",
                "a\n",
                "a\r\nb",
                "tab\there",
                "\u2028\uFEFF",
                "id,name\n1,榫接\n2,\n",
                "# no comment: [really]",
                "--- \n...\n",
                "{\"a\": 1}",
                "{\"n\": 0.10, \"big\": 12345678901234567890.123, \"e\": 1E5}",
                "[[1, \"a\"], [2, null]]",
                "{\"t\": \"line\\nnext \\u2028 \\ud83d\\ude00 \\\"q\\\"\"}",
                "{broken",
                "{\"a\":1}\n{\"a\":2}\n",
                "<x a='1'>\n  <y/>\n</x>"
            })
    void givesEachBodyBack(String body) {
        Cassette cassette = holding(bytes(body));
        String yaml = cassette.yaml();
        Cassette again = read(yaml);
        byte[] kept = cassette.kept().exchanges().getFirst().answered().body();
        assertArrayEquals(kept, again.kept().exchanges().getFirst().answered().body(), yaml);
        assertEquals(yaml, again.yaml());
    }

    @Test
    void aNumberKeepsItsDigits() {
        String body = "{\"n\":0.10,\"big\":12345678901234567890.1230,\"e\":1.0E+5}";
        String kept = new String(YamlBody.kept(bytes(body)), StandardCharsets.UTF_8);
        assertEquals("{\"n\": 0.10, \"big\": 12345678901234567890.1230, \"e\": 1.0E+5}", kept);
    }

    @Test
    void laysARecordOutOnALine() {
        String rows = "{\"a\":[{\"id\":1,\"x\":[]},{\"id\":2,\"x\":[3]}]}";
        String kept = new String(YamlBody.kept(bytes(rows)), StandardCharsets.UTF_8);
        assertTrue(kept.lines().count() > 4, kept);
        assertEquals(kept, new String(YamlBody.kept(bytes(kept)), StandardCharsets.UTF_8));
    }

    @Test
    void givesAnyBytesBack() {
        long seed = System.nanoTime();
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int i = 0; i < 200; i++) {
            byte[] body = new byte[random.nextInt(120)];
            random.nextBytes(body);
            for (int k = 0; i % 2 == 0 && k < body.length; k++) {
                body[k] = (byte) "ab \n\r\t:#-|>{}[]\"'".charAt(Math.floorMod(body[k], 17));
            }
            Cassette cassette = holding(body);
            byte[] kept = cassette.kept().exchanges().getFirst().answered().body();
            byte[] back = read(cassette.yaml()).kept().exchanges().getFirst().answered().body();
            assertArrayEquals(kept, back, "seed " + seed + ": " + cassette.yaml());
        }
    }

    @Test
    void keepsAllThatIsKnown() {
        Facet facet =
                new Facet(
                        40,
                        39,
                        Map.of(Form.INTEGER_TEXT, 30L, Form.NULL, 9L),
                        new Extent(12, 3, 2),
                        List.of("", "1", "null", "a, b"));
        Observed observed =
                new Observed(
                        40,
                        1,
                        Map.of("a b.c[]", facet),
                        Map.of("$.total", facet),
                        Map.of("sunset", "Sat, 31 Dec 2027"));
        Sums sums =
                new Sums(40, 2, "0123456789abcdef", Map.of("no", "0e1234"), List.of("00ff00ff"));
        Result result = new Result(Map.of("no", "decimal(18,2)"), List.of("no"), sums);
        Cassette plain = holding(bytes("{}"));
        Cassette cassette =
                new Cassette(
                        new Cassette.Title("crm", "my orders", "0.1.0", List.of("a.b")),
                        plain.kept(),
                        result,
                        observed,
                        Map.of("0123456789ab", "null-new x: never -> at times"));
        Cassette again = read(cassette.yaml());
        assertEquals(cassette.yaml(), again.yaml());
        assertEquals(observed, again.observed());
        assertEquals(result, again.result());
        assertEquals(cassette.title(), again.title());
        assertEquals(cassette.accepted(), again.accepted());
    }

    @Test
    void namesEverythingThatIsWrongWithAFile() {
        List<Problem> problems = new ArrayList<>();
        String yaml =
                """
                cassette: 2
                connection: crm
                recorded_at: yesterday
                observed: {fields: {a: {of: 1, forms: {strange: 1}}}}
                exchanges:
                  - ask: GET
                    colour: red
                """;
        Cassette.read("c.yaml", yaml, problems);
        String all = String.join("\n", problems.stream().map(Problem::line).toList());
        for (String word :
                List.of("'cassette'", "'resource'", "recorded_at", "strange", "'ask'", "colour")) {
            assertTrue(all.contains(word), () -> word + " in " + all);
        }
    }

    @Test
    void saysWhatDiffers() {
        Result before = result("decimal(18,2)", 3, "h1", List.of("a", "b", "c"));
        Result after = result("text", 3, "h2", List.of("a", "x", "c"));
        assertEquals(List.of(), before.differences(before));
        assertEquals(
                List.of(
                        "column 'amount' is text, was decimal(18,2)",
                        "values of column 'amount' differ",
                        "rows that differ: 2"),
                after.differences(before));
    }

    private static Result result(String type, long rows, String hash, List<String> each) {
        Sums sums = new Sums(rows, 0, hash, Map.of("amount", hash), each);
        return new Result(Map.of("amount", type), List.of(), sums);
    }

    @Test
    void takesOutWhatIsASecretByItsName() {
        Concealing concealing =
                new Concealing(
                        text -> text.replace("canary", "***"),
                        java.util.Set.of("https://api.example"));
        String body =
                "{\"access_token\": \"t-1\", \"nextPageToken\": \"p-2\", \"x\": \"canary\","
                        + " \"url\": \"https://api.example/f?Expires=1"
                        + "&X-Amz-Signature=abc&page_token=7\","
                        + " \"old\": \"https:\\/\\/api.example\\/g\"}";
        String kept = concealing.text(body);
        for (String secret : List.of("t-1", "canary", "abc", "api.example")) {
            assertFalse(kept.contains(secret), kept);
        }
        for (String plain : List.of("p-2", "page_token=7", "Expires=1", "{origin}/f")) {
            assertTrue(kept.contains(plain), kept);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"appSecret\":\"canary\",\"page_token\":\"p\",\"n\":\"v\"}",
                "token=canary&page_token=p&n=v",
                "<q><b:password a=\"1\">canary</b:password><page_token>p</page_token><n>v</n></q>"
            })
    void takesOutOfWhatIsSentWhateverIsCalledASecret(String body) {
        Concealing concealing = new Concealing(text -> text, java.util.Set.of());
        String kept = new String(concealing.sent(bytes(body)), StandardCharsets.UTF_8);
        assertEquals(body.replace("canary", "***"), kept);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"sessionToken\": \"canary\", \"n\": 1}",
                "{\"api_secret\": \"canary\"}",
                "{\"app-secret\": \"a \\\" canary\"}",
                "{\"pwd\": 907060504, \"n\": 1}",
                "{\"b\": \"{\\\"access_token\\\":\\\"canary\\\",\\\"n\\\":1}\"}",
                "{\"b\": \"{\\\"secret\\\": \\\"can\\\\\\\"canary\\\"}\"}",
                "<a><x:accessToken t=\"1\">canary</x:accessToken><n>1</n></a>"
            })
    void takesOutOfAnswersWhatIsASecretByItsName(String body) {
        Concealing concealing = new Concealing(text -> text, java.util.Set.of());
        String kept = new String(concealing.body(bytes(body)), StandardCharsets.UTF_8);
        assertFalse(kept.contains("canary") || kept.contains("907060504"), kept);
        assertEquals(body.contains("{"), JsonDoc.of(kept).isPresent(), kept);
        assertEquals(body.contains("n\": 1"), kept.contains("n\": 1"), kept);
    }

    @Test
    void leavesWhatIsNoSecret() {
        String body = "{\"page_token\": \"p\", \"app_token\": \"t\", \"secretary\": \"s\"}";
        Concealing concealing = new Concealing(text -> text, java.util.Set.of());
        assertEquals(body, concealing.text(body));
    }

    @Test
    void saysThatTheKeyOrRejectsDiffer() {
        Result before = result("text", 3, "h1", List.of("a"));
        Sums sums = new Sums(3, 0, "h2", Map.of("amount", "h1"), List.of("a"));
        assertEquals(
                List.of("other rejects, or rows and rejects in another order"),
                new Result(before.columns(), List.of(), sums).differences(before));
        assertEquals(
                List.of("the key is [amount], was []"),
                new Result(before.columns(), List.of("amount"), before.sums()).differences(before));
    }

    @Test
    void acceptsNothingThatHidesOtherChanges() {
        Problem problem = Problem.of(ProblemCode.CALL_INVALID, "got 'canary'", "");
        Cassette cassette = holding().accepting(List.of(Drift.unreadable(problem)));
        assertEquals(Map.of(), cassette.accepted());
    }

    @Test
    void aReelHoldsNoMoreThanACassette() {
        Reel reel = new Reel(List.of());
        byte[] body = new byte[Cassette.BYTES_MAX / 2];
        Exchange half = holding(body).kept().exchanges().getFirst();
        reel.keep(half);
        reel.keep(half);
        ProblemException e = assertThrows(ProblemException.class, () -> reel.keep(half));
        assertEquals(ProblemCode.LIMIT_EXCEEDED, e.problem().code());
        Reel many = new Reel(List.of());
        Exchange small = holding(bytes("{}")).kept().exchanges().getFirst();
        for (int i = 0; i < Cassette.EXCHANGES_MAX; i++) {
            many.keep(small);
        }
        assertThrows(ProblemException.class, () -> many.keep(small));
    }

    @Test
    void unpacksWhatIsPacked() throws IOException {
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
            out.write(bytes("id\n1\n"));
        }
        assertArrayEquals(bytes("id\n1\n"), Packing.plain(gzip.toByteArray()));
        assertArrayEquals(bytes("id\n1\n"), Packing.plain(zip("a.csv")));
        byte[] two = zip("a.csv", "b.csv");
        assertArrayEquals(two, Packing.plain(two), "which is meant is not known here");
        byte[] broken = java.util.Arrays.copyOf(gzip.toByteArray(), 12);
        assertArrayEquals(broken, Packing.plain(broken));
        assertArrayEquals(bytes("P"), Packing.plain(bytes("P")));
    }

    private static byte[] zip(String... names) throws IOException {
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(zip)) {
            for (String name : names) {
                out.putNextEntry(new ZipEntry(name));
                out.write(bytes("id\n1\n"));
            }
        }
        return zip.toByteArray();
    }
}
