package dev.mortise.connectors.invoice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Files that want to do harm, or are damaged, are findings; the good ones beside them are read.
final class HostileFilesTest {
    private static final String GOOD = "zz.xml";

    private final Path path;
    private final TestFolder folder;

    HostileFilesTest(@TempDir Path path) throws IOException {
        this.path = path;
        this.folder = new TestFolder(path);
        folder.put(GOOD, Bill.of(1, 100, 6).xml());
    }

    /// The finding of a file that is not read, while the good one is.
    private String finding(String name) {
        return finding(name, Map.of());
    }

    private String finding(String name, Map<String, ?> options) {
        assertTrue(
                folder.read("invoice", options).stream()
                        .anyMatch(row -> GOOD.equals(row.get("path"))),
                "the good file is read");
        Map<String, String> file =
                TestFolder.one(folder.read("invoice_file", options), "path", name);
        assertEquals("unreadable", file.get("status"), file::toString);
        return String.valueOf(file.get("finding"));
    }

    private static String filled(String doctype, String seller) {
        Bill bill = Bill.of(2, 100, 6);
        bill.seller = seller;
        return bill.xml().replaceFirst("<EInvoice>", doctype + "<EInvoice>");
    }

    @Test
    void opensNoFileThroughAnEntity() throws IOException {
        Path secret = path.resolve("secret.txt");
        Files.writeString(secret, "TOP-SECRET");
        String doctype =
                "<!DOCTYPE EInvoice [<!ENTITY x SYSTEM \"%s\">]>".formatted(secret.toUri());
        folder.put("xxe.xml", filled(doctype, "&x;"));
        String finding = finding("xxe.xml");
        assertTrue(finding.contains("document type"), finding);
        assertFalse(folder.read("invoice_file").toString().contains("TOP-SECRET"));
    }

    @Test
    void fetchesNoDocumentTypeFromElsewhere() throws IOException {
        Path touched = path.resolve("none.dtd");
        String doctype = "<!DOCTYPE EInvoice SYSTEM \"%s\">".formatted(touched.toUri());
        folder.put("dtd.xml", filled(doctype, "a"));
        assertTrue(finding("dtd.xml").contains("document type"));
    }

    @Test
    void expandsNoEntities() throws IOException {
        StringBuilder laughs = new StringBuilder("<!DOCTYPE EInvoice [<!ENTITY l0 \"lol\">");
        for (int i = 1; i < 20; i++) {
            String ten = ("&l" + (i - 1) + ";").repeat(10);
            laughs.append("<!ENTITY l%d \"%s\">".formatted(i, ten));
        }
        folder.put("laughs.xml", filled(laughs + "]>", "&l19;"));
        assertTrue(finding("laughs.xml").contains("document type"));
        folder.put("laughs.xml", filled("", "&l19;"));
        assertTrue(finding("laughs.xml").contains("l19"));
    }

    @Test
    void stopsReadingAnEndlessDocument() throws IOException {
        Limits limits = new Limits(1 << 20, 1L << 40, 1_000, 10);
        Endless endless = new Endless(1L << 30);
        ArchiveGuard guard = new ArchiveGuard(limits, 1);
        assertThrows(Refusal.class, () -> guard.document(endless));
        assertTrue(endless.given <= (1 << 20) + 1, () -> "read " + endless.given);
    }

    /// A document that is one text of a gigabyte.
    private static final class Endless extends InputStream {
        private long left;
        private long given;

        Endless(long left) {
            this.left = left;
        }

        @Override
        public int read() {
            given++;
            return left-- > 0 ? 'x' : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            Arrays.fill(target, offset, offset + length, (byte) 'x');
            given += length;
            left -= length;
            return length;
        }
    }

    @Test
    void refusesAFileOfAGigabyteWithoutReadingIt() throws IOException {
        try (var file = new RandomAccessFile(path.resolve("huge.xml").toFile(), "rw")) {
            file.writeBytes("<EInvoice><Header><EIid>");
            file.setLength(1L << 30);
        }
        assertTrue(finding("huge.xml").contains("16777216 bytes"));
    }

