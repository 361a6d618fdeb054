package dev.mortise.connectors.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.Lane;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.connect.RejectedRow;
import dev.mortise.spi.connect.Sink;
import dev.mortise.spi.connect.Target;
import dev.mortise.spi.connect.WriteMode;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Schema;
import dev.mortise.testkit.contract.Rows;
import dev.mortise.testkit.live.ScriptedApi;
import dev.mortise.testkit.live.ScriptedApi.Reply;
import dev.mortise.testkit.live.ScriptedApi.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the words of `write` make of rows and answers.
@Tag("live")
final class WriteWordsTest {
    private static final Schema ORDERS =
            Schema.of(
                    Field.of("id", Scalar.INT64),
                    Field.of("name", Scalar.TEXT),
                    Field.of("etag", Scalar.TEXT));
    private static final Schema PICTURES =
            Schema.of(Field.of("name", Scalar.TEXT), Field.of("content", Scalar.BYTES));
    private static final Schema PATHS =
            Schema.of(Field.of("name", Scalar.TEXT), Field.of("content", Scalar.TEXT));
    private static final Range PART = new Range(0, "all");

    @TempDir private Path project = Path.of("");
    private ScriptedApi api;

    @BeforeEach
    void start() {
        api = ScriptedApi.start().on("/orders", _ -> Reply.status(201, "{}"));
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private Fixture orders(Map<String, ?> write) {
        return orders(write, Map.of());
    }

    private Fixture orders(Map<String, ?> write, Map<String, ?> columns) {
        Map<String, Object> words = new LinkedHashMap<>();
        words.put("write", write);
        words.put("columns", columns);
        return new Fixture(api.url()).orders(words).in(project);
    }

    private static Map<String, Object> words(Object... words) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("path", "/orders");
        for (int i = 0; i < words.length; i += 2) {
            map.put(words[i].toString(), words[i + 1]);
        }
        return map;
    }

    private static int write(Fixture fixture, Batch batch) {
        Target target =
                new Target("f/s", "orders", batch.schema(), WriteMode.APPEND, List.of(), true);
        try (HttpConnector connector = fixture.open();
                Sink sink = connector.sink(target)) {
            sink.claim();
            sink.begin(List.of(PART));
            try (Lane lane = sink.lane()) {
                lane.enter(PART);
                int written = lane.write(batch, fixture.rejected::add);
                lane.commit(PART, null, fixture.rejected.size());
                return written;
            }
        }
    }

    private static List<ProblemCode> codes(Fixture fixture) {
        return fixture.rejected.stream().map(RejectedRow::problem).map(Problem::code).toList();
    }

    private static Batch three() {
        return Rows.batch(
                ORDERS,
                Rows.row("1", "a", "W/\"1\""),
                Rows.row("2", "b", "W/\"2\""),
                Rows.row("3", "c", null));
    }

    @Test
    void sendsTheVersionThatWasReadAndNotInTheBody() {
        Fixture fixture =
                orders(
                        words(
                                "path",
                                "/orders/{id}",
                                "method",
                                "PUT",
                                "params",
                                Map.of("who", "{name}", "v", "2"),
                                "headers",
                                Map.of("If-Match", "{etag}")));
        assertEquals(2, write(fixture, three()));
        Request first = api.requests("/orders/1").getFirst();
        assertEquals("W/\"1\"", first.header("If-Match"));
        assertEquals(Map.of("who", "a", "v", "2"), first.query());
        assertEquals("{\"id\":1}", first.body());
        assertEquals(List.of(ProblemCode.CONSTRAINT_BROKEN), codes(fixture));
        assertTrue(fixture.rejected.getFirst().problem().message().contains("'etag' is null"));
    }

    @Test
    void setsARowAsideThatSomebodyHasChangedSince() {
        api.on("/orders/2", _ -> Reply.status(412, "{\"message\":\"changed\"}"));
        Map<String, Object> write =
                words("path", "/orders/{id}", "headers", Map.of("If-Match", "{etag}"));
        Fixture fixture = orders(write);
        assertEquals(1, write(fixture, three()));
        Problem problem =
                fixture.rejected.stream()
                        .map(RejectedRow::problem)
                        .filter(p -> p.code() == ProblemCode.ROW_REFUSED)
                        .findFirst()
                        .orElseThrow();
        assertTrue(problem.message().contains("changed"), problem::message);
        assertTrue(problem.fix().contains("read it again"), problem::fix);
        assertTrue(problem.fix().contains("by this very call"), problem::fix);
        api.on("/orders/2", _ -> Reply.status(428, "{}"));
        assertThrows(ProblemException.class, () -> write(orders(write), three()));
    }

