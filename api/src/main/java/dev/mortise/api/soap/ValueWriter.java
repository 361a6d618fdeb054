package dev.mortise.api.soap;

import dev.mortise.api.soap.multipart.ContentId;
import dev.mortise.api.soap.schema.Lexical;
import dev.mortise.api.soap.schema.Shape;
import dev.mortise.api.soap.schema.Simple;
import dev.mortise.api.soap.schema.Structure;
import dev.mortise.api.soap.schema.Xml;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.StringJoiner;
import javax.xml.namespace.QName;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes the values of simple types, of attributes, and markup that is given as text.
final class ValueWriter {
    /// How a part beside the envelope is named in JSON: no Base64 has a colon.
    static final String PART = ContentId.SCHEME;

    private static final QName TYPE = new QName(Xml.XSI, "type");

    private final Markup out;
    private final Complaints complaints;

    ValueWriter(Markup out, Complaints complaints) {
        this.out = out;
        this.complaints = complaints;
    }

    void value(Shape.Value type, JsonNode node, Path path) {
        boolean part =
                type.kind() == Shape.Kind.BASE64
                        && node.isString()
                        && node.stringValue().startsWith(PART);
        if (part) {
            out.start(new QName(Xml.XOP, "Include"));
            out.attribute(new QName("href"), ContentId.url(node.stringValue()));
            out.end();
            return;
        }
        text(type, node, path).ifPresent(out::text);
    }

    /// The text of a value, nothing when it does not fit; then a complaint is made.
    private Optional<String> text(Shape.Value type, JsonNode node, Path path) {
        try {
            String text = Lexical.write(type, node);
            if (!Markup.carries(text)) {
                throw new IllegalArgumentException(
                        "text, got control characters, which XML cannot carry");
            }
            return Optional.of(type.kind() == Shape.Kind.QNAME ? name(text) : text);
        } catch (IllegalArgumentException e) {
            complaints.add(
                    ProblemCode.VALUE_INVALID,
                    path,
                    "expected " + e.getMessage(),
                    "give a value of this type");
            return Optional.empty();
        }
    }

    private String name(String text) {
        return text.startsWith("{") ? out.text(QName.valueOf(text)) : text;
    }

    void items(Shape.Items items, JsonNode node, Path path) {
        listed(items, node, path).ifPresent(out::text);
    }

    private Optional<String> listed(Shape.Items items, JsonNode node, Path path) {
        if (!node.isArray()) {
            complaints.add(
                    ProblemCode.VALUE_INVALID,
                    path,
                    "expected a list, got a single value",
                    "put it in brackets");
            return Optional.empty();
        }
        StringJoiner joined = new StringJoiner(" ");
        int index = 0;
        for (JsonNode item : node.values()) {
            Path at = path.item(index++);
            text(items.item(), item, at).ifPresent(word -> joined.add(word(word, at)));
        }
        return Optional.of(joined.toString());
    }

    /// A text with a blank in it would come back as two.
    private String word(String text, Path path) {
        if (text.isEmpty() || text.chars().anyMatch(Character::isWhitespace)) {
            complaints.add(
                    ProblemCode.VALUE_INVALID,
                    path,
                    "expected a word without white space, got '%s'".formatted(text),
                    "a list of XSD cannot hold it");
        }
        return text;
    }

    /// All attributes of an element, those nobody declared where the schema allows any.
    void attributes(Structure structure, ObjectNode object, Path path) {
        for (Structure.Attribute attribute : structure.attributes()) {
            JsonNode value = object.get(attribute.key());
            if (value != null && !value.isNull()) {
                attribute(attribute, value, path.child(attribute.key()));
            } else if (attribute.required()) {
                complaints.missing(path.child(attribute.key()));
            }
        }
        for (String key : object.propertyNames()) {
            boolean known =
                    !key.startsWith("@")
                            || key.equals(Structure.TYPE)
                            || structure.attributes().stream().anyMatch(a -> a.key().equals(key));
            if (known) {
                continue;
            }
            if (!structure.openAttributes()) {
                complaints.unknown(path.child(key), structure.words());
                continue;
            }
            open(key, object.get(key), path.child(key));
        }
    }

    private void attribute(Structure.Attribute attribute, JsonNode node, Path path) {
        Optional<String> text =
                switch (attribute.shape()) {
                    case Shape.Value v -> text(v, node, path);
                    case Shape.Items items -> listed(items, node, path);
                    case Shape.Anything _, Structure _ -> text(Simple.TEXT, node, path);
                };
        text.ifPresent(t -> out.attribute(attribute.name(), t));
    }

    /// An attribute nobody declared, where the schema allows any.
    private void open(String key, JsonNode node, Path path) {
        try {
            QName name = QName.valueOf(key.substring(1));
            text(Simple.TEXT, node, path).ifPresent(t -> out.attribute(name, t));
        } catch (IllegalArgumentException _) {
            complaints.add(
                    ProblemCode.WORD_UNKNOWN,
                    path,
                    "expected the name of an attribute, got '%s'".formatted(key),
                    "write '@name' or '@{namespace}name'");
        }
    }

    /// A value of any type carries the name of its type, so that the other side can tell.
    void anything(JsonNode node, Path path) {
        JsonNode markup = node.get("#xml");
        if (markup != null) {
            inner(markup.asString(""), path);
            return;
        }
        if (node.isContainer()) {
            complaints.add(
                    ProblemCode.VALUE_INVALID,
                    path,
                    "expected a single value, or markup, for a value of any type",
                    "give text, or {\"#xml\": \"<item>…</item>\"}");
            return;
        }
        String type =
                node.isBoolean()
                        ? "boolean"
                        : node.isIntegralNumber()
                                ? "integer"
                                : node.isBigDecimal()
                                        ? "decimal"
                                        : node.isNumber() ? "double" : "string";
        out.attribute(TYPE, out.text(new QName(Xml.XSD, type)));
        text(Simple.builtIn(type).orElse(Simple.TEXT), node, path).ifPresent(out::text);
    }

    private void inner(String markup, Path path) {
        if (wellFormed("<x>" + markup + "</x>", path)) {
            out.fragment(markup);
        }
    }

    /// One element as text, which declares the prefixes it uses.
    void fragment(JsonNode node, Path path) {
        String markup = node.asString("").strip();
        int start = markup.startsWith("<?xml ") ? markup.indexOf("?>") + 2 : 0;
        if (wellFormed(markup, path)) {
            out.fragment(markup.substring(start));
        }
    }

    private boolean wellFormed(String markup, Path path) {
        try {
            Xml.parse(markup.getBytes(StandardCharsets.UTF_8), path.toString());
            return true;
        } catch (ProblemException e) {
            complaints.add(
                    ProblemCode.VALUE_INVALID,
                    path,
                    "expected markup that declares its prefixes: " + e.problem().message(),
                    "give one element as text");
            return false;
        }
    }
}