    @Test
    void boundsTextsDepthElementsAndLines() throws IOException {
        folder.put("text.xml", filled("", "x".repeat(20_000)));
        assertTrue(finding("text.xml").contains("16384 characters"));
        folder.put("deep.xml", "<EInvoice>" + "<a>".repeat(100_000));
        assertTrue(finding("deep.xml").contains("64 deep"));
        folder.put("many.xml", "<EInvoice>" + "<a/>".repeat(1_000_001) + "</EInvoice>");
        assertTrue(finding("many.xml").contains("1000000 elements"));
        String line = "<IssuItemInformation><Amount>1</Amount></IssuItemInformation>";
        folder.put("lines.xml", "<EInvoice>" + line.repeat(20_001) + "</EInvoice>");
        assertTrue(finding("lines.xml").contains("20000 lines"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no XML", "<EInvoice>", "<a/>", "<EInvoice/>", "\0\0\0\0"})
    void saysWhatIsWrongWithWhatIsNoInvoice(String text) throws IOException {
        folder.put("bad.xml", text);
        assertTrue(finding("bad.xml").startsWith("expected"));
    }

    @Test
    void readsNothingOfADocumentThatIsCutOff() throws IOException {
        byte[] whole = Bill.of(2, 100, 6).xml().getBytes(StandardCharsets.UTF_8);
        for (int length = 1; length < whole.length - 20; length += 97) {
            folder.put("cut.xml", Arrays.copyOf(whole, length));
            assertTrue(finding("cut.xml").startsWith("expected"));
        }
    }

    @Test
    void readsNothingOfAnOfdThatIsCutOff() throws IOException {
        Bill bill = Bill.of(2, 100, 6);
        byte[] whole = TestFolder.ofd(bill.customData(), bill.xml());
        for (int length = 0; length < whole.length; length += 131) {
            folder.put("cut.ofd", Arrays.copyOf(whole, length));
            assertTrue(finding("cut.ofd").startsWith("expected"));
        }
    }

    @Test
    void neverFailsForWhatIsInAFile() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Bill bill = Bill.of(2, 100, 6);
        byte[] ofd = TestFolder.ofd(bill.customData(), bill.xml());
        byte[] zip = TestFolder.zip("a.xml", bill.xml(), "b.ofd", ofd, "c.zip", TestFolder.zip());
        for (int round = 0; round < 150; round++) {
            byte[] broken = (round % 2 == 0 ? zip : ofd).clone();
            for (int i = 0; i < 1 + round % 5; i++) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
            }
            folder.put(round % 2 == 0 ? "a.zip" : "a.ofd", broken);
            List<Map<String, String>> rows = folder.read("invoice");
            assertTrue(rows.toString().contains(GOOD), () -> "seed " + seed);
        }
    }

    @Test
    void stopsAnArchiveThatSwells() throws IOException {
        byte[] zeros = new byte[40 << 20];
        byte[] bomb = TestFolder.zip("a.bin", zeros, "b.xml", Bill.of(2, 1, 0).xml());
        folder.put("bomb.zip", TestFolder.zip("inner.zip", bomb, "c.xml", Bill.of(3, 1, 0).xml()));
        assertTrue(finding("bomb.zip!/inner.zip").contains("grow at most 200 times"));
        folder.put("bomb.ofd", TestFolder.zip("OFD.xml", zeros));
        assertTrue(finding("bomb.ofd").contains("grow at most 200 times"));
        folder.put("big.zip", TestFolder.zip("d.xml", Bill.of(4, 1, 0).xml()));
        Map<String, String> small = Map.of("archive_bytes_max", "1024");
        assertTrue(finding("big.zip!/d.xml", small).contains("to 1024 bytes"));
    }

    @Test
    void opensNoArchivesDeeperThanOne() throws IOException {
        byte[] deepest = TestFolder.zip("a.xml", Bill.of(2, 1, 0).xml());
        byte[] deep = TestFolder.zip("c.zip", deepest);
        folder.put("a.zip", TestFolder.zip("b.zip", deep, "d.xml", Bill.of(3, 1, 0).xml()));
        assertTrue(finding("a.zip!/b.zip!/c.zip").contains("1 deep"));
        assertEquals(2, folder.read("invoice").size(), "what comes after it is read");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../etc/a.xml",
                "/etc/a.xml",
                "a/../../b.xml",
                "..\\b.xml",
                "C:\\b.xml",
                "\\\\host\\b.xml"
            })
    void refusesPathsThatLeadOutOfAnArchive(String name) throws IOException {
        folder.put("a.zip", TestFolder.zip(name, Bill.of(2, 1, 0).xml()));
        assertTrue(finding("a.zip!/?1").contains(name));
        try (var files = Files.walk(path)) {
            assertEquals(3, files.count(), "nothing is written");
        }
    }

    @Test
    void tellsApartEntriesOfOneName() throws IOException {
        String one = Bill.of(2, 1, 0).xml();
        byte[] zip = TestFolder.zip("a.xml", one, "b.xml", Bill.of(3, 1, 0).xml());
        String twice = new String(zip, StandardCharsets.ISO_8859_1).replace("b.xml", "a.xml");
        folder.put("a.zip", twice.getBytes(StandardCharsets.ISO_8859_1));
        List<String> paths =
                folder.read("invoice_file").stream().map(row -> row.get("path")).toList();
        assertEquals(4, paths.size());
        assertEquals(1, Collections.frequency(paths, "a.zip!/a.xml"));
        assertTrue(paths.contains("a.zip!/a.xml#2"), paths::toString);
    }
}