    @Test
    void putsFixedValuesBesideTheRowAndJsonIntoText() {
        Map<String, Object> with = new LinkedHashMap<>();
        with.put("method", "alipay.trade.refund");
        with.put("biz", Map.of("currency", "CNY"));
        Map<String, Object> columns = new LinkedHashMap<>();
        columns.put("id", Map.of("type", "int64", "path", "biz.order.no"));
        columns.put("name", "text");
        columns.put("etag", "text");
        Batch one = Rows.batch(ORDERS, Rows.row("7", "x", null));
        write(orders(words("with", with, "json_in", List.of("$.biz.order")), columns), one);
        assertEquals(
                "{\"method\":\"alipay.trade.refund\",\"biz\":{\"currency\":\"CNY\","
                        + "\"order\":\"{\\\"no\\\":7}\"},\"name\":\"x\",\"etag\":null}",
                api.requests().getLast().body());
        write(orders(words("with", with, "body_as", "form"), columns), one);
        assertEquals(
                "method=alipay.trade.refund&biz=%7B%22currency%22%3A%22CNY%22%2C%22order%22%3A"
                        + "%7B%22no%22%3A7%7D%7D&name=x&etag=",
                api.requests().getLast().body());
    }

    @Test
    void setsAsideTheRowsThatTheAnswerNames() {
        api.on(
                "/orders",
                _ ->
                        Reply.json(
                                "{\"items\":[{\"s\":\"ok\"},"
                                        + "{\"s\":\"bad\",\"why\":{\"t\":\"no b\"}},"
                                        + "{\"s\":\"ok\"}]}"));
        Map<String, Object> results = new LinkedHashMap<>();
        results.put("each", "$.items");
        results.put("ok", Map.of("at", "s", "is", List.of("ok")));
        results.put("message", "why.t");
        Fixture fixture = orders(words("batch", 10, "results", results));
        assertEquals(2, write(fixture, three()));
        assertEquals(1, api.requests("/orders").size());
        assertTrue(fixture.rejected.getFirst().problem().message().endsWith("no b"));
        assertTrue(fixture.rejected.getFirst().row().contains("\"id\":\"2\""));
    }

    @Test
    void sendsAgainOnlyTheRowsOfWhichARefusalSaysNothing() {
        api.on(
                "/orders",
                request ->
                        request.body().contains("\"b\"")
                                ? Reply.status(
                                        422,
                                        "{\"errors\":[{\"row\":2,\"message\":\"no b\"}],"
                                                + "\"saved\":[{\"row\":1}]}")
                                : Reply.json("{\"errors\":[],\"saved\":[{\"row\":1}]}"));
        Map<String, Object> results = new LinkedHashMap<>();
        results.put("refused", "$.errors");
        results.put("accepted", "$.saved");
        results.put("index", "row");
        results.put("first", 1);
        Fixture fixture = orders(words("batch", 10, "results", results));
        assertEquals(2, write(fixture, three()));
        assertEquals(2, api.requests("/orders").size());
        assertEquals("[{\"id\":3,\"name\":\"c\",\"etag\":null}]", api.requests().getLast().body());
        assertEquals(List.of(ProblemCode.ROW_REFUSED), codes(fixture));
    }

    @Test
    void neverPutsAReasonOnAnotherRow() {
        api.on("/orders", _ -> Reply.json("{\"items\":[{\"message\":\"who?\"}]}"));
        Fixture fixture = orders(words("batch", 10, "results", Map.of("each", "$.items")));
        ProblemException e = assertThrows(ProblemException.class, () -> write(fixture, three()));
        assertEquals(ProblemCode.SERVER_FAILED, e.problem().code());
        assertEquals(List.of(), fixture.rejected);
    }

