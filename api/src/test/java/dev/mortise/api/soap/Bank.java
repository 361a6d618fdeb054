package dev.mortise.api.soap;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.mortise.api.soap.wsdl.SoapVersion;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.dom.DOMSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/// A service written by hand: it wants a password digest, validates each call under the schema of
/// its WSDL, and answers with fixed XML.
record Bank(HttpServer server, Schema schema, String user, String password) {
    private static final String ORDERS = "urn:bank:orders";

    static Bank open(String user, String password) throws Exception {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Document wsdl = parse(Samples.fetch("soap/orders.wsdl"));
        Node types =
                wsdl.getElementsByTagNameNS(XMLConstants.W3C_XML_SCHEMA_NS_URI, "schema").item(0);
        SchemaFactory factory = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI);
        factory.setResourceResolver((_, _, _, location, _) -> new Resource(location));
        Schema schema = factory.newSchema(new DOMSource(types, "soap/orders.wsdl"));
        Bank bank = new Bank(server, schema, user, password);
        server.createContext("/", bank::answer);
        server.start();
        return bank;
    }

    String address() {
        return "http://localhost:" + server.getAddress().getPort() + "/orders.asmx";
    }

    void close() {
        server.stop(0);
    }

    private static Document parse(byte[] bytes) throws SAXException, IOException {
        try {
            return DocumentBuilderFactory.newDefaultNSInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(bytes));
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] call = exchange.getRequestBody().readAllBytes();
            String type = exchange.getRequestHeaders().getFirst("Content-Type");
            String action = exchange.getRequestHeaders().getFirst("SOAPAction");
            String text = answer(call, type, action);
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(text.contains(":Fault>") ? 500 : 200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private String answer(byte[] call, String type, String action) throws IOException {
        try {
            Element root = parse(call).getDocumentElement();
            boolean second = root.getNamespaceURI().endsWith("soap-envelope");
            boolean typed = type.startsWith(second ? "application/soap+xml" : "text/xml");
            boolean acted = second ? type.contains("action=\"urn:bank:") : action.startsWith("\"");
            if (!typed || !acted) {
                return fault(root, "Client", "type " + type + ", action " + action);
            }
            if (!knows(root)) {
                return fault(root, "FailedAuthentication", "who is it?");
            }
            Node body = root.getElementsByTagNameNS(root.getNamespaceURI(), "Body").item(0);
            schema.newValidator().validate(new DOMSource(body.getFirstChild()));
            return envelope(root, good(body.getFirstChild()));
        } catch (SAXException e) {
            return "<s:Envelope xmlns:s='"
                    + SoapVersion.V1_1.namespace()
                    + "'><s:Body><s:Fault>"
                    + "<faultcode>s:Client</faultcode><faultstring>invalid</faultstring>"
                    + "</s:Fault></s:Body></s:Envelope>";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String good(Node call) {
        if (call.getLocalName().equals("PutOrder")) {
            return "<PutOrderResponse xmlns='"
                    + ORDERS
                    + "'><PutOrderResult>42</PutOrderResult>"
                    + "</PutOrderResponse>";
        }
        String name = text(call, "customer") + "/" + text(call, "region");
        return "<GetOrdersResponse xmlns='"
                + ORDERS
                + "'><GetOrdersResult><Order version='1'>"
                + "<No><![CDATA["
                + name
                + "]]></No><Paid>false</Paid>"
                + "<Total currency='CNY'>10.50</Total><State>Open</State></Order>"
                + "</GetOrdersResult></GetOrdersResponse>";
    }

    private static String text(Node node, String name) {
        Node found = ((Element) node).getElementsByTagNameNS("*", name).item(0);
        return found == null ? "" : found.getTextContent();
    }

    /// Whether the digest is that of the password.
    private boolean knows(Element root) throws GeneralSecurityException {
        MessageDigest hash = MessageDigest.getInstance("SHA-1");
        hash.update(Base64.getDecoder().decode(text(root, "Nonce")));
        hash.update(text(root, "Created").getBytes(StandardCharsets.UTF_8));
        hash.update(password.getBytes(StandardCharsets.UTF_8));
        String digest = Base64.getEncoder().encodeToString(hash.digest());
        return text(root, "Username").equals(user) && text(root, "Password").equals(digest);
    }

    private static String fault(Element root, String code, String reason) {
        return envelope(
                root,
                "<s:Fault><faultcode>s:"
                        + code
                        + "</faultcode><faultstring>"
                        + reason
                        + "</faultstring></s:Fault>");
    }

    private static String envelope(Element root, String body) {
        return "<s:Envelope xmlns:s='"
                + root.getNamespaceURI()
                + "'><s:Body>"
                + body
                + "</s:Body></s:Envelope>";
    }
}
