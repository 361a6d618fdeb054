package dev.mortise.connectors.invoice;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is read out of XML, OFD and archives.
final class DocumentsTest {
    private static final String ONE = Bill.number(1);

    private final TestFolder folder;

    DocumentsTest(@TempDir Path path) {
        this.folder = new TestFolder(path);
    }

    private Map<String, String> only() {
        List<Map<String, String>> rows = folder.read("invoice");
        assertEquals(1, rows.size(), rows::toString);
        return rows.getFirst();
    }

    private static void assertValues(Map<String, String> row, @Nullable String... pairs) {
        for (int i = 0; i < pairs.length; i += 2) {
            assertEquals(pairs[i + 1], row.get(pairs[i]), pairs[i]);
        }
    }

    @Test
    void readsEveryColumnOfAnXml() throws IOException {
        folder.put("a/one.xml", Bill.of(1, 10_000, 600).line(-1_000, "6%", -60).xml());
        Map<String, String> row = only();
        assertValues(row, "number", ONE, "kind", "增值税专用发票", "red", "false");
        assertValues(row, "issued_on", "2026-03-05", "issued_at", "2026-03-05 02:22:33Z");
        assertValues(row, "requested_at", "2026-03-05 02:20:00Z", "seller_name", "示例制造有限公司");
        assertValues(row, "seller_tax_id", "91310000SELLER000X", "seller_bank", "示例银行");
        assertValues(row, "seller_account", "0001", "buyer_name", "示例商贸有限公司");
        assertValues(row, "total_without_tax", "90.00", "total_tax", "5.40", "total", "95.40");
        assertValues(row, "tie_items", "true", "tie_tax", "true", "tie_total", "true");
        assertValues(row, "item_count", "2", "path", "a/one.xml", "format", "xml", "files", "1");
        assertValues(row, "tax_bureau_code", "13100000000", "red_count", "0", "red_total", "0.00");
        assertFalse(row.containsKey("problem"), row::toString);
        assertFalse(row.containsKey("invoice_code"), row::toString);
    }

    @Test
    void readsLinesWithDiscountsAndWordsForRates() throws IOException {
        Bill bill = Bill.of(1, 10_000, 600).line(-1_000, "6%", -60).line(500, "免税", 0);
        folder.put("one.xml", bill.xml());
        List<Map<String, String>> lines = folder.read("invoice_item");
        Map<String, String> first = TestFolder.one(lines, "line", "1");
        assertValues(first, "number", ONE, "name", "*服务*第1项", "unit", "项", "amount", "100.00");
        assertValues(first, "tax_rate", "0.0600", "tax", "6.00", "total", "106.00");
        assertValues(first, "quantity", "2.500000000000000000", "discount", "false");
        assertValues(first, "price", "0.123456789012345000", "tax_code", "3040201000000000000");
        Map<String, String> second = TestFolder.one(lines, "line", "2");
        assertValues(second, "tax_rate", "0.0600", "amount", "-10.00", "discount", "true");
        Map<String, String> third = TestFolder.one(lines, "line", "3");
        assertValues(third, "tax_treatment", "免税", "tax", "0.00", "total", "5.00");
        assertFalse(third.containsKey("tax_rate"), third::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "GB18030", "GBK", "UTF-16"})
    void readsTheCharsetThatTheDocumentDeclares(String charset) throws IOException {
        Bill bill = Bill.of(1, 100, 6);
        bill.seller = "榫接（上海）软件有限公司";
        folder.put("one.xml", bill.xml(charset).getBytes(Charset.forName(charset)));
        assertEquals("榫接（上海）软件有限公司", only().get("seller_name"));
    }

    @Test
    void readsElementsInAnyOrderAndPassesOverUnknownOnes() throws IOException {
        String xml =
                """
                <x:EInvoice xmlns:x="urn:x"><x:TaxSupervisionInfo><x:Other>1</x:Other>
                <x:InvoiceNumber>%s</x:InvoiceNumber></x:TaxSupervisionInfo>
                <x:New><x:A/><x:B>2</x:B>
                </x:New><x:EInvoiceData><x:IssuItemInformation><x:Amount>5</x:Amount>
                </x:IssuItemInformation><x:BasicInformation>
                <x:TotalAmWithoutTax><![CDATA[5.00]]></x:TotalAmWithoutTax></x:BasicInformation>
                </x:EInvoiceData></x:EInvoice>
                """
                        .formatted(ONE);
        folder.put("one.xml", xml);
        assertValues(only(), "total_without_tax", "5.00", "tie_items", "true", "tie_tax", null);
        assertValues(folder.file("one.xml"), "status", "ok", "finding", "elements passed over: 3");
    }

    @Test
    void keepsAnInvoiceWhoseAmountIsNone() throws IOException {
        folder.put("one.xml", Bill.of(1, 100, 6).xml().replace(">1.06<", ">壹元<"));
        Map<String, String> row = only();
        assertValues(row, "total", null, "total_tax", "0.06", "tie_total", null);
        assertTrue(String.valueOf(row.get("problem")).contains("'壹元'"), row::toString);
        assertValues(folder.file("one.xml"), "status", "mismatch");
    }