    @Test
    void sendsBytesAsAFileBesideItsText() {
        byte[] content = {0, 1, (byte) 0xff, '\r', '\n', '-', '-'};
        String hex = HexFormat.of().formatHex(content);
        Fixture fixture =
                orders(
                        words(
                                "body_as",
                                "multipart",
                                "files",
                                Map.of(
                                        "content",
                                        Map.of("filename", "{name}", "type", "image/png"))));
        assertEquals(1, write(fixture, Rows.batch(PICTURES, Rows.row("a\"\r\nb.png", hex))));
        Request request = api.requests().getLast();
        String boundary = request.header("Content-Type").replaceAll(".*boundary=", "");
        String sent = new String(content, StandardCharsets.UTF_8);
        assertEquals(
                String.join(
                        "\r\n",
                        "--" + boundary,
                        "Content-Disposition: form-data; name=\"name\"",
                        "",
                        "a\"\r\nb.png",
                        "--" + boundary,
                        "Content-Disposition: form-data; name=\"content\";"
                                + " filename=\"a%22%0D%0Ab.png\"",
                        "Content-Type: image/png",
                        "",
                        sent,
                        "--" + boundary + "--",
                        ""),
                request.body());
    }

    @Test
    void sendsFilesOfOneFolderOfTheProjectAndNoOthers() throws IOException {
        Files.createDirectories(project.resolve("pictures/.keys"));
        Files.writeString(project.resolve("pictures/a.txt"), "picture");
        Files.writeString(project.resolve("pictures/.keys/k"), "private words");
        Files.writeString(project.resolve("secret.txt"), "private words");
        Files.createSymbolicLink(project.resolve("pictures/link"), project.resolve("secret.txt"));
        Fixture fixture = files(Map.of("folder", "pictures", "filename", "{content}"));
        Batch rows =
                Rows.batch(
                        PATHS,
                        Rows.row("good", "a.txt"),
                        Rows.row("up", "../secret.txt"),
                        Rows.row("whole", project.resolve("secret.txt").toString()),
                        Rows.row("link", "link"),
                        Rows.row("hidden", ".keys/k"),
                        Rows.row("folder", ""),
                        Rows.row("none", "b.txt"));
        assertEquals(1, write(fixture, rows));
        assertEquals(6, fixture.rejected.size());
        assertTrue(api.requests().getFirst().body().contains("\r\n\r\npicture\r\n"));
        assertFalse(api.requests().toString().contains("private words"));
        fixture.set("body_bytes_max", 1_024);
        Files.writeString(project.resolve("pictures/a.txt"), "x".repeat(1_025));
        fixture.rejected.clear();
        assertEquals(0, write(fixture, Rows.batch(PATHS, Rows.row("large", "a.txt"))));
        assertEquals(List.of(ProblemCode.VALUE_TOO_LONG), codes(fixture));
    }

    private Fixture files(Map<String, ?> file) {
        return orders(words("body_as", "multipart", "files", Map.of("content", file)));
    }

    @Test
    void namesTheMistakesOfADefinition() {
        Map<String, Object> wrong =
                words(
                        "batch", 5,
                        "headers", Map.of("If-Match", "{etag}"),
                        "with", "x",
                        "without", List.of("nmae"),
                        "json_in", List.of("$[*]", "$.extra"),
                        "files", Map.of("content", Map.of("folder", "../up")),
                        "results", Map.of("refused", "$.errors"));
        String all = orders(wrong).problems().toString();
        for (String word :
                List.of(
                        "etag",
                        "'with'",
                        "nmae",
                        "json_in",
                        "leads into the rows: extra",
                        "multipart",
                        "folder",
                        "filename",
                        "index")) {
            assertTrue(all.contains(word), word + " in " + all);
        }
    }

    @Test
    void wantsTheColumnsItsCallsAreMadeOf() {
        Fixture fixture =
                orders(
                        words(
                                "body_as",
                                "multipart",
                                "headers",
                                Map.of("If-Match", "{version}"),
                                "files",
                                Map.of("name", Map.of("filename", "{title}"))));
        Target target = new Target("f/s", "orders", PATHS, WriteMode.APPEND, List.of(), true);
        try (HttpConnector connector = fixture.open();
                Sink sink = connector.sink(target)) {
            String all = sink.plan().problems().toString();
            for (String word : List.of("version", "title", "expects type bytes")) {
                assertTrue(all.contains(word), word + " in " + all);
            }
        }
    }

