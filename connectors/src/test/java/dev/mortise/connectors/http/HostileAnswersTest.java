package dev.mortise.connectors.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.connect.Scan;
import dev.mortise.spi.connect.Snapshot;
import dev.mortise.spi.connect.Source;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.testkit.contract.Rows;
import dev.mortise.testkit.live.ScriptedApi;
import dev.mortise.testkit.live.ScriptedApi.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Answers that are odd, broken or meant to hurt.
@Tag("live")
@Timeout(60)
final class HostileAnswersTest {
    private ScriptedApi api;

    @BeforeEach
    void start() {
        api = ScriptedApi.start();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private Fixture orders(Map<String, ?> words) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("path", "/orders");
        all.put("columns", Map.of("id", "text"));
        all.putAll(words);
        return new Fixture(api.url()).set("retries", "0").orders(all);
    }

    private void answers(Map<String, String> headers, byte[] body) {
        api.on("/orders", _ -> new Reply(200, headers, body, -1));
    }

    private static Problem problem(Fixture fixture) {
        return assertThrows(ProblemException.class, fixture::read).problem();
    }

    private interface Packing {
        OutputStream around(OutputStream out) throws IOException;
    }

    private static byte[] packed(String text, Packing packing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = packing.around(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void unpacksWhatItDidNotAskFor(boolean stream) {
        Fixture fixture = orders(Map.of("stream", stream));
        String body = "[{\"id\":\"1\"}]";
        answers(Map.of("Content-Encoding", "x-gzip"), packed(body, GZIPOutputStream::new));
        assertEquals(List.of(List.of("1")), fixture.read());
        answers(Map.of("Content-Encoding", "deflate"), packed(body, DeflaterOutputStream::new));
        assertEquals(List.of(List.of("1")), fixture.read());
        // Many servers leave the header of zlib out.
        answers(
                Map.of("Content-Encoding", "deflate"),
                packed(body, out -> new DeflaterOutputStream(out, new Deflater(6, true))));
        assertEquals(List.of(List.of("1")), fixture.read());
        answers(Map.of("Content-Encoding", "identity"), body.getBytes(StandardCharsets.UTF_8));
        assertEquals(List.of(List.of("1")), fixture.read());
        answers(Map.of("Content-Encoding", "br"), new byte[] {1, 2, 3});
        Problem problem = problem(fixture);
        assertEquals(ProblemCode.SERVER_FAILED, problem.code());
        assertTrue(problem.message().contains("'br'"), problem::message);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void takesAnAnswerWithoutBody(boolean stream) {
        api.on("/orders", _ -> Reply.status(204, "").with("Content-Encoding", "gzip"));
        assertEquals(List.of(), orders(Map.of("stream", stream)).read());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void doesNotTakeAnEmptyBodyForNoRecords(boolean stream) {
        answers(Map.of("Content-Type", "application/json"), new byte[0]);
        assertEquals(ProblemCode.SERVER_FAILED, problem(orders(Map.of("stream", stream))).code());
    }

    @Test
    void endsThePagesAtASuccessWithoutDataButNotBelowTheTotal() {
        api.on(
                "/orders",
                r ->
                        r.number("page", 1) == 1
                                ? Reply.json("{\"n\":3,\"rows\":[{\"id\":1},{\"id\":2}]}")
                                : Reply.status(204, ""));
        Map<String, Object> paging = Map.of("kind", "page", "size", 2, "stop", "empty");
        Fixture fixture = orders(Map.of("records", "$.rows", "paging", paging));
        assertEquals(2, fixture.read().size());
        paging = Map.of("kind", "page", "size", 2, "total", "$.n");
        fixture = orders(Map.of("records", "$.rows", "paging", paging));
        assertEquals(ProblemCode.SOURCE_CHANGED, problem(fixture).code());
    }

    @Test
    void readsTextThatIsLabelledWithALessOfItsCharset() {
        // 镕 is in GBK but not in GB2312, 㐀 in GB18030 alone.
        byte[] body = "[{\"id\":\"镕㐀\"}]".getBytes(Charset.forName("GB18030"));
        answers(Map.of("Content-Type", "application/json; charset=gb2312"), body);
        assertEquals(List.of(List.of("镕㐀")), orders(Map.of()).read());
        answers(Map.of("Content-Type", "application/json; charset=GBK"), body);
        assertEquals(List.of(List.of("镕㐀")), orders(Map.of()).read());
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/csv", "text/csv; charset=us-ascii", "text/csv; charset=gbk"})
    void neverReplacesWhatIsNotOfTheCharset(String type) {
        byte[] head = "id\n".getBytes(StandardCharsets.UTF_8);
        byte[] body = {head[0], head[1], head[2], (byte) 0xe9, (byte) 0xff, (byte) 0xff, '\n'};
        answers(Map.of("Content-Type", type), body);
        Problem problem = problem(orders(Map.of()));
        assertEquals(ProblemCode.SERVER_FAILED, problem.code());
        assertTrue(problem.fix().contains("charset"), problem::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-8"})
    void readsJsonWithAMark(String charset) {
        boolean marks = charset.equals("UTF-16");
        byte[] body =
                ((marks ? "" : "\ufeff") + "[{\"id\":\"é\"}]").getBytes(Charset.forName(charset));
        answers(Map.of("Content-Type", "application/json; charset=" + charset), body);
        assertEquals(List.of(List.of("é")), orders(Map.of()).read());
        answers(Map.of("Content-Type", "application/json"), body);
        assertEquals(List.of(List.of("é")), orders(Map.of()).read());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e2147483647", "1e400", "-1e999999999", "1e-2147483647"})
    void rejectsARowWithANumberOfAnyLength(String number) {
        Map<String, String> columns = new LinkedHashMap<>();
        for (String type : List.of("decimal(38,10)", "int64", "int32", "uint64")) {
            columns.put("c" + columns.size(), type);
        }
        for (String quote : List.of("", "\"")) {
            for (String column : columns.keySet()) {
                String body = "[{\"%s\":%s%s%s}]".formatted(column, quote, number, quote);
                answers(Map.of(), body.getBytes(StandardCharsets.UTF_8));
                Fixture fixture = orders(Map.of("columns", columns));
                assertEquals(List.of(), fixture.read(), () -> body);
                assertEquals(1, fixture.rejected.size(), () -> body);
            }
        }
    }

    @Test
    void rejectsARowWithARealThatIsNone() {
        answers(Map.of(), "[{\"id\":1e400},{\"id\":\"1e400\"}]".getBytes(StandardCharsets.UTF_8));
        Fixture fixture = orders(Map.of("columns", Map.of("id", "float64")));
        assertEquals(List.of(), fixture.read());
        assertEquals(2, fixture.rejected.size());
    }

    @Test
    void takesTheLastOfEqualNames() {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("id", "int64");
        columns.put("name", "text");
        String body =
                """
                [{"id":1,"name":"a","id":2,"name":"bcd"},
                 {"id":3,"name":"efgh","name":null},
                 {"id":null,"name":null,"id":4,"name":"é"},
                 {"id":"x","name":"q","id":5}, {"id":6,"name":"z"}]
                """;
        answers(Map.of(), body.getBytes(StandardCharsets.UTF_8));
        Fixture fixture = orders(Map.of("columns", columns));
        assertEquals(
                List.of(
                        Rows.row("2", "bcd"),
                        Rows.row("3", null),
                        Rows.row("4", "é"),
                        Rows.row("6", "z")),
                fixture.read());
        assertEquals(1, fixture.rejected.size());
    }

    @Test
    void endsAtNestingWithoutEnd() {
        String deep = "[".repeat(200_000);
        answers(Map.of(), deep.getBytes(StandardCharsets.UTF_8));
        assertEquals(ProblemCode.SERVER_FAILED, problem(orders(Map.of())).code());
        String inside = "[{\"id\":" + deep;
        answers(Map.of(), inside.getBytes(StandardCharsets.UTF_8));
        assertEquals(ProblemCode.SERVER_FAILED, problem(orders(Map.of())).code());
        // The contract looks into the body, too.
        assertEquals(
                ProblemCode.SERVER_FAILED, problem(orders(Map.of()).set("errors", "wecom")).code());
    }

    @Test
    void endsAtHeadersWithoutEnd() {
        answers(Map.of("X-Long", "x".repeat(1 << 20)), new byte[] {'[', ']'});
        assertEquals(ProblemCode.CONNECTION_LOST, problem(orders(Map.of())).code());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"-5", "soon", "Sunday, 06-Nov-94 08:49:37 GMT", "1e99", "", "999999999999"})
    void waitsNoLongerThanItsBudgetWhateverIsAsked(String wait) {
        api.on("/orders", _ -> Reply.status(429, "{}").with("Retry-After", wait));
        Fixture fixture = orders(Map.of()).set("retries", "2").set("retry_wait", "10s");
        assertEquals(ProblemCode.THROTTLED, problem(fixture).code());
        assertTrue(
                fixture.time.waits.stream().mapToLong(d -> d.toSeconds()).sum() <= 10,
                fixture.time.waits::toString);
    }

    @Test
    void keepsNoTurnOfAStreamThatCannotBeRead() {
        byte[] broken = packed("[{\"id\":\"1\"}]", GZIPOutputStream::new);
        byte[] zip = {'P', 'K', 3, 4, 0, 0, 0, 0};
        byte[] cut = java.util.Arrays.copyOf(broken, 6);
        Fixture fixture = orders(Map.of("stream", true)).set("concurrency", "1");
        try (HttpConnector connector = fixture.open()) {
            for (byte[] body : List.of(zip, cut, "<html>".getBytes(StandardCharsets.UTF_8), zip)) {
                answers(Map.of(), body);
                assertThrows(ProblemException.class, () -> fixture.read(connector));
            }
            answers(Map.of("Content-Encoding", "gzip"), cut);
            assertThrows(ProblemException.class, () -> fixture.read(connector));
            answers(Map.of(), "[{\"id\":\"1\"}]".getBytes(StandardCharsets.UTF_8));
            assertEquals(List.of(List.of("1")), fixture.read(connector));
        }
    }

    @Test
    void handsOnWhatStandsBeforeTheBreak() {
        answers(Map.of(), "[{\"id\":1},{\"id\":2},{\"id\":!}]".getBytes(StandardCharsets.UTF_8));
        try (HttpConnector connector = orders(Map.of()).open();
                Snapshot snapshot = connector.snapshot(connector.describe("orders"), Scan.ALL);
                Source source = snapshot.source(snapshot.ranges(1).getFirst(), _ -> {})) {
            Batch batch = source.next();
            assertEquals(2, batch == null ? 0 : batch.rows());
            Range rest = source.rest();
            assertEquals("0 2 ", rest == null ? "" : rest.bounds());
            Problem problem = assertThrows(ProblemException.class, () -> drain(source)).problem();
            assertEquals(ProblemCode.SERVER_FAILED, problem.code());
        }
    }

    private static void drain(Source source) {
        while (source.next() != null) {
            // Until it is at its end.
        }
    }

    @Test
    void doesNotGoOnInAPageThatHasShrunk() {
        api.on(
                "/orders",
                _ -> Reply.json(api.requests("/orders").size() == 1 ? many(20_000) : many(1_000)));
        Fixture fixture = orders(Map.of());
        Problem problem =
                assertThrows(ProblemException.class, () -> fixture.readInPieces(Scan.ALL))
                        .problem();
        assertEquals(ProblemCode.SOURCE_CHANGED, problem.code());
    }

    private static String many(int rows) {
        StringBuilder body = new StringBuilder("[");
        for (int i = 0; i < rows; i++) {
            body.append(i == 0 ? "" : ",").append("{\"id\":").append(i).append('}');
        }
        return body.append(']').toString();
    }
}
