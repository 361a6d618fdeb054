package dev.mortise.engine.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MatcherTest {
    private final Matcher matcher = new Matcher();

    @ParameterizedTest
    @CsvSource({
        "客户名称, customer_name",
        "khmc, customer_name",
        "kehumingcheng, customer_name",
        "CUSTNM, customer_name",
        "客户名称, khmc",
        "客户名称, kehumingcheng",
        "CustomerName, cust_nm",
        "Customer_Name__c, CustomerName",
        "KUNNR, customer_no",
        "nsrsbh, taxpayer_id",
        "价税合计, amount_including_tax",
        "qty, quantity"
    })
    void findsTheSameMeaningInOtherLetters(String source, String target) {
        Proposal found =
                match(List.of(text("xyz"), text(source)), List.of(text(target))).getFirst();
        assertEquals(source, found.source().orElseThrow().name());
        assertEquals(Band.AUTO, found.band(), found::toString);
    }

    @ParameterizedTest
    @CsvSource({
        "debit_amount, credit_amount",
        "start_date, end_date",
        "buyer_name, seller_name",
        "created_at, deleted",
        "customer_name, supplier_phone",
        "phone, fax"
    })
    void keepsOppositesApart(String source, String target) {
        Proposal found = match(List.of(text(source)), List.of(text(target))).getFirst();
        assertNotEquals(Band.AUTO, found.band(), found::toString);
    }

    @Test
    void leavesACloseChoiceToAPerson() {
        List<FieldProfile> source = List.of(text("name1"), text("name"));
        Proposal found = match(source, List.of(text("naming"))).getFirst();
        assertEquals(Band.SUGGEST, found.band(), found::toString);
        assertEquals(1, found.alternatives().size());
    }

    @Test
    void neverProposesATypeThatCannotBeReached() {
        FieldProfile date = FieldProfile.of("order_date", Scalar.BOOL);
        FieldProfile wanted = FieldProfile.of("order_date", Scalar.DATE);
        assertEquals(Band.NONE, match(List.of(date), List.of(wanted)).getFirst().band());
    }

    @Test
    void tellsWhichRequiredColumnHasNoSource() {
        FieldProfile wanted =
                new FieldProfile("tenant", Scalar.INT64, false, false, "", -1, List.of());
        assertTrue(match(List.of(text("amount")), List.of(wanted)).getFirst().missing());
    }

    @Test
    void remembersWhatWasAccepted(@TempDir Path folder) throws java.io.IOException {
        Path file = folder.resolve(".mortise/mappings.jsonl");
        List<FieldProfile> source = List.of(text("free1"), text("free2"));
        List<FieldProfile> target = List.of(text("colour"));
        assertEquals(Band.NONE, match(source, target).getFirst().band());
        var chosen =
                new Proposal(
                        target.getFirst(),
                        java.util.Optional.of(source.get(1)),
                        0.6,
                        Band.SUGGEST,
                        List.of(),
                        List.of());
        History.read(file, "erp.item", "crm.product").accept(file, List.of(chosen));
        Files.writeString(file, Files.readString(file) + "{\"half");
        History history = History.read(file, "erp.item", "crm.product");
        Proposal found = matcher.match(source, target, history).getFirst();
        assertEquals("free2", found.source().orElseThrow().name());
        assertEquals(Band.AUTO, found.band());
        assertEquals(Reason.Kind.ACCEPTED, found.reasons().getFirst().kind());
    }

    @Test
    void knowsValuesByTheirForm() {
        FieldProfile mail = sampled("f7", "a@yunfan.example", "b@qinghe.example");
        FieldProfile phone = sampled("f8", "13812345678", "13987654321");
        List<Proposal> found =
                match(List.of(phone, mail), List.of(sampled("email", "c@d.example")));
        assertEquals("f7", found.getFirst().source().orElseThrow().name());
    }

    @Test
    void takesNoColumns() {
        assertEquals(List.of(), match(List.of(text("a")), List.of()));
        assertEquals(Band.NONE, match(List.of(), List.of(text("a"))).getFirst().band());
    }

    private List<Proposal> match(List<FieldProfile> source, List<FieldProfile> target) {
        return matcher.match(source, target, History.none());
    }

    private static FieldProfile text(String name) {
        return FieldProfile.of(name, Type.parse("text"));
    }

    private static FieldProfile sampled(String name, String... values) {
        return new FieldProfile(name, Scalar.TEXT, true, false, "", -1, List.of(values));
    }
}