    /// An answer with one entry for each row that was sent.
    private static String items(Request request, String each) {
        int rows = request.body().split("\"name\"", -1).length - 1;
        return "{\"items\":[" + String.join(",", Collections.nCopies(rows, each)) + "]}";
    }

    @Test
    void countsNoRowOfARefusedBatchAsWritten() {
        api.on("/orders", request -> Reply.status(400, items(request, "{\"error\":\"x\"}")));
        Map<String, Object> batch = words("batch", 10, "results", Map.of("each", "$.items"));
        Fixture all = orders(batch);
        assertEquals(0, write(all, three()));
        assertEquals(3, all.rejected.size());
        api.on(
                "/orders",
                request ->
                        request.body().contains("\"b\"")
                                ? Reply.status(400, "{\"items\":[{},{\"message\":\"no\"},{}]}")
                                : Reply.status(201, items(request, "{}")));
        Fixture one = orders(batch);
        assertEquals(2, write(one, three()));
        assertTrue(one.rejected.getFirst().row().contains("\"id\":\"2\""), one.rejected::toString);
        assertEquals(
                "[{\"id\":1,\"name\":\"a\",\"etag\":\"W/\\\"1\\\"\"},"
                        + "{\"id\":3,\"name\":\"c\",\"etag\":null}]",
                api.requests().getLast().body());
    }

    @Test
    void endsWhereASuccessDoesNotTellOfItsRows() {
        Map<String, Object> results = new LinkedHashMap<>();
        results.put("refused", "$.errors");
        results.put("index", "row");
        Map<String, Object> batch = words("batch", 10, "results", results);
        api.on("/orders", _ -> Reply.json("{\"errors\":[]}"));
        assertEquals(3, write(orders(batch), three()));
        api.on("/orders", _ -> Reply.json("{\"error\":[]}"));
        assertThrows(ProblemException.class, () -> write(orders(batch), three()));
        results.put("accepted", "$.saved");
        api.on("/orders", _ -> Reply.json("{\"errors\":[],\"saved\":[{\"row\":0}]}"));
        var e = assertThrows(ProblemException.class, () -> write(orders(batch), three()));
        assertEquals(ProblemCode.SERVER_FAILED, e.problem().code());
    }

    @Test
    void sendsNoRowWhoseValuesWouldMakeAnotherCall() {
        Map<String, Object> write =
                words("method", "PUT", "path", "/orders/{name}", "headers", Map.of("V", "{etag}"));
        Fixture fixture = orders(write);
        Batch rows =
                Rows.batch(
                        ORDERS,
                        Rows.row("1", "", "1"),
                        Rows.row("2", ".", "1"),
                        Rows.row("3", "..", "1"),
                        Rows.row("4", "d", ""),
                        Rows.row("5", "e", "杭州"),
                        Rows.row("6", "f", "1\r\nX: y"),
                        Rows.row("7", "g", "é\t1"));
        assertEquals(1, write(fixture, rows));
        assertEquals(List.of("/orders/g"), api.requests().stream().map(Request::path).toList());
        assertEquals(Collections.nCopies(6, ProblemCode.CONSTRAINT_BROKEN), codes(fixture));
    }

    @Test
    void leavesAKeyThatTheDefinitionSends() {
        write(orders(words("headers", Map.of("idempotency-key", "order-{id}"))), three());
        assertEquals(
                List.of("order-1", "order-2", "order-3"),
                api.requests().stream().map(r -> r.header("Idempotency-Key")).sorted().toList());
    }

