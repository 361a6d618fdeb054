package dev.mortise.api.soap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.api.soap.wsdl.Operation;
import dev.mortise.api.soap.wsdl.SoapVersion;
import dev.mortise.api.soap.wsdl.Wsdl;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class EnvelopeTest {
    private static final String SOAP = "http://schemas.xmlsoap.org/soap/envelope/";

    private final Envelope envelope = new Envelope();

    private String write(Operation operation, String json) throws IOException {
        var out = new ByteArrayOutputStream();
        envelope.write(operation, Samples.json(json), Headers.NONE, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private Answer answer(Operation operation, String body) throws IOException {
        String text =
                "<s:Envelope xmlns:s='" + SOAP + "'><s:Body>" + body + "</s:Body></s:Envelope>";
        return envelope.read(
                operation, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private JsonNode value(Operation operation, String body) throws IOException {
        return assertInstanceOf(Answer.Returned.class, answer(operation, body)).value();
    }

    private List<String> problems(Operation operation, String json) {
        return envelope.check(operation, Samples.json(json), Headers.NONE).stream()
                .map(p -> p.code() + " " + p.place())
                .toList();
    }

    @Test
    void writesInTheOrderOfTheSchemaWhateverTheOrderOfKeys() throws IOException {
        Operation get = Samples.read("orders.wsdl").operation("GetOrders");
        assertEquals(
                "<soap:Envelope xmlns:soap=\""
                        + SOAP
                        + "\"><soap:Body>"
                        + "<n1:GetOrders xmlns:n1=\"urn:bank:orders\">"
                        + "<n1:customer>A &amp; B</n1:customer>"
                        + "<n1:since>2026-11-25T08:00:00+08:00</n1:since><n1:limit>5</n1:limit>"
                        + "<n1:region xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
                        + " xsi:nil=\"true\"/>"
                        + "</n1:GetOrders></soap:Body></soap:Envelope>",
                write(
                        get,
                        "{'region': null, 'limit': 5, 'since': '2026-11-25T08:00:00+08:00',"
                                + " 'customer': 'A & B'}"));
    }

    @Test
    void findsEveryProblemAtOnce() {
        Operation put = Samples.read("orders.wsdl").operation("PutOrder");
        assertEquals(
                List.of(
                        "VALUE_INVALID $.order.@version",
                        "WORD_MISSING $.order.No",
                        "VALUE_INVALID $.order.Paid",
                        "WORD_MISSING $.order.Total.@currency",
                        "VALUE_INVALID $.order.Total.#text",
                        "VALUE_INVALID $.order.State",
                        "WORD_UNKNOWN $.order.Scann"),
                problems(
                        put,
                        "{'order': {'@version': 3000000000, 'Paid': 'maybe', 'State': 'Shut',"
                                + " 'Total': {'#text': 1.234}, 'Scann': ''}}"));
        var refusal =
                assertThrows(ProblemException.class, () -> write(put, "{'order': {}}")).problem();
        assertEquals("$.order.@version", refusal.place());
    }

    @Test
    void suggestsTheKeyThatWasMeant() {
        Operation get = Samples.read("orders.wsdl").operation("GetOrders");
        List<Problem> found =
                envelope.check(
                        get,
                        Samples.json(
                                "{'since': '2026-01-01T00:00:00', 'limit': 1, 'region': 'x',"
                                        + " 'custmer': 'x'}"),
                        Headers.NONE);
        assertEquals(
                List.of("did you mean 'customer'?"), found.stream().map(Problem::fix).toList());
    }

    @Test
    void refusesDatesThatAreNone() {
        Operation get = Samples.read("orders.wsdl").operation("GetOrders");
        assertEquals(
                List.of("VALUE_INVALID $.since"),
                problems(get, "{'since': '2026-11-25', 'limit': 1, 'region': ''}"));
        assertEquals(
                List.of("VALUE_INVALID $.since"),
                problems(get, "{'since': '2026-13-25T00:00:00', 'limit': 1, 'region': ''}"));
    }

    @Test
    void keepsAListOfOneAList() throws IOException {
        Operation get = Samples.read("orders.wsdl").operation("GetOrders");
        assertEquals(
                Samples.json(
                        "{'GetOrdersResult': {'Order': [{'@version': 1, 'No': 'A', 'Paid': true,"
                                + " 'Total': {'@currency': 'CNY', '#text': 1.50},"
                                + " 'State': 'Open'}]}}"),
                value(
                        get,
                        "<GetOrdersResponse xmlns='urn:bank:orders'><GetOrdersResult>"
                                + "<Order version='1'><No>A</No><Paid>1</Paid>"
                                + "<Total currency='CNY'>1.50</Total><State>Open</State></Order>"
                                + "</GetOrdersResult></GetOrdersResponse>"));
    }

    @Test
    void losesNoDigit() throws IOException {
        Operation put = Samples.read("voucher.wsdl").operation("保存凭证");
        String amount = "12345678901234567890.12345678901234567890";
        String xml =
                write(put, "{'单据编号': 'a', '分录': [{'@行号': 1, '科目': 'x'}], '金额': " + amount + "}");
        assertTrue(xml.contains(":金额>" + amount + "</"), xml);
        var read =
                envelope.readCall(
                        put, new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
        JsonNode value = ((Answer.Returned) read).value();
        assertEquals(amount, value.get("金额").decimalValue().toPlainString());
    }

    @Test
    void choosesTheBranchThatIsThere() throws IOException {
        Operation find = Samples.read("customers.wsdl").operation("find");
        assertTrue(write(find, "{'code': 'x'}").contains("<code>x</code></n1:find>"));
        assertTrue(
                write(find, "{'city': 'c', 'name': 'n'}").contains("<name>n</name><city>c</city>"));
        assertEquals(List.of("WORD_MISSING $"), problems(find, "{}"));
        assertEquals(List.of("WORD_MISSING $.name"), problems(find, "{'city': 'c'}"));
        assertEquals(List.of("VALUE_INVALID $.name"), problems(find, "{'code': 'x', 'name': 'n'}"));
    }

    @Test
    void asksForTheTypeOfAnAbstractValue() throws IOException {
        Operation notify = Samples.read("customers.wsdl").operation("notify");
        assertEquals(
                List.of("WORD_MISSING $.party.@xsi:type"),
                problems(notify, "{'party': {'id': 1}}"));
        String json = "{'party': {'@xsi:type': 'company', 'id': 1, 'owner': [{'id': 2}]}}";
        String xml = write(notify, json);
        assertTrue(xml.contains("xsi:type=\"n1:company\""), xml);
        var read =
                envelope.readCall(
                        notify, new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
        assertEquals(Samples.json(json), ((Answer.Returned) read).value());
    }

    @Test
    void writesHeadersTheOperationDeclares() throws IOException {
        Operation find = Samples.read("customers.wsdl").operation("find");
        var headers = new Headers(Samples.json("{'session': 's1'}").asObject(), Optional.empty());
        var out = new ByteArrayOutputStream();
        envelope.write(find, Samples.json("{'code': 'x'}"), headers, out);
        String xml = out.toString(StandardCharsets.UTF_8);
        assertTrue(xml.contains(":session xmlns:n1=\"http://api.crm.example/\">s1</"), xml);
        var unknown = new Headers(Samples.json("{'sesion': 's1'}").asObject(), Optional.empty());
        assertEquals(
                "did you mean 'session'?",
                envelope.check(find, Samples.json("{'code': 'x'}"), unknown).getFirst().fix());
    }

    @Test
    void writesAndReadsJsonInAString() throws IOException {
        Operation invoke =
                Samples.read("voucher.wsdl")
                        .operation("invoke")
                        .jsonIn("$.jsonParam")
                        .jsonIn("$.return");
        String xml = write(invoke, "{'service': 'so', 'jsonParam': {'a': [1, '<b>']}}");
        assertTrue(xml.contains(">{\"a\":[1,\"&lt;b&gt;\"]}</"), xml);
        String reply =
                "<r:invokeResponse xmlns:r='http://voucher.erp.example/'><r:return>%s</r:return>"
                        + "</r:invokeResponse>";
        assertEquals(
                Samples.json("{'return': {'code': 0, 'n': 1.10}}"),
                value(invoke, reply.formatted("{\"code\":0,\"n\":1.10}")));
        var broken = (Answer.Returned) answer(invoke, reply.formatted("系统错误"));
        assertEquals(Samples.json("{'return': '系统错误'}"), broken.value());
        assertEquals("$.return", broken.notes().getFirst().place());
    }

    @Test
    void forgivesNamespacesAndNotesWhatIsUnknown() throws IOException {
        Operation put = Samples.read("orders.wsdl").operation("PutOrder");
        String reply =
                "<PutOrderResponse><PutOrderResult>7</PutOrderResult><New>1</New>"
                        + "</PutOrderResponse>";
        var returned = (Answer.Returned) answer(put, reply);
        assertEquals(Samples.json("{'PutOrderResult': 7}"), returned.value());
        assertEquals(List.of("$.New"), returned.notes().stream().map(Problem::place).toList());
    }

    @Test
    void keepsWhatIsNotOfItsTypeAsText() throws IOException {
        Operation put = Samples.read("orders.wsdl").operation("PutOrder");
        var returned =
                (Answer.Returned) answer(put, "<R xmlns='urn:bank:orders'><PutOrderResult/></R>");
        assertEquals(Samples.json("{'PutOrderResult': ''}"), returned.value());
        assertEquals(1, returned.notes().size());
    }

    @Test
    void notesWhatStandsThereMoreOftenThanTheSchemaSays() throws IOException {
        Operation put = Samples.read("orders.wsdl").operation("PutOrder");
        String twice = "<PutOrderResult>7</PutOrderResult><PutOrderResult>8</PutOrderResult>";
        var returned = (Answer.Returned) answer(put, "<R>" + twice + "</R>");
        assertEquals(Samples.json("{'PutOrderResult': 7}"), returned.value());
        assertEquals(
                List.of("$.PutOrderResult"),
                returned.notes().stream().map(Problem::place).toList());
    }

    @Test
    void refusesAWordThatAListWouldPart() {
        String schema =
                "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' targetNamespace='urn:t'>"
                        + "<xs:element name='root'><xs:simpleType><xs:list itemType='xs:string'/>"
                        + "</xs:simpleType></xs:element></xs:schema>";
        var documents = Samples.of(Map.of("a.wsdl", SchemaMaker.wsdl(schema)));
        Operation echo = Wsdl.read(documents, "a.wsdl").operation("echo");
        assertEquals(List.of(), problems(echo, "['a', 'b']"));
        assertEquals(
                List.of("VALUE_INVALID $[0]", "VALUE_INVALID $[2]"),
                problems(echo, "['a b', 'c', '']"));
    }

    @Test
    void keepsWhatALostBaseTypeHolds() throws IOException {
        String schema =
                "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' xmlns:l='urn:lost'"
                        + " targetNamespace='urn:t'><xs:element name='root'><xs:complexType>"
                        + "<xs:complexContent><xs:extension base='l:Base'><xs:sequence>"
                        + "<xs:element name='own' type='xs:int'/></xs:sequence></xs:extension>"
                        + "</xs:complexContent></xs:complexType></xs:element></xs:schema>";
        var documents = Samples.of(Map.of("a.wsdl", SchemaMaker.wsdl(schema)));
        Operation echo = Wsdl.read(documents, "a.wsdl").operation("echo");
        assertEquals(
                Samples.json("{'#any': ['<of>base</of>'], 'own': 1}"),
                value(echo, "<t:root xmlns:t='urn:t'><of>base</of><own>1</own></t:root>"));
    }

    @Test
    void readsFaultsOfBothVersions() throws IOException {
        Operation get = Samples.read("orders.wsdl").operation("GetOrders");
        var first =
                (Answer.Faulted)
                        answer(
                                get,
                                "<s:Fault><faultcode>s:Client.Limit</faultcode>"
                                        + "<faultstring>too many</faultstring>"
                                        + "<detail><e:no xmlns:e='urn:e'>5</e:no></detail>"
                                        + "</s:Fault>");
        assertEquals("Client", first.fault().code());
        assertEquals(List.of("Limit"), first.fault().subcodes());
        assertEquals("<e:no xmlns:e=\"urn:e\">5</e:no>", first.fault().detail());
        assertEquals(ProblemCode.ROW_REFUSED, first.fault().problem("GetOrders").code());

        String soap = SoapVersion.V1_2.namespace();
        String text =
                "<s:Envelope xmlns:s='"
                        + soap
                        + "'><s:Body><s:Fault><s:Code>"
                        + "<s:Value>s:Sender</s:Value><s:Subcode><s:Value>w:FailedAuthentication"
                        + "</s:Value></s:Subcode></s:Code><s:Reason>"
                        + "<s:Text xml:lang='en'>no</s:Text><s:Text xml:lang='zh'>否</s:Text>"
                        + "</s:Reason></s:Fault></s:Body></s:Envelope>";
        var second =
                (Answer.Faulted)
                        envelope.read(
                                get,
                                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        assertEquals("Sender", second.fault().code());
        assertEquals("no", second.fault().reason());
        assertEquals(ProblemCode.LOGIN_REFUSED, second.fault().problem("GetOrders").code());
    }

    @Test
    void refusesADtdAPageAndABottomlessAnswer() {
        Operation get = Samples.read("orders.wsdl").operation("GetOrders");
        assertEquals(ProblemCode.DOCUMENT_INVALID, refusal(get, "<!DOCTYPE x []><x/>"));
        assertEquals(ProblemCode.DOCUMENT_INVALID, refusal(get, "<html/>"));
        assertEquals(ProblemCode.DOCUMENT_INVALID, refusal(get, "Bad Gateway"));
        String deep = "<a>".repeat(200) + "</a>".repeat(200);
        String text =
                "<s:Envelope xmlns:s='"
                        + SOAP
                        + "'><s:Body><r><x>"
                        + deep
                        + "</x></r></s:Body></s:Envelope>";
        assertEquals(ProblemCode.LIMIT_EXCEEDED, refusal(get, text));
    }

    private ProblemCode refusal(Operation operation, String text) {
        var in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        return assertThrows(ProblemException.class, () -> envelope.read(operation, in))
                .problem()
                .code();
    }

    @Test
    void refusesCharactersXmlCannotCarry() {
        Operation get = Samples.read("orders.wsdl").operation("GetOrders");
        assertEquals(
                List.of("VALUE_INVALID $.region"),
                problems(get, "{'since': '2026-01-01T00:00:00', 'limit': 1, 'region': '\\u0001'}"));
    }

    @Test
    void writesTheWrapperOfRpc() throws IOException {
        Operation move = Samples.read("stock.wsdl").operation("move");
        String xml = write(move, "{'item': {'weight': null, 'count': 2, 'sku': 's'}, 'from': 'A'}");
        assertTrue(
                xml.contains(
                        "<n1:move xmlns:n1=\"urn:stock:calls\"><from>A</from><item><sku>s</sku>"
                                + "<count>2</count><weight "),
                xml);
        assertEquals(
                Samples.json("{'moveReturn': true}"),
                value(
                        move,
                        "<m:moveResponse xmlns:m='urn:stock:calls'><moveReturn>true</moveReturn>"
                                + "</m:moveResponse>"));
    }
}
