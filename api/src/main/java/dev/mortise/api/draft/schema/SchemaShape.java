package dev.mortise.api.draft.schema;

import dev.mortise.api.draft.call.Findings;
import dev.mortise.api.draft.call.Shape;
import dev.mortise.api.draft.call.Shape.Bounds;
import dev.mortise.api.draft.call.Shape.Fields;
import dev.mortise.api.draft.call.Shape.Many;
import dev.mortise.api.draft.text.Node;
import dev.mortise.spi.option.Place;
import dev.mortise.spi.type.Decimal;
import dev.mortise.spi.type.Scalar;
import dev.mortise.spi.type.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a schema of OpenAPI 3.0, 3.1 or Swagger 2 describes. `allOf` is taken together; `oneOf` and
/// `anyOf` give what fits all variants. A schema inside itself is [Shape#ANYTHING] there.
public final class SchemaShape {
    private static final int DEPTH_MAX = 12;

    /// Schemas that one answer may unfold to.
    private static final int NODES_MAX = 20_000;

    private static final Type NUMBER = new Decimal(38, 10);
    private static final Set<String> INFINITE = Set.of("INF", "-INF", "NaN");

    private final Refs refs;
    private final Findings findings;
    private final boolean answer;
    private final Optional<XmlNames> xml;
    private final Set<Place> above = new HashSet<>();
    private int nodes;

    /// @param answer whether fields that are only written are left out, or those only read
    public SchemaShape(Refs refs, Findings findings, boolean answer) {
        this(refs, findings, answer, Optional.empty());
    }

    private SchemaShape(Refs refs, Findings findings, boolean answer, Optional<XmlNames> xml) {
        this.refs = refs;
        this.findings = findings;
        this.answer = answer;
        this.xml = xml;
    }

    /// What a schema describes, by the names that its values have in XML, root element included.
    public static Shape ofXml(Refs refs, Findings findings, boolean answer, Node schema) {
        XmlNames names = new XmlNames(refs);
        Shape shape = new SchemaShape(refs, findings, answer, Optional.of(names)).of(schema);
        if (!names.tells(schema)) {
            findings.guessed(
                    schema.place(), "the root element of this XML has the name of its schema");
        }
        return names.document(schema, shape);
    }

    public Shape of(Node schema) {
        nodes = 0;
        Shape shape = read(schema, 1);
        if (nodes > NODES_MAX) {
            findings.leftOut(
                    schema.place(),
                    "a schema unfolds to more than " + NODES_MAX + " parts; some became json",
                    "");
        }
        return shape;
    }

    private Shape read(Node written, int depth) {
        Node schema = refs.resolve(written);
        if (!schema.isObject() || depth > DEPTH_MAX || ++nodes > NODES_MAX || !refs.spend()) {
            return Shape.ANYTHING;
        }
        if (!above.add(schema.place())) {
            return Shape.ANYTHING;
        }
        try {
            return composed(schema, depth);
        } finally {
            above.remove(schema.place());
        }
    }

    private Shape composed(Node schema, int depth) {
        Shape shape = own(schema, depth);
        for (Node part : schema.items("allOf")) {
            Shape more = read(part, depth + 1);
            shape = more instanceof Shape.Anything ? shape : Shape.merge(shape, more);
        }
        Shape variants = Shape.NOTHING;
        for (String word : List.of("oneOf", "anyOf")) {
            for (Node variant : schema.items(word)) {
                boolean aside = aside(refs.resolve(variant));
                variants = aside ? variants : Shape.merge(variants, read(variant, depth + 1));
            }
        }
        Shape whole = Shape.merge(shape, variants);
        return whole instanceof Shape.Nothing ? Shape.ANYTHING : whole;
    }

    /// Whether a variant says nothing about the type: null, or the numbers that are none.
    private static boolean aside(Node variant) {
        List<Node> words = variant.items("enum");
        boolean infinite =
                !words.isEmpty()
                        && words.stream().allMatch(w -> INFINITE.contains(w.text().orElse("")));
        return infinite || types(variant).equals(List.of("null"));
    }

    private static List<String> types(Node schema) {
        Node type = schema.at("type");
        if (type.isArray()) {
            return type.items().stream().flatMap(t -> t.text().stream()).toList();
        }
        return type.text().map(List::of).orElse(List.of());
    }

