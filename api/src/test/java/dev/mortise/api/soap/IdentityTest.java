package dev.mortise.api.soap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mortise.api.soap.schema.Xml;
import dev.mortise.api.soap.wsdl.Operation;
import dev.mortise.api.soap.wsdl.Wsdl;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.xml.XMLConstants;
import javax.xml.transform.Source;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;
import tools.jackson.databind.JsonNode;

/// JSON that becomes XML and then JSON again is what it was, and the XML between is valid under the
/// schema, by the word of the JDK's validator, which shares no code with ours.
final class IdentityTest {
    private static final int SCHEMAS = 40;
    private static final int VALUES = 5;

    private final Envelope envelope = new Envelope();

    @Test
    void holdsForEveryConstructOfTheSample() throws Exception {
        long seed = System.nanoTime();
        Operation echo = Samples.read("shapes.wsdl").operation("echo");
        Schema schema = schema(source("soap/circle/a.xsd"));
        for (int i = 0; i < SCHEMAS * VALUES; i++) {
            check(echo, schema, seed + i, "the sample");
        }
    }

    @Test
    void holdsForGeneratedSchemas() throws Exception {
        long seed = System.nanoTime();
        for (int i = 0; i < SCHEMAS; i++) {
            String text = new SchemaMaker(new Random(seed + i)).schema();
            String wsdl = SchemaMaker.wsdl(text);
            Wsdl read = Wsdl.read(Samples.of(Map.of("a.wsdl", wsdl)), "a.wsdl");
            assertEquals(List.of(), read.problems(), "seed " + (seed + i) + ": " + text);
            Schema schema = schema(new StreamSource(new StringReader(text)));
            for (int j = 0; j < VALUES; j++) {
                check(read.operation("echo"), schema, seed + i + j, text);
            }
        }
    }

    @Test
    void holdsForEveryOperationOfTheSamples() throws Exception {
        long seed = System.nanoTime();
        for (String name : List.of("orders.wsdl", "customers.wsdl", "stock.wsdl", "voucher.wsdl")) {
            for (Operation operation : Samples.read(name).operations()) {
                for (int i = 0; i < VALUES * VALUES; i++) {
                    Random random = new Random(seed + i);
                    JsonNode value = new Values(random).child(operation.input().parts().getFirst());
                    String why = "seed " + (seed + i) + " " + operation.id() + " " + value;
                    assertEquals(value, back(operation, xml(operation, value, why)), why);
                }
            }
        }
    }

    private void check(Operation operation, Schema schema, long seed, String what)
            throws Exception {
        JsonNode value = new Values(new Random(seed)).child(operation.input().parts().getFirst());
        String why = "seed " + seed + ", " + what + ", " + value;
        byte[] xml = xml(operation, value, why);
        try {
            schema.newValidator().validate(new DOMSource(body(xml)));
        } catch (SAXException e) {
            throw new AssertionError(
                    why + "\n" + new String(xml, StandardCharsets.UTF_8) + "\n" + e.getMessage(),
                    e);
        }
        assertEquals(value, back(operation, xml), why);
    }

    private byte[] xml(Operation operation, JsonNode value, String why) throws Exception {
        assertEquals(List.of(), envelope.check(operation, value, Headers.NONE), why);
        var out = new ByteArrayOutputStream();
        envelope.write(operation, value, Headers.NONE, out);
        return out.toByteArray();
    }

    private JsonNode back(Operation operation, byte[] xml) throws Exception {
        var answer = envelope.readCall(operation, new ByteArrayInputStream(xml));
        var returned = (Answer.Returned) answer;
        assertEquals(List.of(), returned.notes());
        return returned.value();
    }

    private static Element body(byte[] xml) {
        Element root = Xml.parse(xml, "the call").getDocumentElement();
        return Xml.children(Xml.children(root).getLast()).getFirst();
    }

    private static Source source(String location) throws Exception {
        return new StreamSource(new ByteArrayInputStream(Samples.fetch(location)), location);
    }

    private static Schema schema(Source... sources) throws Exception {
        SchemaFactory factory = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI);
        factory.setResourceResolver((_, _, _, location, _) -> new Resource(location));
        return factory.newSchema(sources);
    }
}
