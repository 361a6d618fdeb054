package dev.mortise.connectors.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.testkit.contract.Rows;
import dev.mortise.testkit.live.ScriptedApi;
import dev.mortise.testkit.live.ScriptedApi.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Answers in other formats than JSON.
@Tag("live")
final class FormatsTest {
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
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("id", "int64");
        columns.put("name", "text");
        all.put("columns", columns);
        all.putAll(words);
        return new Fixture(api.url()).orders(all);
    }

    private void answers(String type, byte[] body) {
        api.on("/orders", _ -> new Reply(200, Map.of("Content-Type", type), body, -1));
    }

    private void answers(String type, String body) {
        answers(type, body.getBytes(StandardCharsets.UTF_8));
    }

    private static Problem problem(Fixture fixture) {
        return assertThrows(ProblemException.class, fixture::read).problem();
    }

    private static final List<List<String>> TWO =
            List.of(List.of("1", "榫,接"), List.of("2", "b\nc"));

    @Test
    void readsLinesOfJson() {
        answers(
                "application/x-ndjson",
                "{\"id\":1,\"name\":\"榫,接\"}\n\n{\"id\":2,\"name\":\"b\\nc\"}\n");
        assertEquals(TWO, orders(Map.of()).read());
        assertEquals(TWO, orders(Map.of("format", "ndjson", "stream", "true")).read());
    }

    @Test
    void noLinesAreNoRecords() {
        answers("application/x-ndjson", "");
        assertEquals(List.of(), orders(Map.of()).read());
    }

    @Test
    void linesMayBeArrays() {
        answers("text/plain", "[1,\"榫,接\"]\n[2,\"b\\nc\"]\n");
        assertEquals(
                TWO, orders(Map.of("format", "ndjson", "fields", List.of("id", "name"))).read());
    }

    @Test
    void readsCsvByItsContentType() {
        answers("text/csv", "\uFEFFname,id\r\n\"榫,接\",1\r\n\"b\nc\",2\r\n");
        assertEquals(TWO, orders(Map.of()).read());
    }

    @Test
    void nothingInCsvIsNullAndQuotesAreEmpty() {
        answers("text/csv", "id,name\n1,\n2,\"\"\n3,\"say \"\"hi\"\"\"");
        assertEquals(
                List.of(Rows.row("1", null), Rows.row("2", ""), Rows.row("3", "say \"hi\"")),
                orders(Map.of()).read());
    }

    @Test
    void aRowOfCsvWithAnotherNumberOfCellsIsRejected() {
        answers("text/csv", "id,name\n1,a\n2\n3,c,d\n4,e\n");
        Fixture fixture = orders(Map.of());
        assertEquals(List.of(List.of("1", "a"), List.of("4", "e")), fixture.read());
        assertEquals(2, fixture.rejected.size());
        assertEquals("[\"2\"]", fixture.rejected.getFirst().row());
    }

    @Test
    void readsABillWithBackticksAndSumsInGb18030() {
        String bill = "账单\n交易单号,商品,金额\n`1,`榫,`1.00\n`2,`b,`2.50\n总笔数,总金额,\n`2,`3.50,\n";
        answers("text/plain; charset=utf-8", bill.getBytes(Charset.forName("GB18030")));
        Map<String, Object> columns = new LinkedHashMap<>();
        columns.put("id", Map.of("type", "int64", "path", "交易单号"));
        columns.put("amount", Map.of("type", "decimal(10,2)", "path", "金额"));
        Map<String, Object> csv = Map.of("skip", 1, "footer", 2, "strip", "`");
        Fixture fixture =
                orders(
                        Map.of(
                                "format", "csv", "charset", "gb18030", "csv", csv, "columns",
                                columns));
        assertEquals(List.of(List.of("1", "1.00"), List.of("2", "2.50")), fixture.read());
    }

    @Test
    void namesTheColumnsOfCsvWithoutHeader() {
        answers("text/csv", "1\ta\n2\tb\n");
        Map<String, Object> csv =
                Map.of("header", "false", "names", List.of("id", "name"), "delimiter", "tab");
        assertEquals(
                List.of(List.of("1", "a"), List.of("2", "b")), orders(Map.of("csv", csv)).read());
    }

    @Test
    void aQuoteThatNothingClosesIsAProblem() {
        answers("text/csv", "id,name\n1,\"a\n2,b\n");
        Problem problem = problem(orders(Map.of()));
        assertEquals(ProblemCode.SERVER_FAILED, problem.code());
        assertTrue(problem.message().contains("quote on line 2"), problem::message);
    }

    @Test
    void aLoginPageIsNoCsv() {
        answers("text/html", "<html>sign in</html>");
        Problem problem = problem(orders(Map.of("format", "csv")));
        assertTrue(problem.message().startsWith("expected CSV from GET"), problem::message);
        assertTrue(problem.message().contains("sign in"), problem::message);
    }

    private static final String XML =
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <r:list xmlns:r="urn:x" total="3"><page>1</page>
              <items><order no="7"><id>1</id><name><![CDATA[榫,接]]></name><tag>a</tag><tag>b</tag>
              </order><note>n</note><order no="8"><id>2</id><name>b&#10;c</name><tag>a</tag></order>
              <order><id>3</id><name/></order></items>
            </r:list>
            """;

    @Test
    void readsXmlElementByElement() {
        answers("application/xml", XML);
        Map<String, Object> columns = new LinkedHashMap<>();
        columns.put("id", "int64");
        columns.put("name", "text");
        columns.put("no", Map.of("type", "int64", "path", "@no"));
        columns.put("tag", "json");
        Map<String, Object> words =
                Map.of("records", "/list/items/order", "columns", columns, "stream", "true");
        assertEquals(
                List.of(
                        Rows.row("1", "榫,接", "7", "[\"a\",\"b\"]"),
                        Rows.row("2", "b\nc", "8", "\"a\""),
                        Rows.row("3", null, null, null)),
                orders(words).read());
    }

    @Test
    void pagesXmlByItsTotal() {
        api.on(
                "/orders",
                request ->
                        Reply.text(
                                200,
                                "text/xml",
                                "<list total=\"3\">"
                                        + (request.number("page", 1) == 1
                                                ? "<o><id>1</id></o><o><id>2</id></o>"
                                                : "<o><id>3</id></o>")
                                        + "</list>"));
        Map<String, Object> words =
                Map.of(
                        "records",
                        "/list/o",
                        "columns",
                        Map.of("id", "int64"),
                        "paging",
                        Map.of("kind", "page", "size", 2, "total", "/list/@total"));
        assertEquals(List.of(List.of("1"), List.of("2"), List.of("3")), orders(words).read());
        assertEquals(2, api.requests().size());
    }

    @Test
    void noElementsAreNoRecordsButAnotherDocumentIsAProblem() {
        answers("text/xml", "<list><items/></list>");
        assertEquals(List.of(), orders(Map.of("records", "/list/items/order")).read());
        answers("text/xml", "<error>no such list</error>");
        Problem problem = problem(orders(Map.of("records", "/list/items/order")));
        assertTrue(problem.message().contains("no such list"), problem::message);
    }

    @Test
    void readsNoDocumentTypeAndNoEntity() {
        answers(
                "text/xml",
                "<!DOCTYPE list [<!ENTITY x SYSTEM \"%s/secret\">]>".formatted(api.url())
                        + "<list><o><id>1</id><name>&x;</name></o></list>");
        Problem problem = problem(orders(Map.of("records", "/list/o")));
        assertEquals(ProblemCode.SERVER_FAILED, problem.code());
        assertEquals(0, api.requests("/secret").size());
        answers("text/xml", "<list><o><id>1</id><name>&x;</name></o></list>");
        assertEquals(
                ProblemCode.SERVER_FAILED, problem(orders(Map.of("records", "/list/o"))).code());
    }

    @Test
    void saysWhereXmlIsBroken() {
        answers("text/xml", "<list><o><id>1</id></o>\n<o></list>");
        Problem problem = problem(orders(Map.of("records", "/list/o")));
        assertTrue(problem.message().contains("at line 2"), problem::message);
    }

    @Test
    void unpacksAGzipFile() {
        answers("application/octet-stream", gzip("[{\"id\":1,\"name\":\"a\"}]"));
        assertEquals(List.of(List.of("1", "a")), orders(Map.of()).read());
    }

    @Test
    void unpacksTheOneEntryOfAZipFile() {
        byte[] zip = zip(Map.of("a/bill.csv", "id,name\n1,a\n", "a/read.me", "x"));
        answers("application/zip", zip);
        assertEquals(
                List.of(List.of("1", "a")),
                orders(Map.of("format", "csv", "entry", "*.csv")).read());
        Problem problem = problem(orders(Map.of("format", "csv")));
        assertTrue(problem.message().contains("has the entries"), problem::message);
        problem = problem(orders(Map.of("format", "csv", "entry", "*.xls")));
        assertTrue(problem.message().contains("no entry '*.xls'"), problem::message);
    }

    @Test
    void aSmallFileMayNotUnpackToALargeOne() {
        answers("application/octet-stream", gzip("[" + " ".repeat(1_000_000) + "]"));
        Problem problem = problem(orders(Map.of()).set("body_bytes_max", 65_536));
        assertEquals(ProblemCode.LIMIT_EXCEEDED, problem.code());
    }

    private static byte[] gzip(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] zip(Map<String, String> entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
                out.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @Test
    void liftsThePromiseOfTheContractForAResourceInAnotherFormat() {
        Map<String, Object> errors = Map.of("base", "rest", "promises", "json");
        answers("application/octet-stream", "id,name\n1,a\n");
        Fixture fixture = orders(Map.of("format", "csv")).set("errors", errors);
        assertEquals(List.of(Rows.row("1", "a")), fixture.read());
        answers("text/xml", "<l><o><id>1</id><name>a</name></o></l>");
        fixture = orders(Map.of("format", "xml", "records", "/l/o")).set("errors", errors);
        assertEquals(List.of(Rows.row("1", "a")), fixture.read());
        // A page for people is no success, and neither is another format for the others.
        answers("text/html", "<!DOCTYPE html><html>log in</html>");
        Fixture csv = orders(Map.of("format", "csv")).set("errors", errors);
        assertThrows(ProblemException.class, csv::read);
        answers("text/xml", "<l/>");
        Fixture json = orders(Map.of()).set("errors", errors);
        assertThrows(ProblemException.class, json::read);
    }

    @Test
    void readsErrorsOfAResourceInAnotherFormat() {
        api.on("/orders", _ -> Reply.status(400, "{\"code\":\"NO_BILL\",\"message\":\"none\"}"));
        Fixture fixture =
                orders(Map.of("format", "csv"))
                        .set("errors", Map.of("base", "rest", "promises", "json"));
        Problem problem = assertThrows(ProblemException.class, fixture::read).problem();
        assertTrue(problem.message().contains("NO_BILL"), problem::message);
    }
}
