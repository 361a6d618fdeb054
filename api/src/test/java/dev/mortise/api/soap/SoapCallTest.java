package dev.mortise.api.soap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SoapCallTest {
    private static final String ENVELOPE =
            "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body>%s</s:Body>"
                    + "</s:Envelope>";
    private static final String ORDER =
            "<GetOrdersResponse xmlns='urn:bank:orders'><GetOrdersResult><Order version='1'>"
                    + "<No>%s</No><Paid>1</Paid><Total currency='CNY'>1.50</Total>"
                    + "<State>Open</State></Order></GetOrdersResult></GetOrdersResponse>";

    private final SoapCall get = call("orders.wsdl", "GetOrders");

    private static SoapCall call(String wsdl, String operation) {
        return SoapCall.of(Samples::fetch, "soap/" + wsdl, operation);
    }

    private static SoapCall.Reply reply(SoapCall call, String type, String body, Charset charset)
            throws IOException {
        return call.reply(type, new ByteArrayInputStream(body.getBytes(charset)));
    }

    private static String json(SoapCall call, String type, String body) throws IOException {
        return reply(call, type, body, StandardCharsets.UTF_8).json();
    }

    @Test
    void makesARequestOfEitherVersion() {
        String values = "{\"since\": \"2026-01-01T00:00:00\", \"limit\": \"5\", \"region\": null}";
        SoapCall.Request first = get.request(values, "{}");
        assertEquals(
                Map.of(
                        "Content-Type", "text/xml; charset=utf-8",
                        "Accept", "text/xml, multipart/related",
                        "SOAPAction", "\"urn:bank:orders/GetOrders\""),
                first.headers());
        String body = new String(first.body(), StandardCharsets.UTF_8);
        assertTrue(body.contains(":limit>5</"), body);
        var second = call("orders.wsdl", "OrdersSoap12.GetOrders").request(values, "");
        assertEquals(
                "application/soap+xml; charset=utf-8; action=\"urn:bank:orders/GetOrders\"",
                second.headers().get("Content-Type"));
        assertFalse(second.headers().containsKey("SOAPAction"));
    }

    @Test
    void writesHeaderBlocksAndRefusesUnknownOnes() {
        SoapCall find = call("customers.wsdl", "find");
        String body =
                new String(
                        find.request("{\"code\": \"x\"}", "{\"session\": \"s1\"}").body(),
                        StandardCharsets.UTF_8);
        assertTrue(body.contains(">s1</"), body);
        assertEquals(
                List.of("$.sesion"),
                find.check("{\"code\": \"x\"}", "{\"sesion\": \"s1\"}").stream()
                        .map(Problem::place)
                        .toList());
    }

    @Test
    void saysWhatIsNoJson() {
        assertEquals(ProblemCode.DOCUMENT_INVALID, get.check("{", "{}").getFirst().code());
        var refusal = assertThrows(ProblemException.class, () -> get.request("{}", "[]"));
        assertEquals("the headers", refusal.problem().place());
    }

    @Test
    void readsAnAnswerAndThrowsAFault() throws IOException {
        String order = ENVELOPE.formatted(ORDER.formatted("A"));
        assertTrue(
                json(get, "text/xml", order).contains("\"Order\":[{\"@version\":1,\"No\":\"A\""));
        String fault = "<s:Fault><faultcode>s:Server</faultcode><faultstring>no</faultstring>";
        var refusal =
                assertThrows(
                        ProblemException.class,
                        () -> json(get, "text/xml", ENVELOPE.formatted(fault + "</s:Fault>")));
        assertEquals(ProblemCode.SERVER_FAILED, refusal.problem().code());
        assertEquals("GetOrders", refusal.problem().place());
    }

    @Test
    void readsTheCharsetOfTheAnswer() throws IOException {
        Charset gbk = Charset.forName("GBK");
        String order = ENVELOPE.formatted(ORDER.formatted("订单"));
        assertTrue(reply(get, "text/xml; charset=GBK", order, gbk).json().contains("订单"));
        String declared = "<?xml version='1.0' encoding='GBK'?>" + order;
        assertTrue(reply(get, "text/xml", declared, gbk).json().contains("订单"));
        // What the document says of itself stands above what a server says of all its texts.
        assertTrue(reply(get, "text/xml; charset=utf-8", declared, gbk).json().contains("订单"));
        assertTrue(
                reply(get, "text/xml; charset=none", order, StandardCharsets.UTF_8)
                        .json()
                        .contains("订单"));
    }

    @Test
    void saysThatCharactersAreBroken() {
        String order = ENVELOPE.formatted(ORDER.formatted("\u00e9"));
        var refusal =
                assertThrows(
                        ProblemException.class,
                        () -> reply(get, "text/xml", order, StandardCharsets.ISO_8859_1));
        assertEquals(ProblemCode.DOCUMENT_INVALID, refusal.problem().code());
    }

    @Test
    void forgivesWhiteSpaceBeforeTheDeclaration() throws IOException {
        String order = "\r\n <?xml version='1.0'?>" + ENVELOPE.formatted(ORDER.formatted("A"));
        assertTrue(json(get, "text/xml", order).contains("\"No\":\"A\""));
    }

    @Test
    void putsPartsIntoTheJson() throws IOException {
        String scan =
                "</State><Scan><x:Include xmlns:x='http://www.w3.org/2004/08/xop/include'"
                        + " href='cid:a%20b'/></Scan>";
        String order = ORDER.formatted("A").replace("</State>", scan);
        String body =
                "--b\r\nContent-Type: application/xop+xml\r\n\r\n"
                        + ENVELOPE.formatted(order)
                        + "\r\n--b\r\nContent-ID: <a b>\r\n\r\n\u0001\u0002\u0003\r\n--b--\r\n";
        String json = json(get, "multipart/related; boundary=b", body);
        assertTrue(json.contains("\"Scan\":\"AQID\""), json);
    }

    @Test
    void takesAnEmptyAnswerOfAOneWayCall() throws IOException {
        SoapCall notify = call("customers.wsdl", "notify");
        assertEquals("{}", json(notify, "", ""));
    }
}
