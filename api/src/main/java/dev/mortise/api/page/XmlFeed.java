package dev.mortise.api.page;

import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/// XML as objects: elements by their local names, attributes as `@name`. What leads to the records
/// is written as it comes, so that an element that is there many times is a name that is there many
/// times; records and whatever stands beside them are gathered first, see [XmlTree]. No document
/// type and no entity is read.
final class XmlFeed implements JsonStream.Feed {
    private static final XMLInputFactory FACTORY = factory();

    private final InputStream from;
    private final @Nullable String charset;
    private final List<String> path;
    private @Nullable XMLStreamReader xml;

    /// Elements open that lead to the records.
    private int depth;

    /// Whether nothing stands in the object under way.
    private boolean fresh = true;

    /// @param charset null for what the document says
    /// @param path names that lead to the records
    XmlFeed(InputStream from, @Nullable String charset, List<String> path) {
        this.from = from;
        this.charset = charset;
        this.path = List.copyOf(path);
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        factory.setXMLResolver(
                (_, system, _, _) -> {
                    throw new XMLStreamException("'" + system + "' is not read");
                });
        return factory;
    }

    @Override
    public boolean more(JsonBytes out) throws IOException {
        try {
            XMLStreamReader reader = xml;
            if (reader == null) {
                reader = FACTORY.createXMLStreamReader(from, charset);
                xml = reader;
                out.raw("{");
            }
            return more(reader, out);
        } catch (XMLStreamException e) {
            if (e.getNestedException() instanceof IOException lost) {
                throw lost;
            }
            throw malformed(e);
        }
    }

    private boolean more(XMLStreamReader reader, JsonBytes out) throws XMLStreamException {
        switch (reader.next()) {
            case XMLStreamConstants.START_ELEMENT -> element(reader, out);
            case XMLStreamConstants.END_ELEMENT -> {
                out.raw("}");
                depth--;
            }
            case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                    throw XmlTree.forbidden();
            case XMLStreamConstants.END_DOCUMENT -> {
                out.raw("}");
                return false;
            }
            default -> {
                // Text between elements, comments and instructions say nothing about records.
            }
        }
        return true;
    }

    private void element(XMLStreamReader reader, JsonBytes out) throws XMLStreamException {
        String name = reader.getLocalName();
        boolean leads = depth < path.size() && path.get(depth).equals(name);
        out.raw(fresh ? "" : ",").string(name).raw(":");
        fresh = false;
        if (!leads || depth == path.size() - 1) {
            XmlTree.of(reader, leads).write(out);
            return;
        }
        out.raw("{");
        fresh = true;
        depth++;
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            out.raw(fresh ? "" : ",").string("@" + reader.getAttributeLocalName(i)).raw(":");
            out.string(reader.getAttributeValue(i));
            fresh = false;
        }
    }

    private static ProblemException malformed(XMLStreamException e) {
        var at = e.getLocation();
        String where =
                at == null
                        ? ""
                        : " at line %d, column %d"
                                .formatted(at.getLineNumber(), at.getColumnNumber());
        return new ProblemException(
                Problem.of(
                        ProblemCode.SERVER_FAILED,
                        "expected well-formed XML, got an error" + where,
                        "look at the answer of the API; it may have broken off"),
                e);
    }

    @Override
    public void close() throws IOException {
        from.close();
    }
}
