package dev.mortise.api.soap.wsdl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.api.soap.Samples;
import dev.mortise.api.soap.schema.Structure;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.FileNotFoundException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.namespace.QName;
import org.junit.jupiter.api.Test;

final class WsdlTest {
    private static final String EMPTY =
            "<definitions xmlns='http://schemas.xmlsoap.org/wsdl/' targetNamespace='urn:x'/>";

    private static List<String> ids(Wsdl wsdl) {
        return wsdl.operations().stream().map(Operation::id).toList();
    }

    @Test
    void readsBothSoapPortsOfDotNet() {
        Wsdl wsdl = Samples.read("orders.wsdl");
        assertEquals(List.of(), wsdl.problems());
        assertEquals(
                List.of("GetOrders", "PutOrder", "OrdersSoap12.GetOrders", "OrdersSoap12.PutOrder"),
                ids(wsdl));
        Operation second = wsdl.operation("OrdersSoap12.GetOrders");
        assertEquals(SoapVersion.V1_2, second.endpoint().version());
        assertEquals(
                "application/soap+xml; charset=utf-8; action=\"urn:bank:orders/GetOrders\"",
                second.contentType());
        assertEquals(Optional.empty(), second.actionHeader());
        assertTrue(second.wrapped());
    }

    @Test
    void listsEachOperationOnceWithItsTemplateAndItsRecords() {
        List<SoapResource> resources = Samples.read("orders.wsdl").resources();
        assertEquals(
                List.of("GetOrders", "PutOrder"),
                resources.stream().map(SoapResource::name).toList());
        SoapResource orders = resources.getFirst();
        assertEquals("$.GetOrdersResult.Order", orders.records().orElseThrow().toString());
        assertEquals(
                Samples.json(
                        "{'customer': 'string', 'since': 'dateTime, required',"
                                + " 'limit': 'int, required', 'region': 'string, required'}"),
                orders.template());
    }

    @Test
    void followsImportsOfWsdlAndFindsHeaders() {
        Wsdl wsdl = Samples.read("customers.wsdl");
        assertEquals(List.of(), wsdl.problems());
        assertEquals(List.of("find", "notify"), ids(wsdl));
        Operation find = wsdl.operation("find");
        assertEquals("session", find.input().headers().getFirst().key());
        assertEquals(1, find.input().parts().size());
        assertFalse(find.oneWay());
        assertTrue(wsdl.operation("notify").oneWay());
    }

    @Test
    void leavesOutWhatIsEncodedAndKeepsTheRest() {
        Wsdl wsdl = Samples.read("stock.wsdl");
        assertEquals(List.of("move"), ids(wsdl));
        Problem problem = wsdl.problems().getFirst();
        assertEquals(1, wsdl.problems().size());
        assertEquals(ProblemCode.MODE_UNSUPPORTED, problem.code());
        assertEquals("soap/stock.wsdl#StockSoapBinding.list", problem.place());
        Operation move = wsdl.operation("move");
        assertEquals(new QName("urn:stock:calls", "move"), move.input().parts().getFirst().name());
    }

    @Test
    void readsChineseNamesAndSeveralPortTypes() {
        Wsdl wsdl = Samples.read("voucher.wsdl");
        assertEquals(List.of(), wsdl.problems());
        assertEquals("凭证服务", wsdl.name());
        assertEquals(List.of("保存凭证", "invoke"), ids(wsdl));
        assertEquals(SoapVersion.V1_2, wsdl.operation("invoke").endpoint().version());
        assertFalse(
                wsdl.operation("保存凭证").output().parts().getFirst().shape() instanceof Structure);
    }

    @Test
    void readsSchemasThatImportEachOther() {
        Wsdl wsdl = Samples.read("shapes.wsdl");
        assertEquals(List.of(), wsdl.problems());
        var everything = wsdl.operation("echo").input().parts().getFirst();
        var keys = ((Structure) everything.shape()).keys().keySet();
        assertTrue(keys.containsAll(List.of("first", "cat", "dog", "left", "tree", "plain")));
        assertFalse(keys.contains("animal"), "an abstract head stands in no document");
    }