    @Test
    void readsAFileWhenItsRowIsSentAndNotBefore() throws IOException {
        Path pictures = Files.createDirectories(project.resolve("pictures"));
        Files.writeString(pictures.resolve("a"), "first");
        Files.writeString(pictures.resolve("b"), "early");
        api.on(
                "/orders",
                _ -> {
                    try {
                        Files.writeString(pictures.resolve("b"), "later");
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                    return Reply.status(201, "{}");
                });
        Fixture fixture = files(Map.of("folder", "pictures", "filename", "{content}"));
        fixture.set("concurrency", 1);
        assertEquals(2, write(fixture, Rows.batch(PATHS, Rows.row("x", "a"), Rows.row("y", "b"))));
        assertTrue(api.requests().getLast().body().contains("later"));
    }

    @Test
    void leavesOutOfTheBodyWhatOnlyThePathNeeds() {
        Map<String, Object> write =
                words("method", "PUT", "path", "/orders/{id}", "without", List.of("id"));
        Map<String, Object> columns = new LinkedHashMap<>();
        columns.put("id", "int64");
        columns.put("name", Map.of("type", "text", "path", "id.name"));
        columns.put("etag", "text");
        Fixture fixture = orders(write, columns);
        assertEquals(List.of(), fixture.problems());
        write(fixture, Rows.batch(ORDERS, Rows.row("7", "x", "v")));
        Request request = api.requests().getLast();
        assertEquals("/orders/7", request.path());
        assertEquals("{\"id\":{\"name\":\"x\"},\"etag\":\"v\"}", request.body());
        write.put("path", "/orders/{id}?name={name}&etag={etag}");
        write.put("without", List.of("id", "name", "etag"));
        write(orders(write), Rows.batch(ORDERS, Rows.row("7", "x", "v")));
        request = api.requests().getLast();
        assertEquals("", request.body());
        assertEquals("", request.header("Content-Type"));
    }

    @Test
    void deletesRowByRow() {
        api.on("/orders/2", _ -> Reply.status(404, "{}"));
        Fixture fixture = orders(words("method", "DELETE", "path", "/orders/{id}"));
        assertEquals(2, write(fixture, three()));
        Request request = api.requests("/orders/1").getFirst();
        assertEquals("DELETE", request.method());
        assertEquals("", request.body());
        assertTrue(fixture.rejected.getFirst().problem().fix().contains("is not there"));
        Map<String, Object> wrong = words("method", "DELETE", "batch", 2, "upserts", true);
        wrong.put("with", Map.of("a", "b"));
        String all = orders(wrong).problems().toString();
        for (String word : List.of("'/orders/{id}'", "'batch'", "'upserts'", "'with'")) {
            assertTrue(all.contains(word), word + " in " + all);
        }
    }

    @Test
    void setsARowAsideThatTheSchemaOfAnOperationRefuses() throws IOException {
        Files.copy(
                Path.of("..", "api", "src", "test", "resources", "soap", "stock.wsdl"),
                project.resolve("stock.wsdl"));
        api.on(
                "/orders",
                _ ->
                        Reply.text(
                                200,
                                "text/xml",
                                """
                                <e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/">
                                  <e:Body><m:moveResponse xmlns:m="urn:stock:calls">
                                    <moveReturn>true</moveReturn>
                                  </m:moveResponse></e:Body>
                                </e:Envelope>
                                """));
        Map<String, Object> columns = new LinkedHashMap<>();
        columns.put("id", Map.of("type", "text", "path", "from"));
        columns.put("name", Map.of("type", "text", "path", "item.count"));
        columns.put("etag", Map.of("type", "text", "path", "item.sku"));
        Map<String, Object> resource = new LinkedHashMap<>();
        resource.put("soap", Map.of("wsdl", "stock.wsdl", "operation", "move"));
        resource.put("write", words("with", Map.of("item", Map.of("weight", "1"))));
        resource.put("columns", columns);
        Fixture fixture = new Fixture(api.url()).orders(resource).in(project);
        Schema texts =
                Schema.of(
                        Field.of("id", Scalar.TEXT),
                        Field.of("name", Scalar.TEXT),
                        Field.of("etag", Scalar.TEXT));
        Batch rows = Rows.batch(texts, Rows.row("a", "many", "s1"), Rows.row("b", "3", "s2"));
        assertEquals(1, write(fixture, rows));
        assertEquals(List.of(ProblemCode.ROW_REFUSED), codes(fixture));
        assertTrue(fixture.rejected.getFirst().row().contains("many"), fixture.rejected::toString);
    }
}
