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
/// such as `address[city]`; of what may be sent several times a row sends one value.
public final class FormFields {
    private static final int DEPTH_MAX = 3;
    private static final int FIELDS_MAX = 400;

    private final Refs refs;
    private final Findings findings;
    private final Map<String, Shape> flat = new LinkedHashMap<>();
    private int variants;

    public FormFields(Refs refs, Findings findings) {
        this.refs = refs;
        this.findings = findings;
    }

    /// The first file without which the form cannot be sent; also the only field when that is one.
    public Optional<String> neededFile(Node schema) {
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
        Node property = refs.resolve(written);
        boolean binary =
                property.text("format", "").equals("binary") || property.has("contentMediaType");
        return property.text("type", "").equals("file")
                || binary
                || (property.has("items") && isFile(property.at("items")));
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
        if (isFile(property)) {
            findings.leftOut(
                    property.place(),
                    "field '" + Names.title(name) + "' holds a file, which no row sends",
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
            findings.leftOut(
                    known.place(),
                    "field '"
                            + Names.title(name)
                            + "' may be sent several times, a row sends it"
                            + " once",
                    "");
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