    @Test
    void staysCallableWithoutASchema() {
        Wsdl wsdl =
                Wsdl.read(
                        location -> {
                            if (location.endsWith("money.xsd")) {
                                throw new FileNotFoundException(location);
                            }
                            return Samples.fetch(location);
                        },
                        "soap/orders.wsdl");
        assertEquals(4, wsdl.operations().size());
        assertEquals(
                List.of(ProblemCode.FILE_MISSING, ProblemCode.DOCUMENT_INVALID),
                wsdl.problems().stream().map(Problem::code).toList());
        assertEquals("soap/money.xsd", wsdl.problems().getFirst().place());
        assertEquals("soap/orders.wsdl#Total", wsdl.problems().getLast().place());
    }

    @Test
    void refusesADtdAndWhatIsNoWsdl() {
        String bomb = "<!DOCTYPE d [<!ENTITY x SYSTEM 'secret.txt'>]><d>&x;</d>";
        assertEquals(ProblemCode.DOCUMENT_INVALID, refusal(bomb).code());
        assertEquals(ProblemCode.DOCUMENT_INVALID, refusal("<html/>").code());
        assertEquals(ProblemCode.DOCUMENT_INVALID, refusal("no xml").code());
        String second = "<description xmlns='http://www.w3.org/ns/wsdl'/>";
        assertEquals(ProblemCode.VERSION_UNSUPPORTED, refusal(second).code());
    }

    private static Problem refusal(String text) {
        var documents = Samples.of(Map.of("a.wsdl", text));
        return assertThrows(ProblemException.class, () -> Wsdl.read(documents, "a.wsdl")).problem();
    }

    @Test
    void saysWhenThereIsNothingToCall() {
        Wsdl wsdl = Wsdl.read(Samples.of(Map.of("a.wsdl", EMPTY)), "a.wsdl");
        assertEquals(List.of(), wsdl.operations());
        assertEquals(ProblemCode.DOCUMENT_INVALID, wsdl.problems().getFirst().code());
    }

    @Test
    void stopsAtTooManyDocuments() {
        Map<String, String> texts = new HashMap<>();
        for (int i = 0; i < 600; i++) {
            String next = "<import namespace='urn:x' location='w" + (i + 1) + "'/>";
            texts.put("w" + i, EMPTY.replace("/>", ">" + next + "</definitions>"));
        }
        Wsdl wsdl = Wsdl.read(Samples.of(texts), "w0");
        assertEquals(ProblemCode.LIMIT_EXCEEDED, wsdl.problems().getFirst().code());
        assertEquals("w500", wsdl.problems().getFirst().place());
    }

    @Test
    void stopsAtTooManyBytes() {
        String filler = "<!--" + "x".repeat(15 << 20) + "-->";
        Map<String, String> texts = new HashMap<>();
        for (int i = 0; i < 10; i++) {
            String next = "<import namespace='urn:x' location='w" + (i + 1) + "'/>";
            texts.put("w" + i, EMPTY.replace("/>", ">" + next + "</definitions>") + filler);
        }
        Wsdl wsdl = Wsdl.read(Samples.of(texts), "w0");
        assertEquals(ProblemCode.LIMIT_EXCEEDED, wsdl.problems().getFirst().code());
        assertEquals("w8", wsdl.problems().getFirst().place());
    }

    @Test
    void suggestsTheOperationThatWasMeant() {
        Wsdl wsdl = Samples.read("orders.wsdl");
        var refusal = assertThrows(ProblemException.class, () -> wsdl.operation("GetOrder"));
        assertEquals("did you mean 'GetOrders'?", refusal.problem().fix());
    }

    @Test
    void describesItselfAsJsonSchemaAndOpenApi() {
        Wsdl wsdl = Samples.read("orders.wsdl");
        var schema = wsdl.operation("PutOrder").jsonSchema();
        var order = schema.get("$defs").get("Order");
        assertEquals(Samples.json("['Open', 'Closed']"), order.at("/properties/State/enum"));
        assertEquals("integer", order.at("/properties/@version/type").asString());
        assertEquals(
                Samples.json("['@version', 'No', 'Paid', 'Total', 'State']"),
                order.get("required"));
        var list = wsdl.operation("GetOrders").jsonSchema().at("/$defs/ArrayOfOrder");
        assertEquals("array", list.at("/properties/Order/type").asString());
        var api = wsdl.openApi();
        assertEquals("3.1.0", api.get("openapi").asString());
        assertEquals("GetOrders", api.at("/paths/~1GetOrders/post/operationId").asString());
    }
}