    @Test
    void readsTheAttachmentOfAnOfd() throws IOException {
        Bill bill = Bill.of(1, 10_000, 600);
        folder.put("one.ofd", TestFolder.ofd(bill.customData(), bill.xml()));
        assertValues(only(), "number", ONE, "total", "106.00", "tie_items", "true");
        assertValues(only(), "format", "ofd", "buyer_name", "示例商贸有限公司");
    }

    @Test
    void readsTheAttachmentWhereverIssuersPutIt() throws IOException {
        for (String place :
                List.of("Doc_0/Attach/original_invoice.xml", "Doc_0/Attachs/x.xml", "one.xml")) {
            Bill bill = Bill.of(1, 10_000, 600);
            Object[] entries = {"ofd.xml", bill.customData(), place, bill.xml()};
            folder.put("one.ofd", TestFolder.zip(entries));
            assertEquals("1", only().get("item_count"), place);
        }
    }

    @Test
    void readsOnlyTheSumsOfAnOfdWithoutAttachment() throws IOException {
        folder.put("one.ofd", TestFolder.ofd(Bill.of(1, 10_000, 600).customData(), null));
        Map<String, String> row = only();
        assertValues(row, "number", ONE, "total_without_tax", "100.00", "total", "106.00");
        assertValues(row, "item_count", "0", "tie_items", null, "tie_total", null);
        assertValues(row, "issued_on", "2026-03-05", "issued_at", null);
        assertEquals(List.of(), folder.read("invoice_item"));
    }

    @Test
    void noticesThatAnOfdContradictsItself() throws IOException {
        Bill inside = Bill.of(1, 10_000, 600);
        folder.put("one.ofd", TestFolder.ofd(Bill.of(1, 10_001, 600).customData(), inside.xml()));
        assertEquals("100.00", only().get("total_without_tax"));
        Map<String, String> file = folder.file("one.ofd");
        assertEquals("mismatch", file.get("status"));
        assertTrue(String.valueOf(file.get("finding")).contains("100.01"), file::toString);
    }

    @Test
    void readsInvoicesFromBeforeTwentyDigits() throws IOException {
        String custom = Bill.customData("发票代码", "011001900311", "发票号码", "21010038");
        String old = Bill.old("011001900311", "21010038", 30_000, 1_800);
        folder.put("old.ofd", TestFolder.ofd(custom, old));
        Map<String, String> row = only();
        assertValues(row, "number", "011001900311-21010038", "invoice_code", "011001900311");
        assertValues(row, "invoice_no", "21010038", "kind", "增值税电子普通发票", "red", "false");
        assertValues(row, "issued_on", "2020-04-07", "seller_bank", "建设银行 62", "total", "318.00");
        assertValues(row, "tie_items", "true", "tie_tax", "true", "buyer_name", "旧购买方");
        assertEquals("0.0600", folder.read("invoice_item").getFirst().get("tax_rate"));
    }

    @Test
    void readsArchivesAndThoseInside() throws IOException {
        byte[] ofd = TestFolder.ofd(Bill.of(2, 2, 0).customData(), Bill.of(2, 2, 0).xml());
        byte[] inner = TestFolder.zip("b/two.ofd", ofd, "note.txt", "x");
        String one = Bill.of(1, 1, 0).xml();
        folder.put("mail.zip", TestFolder.zip("发票/one.xml", one, "in.zip", inner));
        List<Map<String, String>> rows = folder.read("invoice");
        assertValues(TestFolder.one(rows, "number", ONE), "path", "mail.zip!/发票/one.xml");
        Map<String, String> two = TestFolder.one(rows, "number", Bill.number(2));
        assertValues(two, "path", "mail.zip!/in.zip!/b/two.ofd", "tie_items", "true");
        assertEquals(4, folder.read("invoice_file").size());
        assertValues(folder.file("mail.zip"), "status", "ok", "kind", "zip");
    }

    @Test
    void readsNamesInArchivesThatAreInGbkAndDoNotSaySo() throws IOException {
        byte[] zip = TestFolder.zip("xxxx.xml", Bill.of(1, 1, 0).xml());
        String raw = new String(zip, ISO_8859_1);
        byte[] gbk = "发票".getBytes(Charset.forName("GBK"));
        String name = new String(gbk, ISO_8859_1);
        // Flags of the two headers: bit 11 says UTF-8, and Java sets it.
        byte[] unsaid = raw.replace("xxxx", name).getBytes(ISO_8859_1);
        unsaid[7] = (byte) (unsaid[7] & ~0x08);
        int directory = raw.indexOf("PK\u0001\u0002");
        unsaid[directory + 9] = (byte) (unsaid[directory + 9] & ~0x08);
        folder.put("gbk.zip", unsaid);
        assertEquals("gbk.zip!/发票.xml", only().get("path"));
    }

    @Test
    void knowsAPdfByTheNumberInItsName() throws IOException {
        folder.put("dzfp_" + ONE + "_示例.pdf", "%PDF-1.4");
        folder.put("scan.pdf", "%PDF-1.4");
        folder.put("too-long-9" + ONE + ".pdf", "%PDF-1.4");
        Map<String, String> named = folder.file("dzfp_" + ONE + "_示例.pdf");
        assertValues(named, "status", "ok", "number", ONE);
        assertValues(folder.file("scan.pdf"), "status", "unreadable", "number", null);
        assertValues(folder.file("too-long-9" + ONE + ".pdf"), "status", "unreadable");
        assertEquals(List.of(), folder.read("invoice"));
    }
}
