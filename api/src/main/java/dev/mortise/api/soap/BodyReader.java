package dev.mortise.api.soap;

import dev.mortise.api.answer.JsonPath;
import dev.mortise.api.soap.schema.Lexical;
import dev.mortise.api.soap.schema.Particle.Child;
import dev.mortise.api.soap.schema.Shape;
import dev.mortise.api.soap.schema.Simple;
import dev.mortise.api.soap.schema.Structure;
import dev.mortise.api.soap.schema.Xml;
import dev.mortise.spi.problem.ProblemCode;
import java.util.Optional;
import java.util.Set;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Reads XML as the JSON its shape asks for: what may repeat is a list even when it stands there
/// once, numbers and booleans are typed, nil is null.
///
/// Answers are read leniently: a wrong namespace is forgiven, and what the schema does not know or
/// a value that is not of its type is noted and kept or passed over, never a reason to fail.
final class BodyReader {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private final XMLStreamReader in;
    private final Complaints notes;
    private final Set<JsonPath> json;
    private final MarkupReader markup;

    BodyReader(XMLStreamReader in, Complaints notes, Set<JsonPath> json) {
        this.in = in;
        this.notes = notes;
        this.json = json;
        this.markup = new MarkupReader(in);
    }

    /// The value of the element whose start was just read; its end is read, too.
    JsonNode child(Child child, Path path) throws XMLStreamException {
        String nil = in.getAttributeValue(Xml.XSI, "nil");
        if (nil != null && nil.strip().matches("true|1")) {
            markup.skip();
            return JSON.nullNode();
        }
        if (!json.isEmpty() && json.contains(path.names())) {
            return embedded(path);
        }
        return switch (child.shape()) {
            case Shape.Value v -> value(v, path);
            case Shape.Items items -> items(items, markup.text(), path);
            case Shape.Anything _ -> anything(path);
            case Structure structure -> structure(structure, path);
        };
    }

    /// The JSON a text is; a vendor's error message in its place stays a string.
    private JsonNode embedded(Path path) throws XMLStreamException {
        String text = markup.text();
        try {
            return MAPPER.readTree(text);
        } catch (JacksonException _) {
            note(path, "expected JSON as text, got other text");
            return JSON.stringNode(text);
        }
    }

    private JsonNode value(Shape.Value type, Path path) throws XMLStreamException {
        boolean binary = type.kind() == Shape.Kind.BASE64;
        return scalar(type, binary ? markup.binary() : markup.text(), path);
    }

    private JsonNode scalar(Shape.Value type, String text, Path path) {
        if (type.kind() == Shape.Kind.QNAME) {
            return JSON.stringNode(resolved(text.strip()));
        }
        try {
            return Lexical.read(type, text);
        } catch (IllegalArgumentException _) {
            note(path, "expected xs:%s, got other text".formatted(type.type()));
            return JSON.stringNode(text);
        }
    }

    private String resolved(String name) {
        return markup.name(name).map(QName::toString).orElse(name);
    }

    private JsonNode items(Shape.Items items, String text, Path path) {
        ArrayNode list = JSON.arrayNode();
        if (!text.isBlank()) {
            for (String item : text.strip().split("\\s+", -1)) {
                list.add(scalar(items.item(), item, path));
            }
        }
        return list;
    }

    private JsonNode anything(Path path) throws XMLStreamException {
        String type = in.getAttributeValue(Xml.XSI, "type");
        Optional<Shape.Value> known =
                Optional.ofNullable(type)
                        .flatMap(markup::name)
                        .filter(n -> n.getNamespaceURI().equals(Xml.XSD))
                        .flatMap(n -> Simple.builtIn(n.getLocalPart()));
        if (known.isPresent()) {
            return value(known.get(), path);
        }
        MarkupReader.Inner inner = markup.inner();
        return inner.markup()
                ? JSON.objectNode().put("#xml", inner.text())
                : JSON.stringNode(inner.text());
    }

    private JsonNode structure(Structure declared, Path path) throws XMLStreamException {
        ObjectNode object = JSON.objectNode();
        Structure structure = chosen(declared, object, path);
        attributes(structure, object, path);
        if (structure.text().isPresent()) {
            String text = markup.text();
            Path at = path.child(Structure.TEXT);
            object.set(
                    Structure.TEXT,
                    switch (structure.text().get()) {
                        case Shape.Value v -> scalar(v, text, at);
                        case Shape.Items items -> items(items, text, at);
                        case Shape.Anything _, Structure _ -> JSON.stringNode(text);
                    });
            return object;
        }
        StringBuilder text = new StringBuilder();
        while (in.next() != XMLStreamConstants.END_ELEMENT) {
            if (in.isStartElement()) {
                inside(structure, object, path);
            } else if (in.isCharacters()) {
                text.append(in.getText());
            }
        }
        if (structure.mixed() && !text.toString().isBlank()) {
            object.put(Structure.TEXT, text.toString());
        }
        return object;
    }

    private Structure chosen(Structure declared, ObjectNode object, Path path) {
        String type = in.getAttributeValue(Xml.XSI, "type");
        if (type == null) {
            return declared;
        }
        Optional<QName> name = markup.name(type.strip());
        Structure derived = name.map(declared.derived()::get).orElse(null);
        if (derived == null) {
            boolean same = name.isPresent() && name.get().equals(declared.name());
            if (!same) {
                note(path, "expected a type of the schema, got '%s'".formatted(type));
            }
            return declared;
        }
        object.put(Structure.TYPE, derived.name().getLocalPart());
        return derived;
    }

    private void attributes(Structure structure, ObjectNode object, Path path) {
        for (Structure.Attribute attribute : structure.attributes()) {
            QName name = attribute.name();
            String value = in.getAttributeValue(name.getNamespaceURI(), name.getLocalPart());
            if (value == null) {
                continue;
            }
            Path at = path.child(attribute.key());
            object.set(
                    attribute.key(),
                    switch (attribute.shape()) {
                        case Shape.Value v -> scalar(v, value, at);
                        case Shape.Items items -> items(items, value, at);
                        case Shape.Anything _, Structure _ -> JSON.stringNode(value);
                    });
        }
        for (int i = 0; i < in.getAttributeCount(); i++) {
            QName name = in.getAttributeName(i);
            boolean declared =
                    Xml.XSI.equals(name.getNamespaceURI())
                            || structure.attributes().stream().anyMatch(a -> a.name().equals(name));
            if (!declared && structure.openAttributes()) {
                object.put("@" + name, in.getAttributeValue(i));
            } else if (!declared) {
                note(path.child("@" + name.getLocalPart()), "an attribute of no schema");
            }
        }
    }

    private void inside(Structure structure, ObjectNode object, Path path)
            throws XMLStreamException {
        Optional<Child> known = structure.child(in.getName());
        if (known.isPresent()) {
            String key = known.get().key();
            JsonNode value = child(known.get(), path.child(key));
            if (structure.list(key)) {
                array(object, key).add(value);
            } else if (object.has(key)) {
                note(
                        path.child(key),
                        "it stands there more often than the schema says; one is kept");
            } else {
                object.set(key, value);
            }
            return;
        }
        if (structure.particle().open()) {
            array(object, Structure.ANY).add(markup.fragment());
            return;
        }
        note(path.child(in.getLocalName()), "an element of no schema");
        markup.skip();
    }

    private static ArrayNode array(ObjectNode object, String key) {
        JsonNode known = object.get(key);
        return known instanceof ArrayNode list ? list : object.putArray(key);
    }

    private void note(Path path, String message) {
        notes.add(ProblemCode.VALUE_INVALID, path, message, "compare the WSDL with the answer");
    }
}
