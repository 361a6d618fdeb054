package dev.mortise.connectors.file;

import static dev.mortise.testkit.contract.Rows.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.spi.connect.RejectedRow;
import dev.mortise.spi.connect.Scan;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import dev.mortise.spi.type.Loss;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CsvReaderTest {
    private final TestFolder folder;

    CsvReaderTest(@TempDir Path path) {
        this.folder = new TestFolder(path);
    }

    @Test
    void readsQuotesLineEndsAndNothing() throws IOException {
        folder.put(
                "a.csv",
                "id,text\r\n1,\"a \"\"b\"\"\"\r\n2,\"x\ny\r\nz\"\n3,\n4,\"\"\n5, \"q\" \n6,\",\"");
        var found = folder.read("a.csv");
        assertEquals(
                List.of(
                        row("1", "a \"b\""),
                        row("2", "x\ny\r\nz"),
                        row("3", null),
                        row("4", ""),
                        row("5", " \"q\" "),
                        row("6", ",")),
                found.rows());
        assertEquals(List.of(), found.rejected());
    }

    @Test
    void guessesTheNarrowestTypeAndLeavesNamesAlone() throws IOException {
        folder.put(
                "a.csv",
                "n,d,f,b,day,at,seen,zip,phone,card,long,empty,slash\n"
                        + "1,1.5,1e3,true,2024-02-29,2024-02-29 01:02:03.5,"
                        + "2024-02-29T01:02:03+08:00,"
                        + "01234,13800138000,6222021234567890,1234567890123456789,,2024/03/01\n"
                        + "-20,2,-2.5E-7,FALSE,2023-01-01,2024-02-29,2024-02-29 01:02Z,"
                        + "99999,13900139000,6222021234567891,1,,2024/03/02\n");
        assertEquals(
                List.of(
                        "int64",
                        "decimal(18,1)",
                        "float64",
                        "bool",
                        "date",
                        "timestamp",
                        "timestamptz",
                        "text",
                        "text",
                        "text",
                        "text",
                        "text",
                        "date"),
                folder.read("a.csv").types());
        var schema = folder.read("a.csv").schema();
        assertEquals(Loss.Kind.WIDENING, schema.field(0).loss().kind());
        assertTrue(String.valueOf(schema.field(0).comment()).contains("guessed"));
        var rows = folder.read("a.csv").rows();
        assertEquals("2024-02-29 00:00:00", rows.get(1).get(5));
        assertEquals("2024-02-28 17:02:03Z", rows.get(0).get(6));
        assertEquals("2024-03-01", rows.get(0).get(12));
    }

    @Test
    void rejectsABadRowWithItsPlaceAndGoesOn() throws IOException {
        folder.put("a.csv", "id,amount\n1,1.5\nx,2.5\n3\n4,4.5,9\n\"5\" 5,5.5\n6,\"6.5\n7,7.5\n");
        var found =
                folder.readAs(
                        "a.csv",
                        Map.of("columns", Map.of("id", "int32", "amount", "decimal(5,2)")));
        assertEquals(List.of(row("1", "1.50"), row("7", "7.50")), found.rows());
        List<String> places =
                found.rejected().stream().map(rejected -> rejected.problem().place()).toList();
        assertEquals(List.of("a.csv:3", "a.csv:4", "a.csv:5", "a.csv:6", "a.csv:7"), places);
        RejectedRow cast = found.rejected().getFirst();
        assertEquals(ProblemCode.CAST_FAILED, cast.problem().code());
        assertEquals("id", cast.column());
        assertTrue(cast.problem().message().contains("'id'"), cast::toString);
        assertTrue(cast.problem().message().contains("'x'"), cast::toString);
        assertEquals("{\"id\":\"x\",\"amount\":\"2.5\"}", cast.row());
        assertEquals(ProblemCode.ROW_MALFORMED, found.rejected().get(1).problem().code());
        assertEquals("4,4.5,9", found.rejected().get(2).row());
        assertEquals("6,\"6.5", found.rejected().get(4).row());
    }

    @Test
    void findsTheCharset() throws IOException {
        String text = "编号,名称,金额\n1,榫接数据集成平台,2.50\n2,北京分公司,3.00\n";
        for (String charset : List.of("GBK", "GB18030", "UTF-8", "UTF-16")) {
            folder.put("a.csv", text, Charset.forName(charset));
            var found = folder.read("a.csv");
            assertEquals(List.of("编号", "名称", "金额"), found.schema().names(), charset);
            assertEquals(row("1", "榫接数据集成平台", "2.50"), found.rows().getFirst(), charset);
        }
        folder.put("a.csv", "\uFEFF" + text);
        assertEquals("编号", folder.read("a.csv").schema().names().getFirst());
    }

    @Test
    void rejectsRowsWhoseBytesAreNoText() throws IOException {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes("id,name\n1,a\n2,".getBytes(StandardCharsets.US_ASCII));
        bytes.write(0xC3);
        bytes.writeBytes("x\n3,é\n".getBytes(StandardCharsets.UTF_8));
        folder.put("a.csv", bytes.toByteArray());
        var found = folder.readAs("a.csv", Map.of("charset", "utf-8"));
        assertEquals(List.of(row("1", "a"), row("3", "é")), found.rows());
        assertEquals("a.csv:3", found.rejected().getFirst().problem().place());
    }

    @Test
    void readsForeignSpellings() throws IOException {
        folder.put(
                "a.txt", "x|1.234,50|31.12.2024|NULL\ny|-0,5|01.02.2024|'NULL'\nz|1|30.02.2024|a");
        Map<String, Object> words =
                Map.of(
                        "format", "csv",
                        "header", "false",
                        "delimiter", "|",
                        "quote", "'",
                        "decimal", ",",
                        "thousands", ".",
                        "dates", List.of("dd.MM.yyyy"),
                        "nulls", List.of("NULL"),
                        "columns", Map.of("column_3", "date"));
        var found = folder.readAs("a.txt", words);
        assertEquals(
                List.of(
                        row("x", "1234.50", "2024-12-31", null),
                        row("y", "-0.50", "2024-02-01", "NULL")),
                found.rows());
        assertEquals("column_3", found.rejected().getFirst().column());
    }

    @Test
    void numbersHeadersThatStandTwice() throws IOException {
        folder.put("a.csv", "a,a,,A\n1,2,3,4\n");
        var found = folder.read("a.csv");
        assertEquals(List.of("a", "a_2", "column_3", "A"), found.schema().names());
        try (FileConnector connector = folder.open(Map.of())) {
            assertTrue(String.valueOf(connector.describe("a.csv").comment()).contains("a_2"));
        }
    }

    @Test
    void readsGzipAndStopsWhenItSwells() throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gz = new GZIPOutputStream(packed)) {
            gz.write("id,b\n1,\n".getBytes(StandardCharsets.US_ASCII));
            byte[] zeros = new byte[1 << 20];
            java.util.Arrays.fill(zeros, (byte) '\n');
            for (int i = 0; i < 40; i++) {
                gz.write(zeros);
            }
            gz.write("2,\n".getBytes(StandardCharsets.US_ASCII));
        }
        folder.put("a.csv.gz", packed.toByteArray());
        var thrown = assertThrows(ProblemException.class, () -> folder.read("a.csv.gz"));
        assertEquals(ProblemCode.LIMIT_EXCEEDED, thrown.problem().code());
        var found = folder.read("a.csv.gz", Map.of("archive_ratio_max", "100000"));
        assertEquals(row("1", null), found.rows().getFirst());
        assertEquals(row("2", null), found.rows().getLast());
    }

    @Test
    void stopsAtARowThatIsTooLong() throws IOException {
        folder.put("a.csv", "id,text\n1,a\n2,\"" + "x".repeat(5_000) + "\"\n");
        var thrown =
                assertThrows(
                        ProblemException.class,
                        () -> folder.read("a.csv", Map.of("line_bytes_max", "1024")));
        assertEquals(ProblemCode.LIMIT_EXCEEDED, thrown.problem().code());
        assertEquals("a.csv:3", thrown.problem().place());
        assertTrue(thrown.problem().message().contains("byte 12"), thrown::getMessage);
        var found = folder.read("a.csv", Map.of("value_bytes_max", "1000"));
        assertEquals(ProblemCode.VALUE_TOO_LONG, found.rejected().getFirst().problem().code());
        assertEquals(1, found.rows().size());
    }

    @Test
    void readsASetOfFilesAsOne() throws IOException {
        folder.put("orders-1.csv", "id,name\n1,a\n");
        folder.put("orders-2.csv", "name,id\nb,2\n");
        assertEquals(List.of(row("1", "a"), row("2", "b")), folder.read("orders-*.csv").rows());
        folder.put("orders-3.csv", "id\n3\n");
        var thrown = assertThrows(ProblemException.class, () -> folder.read("orders-*.csv"));
        assertEquals(ProblemCode.COLUMN_MISSING, thrown.problem().code());
        assertEquals("orders-3.csv", thrown.problem().place());
    }

    @Test
    void refusesNamesOutsideTheFolder() throws IOException {
        Path outside = Files.createTempFile("outside", ".csv");
        Files.writeString(outside, "secret\n1\n");
        Files.createSymbolicLink(folder.path().resolve("link.csv"), outside);
        for (String name : List.of("../a.csv", outside.toString(), "x/../../a.csv", "link.csv")) {
            var thrown = assertThrows(ProblemException.class, () -> folder.read(name), name);
            assertEquals(ProblemCode.PRIVILEGE_MISSING, thrown.problem().code(), name);
        }
        try (FileConnector connector = folder.open(Map.of())) {
            assertEquals(List.of(), connector.datasets("*"));
        }
        Files.delete(outside);
    }

    @Test
    void noticesAFileThatWasWrittenTo() throws IOException {
        folder.put("a.csv", "id\n1\n");
        try (FileConnector connector = folder.open(Map.of());
                var snapshot = connector.snapshot(connector.describe("a.csv"), Scan.ALL)) {
            var range = snapshot.ranges(10).getFirst();
            folder.put("a.csv", "id\n1\n2\n");
            var thrown =
                    assertThrows(ProblemException.class, () -> snapshot.source(range, _ -> {}));
            assertEquals(ProblemCode.SOURCE_CHANGED, thrown.problem().code());
        }
    }

    /// Any text must come through quotes as it is, wherever buffers end.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void readsWhatWasQuotedAsItWas(long seed) throws IOException {
        Random random = new Random(seed);
        List<List<@Nullable String>> rows = new ArrayList<>();
        StringBuilder csv = new StringBuilder("id,a,b\n");
        for (int id = 0; id < 20_000; id++) {
            String a = text(random);
            String b = text(random);
            rows.add(row(Integer.toString(id), a, b));
            csv.append(id).append(',').append(quoted(a)).append(',').append(quoted(b));
            csv.append(random.nextBoolean() ? "\n" : "\r\n");
        }
        folder.put("a.csv", csv.toString());
        Map<String, String> types = Map.of("id", "int64", "a", "text", "b", "text");
        var found = folder.readAs("a.csv", Map.of("columns", types));
        assertEquals(List.of(), found.rejected(), () -> "seed " + seed);
        assertEquals(rows, found.rows(), () -> "seed " + seed);
    }

    private static String text(Random random) {
        String letters = "ab\"\",\n\r\n é榫🙂'";
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(random.nextInt(20) == 0 ? 400 : 12);
        for (int i = 0; i < length; i++) {
            int at = random.nextInt(letters.length());
            text.append(Character.isSurrogate(letters.charAt(at)) ? "🙂" : letters.charAt(at) + "");
        }
        return text.toString();
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }
}
