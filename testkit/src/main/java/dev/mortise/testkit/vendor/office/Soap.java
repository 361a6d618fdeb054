package dev.mortise.testkit.vendor.office;

import dev.mortise.testkit.vendor.Told;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/// One of the two versions of SOAP: how it names things and how a fault looks in it.
enum Soap {
    V1_1("http://schemas.xmlsoap.org/soap/envelope/", "text/xml"),
    V1_2("http://www.w3.org/2003/05/soap-envelope", "application/soap+xml");

    static final String OASIS = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-";
    static final String WSSE = OASIS + "wssecurity-secext-1.0.xsd";
    static final String WSU = OASIS + "wssecurity-utility-1.0.xsd";

    final String namespace;
    final String type;

    Soap(String namespace, String type) {
        this.namespace = namespace;
        this.type = type;
    }

    /// A message that was read.
    record Message(Soap version, Optional<Element> header, Element body) {}

    /// What a refusal says.
    ///
    /// @param code `Client`, or a name of WS-Security with its prefix `wsse:`
    /// @param detail XML; empty for none
    record Fault(String code, String text, String detail) {}

    /// Empty when the bytes are no SOAP message; a DOCTYPE is none.
    static Optional<Message> read(byte[] bytes) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return message(builder.parse(new ByteArrayInputStream(bytes)).getDocumentElement());
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("the parser of the JDK refuses a DOCTYPE", e);
        } catch (SAXException | IOException _) {
            return Optional.empty();
        }
    }

    private static Optional<Message> message(Element root) {
        for (Soap version : values()) {
            boolean envelope =
                    version.namespace.equals(root.getNamespaceURI())
                            && root.getLocalName().equals("Envelope");
            Optional<Element> inside =
                    child(root, version.namespace, "Body").flatMap(Soap::firstChild);
            if (envelope && inside.isPresent()) {
                Optional<Element> header = child(root, version.namespace, "Header");
                return Optional.of(new Message(version, header, inside.get()));
            }
        }
        return Optional.empty();
    }

    static Optional<Element> firstChild(Element parent) {
        return element(parent.getFirstChild());
    }

    /// The element after this one.
    static Optional<Element> sibling(Element element) {
        return element(element.getNextSibling());
    }

    private static Optional<Element> element(@Nullable Node first) {
        Node node = first;
        while (node != null && !(node instanceof Element)) {
            node = node.getNextSibling();
        }
        return Optional.ofNullable((Element) node);
    }

    static Optional<Element> child(Element parent, String namespace, String name) {
        Node node = parent.getFirstChild();
        while (node != null) {
            if (node instanceof Element element
                    && namespace.equals(element.getNamespaceURI())
                    && name.equals(element.getLocalName())) {
                return Optional.of(element);
            }
            node = node.getNextSibling();
        }
        return Optional.empty();
    }

    /// The text of a child; empty when there is none.
    static String text(Element parent, String namespace, String name) {
        return child(parent, namespace, name).map(e -> e.getTextContent().strip()).orElse("");
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /// @param body XML with prefix `b` for the namespace of the bank
    Told told(String body) {
        return envelope(200, body);
    }

    Told fault(Fault fault) {
        String text = escaped(fault.text());
        boolean first = this == V1_1;
        boolean own = !fault.code().contains(":");
        String detail = fault.detail();
        if (first) {
            String code = own ? "s:" + fault.code() : fault.code();
            String tail = detail.isEmpty() ? "" : "<detail>" + detail + "</detail>";
            return envelope(
                    500,
                    "<s:Fault><faultcode>%s</faultcode><faultstring>%s</faultstring>%s</s:Fault>"
                            .formatted(code, text, tail));
        }
        String sub = own ? "" : "<s:Subcode><s:Value>" + fault.code() + "</s:Value></s:Subcode>";
        String tail = detail.isEmpty() ? "" : "<s:Detail>" + detail + "</s:Detail>";
        return envelope(
                500,
                ("<s:Fault><s:Code><s:Value>s:Sender</s:Value>%s</s:Code><s:Reason>"
                                + "<s:Text xml:lang=\"en\">%s</s:Text></s:Reason>%s</s:Fault>")
                        .formatted(sub, text, tail));
    }

    private Told envelope(int status, String body) {
        String text =
                """
                <?xml version="1.0" encoding="UTF-8"?>
                <s:Envelope xmlns:s="%s" xmlns:b="%s"
                    xmlns:wsse="%s" xmlns:i="http://www.w3.org/2001/XMLSchema-instance">
                <s:Body>%s</s:Body></s:Envelope>
                """
                        .formatted(namespace, SoapBank.NAMESPACE, WSSE, body);
        return Told.of(status, type + ";charset=UTF-8", text);
    }
}
