package dev.mortise.api.soap.schema;

import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.namespace.QName;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/// Namespaces, and parsers that refuse a DTD and fetch nothing: no entity expands, no file opens.
public final class Xml {
    public static final String XSD = XMLConstants.W3C_XML_SCHEMA_NS_URI;
    public static final String XSI = XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI;
    public static final String WSDL = "http://schemas.xmlsoap.org/wsdl/";
    public static final String WSDL_SOAP_11 = "http://schemas.xmlsoap.org/wsdl/soap/";
    public static final String WSDL_SOAP_12 = "http://schemas.xmlsoap.org/wsdl/soap12/";
    public static final String ENCODING = "http://schemas.xmlsoap.org/soap/encoding/";
    public static final String XOP = "http://www.w3.org/2004/08/xop/include";

    /// Elements inside one another, in any document or envelope; the JDK itself refuses 100.
    public static final int DEPTH_MAX = 90;

    private Xml() {}

    /// @throws ProblemException when the bytes are no XML, are too many, or carry a DTD
    public static Document parse(byte[] bytes, String place) {
        if (bytes.length > Documents.BYTES_MAX) {
            throw ProblemException.of(
                            ProblemCode.LIMIT_EXCEEDED,
                            "a document holds at most %d bytes, this one has %d"
                                    .formatted(Documents.BYTES_MAX, bytes.length),
                            "split it by imports")
                    .at(place);
        }
        try {
            return builder().parse(new ByteArrayInputStream(bytes));
        } catch (SAXParseException e) {
            String where = place + ":" + e.getLineNumber() + ":" + e.getColumnNumber();
            throw invalid(e).at(where);
        } catch (SAXException | IOException e) {
            throw invalid(e).at(place);
        }
    }

    public static ProblemException invalid(Exception cause) {
        String message = "expected an XML document without a DTD: " + cause.getMessage();
        String fix = "check that the address answers with XML and not with a page or an error";
        return ProblemException.of(ProblemCode.DOCUMENT_INVALID, message, fix);
    }

    private static DocumentBuilder builder() {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
            factory.setExpandEntityReferences(false);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new Strict());
            return builder;
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("the JDK's own parser can refuse a DTD", e);
        }
    }

    /// A reader of events; the caller refuses the event of a DTD.
    public static XMLStreamReader stream(InputStream in) throws XMLStreamException {
        return factory().createXMLStreamReader(in);
    }

    /// As [#stream(InputStream)], whatever charset the document says it has.
    public static XMLStreamReader stream(InputStream in, String charset) throws XMLStreamException {
        return factory().createXMLStreamReader(in, charset);
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    public static List<Element> children(Node parent) {
        List<Element> found = new ArrayList<>();
        for (Node n = parent.getFirstChild(); n != null; n = n.getNextSibling()) {
            if (n instanceof Element element) {
                found.add(element);
            }
        }
        return found;
    }

    public static List<Element> children(Node parent, String namespace, String name) {
        return children(parent).stream().filter(e -> is(e, namespace, name)).toList();
    }

    public static boolean is(Node node, String namespace, String name) {
        return name.equals(node.getLocalName()) && namespace.equals(node.getNamespaceURI());
    }

    /// Whether an attribute says yes, in either spelling of XSD.
    static boolean isTrue(Element node, String attribute) {
        String text = node.getAttribute(attribute).strip();
        return text.equals("true") || text.equals("1");
    }

    /// What a name such as `s:Order` means where it stands; a prefix nobody declared means none.
    public static QName name(Element scope, String lexical) {
        String text = lexical.strip();
        int colon = text.indexOf(':');
        String prefix = colon < 0 ? null : text.substring(0, colon);
        String namespace = scope.lookupNamespaceURI(prefix);
        return new QName(namespace == null ? "" : namespace, text.substring(colon + 1));
    }

    private static final class Strict implements ErrorHandler {
        @Override
        public void warning(SAXParseException exception) {}

        @Override
        public void error(SAXParseException exception) throws SAXException {
            throw exception;
        }

        @Override
        public void fatalError(SAXParseException exception) throws SAXException {
            throw exception;
        }
    }
}
