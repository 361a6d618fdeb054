package dev.mortise.api.soap;

import dev.mortise.api.answer.JsonPath;
import dev.mortise.api.soap.schema.Particle.Child;
import dev.mortise.api.soap.schema.Xml;
import dev.mortise.api.soap.wsdl.Message;
import dev.mortise.api.soap.wsdl.SoapVersion;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Reads one envelope: its header blocks, then the body or the fault in it.
final class EnvelopeReader {
    private static final String PLACE = "the answer";

    private final Message message;
    private final Set<JsonPath> json;
    private final Complaints notes = new Complaints();
    private final ObjectNode headers = JsonNodeFactory.instance.objectNode();
    private @Nullable Answer answer;

    EnvelopeReader(Message message, Set<JsonPath> json) {
        this.message = message;
        this.json = json;
    }

    /// @param contentType may name the charset of an envelope that says nothing itself
    Answer read(String contentType, InputStream stream) throws IOException {
        InputStream bounded = Bounded.of(stream, Envelope.BYTES_MAX);
        try {
            XMLStreamReader in = Opening.of(bounded, contentType);
            SoapVersion version = root(in);
            while (in.next() != XMLStreamConstants.END_ELEMENT) {
                if (in.isStartElement()) {
                    section(in, version);
                }
            }
        } catch (CharConversionException e) {
            throw Xml.invalid(e).at(PLACE);
        } catch (XMLStreamException e) {
            boolean broken = e.getNestedException() instanceof IOException;
            if (broken && !(e.getNestedException() instanceof CharConversionException)) {
                throw new IOException("reading the answer", e);
            }
            throw Xml.invalid(e).at(PLACE);
        }
        if (answer == null) {
            throw invalid("an envelope with a body, got none");
        }
        return answer;
    }

    private static SoapVersion root(XMLStreamReader in) throws XMLStreamException {
        while (!in.isStartElement()) {
            if (in.next() == XMLStreamConstants.DTD) {
                throw invalid("an envelope, got a DTD");
            }
        }
        Optional<SoapVersion> version =
                Optional.ofNullable(in.getNamespaceURI()).flatMap(SoapVersion::of);
        if (version.isEmpty() || !in.getLocalName().equals("Envelope")) {
            throw invalid("a SOAP envelope, got '%s'".formatted(in.getLocalName()));
        }
        return version.get();
    }

    private static ProblemException invalid(String expected) {
        return ProblemException.of(
                ProblemCode.DOCUMENT_INVALID,
                "expected " + expected,
                "check the address; a proxy or a login page may have answered");
    }

    private void section(XMLStreamReader in, SoapVersion version) throws XMLStreamException {
        boolean soap = version.namespace().equals(in.getNamespaceURI());
        if (soap && in.getLocalName().equals("Header")) {
            header(in);
        } else if (soap && in.getLocalName().equals("Body")) {
            if (answer != null) {
                throw invalid("one body, got two");
            }
            answer = body(in, version);
        } else {
            new MarkupReader(in).skip();
        }
    }

    private void header(XMLStreamReader in) throws XMLStreamException {
        while (in.next() != XMLStreamConstants.END_ELEMENT) {
            if (!in.isStartElement()) {
                continue;
            }
            Optional<Child> known = find(message.headers(), in.getName());
            if (known.isPresent()) {
                String key = known.get().key();
                JsonNode value =
                        new BodyReader(in, notes, json).child(known.get(), Path.ROOT.child(key));
                headers.set(key, value);
            } else {
                new MarkupReader(in).skip();
            }
        }
    }

    private Answer body(XMLStreamReader in, SoapVersion version) throws XMLStreamException {
        boolean single = message.parts().size() == 1;
        ObjectNode parts = JsonNodeFactory.instance.objectNode();
        JsonNode only = null;
        SoapFault fault = null;
        while (in.next() != XMLStreamConstants.END_ELEMENT) {
            if (!in.isStartElement()) {
                continue;
            }
            if (isFault(in, version)) {
                fault = new FaultReader(in, version).read();
                continue;
            }
            // Many name the element of an answer as they like; the only one there is meant.
            Optional<Child> part =
                    single && only == null
                            ? Optional.of(message.parts().getFirst())
                            : find(message.parts(), in.getName());
            if (part.isEmpty()) {
                new MarkupReader(in).skip();
                continue;
            }
            Path path = single ? Path.ROOT : Path.ROOT.child(part.get().key());
            JsonNode value = new BodyReader(in, notes, json).child(part.get(), path);
            only = value;
            parts.set(part.get().key(), value);
        }
        if (fault != null) {
            return new Answer.Faulted(fault);
        }
        JsonNode value = single && only != null ? only : parts;
        return new Answer.Returned(value, headers, notes.list());
    }

    private static boolean isFault(XMLStreamReader in, SoapVersion version) {
        return in.getLocalName().equals("Fault")
                && version.namespace().equals(in.getNamespaceURI());
    }

    private static Optional<Child> find(List<Child> children, QName name) {
        List<Child> alike = new ArrayList<>();
        for (Child child : children) {
            if (child.name().equals(name)) {
                return Optional.of(child);
            }
            if (child.name().getLocalPart().equals(name.getLocalPart())) {
                alike.add(child);
            }
        }
        return alike.stream().findFirst();
    }
}
