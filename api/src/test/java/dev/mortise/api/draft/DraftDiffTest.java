package dev.mortise.api.draft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.api.draft.text.Node;
import dev.mortise.api.yaml.YamlText;
import dev.mortise.spi.problem.ProblemException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// An import after the first follows the API and leaves alone what a person changed.
final class DraftDiffTest {
    private static final String API = Samples.input("swagger-2");

    private static Draft draft(String api) {
        return Draft.of(api, Samples.hint("swagger-2"));
    }

    private static List<String> told(DraftDiff diff) {
        return diff.changes().stream()
                .map(c -> (c.kind() + " " + c.resource() + " " + c.what()).strip())
                .toList();
    }

    private static Node stocks(DraftDiff diff) {
        return Node.of(YamlText.read("merged", diff.merged())).at("resources", "warehouses_stocks");
    }

    @Test
    void findsNoDifferenceToItself() {
        String yaml = draft(API).yaml();
        DraftDiff diff = DraftDiff.between(yaml, draft(API));
        assertEquals(List.of(), diff.changes());
        assertEquals(yaml, diff.merged());
    }

    @Test
    void followsTheApiWhereNobodyTouchedIt() {
        String yaml = draft(API).yaml();
        String later =
                API.replace("\"list\"", "\"rows\"")
                        .replace(
                                "\"qty\": {\"type\": \"number\"",
                                "\"remark\": {\"type\": \"string\"},"
                                        + " \"qty\": {\"type\": \"integer\"");
        DraftDiff diff = DraftDiff.between(yaml, draft(later));
        assertEquals("$.data.rows", stocks(diff).text("records", ""));
        assertEquals("int64", stocks(diff).at("columns").text("qty", ""));
        assertEquals("text", stocks(diff).at("columns").text("remark", ""));
        assertTrue(told(diff).contains("CHANGED warehouses_stocks records"), told(diff).toString());
        assertTrue(told(diff).contains("CHANGED warehouses_stocks columns.qty"));
        assertTrue(told(diff).contains("ADDED warehouses_stocks columns.remark"));
        assertTrue(DraftDiff.between(diff.merged(), draft(later)).changes().isEmpty());
    }

    @Test
    void keepsWhatWasChangedByHand() {
        String yaml =
                draft(API)
                        .yaml()
                        .replace("records: $.data.list", "records: $.data.mine  # by hand")
                        .replace("qty: decimal(38,10)  # 数量", "qty: decimal(18,4)")
                        .replace("FILL_IN", "w1");
        String later = API.replace("\"list\"", "\"rows\"").replace("\"qty\"", "\"amount\"");
        DraftDiff diff = DraftDiff.between(yaml, draft(later));
        assertEquals("$.data.mine", stocks(diff).text("records", ""));
        assertTrue(diff.merged().contains("# by hand"));
        assertEquals("decimal(18,4)", stocks(diff).at("columns").text("qty", ""));
        assertEquals("w1", stocks(diff).at("params").text("p1", ""));
        assertTrue(told(diff).contains("KEPT warehouses_stocks records"), told(diff).toString());
        assertFalse(told(diff).contains("CHANGED warehouses_stocks columns.qty"));
    }

    @Test
    void knowsACallWhateverItsQuerySends() {
        String api = Samples.input("forms-3.0");
        String yaml = Draft.of(api, Samples.hint("forms-3.0")).yaml();
        String later = api.replace("2024-01 a", "2025-01");
        Draft draft = Draft.of(later, Samples.hint("forms-3.0"));
        DraftDiff diff = DraftDiff.between(yaml, draft);
        assertEquals(List.of("CHANGED open_ticket write"), told(diff));
        assertEquals(List.of(), DraftDiff.between(diff.merged(), draft).changes());
    }

    @Test
    void leavesAwayWhatWasRemovedByHand() {
        String yaml = draft(API).yaml().replaceAll("(?m)^ {6}qty: .*\n", "");
        DraftDiff diff = DraftDiff.between(yaml, draft(API));
        assertEquals(List.of(), diff.changes());
        assertFalse(stocks(diff).at("columns").has("qty"));
    }

    @Test
    void keepsWordsThatOnlyAPersonWrote() {
        String yaml =
                draft(API)
                        .yaml()
                        .replace("type: http\n", "type: http\nretries: 9\n")
                        .replace(
                                "    records: $.data.list\n",
                                "    records: $.data.list\n    incremental: {param: since}\n");
        DraftDiff diff = DraftDiff.between(yaml, draft(API));
        assertEquals(List.of(), diff.changes());
        assertTrue(diff.merged().contains("retries: 9"));
        assertTrue(stocks(diff).has("incremental"));
    }

    @Test
    void knowsAResourceByItsCallWhenItWasRenamed() {
        String yaml = draft(API).yaml().replace("  warehouses_stocks:", "  stock:");
        DraftDiff diff = DraftDiff.between(yaml, draft(API.replace("\"list\"", "\"rows\"")));
        Node resources = Node.of(YamlText.read("merged", diff.merged())).at("resources");
        assertEquals("$.data.rows", resources.at("stock").text("records", ""));
        assertFalse(resources.has("warehouses_stocks"));
    }

    @Test
    void marksAResourceThatIsGone() {
        String later = API.replace("\"/stocks/batchSave\"", "\"/stocks/other\"");
        DraftDiff diff = DraftDiff.between(draft(API).yaml(), draft(later));
        assertTrue(told(diff).contains("REMOVED create_stocks_batch_save"), told(diff).toString());
        assertTrue(told(diff).contains("ADDED create_stocks_other"), told(diff).toString());
        assertTrue(diff.merged().contains("# gone"));
        DraftDiff again = DraftDiff.between(diff.merged(), draft(later));
        assertEquals(List.of(), again.changes());
        DraftDiff back = DraftDiff.between(diff.merged(), draft(API));
        assertEquals(2, back.merged().split("# gone", -1).length, "only the other one is gone now");
    }

    @Test
    void addsACommandToWhatIsThere() {
        Hint hint = Hint.of("shop", "curl");
        Draft one = Draft.of("curl https://a.example/orders?page=1 -H 'X-Api-Key: abc123'", hint);
        Draft two = Draft.of("curl https://a.example/items", hint);
        DraftDiff diff = DraftDiff.between(one.yaml(), two);
        assertEquals(List.of("ADDED items"), told(diff));
        Node merged = Node.of(YamlText.read("merged", diff.merged()));
        assertTrue(merged.at("resources").has("orders"));
        assertTrue(merged.has("auth"));
    }

    @Test
    void neverShowsASecretWrittenByHand() {
        String yaml =
                draft(API)
                        .yaml()
                        .replaceAll("(?m)^auth: .*$", "auth: {kind: bearer, token: h4nd-s3cret}");
        DraftDiff diff = DraftDiff.between(yaml, draft(API.replace("\"basic\"}", "\"oauth2\"}")));
        assertTrue(diff.merged().contains("h4nd-s3cret"), "it stays where it was");
        assertFalse(diff.changes().toString().contains("h4nd-s3cret"), diff.changes().toString());
    }

    @Test
    void refusesAnotherKindOfConnection() {
        assertThrows(
                ProblemException.class,
                () -> DraftDiff.between("connection: a\ntype: postgres\n", draft(API)));
        assertThrows(
                ProblemException.class,
                () ->
                        DraftDiff.between(
                                "connection: a\ntype: http\nresources: {a: {path: /a}}\n",
                                draft(API)));
    }
}
