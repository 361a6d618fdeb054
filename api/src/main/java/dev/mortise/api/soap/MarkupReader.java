package dev.mortise.api.soap;

import dev.mortise.api.soap.multipart.ContentId;
import dev.mortise.api.soap.schema.Xml;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// Reads the inside of elements from a stream of events. Each method begins after a start tag and
/// leaves the stream at the end tag that belongs to it.
final class MarkupReader {
    /// @param markup whether there were elements, and the text is what stood between the tags
    record Inner(boolean markup, String text) {}

    private final XMLStreamReader in;

    MarkupReader(XMLStreamReader in) {
        this.in = in;
    }

    /// The text, elements inside passed over.
    String text() throws XMLStreamException {
        StringBuilder text = new StringBuilder();
        while (in.next() != XMLStreamConstants.END_ELEMENT) {
            if (in.isStartElement()) {
                skip();
            } else if (in.isCharacters()) {
                text.append(in.getText());
            }
        }
        return text.toString();
    }

    /// The text, or `cid:NAME` when the bytes stand in a part beside the envelope.
    String binary() throws XMLStreamException {
        StringBuilder text = new StringBuilder();
        while (in.next() != XMLStreamConstants.END_ELEMENT) {
            if (in.isStartElement()) {
                String href = in.getAttributeValue("", "href");
                if (Xml.XOP.equals(in.getNamespaceURI()) && href != null) {
                    text.append(ContentId.name(href));
                }
                skip();
            } else if (in.isCharacters()) {
                text.append(in.getText());
            }
        }
        return text.toString();
    }

    void skip() throws XMLStreamException {
        int depth = 1;
        while (depth > 0) {
            int event = in.next();
            depth += event == XMLStreamConstants.START_ELEMENT ? 1 : 0;
            depth -= event == XMLStreamConstants.END_ELEMENT ? 1 : 0;
            limit(depth);
        }
    }

    private static void limit(int depth) {
        if (depth > Xml.DEPTH_MAX) {
            throw ProblemException.of(
                    ProblemCode.LIMIT_EXCEEDED,
                    "elements stand at most %d deep in one another".formatted(Xml.DEPTH_MAX),
                    "ask the service for a flatter answer");
        }
    }

    /// What stands between the tags: its text, or its markup when there are elements.
    Inner inner() throws XMLStreamException {
        StringBuilder text = new StringBuilder();
        StringBuilder tagged = new StringBuilder();
        boolean markup = false;
        while (in.next() != XMLStreamConstants.END_ELEMENT) {
            if (in.isStartElement()) {
                tagged.append(fragment());
                markup = true;
            } else if (in.isCharacters()) {
                text.append(in.getText());
                tagged.append(Markup.escaped(in.getText(), false));
            }
        }
        return new Inner(markup, (markup ? tagged : text).toString());
    }

    /// The whole element whose start was just read, with the prefixes it uses declared on it.
    String fragment() throws XMLStreamException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Markup out = new Markup(bytes);
        open(out);
        int depth = 1;
        while (depth > 0) {
            int event = in.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                depth++;
                limit(depth);
                open(out);
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
                out.end();
            } else if (in.isCharacters()) {
                out.text(in.getText());
            }
        }
        out.flush();
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private void open(Markup out) {
        out.prefer(in.getName().getNamespaceURI(), in.getName().getPrefix());
        out.start(in.getName());
        for (int i = 0; i < in.getAttributeCount(); i++) {
            QName name = in.getAttributeName(i);
            out.prefer(name.getNamespaceURI(), name.getPrefix());
            String value = in.getAttributeValue(i);
            boolean type = name.equals(new QName(Xml.XSI, "type"));
            // The one attribute everywhere whose value is a name with a prefix.
            Optional<QName> named = type ? name(value) : Optional.empty();
            out.attribute(name, named.map(out::text).orElse(value));
        }
    }

    /// What a name means where the stream stands; a prefix nobody declared means nothing.
    Optional<QName> name(String lexical) {
        String text = lexical.strip();
        int colon = text.indexOf(':');
        String prefix = colon < 0 ? "" : text.substring(0, colon);
        String namespace = in.getNamespaceURI(prefix);
        if (namespace == null && !prefix.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new QName(namespace == null ? "" : namespace, text.substring(colon + 1)));
    }
}
