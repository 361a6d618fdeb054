package dev.mortise.api.soap.schema;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Shapes as JSON Schema (2020-12). Each structure becomes a definition, so that one may hold
/// itself; [#definitions] is complete when all shapes have been asked for.
public final class JsonSchemas {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /// How OpenAPI calls the integers of XSD; the others have no width.
    private static final Map<String, String> FORMATS =
            Map.of(
                    "byte", "int8",
                    "short", "int16",
                    "int", "int32",
                    "long", "int64",
                    "unsignedByte", "uint8",
                    "unsignedShort", "uint16",
                    "unsignedInt", "uint32",
                    "unsignedLong", "uint64");

    private final String prefix;
    private final ObjectNode definitions = JSON.objectNode();
    private final Map<Structure, String> names = new HashMap<>();

    /// @param prefix where the definitions will stand, as `#/$defs/`
    public JsonSchemas(String prefix) {
        this.prefix = prefix;
    }

    public ObjectNode definitions() {
        return definitions;
    }

    /// @param hint the name of a definition whose type has none
    public ObjectNode schema(Shape shape, String hint) {
        return switch (shape) {
            case Shape.Value value -> value(value);
            case Shape.Items(var item) -> {
                ObjectNode list = JSON.objectNode().put("type", "array");
                list.set("items", value(item));
                yield list;
            }
            case Shape.Anything _ -> JSON.objectNode();
            case Structure structure -> reference(structure, hint);
        };
    }

    /// The schema of a child where it stands once.
    public ObjectNode schema(Particle.Child child) {
        ObjectNode schema = schema(child.shape(), child.name().getLocalPart());
        if (!child.nillable()) {
            return schema;
        }
        ObjectNode either = JSON.objectNode();
        either.putArray("anyOf").add(schema).add(JSON.objectNode().put("type", "null"));
        return either;
    }

    private ObjectNode reference(Structure structure, String hint) {
        String known = names.get(structure);
        if (known == null) {
            String type = structure.name().getLocalPart();
            known = unused(type.isEmpty() ? hint : type);
            names.put(structure, known);
            define(known, structure);
        }
        return JSON.objectNode().put("$ref", prefix + known);
    }

    /// Names of definitions are letters OpenAPI allows, which leaves out those of other scripts.
    private String unused(String wanted) {
        String stem = wanted.replaceAll("[^A-Za-z0-9._-]", "_");
        String name = stem;
        for (int i = 2; definitions.has(name); i++) {
            name = stem + "_" + i;
        }
        definitions.putObject(name);
        return name;
    }

    private void define(String name, Structure structure) {
        ObjectNode schema = JSON.objectNode().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = JSON.arrayNode();
        if (!structure.derived().isEmpty()) {
            ArrayNode types = properties.putObject(Structure.TYPE).putArray("enum");
            structure.derived().keySet().forEach(q -> types.add(q.getLocalPart()));
        }
        for (Structure.Attribute attribute : structure.attributes()) {
            properties.set(attribute.key(), schema(attribute.shape(), attribute.key()));
            if (attribute.required()) {
                required.add(attribute.key());
            }
        }
        text(structure, properties, required);
        Set<String> always = structure.particle().required();
        structure
                .keys()
                .forEach(
                        (key, child) -> {
                            properties.set(key, property(structure, key, child));
                            if (always.contains(key)) {
                                required.add(key);
                            }
                        });
        if (structure.particle().open()) {
            ObjectNode any = properties.putObject(Structure.ANY).put("type", "array");
            any.putObject("items").put("type", "string");
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        boolean open = structure.openAttributes() || !structure.derived().isEmpty();
        schema.put("additionalProperties", open);
        definitions.set(name, schema);
    }

    private void text(Structure structure, ObjectNode properties, ArrayNode required) {
        if (structure.text().isPresent()) {
            properties.set(Structure.TEXT, schema(structure.text().get(), "text"));
            required.add(Structure.TEXT);
        } else if (structure.mixed()) {
            properties.putObject(Structure.TEXT).put("type", "string");
        }
    }

    private ObjectNode property(Structure structure, String key, Particle.Child child) {
        ObjectNode one = schema(child);
        if (!structure.list(key)) {
            return one;
        }
        ObjectNode list = JSON.objectNode().put("type", "array");
        list.set("items", one);
        return list;
    }

    private static ObjectNode value(Shape.Value value) {
        ObjectNode schema = JSON.objectNode();
        switch (value.kind()) {
            case BOOLEAN -> schema.put("type", "boolean");
            case INTEGER -> {
                schema.put("type", "integer");
                String format = FORMATS.get(value.type());
                if (format != null) {
                    schema.put("format", format);
                }
            }
            case DECIMAL -> schema.put("type", "number");
            case DOUBLE -> {
                ArrayNode either = schema.putArray("anyOf");
                either.addObject().put("type", "number").put("format", value.type());
                either.addObject().putArray("enum").add("INF").add("-INF").add("NaN");
            }
            case BASE64 -> schema.put("type", "string").put("contentEncoding", "base64");
            case HEX -> schema.put("type", "string").put("contentEncoding", "base16");
            case DATE, TIME, DATETIME, CALENDAR ->
                    schema.put("type", "string").put("description", "xs:" + value.type());
            case TEXT, QNAME -> schema.put("type", "string");
        }
        facets(value, schema);
        return schema;
    }

    private static void facets(Shape.Value value, ObjectNode schema) {
        Shape.Facets facets = value.facets();
        boolean text = value.kind() == Shape.Kind.TEXT;
        if (text && !facets.words().isEmpty()) {
            facets.words().forEach(schema.putArray("enum")::add);
        }
        if (text) {
            facets.lengthMin().ifPresent(n -> schema.put("minLength", n));
            facets.lengthMax().ifPresent(n -> schema.put("maxLength", n));
        }
        facets.fractionMax()
                .ifPresent(n -> schema.put("multipleOf", BigDecimal.ONE.movePointLeft(n)));
        Shape.Span span = facets.span();
        bound(schema, span.minIncluded() ? "minimum" : "exclusiveMinimum", span.min());
        bound(schema, span.maxIncluded() ? "maximum" : "exclusiveMaximum", span.max());
    }

    private static void bound(ObjectNode schema, String word, @Nullable BigDecimal bound) {
        if (bound != null) {
            schema.put(word, bound);
        }
    }
}
