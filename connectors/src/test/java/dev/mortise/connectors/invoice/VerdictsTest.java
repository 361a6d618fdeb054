package dev.mortise.connectors.invoice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the invoices of a folder say of each other, and whether they add up.
final class VerdictsTest {
    private static final String ONE = Bill.number(1);

    private final TestFolder folder;

    VerdictsTest(@TempDir Path path) {
        this.folder = new TestFolder(path);
    }

    private Map<String, String> invoice(String number) {
        return TestFolder.one(folder.read("invoice"), "number", number);
    }

    private void assertStatus(String file, String status, String... words) {
        Map<String, String> row = folder.file(file);
        assertEquals(status, row.get("status"), row::toString);
        for (String word : words) {
            assertTrue(String.valueOf(row.get("finding")).contains(word), row::toString);
        }
    }

    @Test
    void letsTheRichestFileSpeakForAnInvoice() throws IOException {
        Bill bill = Bill.of(1, 100, 6);
        folder.put("a.pdf", "");
        folder.put("a" + "-" + ONE + ".pdf", "%PDF");
        folder.put("b.ofd", TestFolder.ofd(bill.customData(), null));
        folder.put("c.ofd", TestFolder.ofd(bill.customData(), bill.xml()));
        folder.put("d.xml", bill.xml());
        folder.put("e.xml", bill.xml());
        Map<String, String> row = invoice(ONE);
        assertEquals("d.xml", row.get("path"));
        assertEquals("5", row.get("files"));
        assertStatus("d.xml", "ok");
        for (String other : List.of("a-" + ONE + ".pdf", "b.ofd", "c.ofd", "e.xml")) {
            assertStatus(other, "duplicate");
            assertEquals("d.xml", folder.file(other).get("speaker"));
        }
        assertEquals(1, folder.read("invoice_item").size(), "lines come from one file");
    }

    @Test
    void namesBothFilesWhereTheSumsDiffer() throws IOException {
        folder.put("a.xml", Bill.of(1, 100, 6).xml());
        folder.put("b.xml", Bill.of(1, 100, 7).xml());
        assertStatus("a.xml", "mismatch", "'a.xml'", "'b.xml'", "1.06", "1.07");
        assertStatus("b.xml", "mismatch", "'a.xml'", "'b.xml'");
        Map<String, String> row = invoice(ONE);
        assertEquals("1.06", row.get("total"));
        assertTrue(String.valueOf(row.get("problem")).contains("'b.xml'"), row::toString);
    }

    @Test
    void keepsAnInvoiceThatDoesNotAddUp() throws IOException {
        folder.put("a.xml", Bill.of(1, 100, 6).spoilt(1).xml());
        Map<String, String> row = invoice(ONE);
        assertEquals("false", row.get("tie_items"));
        assertEquals("true", row.get("tie_tax"));
        assertEquals("true", row.get("tie_total"));
        assertStatus("a.xml", "mismatch", "1.01", "1.00");
    }

    @Test
    void allowsRoundingOnlyWhereItIsAskedFor() throws IOException {
        folder.put("a.xml", Bill.of(1, 100, 6).line(100, "6%", 6).spoilt(2).xml());
        assertEquals("false", invoice(ONE).get("tie_items"));
        var rows = folder.read("invoice", Map.of("rounding_cents", "1"));
        assertEquals("true", rows.getFirst().get("tie_items"));
    }

    @Test
    void takesNoTaxForATaxOfZero() throws IOException {
        Bill bill = new Bill(ONE).line(100, "免税", 0);
        String xml =
                bill.xml()
                        .replace("<ComTaxAm>0.00</ComTaxAm>", "<ComTaxAm>***</ComTaxAm>")
                        .replace("<TotalTaxAm>0.00</TotalTaxAm>", "<TotalTaxAm>***</TotalTaxAm>");
        folder.put("a.xml", xml);
        Map<String, String> row = invoice(ONE);
        assertEquals("true", row.get("tie_tax"), row::toString);
        assertEquals("true", row.get("tie_total"));
        assertFalse(row.containsKey("total_tax"), "none is written");
        assertFalse(row.containsKey("problem"), row::toString);
    }

