package dev.mortise.connectors.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.api.draft.Draft;
import dev.mortise.api.draft.Hint;
import dev.mortise.api.yaml.YamlText;
import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.connect.RejectedRow;
import dev.mortise.spi.connect.Scan;
import dev.mortise.spi.connect.Snapshot;
import dev.mortise.spi.connect.Source;
import dev.mortise.spi.connect.Target;
import dev.mortise.spi.connect.WriteMode;
import dev.mortise.spi.option.Place;
import dev.mortise.spi.option.Settings;
import dev.mortise.spi.option.Tree;
import dev.mortise.spi.type.Field;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Schema;
import dev.mortise.testkit.contract.Rows;
import dev.mortise.testkit.contract.Writing;
import dev.mortise.testkit.live.ScriptedApi;
import dev.mortise.testkit.live.ScriptedApi.Reply;
import dev.mortise.testkit.live.ScriptedApi.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an import writes can be called as it stands: forms, XML, calls without a body.
@Tag("live")
final class DraftCallTest {
    private static final Path DOCUMENT =
            Path.of("..", "api", "src", "test", "resources", "dev", "mortise", "api", "draft")
                    .resolve("forms-3.0.golden");

    @TempDir private Path project = Path.of("");
    private ScriptedApi api;

    @BeforeEach
    void start() {
        api = ScriptedApi.start();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private HttpConnector open() throws IOException {
        String text = Files.readString(DOCUMENT).split("(?m)^----------$", -1)[0];
        Draft draft = Draft.of(text, Hint.of("pay", "forms.yaml").withBaseUrl(api.url()));
        Tree document = YamlText.read("pay.yaml", draft.yaml());
        Map<String, Tree> words = new LinkedHashMap<>(((Tree.Entries) document).entries());
        words.remove("connection");
        words.remove("type");
        words.put("reach", new Tree.Leaf("private", false, Place.NOWHERE));
        Settings settings =
                new Settings(
                        "pay",
                        project,
                        new HttpFactory().options(),
                        new Tree.Entries(words, Map.of(), Place.NOWHERE));
        return new HttpConnector(settings, Endpoint.of(settings), new Fixture.Time());
    }

    private Request written(String resource, Schema schema, @Nullable String... row)
            throws IOException {
        try (HttpConnector connector = open()) {
            Target target =
                    new Target("flow/step", resource, schema, WriteMode.APPEND, List.of(), true);
            Writing.run(connector, target, List.of(Rows.batch(schema, List.of(Rows.row(row)))));
        }
        return api.requests().getLast();
    }

    private List<List<@Nullable String>> read(String resource) throws IOException {
        List<Batch> batches = new ArrayList<>();
        List<RejectedRow> rejected = new ArrayList<>();
        try (HttpConnector connector = open();
                Snapshot snapshot = connector.snapshot(connector.describe(resource), Scan.ALL)) {
            for (Range range : snapshot.ranges(1_000)) {
                read(snapshot, range, batches, rejected);
            }
        }
        assertEquals(List.of(), rejected);
        return Rows.texts(batches);
    }

    private static void read(
            Snapshot snapshot, Range range, List<Batch> batches, List<RejectedRow> rejected) {
        try (Source source = snapshot.source(range, rejected::add)) {
            for (Batch batch = source.next(); batch != null; batch = source.next()) {
                batches.add(batch);
            }
        }
    }

    @Test
    void sendsAFormWithNamesInBrackets() throws IOException {
        api.on("/customers", _ -> Reply.json("{}"));
        Schema schema =
                Schema.of(
                        Field.of("email", Scalar.TEXT),
                        Field.of("address_city", Scalar.TEXT),
                        Field.of("items_0_quantity", Scalar.INT64),
                        Field.of("codes", Scalar.TEXT));
        Request sent = written("create_customer", schema, "a@b.c", "杭州", "2", "x,y");
        assertEquals("application/x-www-form-urlencoded", sent.header("content-type"));
        assertEquals(
                "email=a%40b.c&address%5Bcity%5D=%E6%9D%AD%E5%B7%9E&items%5B0%5D%5Bquantity%5D=2"
                        + "&codes=x%2Cy",
                sent.body());
    }

    @Test
    void sendsPartsWithWhatTheQueryAndHeadersNeed() throws IOException {
        api.on("/tickets", _ -> Reply.status(201, "{}"));
        Schema schema = Schema.of(Field.of("subject", Scalar.TEXT), Field.of("shop", Scalar.INT64));
        Request sent = written("open_ticket", schema, "late", "7");
        assertTrue(sent.header("content-type").startsWith("multipart/form-data"));
        assertTrue(sent.body().contains("name=\"subject\"\r\n\r\nlate\r\n"), sent::body);
        assertEquals(Map.of("api-version", "2024-01 a", "shop", "7"), sent.query());
        assertFalse(sent.body().contains("shop"), sent::body);
        assertEquals("*", sent.header("if-match"));
    }

    @Test
    void sendsAFile() throws IOException {
        api.on("/customers/c 1/logo", _ -> Reply.status(204, ""));
        Schema schema = Schema.of(Field.of("id", Scalar.TEXT), Field.of("file", Scalar.BYTES));
        Request sent = written("upload_logo", schema, "c 1", "6c6f676f");
        assertTrue(sent.body().contains("name=\"file\"; filename=\"file\"\r\n"), sent::body);
        assertTrue(sent.body().contains("\r\n\r\nlogo\r\n"), sent::body);
    }

    @Test
    void asksByFormPageByPage() throws IOException {
        api.on(
                "/customers/search",
                request ->
                        Reply.json(request.body().contains("page=1") ? "[{\"id\":\"a\"}]" : "[]"));
        assertEquals(List.of(List.of("a")), read("search_customers"));
        assertEquals("query=FILL_IN&page=1", api.requests().getFirst().body());
    }

    @Test
    void callsWithoutABodyRowByRow() throws IOException {
        api.on("/invoices/17/cancel", _ -> Reply.json("{\"state\":\"cancelled\"}"));
        try (HttpConnector connector = open()) {
            Batch answer =
                    connector.call("cancel_invoice", Map.of("no", "17", "reason", "double"), 10);
            assertEquals(List.of(List.of("cancelled")), Rows.texts(List.of(answer)));
        }
        Request sent = api.requests().getLast();
        assertEquals("POST", sent.method());
        assertEquals("", sent.body());
        assertEquals(Map.of("reason", "double", "mode", "soft"), sent.query());
    }

    @Test
    void writesToACallWhoseAnswerIsEmpty() throws IOException {
        api.on("/invoices/17/remind", _ -> Reply.status(204, ""));
        Request sent = written("remind_invoice", Schema.of(Field.of("no", Scalar.INT64)), "17");
        assertEquals("/invoices/17/remind", sent.path());
        assertEquals("", sent.body());
    }

    @Test
    void writesRowsOfAnyColumnsWhereTheBodyIsOpen() throws IOException {
        api.on("/events", _ -> Reply.status(204, ""));
        Schema schema = Schema.of(Field.of("kind", Scalar.TEXT), Field.of("n", Scalar.INT32));
        Request sent = written("push_event", schema, "sale", "3");
        assertEquals("{\"kind\":\"sale\",\"n\":3}", sent.body());
        assertEquals("application/vnd.api+json", sent.header("content-type"));
    }

    @Test
    void readsSingleValues() throws IOException {
        api.on("/regions", _ -> Reply.json("[\"north\", null, \"ö\"]"));
        List<List<@Nullable String>> expected =
                List.of(Rows.row("north"), Rows.row((@Nullable String) null), Rows.row("ö"));
        assertEquals(expected, read("list_regions"));
        assertFalse(api.requests().isEmpty());
    }

    @Test
    void readsXmlBelowItsRootElement() throws IOException {
        api.on(
                "/stock",
                _ ->
                        Reply.text(
                                200,
                                "application/xml",
                                "<stock><total>2</total><goods><good sku=\"a\"><amount>1</amount>"
                                        + "</good><good sku=\"b\"><amount>2</amount></good></goods>"
                                        + "</stock>"));
        assertEquals(List.of(List.of("a", "1"), List.of("b", "2")), read("list_stock"));
        assertEquals("application/xml", api.requests().getLast().header("accept"));
    }

    @Test
    void writesXml() throws IOException {
        api.on("/stock", _ -> Reply.status(204, ""));
        Schema schema = Schema.of(Field.of("sku", Scalar.TEXT), Field.of("amount", Scalar.INT64));
        Request sent = written("put_stock", schema, "a", "5");
        assertEquals("PUT", sent.method());
        assertTrue(sent.body().endsWith("<Good sku=\"a\"><amount>5</amount></Good>"), sent::body);
    }

    @Test
    void readsCsv() throws IOException {
        api.on("/report", _ -> Reply.text(200, "text/csv", "day,n\r\n2026-01-01,3\r\n"));
        assertEquals(List.of(List.of("2026-01-01", "3")), read("report"));
    }
}
