package dev.mortise.api.draft.schema;

import dev.mortise.api.draft.call.Findings;
import dev.mortise.api.draft.call.Names;
import dev.mortise.api.draft.call.Shape;
import dev.mortise.api.draft.call.Shape.Fields;
import dev.mortise.api.draft.call.Shape.Many;
import dev.mortise.api.draft.text.Node;
import dev.mortise.spi.type.Scalar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The fields of a form, each with a single value. Objects in the style `deepObject` become names
/// such as `address[city]`; of what may be sent several times a row sends one value. A file is a
/// field of type [Scalar#BYTES], where the form has room for one.
public final class FormFields {
    private static final int DEPTH_MAX = 3;
    private static final int FIELDS_MAX = 400;

    private final Refs refs;
    private final Findings findings;
    private final boolean parts;
    private final Map<String, Shape> flat = new LinkedHashMap<>();
    private int variants;

    /// @param parts whether the form is sent in parts, of which each may be a file
    public FormFields(Refs refs, Findings findings, boolean parts) {
        this.refs = refs;
        this.findings = findings;
        this.parts = parts;
    }

    /// The first file without which the form cannot be sent; also the only field when that is one.
    /// Empty where it can be sent.
    public Optional<String> neededFile(Node schema) {
        if (parts) {
            return Optional.empty();
        }
        Members members = Members.of(refs, schema);
        boolean alone =
                !members.properties().isEmpty()
                        && members.properties().values().stream().allMatch(this::isFile);
        return members.properties().entrySet().stream()
                .filter(field -> alone || members.required().contains(field.getKey()))
                .filter(field -> isFile(field.getValue()))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private boolean isFile(Node written) {
        return isFile(written, 1);
    }

    private boolean isFile(Node written, int depth) {
        // A list may have itself as its items.
        if (depth > DEPTH_MAX) {
            return false;
        }
        Node property = refs.resolve(written);
        boolean binary =
                property.text("format", "").equals("binary") || property.has("contentMediaType");
        return property.text("type", "").equals("file")
                || binary
                || (property.has("items") && isFile(property.at("items"), depth + 1));
    }

    /// @param encoding of OpenAPI 3, by the names of fields; may be absent
    public Shape of(Node schema, Node encoding) {
        Shape whole = new SchemaShape(refs, findings, false).of(schema);
        if (!(whole instanceof Fields all)) {
            return whole;
        }
        Members members = Members.of(refs, schema);
        all.fields()
                .forEach(
                        (name, shape) -> {
                            Node property =
                                    members.properties()
                                            .getOrDefault(name, Node.absent(schema.place()));
                            field(name, shape, property, encoding.at(name));
                        });
        return new Fields(flat, all.titles());
    }

    private void field(String name, Shape shape, Node property, Node how) {
        if (isFile(property) && parts) {
            file(name, property);
            return;
        }
        if (isFile(property)) {
            findings.leftOut(
                    property.place(),
                    "field '"
                            + Names.title(name)
                            + "' holds a file, which only a form in parts can send",
                    "");
            return;
        }
        if (how.text("style", "").equals("deepObject")) {
            deep(name, variant(property).orElse(shape), 1);
            return;
        }
        switch (shape) {
            case Many(var items) -> several(name, items, property, how);
            case Fields _ -> put(name, Shape.ANYTHING);
            case Shape.Anything _ -> put(name, Shape.of(Scalar.TEXT));
            case Shape.Value _, Shape.Nothing _ -> put(name, shape);
        }
    }

    /// Of variants, one of which is an object, the object.
    private Optional<Shape> variant(Node written) {
        Node property = refs.resolve(written);
        if (++variants > FIELDS_MAX) {
            return Optional.empty();
        }
        for (String word : List.of("anyOf", "oneOf")) {
            for (Node variant : property.items(word)) {
                if (refs.resolve(variant).has("properties")) {
                    return Optional.of(new SchemaShape(refs, findings, false).of(variant));
                }
            }
        }
        return Optional.empty();
    }

    private void several(String name, Shape items, Node property, Node how) {
        if (!Shape.isScalar(items)) {
            put(name, Shape.ANYTHING);
            return;
        }
        Node known = refs.resolve(property);
        boolean swagger = known.has("collectionFormat") || known.has("in");
        boolean repeated =
                swagger
                        ? known.text("collectionFormat", "csv").equals("multi")
                        : how.text("explode", "true").equals("true");
        put(name, repeated ? items : Shape.of(Scalar.TEXT));
        if (repeated) {
            once(name, known);
        }
    }

    private void once(String name, Node known) {
        findings.leftOut(
                known.place(),
                "field '"
                        + Names.title(name)
                        + "' may be sent several times, a row sends it"
                        + " once",
                "");
    }

    private void file(String name, Node property) {
        put(name, Shape.of(Scalar.BYTES));
        Node known = refs.resolve(property);
        if (known.has("items")) {
            once(name, known);
        }
    }

    private void deep(String name, Shape shape, int depth) {
        if (depth > DEPTH_MAX) {
            return;
        }
        switch (shape) {
            case Fields inner ->
                    inner.fields()
                            .forEach(
                                    (key, value) -> deep(name + "[" + key + "]", value, depth + 1));
            case Many(var items) -> deep(name + "[0]", items, depth + 1);
            case Shape.Anything _ -> put(name, Shape.of(Scalar.TEXT));
            case Shape.Value _, Shape.Nothing _ -> put(name, shape);
        }
    }

    private void put(String name, Shape shape) {
        if (flat.size() < FIELDS_MAX) {
            flat.put(name, shape);
        }
    }
}
