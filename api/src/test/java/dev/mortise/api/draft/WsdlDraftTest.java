package dev.mortise.api.draft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.api.draft.call.Resource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class WsdlDraftTest {
    private static final Path FOLDER = Path.of("src", "test", "resources", "soap");

    private static String text(String name) {
        try {
            return Files.readString(FOLDER.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<String> beside(String name) {
        boolean known = name.matches("[a-z-]+\\.(wsdl|xsd)");
        return known ? Optional.of(text(name)) : Optional.empty();
    }

    private static Draft draft(String name) {
        return Draft.of(text(name), Hint.of("bank", name).with(WsdlDraftTest::beside));
    }

    private static String resources(Draft draft) {
        String yaml = draft.yaml();
        return yaml.substring(yaml.indexOf("resources:"), yaml.indexOf("\n# Written by an import"));
    }

    @Test
    void draftsOperationsThatReadAndThatWrite() {
        Draft draft = draft("orders.wsdl");
        assertEquals(Format.WSDL, draft.format());
        assertEquals("http://localhost", draft.baseUrl());
        assertEquals(
                """
                resources:
                  get_orders:
                    soap: {wsdl: orders.wsdl, operation: GetOrders}
                    path: /orders.asmx
                    # may take customer (body)
                    body:
                      since: FILL_IN
                      limit: 0
                      region: FILL_IN
                    records: $.GetOrdersResult.Order
                    columns:
                      version: {type: int32, path: "@version"}
                      "No": text
                      Paid: bool
                      Total_currency: {type: text, path: Total.@currency}
                      Total: {type: "decimal(38,2)", path: "Total.#text"}
                      State: text
                      Scan: text
                  put_order:
                    soap: {wsdl: orders.wsdl, operation: PutOrder}
                    write: {path: /orders.asmx, body: $.order}
                    columns:
                      version: {type: int32, path: "@version"}
                      "No": text
                      Paid: bool
                      Total_currency: {type: text, path: Total.@currency}
                      Total: {type: "decimal(38,2)", path: "Total.#text"}
                      State: text
                      Scan: text
                """,
                resources(draft));
        assertEquals(
                "orders.wsdl#GetOrders: field 'since' of the body is required and has no usual"
                        + " value; put it in the place of FILL_IN (FILL_IN)",
                draft.findings().getFirst().line());
    }

    @Test
    void tellsWhatItCouldNotImport() {
        assertEquals(
                "stock.wsdl#StockSoapBinding.list: expected the use 'literal', got 'encoded' of"
                        + " 'list'; ask the service for a literal binding; WS-I forbids encoded"
                        + " ones (LEFT_OUT)",
                draft("stock.wsdl").findings().getFirst().line());
        assertEquals(
                "customers.wsdl#find: a header block 'session' may be sent; put its value below"
                        + " 'soap', as headers: {session: …} (LEFT_OUT)",
                draft("customers.wsdl").findings().getFirst().line());
        Draft alone = Draft.of(text("customers.wsdl"), Hint.of("bank", "customers.wsdl"));
        assertEquals("customers-api.wsdl", alone.findings().get(1).place());
    }

    @Test
    void readsTheBytesOfAnotherEncoding() {
        Charset gbk = Charset.forName("GBK");
        byte[] bytes = text("voucher.wsdl").replace("UTF-8", "GBK").getBytes(gbk);
        Draft draft = Draft.of(bytes, Hint.of("erp", "voucher.wsdl"));
        assertEquals(
                List.of("invoke", "保存凭证"),
                draft.resources().stream().map(Resource::name).sorted().toList());
        String claims = text("voucher.wsdl").replace("UTF-8", "GBK");
        assertEquals(draft.yaml(), Draft.of(claims, Hint.of("erp", "voucher.wsdl")).yaml());
        byte[] wide = claims.replace("GBK", "UTF-16").getBytes(StandardCharsets.UTF_16);
        assertEquals(draft.yaml(), Draft.of(wide, Hint.of("erp", "voucher.wsdl")).yaml());
    }

    @Test
    void keepsWhatWasEditedWhenItIsImportedAgain() {
        Draft draft = draft("orders.wsdl");
        String edited = draft.yaml().replace("  get_orders:", "  open_orders:");
        assertTrue(edited.contains("  open_orders:"), edited);
        DraftDiff same = DraftDiff.between(edited, draft);
        assertEquals(List.of(), same.changes());
        assertEquals(edited, same.merged());
    }
}
