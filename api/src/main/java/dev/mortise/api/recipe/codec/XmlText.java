package dev.mortise.api.recipe.codec;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// Reads an element of a small XML document. Document types and entities are refused.
public final class XmlText {
    private static final XMLInputFactory FACTORY = factory();

    private XmlText() {}

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    /// The text of the one element of this name.
    ///
    /// @throws Malformed when there is none, more than one, or no XML at all
    public static byte[] element(byte[] xml, String name) {
        try {
            XMLStreamReader reader = FACTORY.createXMLStreamReader(new ByteArrayInputStream(xml));
            String found = null;
            while (reader.hasNext()) {
                int event = reader.next();
                if (event == XMLStreamConstants.DTD) {
                    throw new Malformed("XML without a document type");
                }
                if (event != XMLStreamConstants.START_ELEMENT
                        || !reader.getLocalName().equals(name)) {
                    continue;
                }
                if (found != null) {
                    throw new Malformed("one element '" + name + "' in the XML, not two");
                }
                found = reader.getElementText();
            }
            if (found == null) {
                throw new Malformed("an element '" + name + "' in the XML");
            }
            return found.getBytes(StandardCharsets.UTF_8);
        } catch (XMLStreamException e) {
            throw new Malformed("a body in XML");
        }
    }
}
