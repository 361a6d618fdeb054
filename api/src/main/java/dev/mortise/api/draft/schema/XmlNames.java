package dev.mortise.api.draft.schema;

import dev.mortise.api.draft.call.Shape;
import dev.mortise.api.draft.call.Shape.Fields;
import dev.mortise.api.draft.call.Shape.Many;
import dev.mortise.api.draft.text.Node;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// How values stand in XML, by the word `xml` of schemas: `name`, `attribute`, `wrapped`. Names are
/// local ones, for namespaces are neither read nor sent; an attribute is `@name`.
final class XmlNames {
    private final Refs refs;

    XmlNames(Refs refs) {
        this.refs = refs;
    }

    /// The word `xml` of a schema, or of a part of its `allOf`, where a reference has no room for
    /// it.
    private static Node xml(Node schema) {
        if (schema.has("xml")) {
            return schema.at("xml");
        }
        return schema.items("allOf").stream()
                .map(part -> part.at("xml"))
                .filter(Node::exists)
                .findFirst()
                .orElse(Node.absent(schema.place()));
    }

    /// Puts a property where its element or attribute stands.
    void put(Map<String, Shape> fields, String name, Node property, Shape shape) {
        Node xml = xml(property);
        String element = local(xml.text("name", name));
        if (xml.isTrue("attribute")) {
            fields.put("@" + element, shape);
            return;
        }
        if (!(shape instanceof Many)) {
            fields.put(element, shape);
            return;
        }
        Node list = refs.resolve(property);
        boolean wrapped = xml.isTrue("wrapped") || xml(list).isTrue("wrapped");
        String item = xml(list.at("items")).text("name").map(XmlNames::local).orElse(element);
        fields.put(wrapped ? element : item, wrapped ? inside(item, shape) : shape);
    }

    private static Fields inside(String name, Shape shape) {
        return new Fields(Map.of(name, shape), Map.of());
    }

    private static String local(String name) {
        return name.substring(name.indexOf(':') + 1);
    }

    /// A whole document: its shape below the name of its root element, as far as that is told.
    Shape document(Node schema, Shape shape) {
        Optional<String> name = root(schema);
        if (name.isEmpty()) {
            return shape;
        }
        if (!(shape instanceof Many)) {
            return inside(name.get(), shape);
        }
        Node list = refs.resolve(schema);
        Optional<String> item = root(list.at("items"));
        Map<String, Shape> rows = new LinkedHashMap<>();
        rows.put(item.orElse("item"), shape);
        return inside(name.get(), new Fields(rows, Map.of()));
    }

    /// `xml.name`, or else the name of the schema that is referred to.
    private Optional<String> root(Node schema) {
        Optional<String> told = xml(refs.resolve(schema)).text("name");
        return told.or(
                        () ->
                                schema.text("$ref")
                                        .map(ref -> ref.substring(ref.lastIndexOf('/') + 1)))
                .map(XmlNames::local)
                .filter(name -> name.matches("[\\p{L}_][\\p{L}\\p{N}._-]*"));
    }

    /// Whether the document itself says what its root element is called.
    boolean tells(Node schema) {
        return xml(refs.resolve(schema)).has("name");
    }
}