    @Test
    void addsUpTheLargestAmounts() throws IOException {
        long most = 99_999_999_999_999_999L;
        Bill bill = new Bill(ONE).line(most, "0", 0).line(-most, "0", 0).line(most, "0", 0);
        folder.put("a.xml", bill.xml());
        assertEquals("true", invoice(ONE).get("tie_items"));
        Bill tooMuch = new Bill(Bill.number(2));
        for (int i = 0; i < 20; i++) {
            tooMuch.line(most, "0", 0);
        }
        tooMuch.spoilt(1 - 20 * most);
        folder.put("b.xml", tooMuch.xml());
        assertFalse(invoice(Bill.number(2)).containsKey("tie_items"), "the sum fits no decimal");
    }

    @Test
    void linksRedInvoicesToTheirOriginal() throws IOException {
        folder.put("a.xml", Bill.of(1, 1_000, 60).xml());
        folder.put("b.xml", Bill.of(2, -300, -18).red(ONE).xml());
        folder.put("c.xml", Bill.of(3, -200, -12).red(ONE).xml());
        folder.put("copy.xml", Bill.of(3, -200, -12).red(ONE).xml());
        folder.put("d.xml", Bill.of(4, -200, -12).red(Bill.number(99)).xml());
        Map<String, String> original = invoice(ONE);
        assertEquals("2", original.get("red_count"), "a copy counts once");
        assertEquals("-5.30", original.get("red_total"));
        assertEquals("false", original.get("red"));
        Map<String, String> red = invoice(Bill.number(2));
        assertEquals("true", red.get("red"));
        assertEquals(ONE, red.get("original_number"));
        assertEquals("true", red.get("original_found"));
        assertEquals("false", invoice(Bill.number(4)).get("original_found"));
        assertStatus("a.xml", "ok");
        assertStatus("d.xml", "ok");
    }

    @Test
    void findsWhatWasTakenBackTwice() throws IOException {
        folder.put("a.xml", Bill.of(1, 1_000, 60).xml());
        folder.put("b.xml", Bill.of(2, -1_000, -60).red(ONE).xml());
        assertStatus("a.xml", "ok");
        folder.put("c.xml", Bill.of(3, -1, 0).red(ONE).xml());
        assertStatus("a.xml", "mismatch", "10.60", "-10.61");
        assertTrue(invoice(ONE).containsKey("problem"));
    }

    @Test
    void findsTheOriginalInTheRemark() throws IOException {
        String remark =
                "<AdditionalInformation><Remark>被红冲蓝字数电票号码：%s 红字发票信息确认单编号：31</Remark>"
                        .formatted(ONE);
        Bill bill = Bill.of(2, -100, -6).extra(remark + "</AdditionalInformation>");
        folder.put("a.xml", bill.xml());
        assertEquals(ONE, invoice(Bill.number(2)).get("original_number"));
    }

    @Test
    void noticesARedInvoiceThatNamesItself() throws IOException {
        folder.put("a.xml", Bill.of(1, -100, -6).red(ONE).xml());
        assertStatus("a.xml", "mismatch", "itself");
        assertEquals("0", invoice(ONE).get("red_count"));
    }

    @Test
    void marksWhatALineOfARedInvoiceGivesBackAsDiscount() throws IOException {
        folder.put("a.xml", Bill.of(1, -1_000, -60).line(100, "6%", 6).red(Bill.number(9)).xml());
        List<Map<String, String>> lines = folder.read("invoice_item");
        assertEquals("false", TestFolder.one(lines, "line", "1").get("discount"));
        assertEquals("true", TestFolder.one(lines, "line", "2").get("discount"));
    }
}
