package dev.mortise.connectors.file;

import static dev.mortise.testkit.contract.Rows.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class XlsxReaderTest {
    private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
    private static final String MAIN =
            "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";

    private final TestFolder folder;

    XlsxReaderTest(@TempDir Path path) {
        this.folder = new TestFolder(path);
    }

    /// A workbook with one sheet, written by hand: what it holds is what the test says.
    private static byte[] workbook(boolean date1904, String rows) throws IOException {
        Map<String, String> parts = new LinkedHashMap<>();
        String office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        String packages = "http://schemas.openxmlformats.org/package/2006/";
        parts.put(
                "[Content_Types].xml",
                "<Types xmlns=\"%scontent-types\">".formatted(packages)
                        + "<Default Extension=\"rels\" ContentType=\"application/"
                        + "vnd.openxmlformats-package.relationships+xml\"/>"
                        + type("/xl/workbook.xml", "sheet.main")
                        + type("/xl/worksheets/sheet1.xml", "worksheet")
                        + type("/xl/styles.xml", "styles")
                        + type("/xl/sharedStrings.xml", "sharedStrings")
                        + "</Types>");
        parts.put(
                "_rels/.rels",
                "<Relationships xmlns=\"%srelationships\"><Relationship Id=\"r1\" Type=\"%s\" "
                                .formatted(packages, office + "/officeDocument")
                        + "Target=\"xl/workbook.xml\"/></Relationships>");
        parts.put(
                "xl/_rels/workbook.xml.rels",
                "<Relationships xmlns=\"%srelationships\">".formatted(packages)
                        + relation(office, 1, "worksheet", "worksheets/sheet1.xml")
                        + relation(office, 2, "styles", "styles.xml")
                        + relation(office, 3, "sharedStrings", "sharedStrings.xml")
                        + "</Relationships>");
        parts.put(
                "xl/workbook.xml",
                "<workbook %s xmlns:r=\"%s\"><workbookPr date1904=\"%s\"/><sheets>"
                                .formatted(MAIN, office, date1904 ? "1" : "0")
                        + "<sheet name=\"Data\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>");
        parts.put(
                "xl/styles.xml",
                "<styleSheet %s><numFmts count=\"1\"><numFmt numFmtId=\"170\" ".formatted(MAIN)
                        + "formatCode=\"[$-804]yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;\"/>"
                        + "</numFmts><cellXfs count=\"4\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/>"
                        + "<xf numFmtId=\"22\"/><xf numFmtId=\"170\"/></cellXfs></styleSheet>");
        parts.put(
                "xl/sharedStrings.xml",
                "<sst %s count=\"2\" uniqueCount=\"2\"><si><t>plain</t></si>".formatted(MAIN)
                        + "<si><r><t>rich </t></r><r><t>text</t></r></si></sst>");
        parts.put(
                "xl/worksheets/sheet1.xml",
                "<worksheet %s><sheetData>%s</sheetData></worksheet>".formatted(MAIN, rows));
        return zip(parts);
    }

    private static String type(String part, String kind) {
        return "<Override PartName=\"%s\" ContentType=\"application/vnd.openxmlformats-"
                        .formatted(part)
                + "officedocument.spreadsheetml."
                + kind
                + "+xml\"/>";
    }

    private static String relation(String office, int id, String kind, String target) {
        return "<Relationship Id=\"r%d\" Type=\"%s/%s\" Target=\"%s\"/>"
                .formatted(id, office, kind, target);
    }

    private static byte[] zip(Map<String, String> parts) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write((HEAD + part.getValue()).getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    private static String text(String cell, String text) {
        return "<c r=\"%s\" t=\"inlineStr\"><is><t>%s</t></is></c>".formatted(cell, text);
    }

    @Test
    void readsDatesStringsFormulasAndTruths() throws IOException {
        String header =
                "<row r=\"1\">"
                        + text("A1", "id")
                        + text("B1", "day")
                        + text("C1", "at")
                        + text("D1", "s")
                        + text("E1", "f")
                        + text("F1", "b")
                        + text("G1", "n")
                        + "</row>";
        String row =
                "<row r=\"2\"><c r=\"A2\"><v>1</v></c><c r=\"B2\" s=\"1\"><v>45351</v></c>"
                        + "<c r=\"C2\" s=\"2\"><v>45351.5</v></c><c r=\"D2\" t=\"s\"><v>1</v></c>"
                        + "<c r=\"E2\"><f>A2*1.1</f><v>1.1000000000000001</v></c>"
                        + "<c r=\"F2\" t=\"b\"><v>1</v></c>"
                        + "<c r=\"G2\"><v>0.30000000000000004</v></c>"
                        + "</row><row r=\"4\"><c r=\"A4\"><v>2</v></c>"
                        + "<c r=\"B4\" s=\"3\"><v>45352</v></c>"
                        + "<c r=\"D4\" t=\"s\"><v>0</v></c></row>";
        folder.put("a.xlsx", workbook(false, header + row));
        var found = folder.read("a.xlsx");
        assertEquals(
                List.of(
                        "int64",
                        "date",
                        "timestamp",
                        "text",
                        "decimal(18,1)",
                        "bool",
                        "decimal(18,1)"),
                found.types());
        assertEquals(
                List.of(
                        row(
                                "1",
                                "2024-02-29",
                                "2024-02-29 12:00:00",
                                "rich text",
                                "1.1",
                                "true",
                                "0.3"),
                        row("2", "2024-03-01", null, "plain", null, null, null)),
                found.rows());
        folder.put("b.xlsx", workbook(true, header + row.replace("45351", "43889")));
        assertEquals("2024-02-29", folder.read("b.xlsx").rows().getFirst().get(1));
    }

    @Test
    void joinsHeadersAndRejectsErrorsWithTheirCell() throws IOException {
        String rows =
                "<row r=\"1\">"
                        + text("A1", "Order")
                        + text("B1", "Amount")
                        + "</row>"
                        + "<row r=\"2\">"
                        + text("B2", "net")
                        + text("C2", "tax")
                        + "</row>"
                        + "<row r=\"3\"><c r=\"A3\"><v>1</v></c><c r=\"B3\"><v>2</v></c></row>"
                        + "<row r=\"4\"><c r=\"A4\"><v>2</v></c>"
                        + "<c r=\"B4\" t=\"e\"><v>#N/A</v></c></row>";
        folder.put("a.xlsx", workbook(false, rows));
        var found = folder.readAs("a.xlsx", Map.of("header_rows", "2", "sheet", "Data"));
        assertEquals(List.of("Order", "Amount net", "Amount tax"), found.schema().names());
        assertEquals(List.of(row("1", "2", null)), found.rows());
        assertEquals("a.xlsx:Data!B4", found.rejected().getFirst().problem().place());
        var thrown =
                assertThrows(
                        ProblemException.class,
                        () -> folder.readAs("a.xlsx", Map.of("sheet", "Date")));
        assertEquals(ProblemCode.DATASET_MISSING, thrown.problem().code());
        assertTrue(thrown.problem().fix().contains("'Data'"), thrown::getMessage);
    }

    @Test
    void saysThatAWorkbookIsDamaged() throws IOException {
        byte[] whole = workbook(false, "<row r=\"1\">" + text("A1", "id") + "</row>");
        for (int length : new int[] {0, 10, whole.length / 2, whole.length - 10}) {
            folder.put("a.xlsx", Arrays.copyOf(whole, length));
            var thrown = assertThrows(ProblemException.class, () -> folder.read("a.xlsx"));
            assertEquals(ProblemCode.FILE_CORRUPT, thrown.problem().code(), "length " + length);
        }
        folder.put("a.xlsx", workbook(false, "<row r=\"1\"><c r=\"A1\"><v>1</row>"));
        var thrown = assertThrows(ProblemException.class, () -> folder.read("a.xlsx"));
        assertEquals(ProblemCode.FILE_CORRUPT, thrown.problem().code());
    }

    @Test
    void stopsABomb() throws IOException {
        String bomb = "<row r=\"1\">" + text("A1", "id") + "</row>" + " ".repeat(64 << 20);
        folder.put("a.xlsx", workbook(false, bomb));
        assertTrue(Files.size(folder.path().resolve("a.xlsx")) < 1 << 20, "it is small");
        var thrown = assertThrows(ProblemException.class, () -> folder.read("a.xlsx"));
        assertEquals(ProblemCode.LIMIT_EXCEEDED, thrown.problem().code());
        assertTrue(thrown.problem().fix().contains("archive_ratio_max"), thrown::getMessage);
    }

    @Test
    void stopsABombThatLiesAboutItsSize() throws IOException {
        byte[] bomb =
                workbook(
                        false,
                        "<row r=\"1\">" + text("A1", "id") + "</row>" + " ".repeat(64 << 20));
        // The directory at the end says how large each entry is: make it say 1,000.
        for (int i = bomb.length - 30; i > 0; i--) {
            boolean entry = bomb[i] == 'P' && bomb[i + 1] == 'K' && bomb[i + 2] == 1;
            if (entry) {
                bomb[i + 24] = (byte) 232;
                bomb[i + 25] = 3;
                bomb[i + 26] = 0;
                bomb[i + 27] = 0;
            }
        }
        folder.put("a.xlsx", bomb);
        var thrown = assertThrows(ProblemException.class, () -> folder.read("a.xlsx"));
        assertTrue(
                thrown.problem().code() == ProblemCode.LIMIT_EXCEEDED
                        || thrown.problem().code() == ProblemCode.FILE_CORRUPT,
                thrown::getMessage);
    }
}