    private Shape own(Node schema, int depth) {
        List<String> types = new ArrayList<>(types(schema));
        types.remove("null");
        if (types.size() > 1) {
            boolean numbers = Set.of("integer", "number").containsAll(types);
            return numbers ? Shape.of(NUMBER) : Shape.ANYTHING;
        }
        String type = types.isEmpty() ? implied(schema) : types.getFirst();
        return switch (type) {
            case "object" -> fields(schema, depth);
            case "array" -> new Many(read(schema.at("items"), depth + 1));
            case "" -> Shape.NOTHING;
            default -> value(schema, type);
        };
    }

    private static String implied(Node schema) {
        if (schema.has("properties")) {
            return "object";
        }
        if (schema.has("items")) {
            return "array";
        }
        boolean words = schema.items("enum").stream().anyMatch(n -> n.text().isPresent());
        return words || schema.has("format") ? "string" : "";
    }

    private Shape fields(Node schema, int depth) {
        Map<String, Shape> fields = new LinkedHashMap<>();
        Map<String, String> titles = new LinkedHashMap<>();
        schema.entries("properties")
                .forEach(
                        (name, property) -> {
                            Node known = refs.resolve(property);
                            if (known.isTrue(answer ? "writeOnly" : "readOnly")) {
                                return;
                            }
                            Shape shape = read(property, depth + 1);
                            xml.ifPresentOrElse(
                                    names -> names.put(fields, name, property, shape),
                                    () -> fields.put(name, shape));
                            String title = refs.title(property);
                            titles.put(name, title.isEmpty() ? refs.title(known) : title);
                        });
        return new Fields(fields, titles);
    }

    private Shape value(Node schema, String type) {
        String format = schema.text("format", "");
        boolean address = format.equals("uri") || format.equals("url");
        return new Shape.Value(mapped(schema, type, format), address, bounds(schema));
    }

    private static Type mapped(Node schema, String type, String format) {
        return switch (type) {
            case "boolean" -> Scalar.BOOL;
            case "integer" -> integer(format);
            case "number" -> number(schema, format);
            case "string" -> string(schema, format);
            default -> Scalar.JSON;
        };
    }

    private static Type integer(String format) {
        return switch (format) {
            case "int8" -> Scalar.INT8;
            case "int16", "uint8" -> Scalar.INT16;
            case "int32", "uint16" -> Scalar.INT32;
            case "uint64" -> Scalar.UINT64;
            default -> Scalar.INT64;
        };
    }

    private static Type number(Node schema, String format) {
        return switch (format) {
            case "float" -> Scalar.FLOAT32;
            case "double" -> Scalar.FLOAT64;
            case "int32", "int64", "int16", "int8" -> integer(format);
            default -> {
                Optional<BigDecimal> step = schema.at("multipleOf").number();
                int scale = step.map(s -> s.stripTrailingZeros().scale()).orElse(-1);
                yield scale >= 0 && scale <= 18 ? new Decimal(38, scale) : NUMBER;
            }
        };
    }

    private static Type string(Node schema, String format) {
        return switch (format) {
            case "date" -> Scalar.DATE;
            case "time", "partial-time" -> Scalar.TIME;
            case "date-time", "datetime" -> moment(schema);
            case "uuid" -> Scalar.UUID;
            case "int32" -> Scalar.INT32;
            case "int64" -> Scalar.INT64;
            case "uint64" -> Scalar.UINT64;
            case "decimal" -> NUMBER;
            case "double" -> Scalar.FLOAT64;
            case "float" -> Scalar.FLOAT32;
            default -> Scalar.TEXT;
        };
    }

    /// Many services call `2024-05-01 08:00:00` a date-time; their example gives them away.
    private static Type moment(Node schema) {
        String example = schema.text("example").orElse("");
        boolean zoned = example.isEmpty() || example.matches(".*(Z|[+-]\\d{2}:?\\d{2})");
        return zoned ? Scalar.TIMESTAMPTZ : Scalar.TIMESTAMP;
    }

    private static Bounds bounds(Node schema) {
        Optional<String> usual =
                schema.text("default")
                        .or(() -> schema.text("example"))
                        .or(
                                () ->
                                        schema.items("examples").stream()
                                                .findFirst()
                                                .flatMap(Node::text));
        return new Bounds(usual, whole(schema, "minimum"), whole(schema, "maximum"));
    }

    private static Optional<Long> whole(Node schema, String word) {
        return schema.at(word).number().map(BigDecimal::longValue);
    }
}
