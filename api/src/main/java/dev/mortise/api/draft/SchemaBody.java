package dev.mortise.api.draft;

import dev.mortise.api.draft.call.BodyTemplate;
import dev.mortise.api.draft.call.FillIn;
import dev.mortise.api.draft.call.Findings;
import dev.mortise.api.draft.call.Names;
import dev.mortise.api.draft.call.Operation.In;
import dev.mortise.api.draft.call.Operation.Param;
import dev.mortise.api.draft.call.PagingGuess;
import dev.mortise.api.draft.call.Placeholders;
import dev.mortise.api.draft.call.Secrets;
import dev.mortise.api.draft.call.Shape;
import dev.mortise.api.draft.call.Shape.Fields;
import dev.mortise.api.draft.text.Node;
import dev.mortise.spi.option.Place;
import dev.mortise.spi.option.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes the template of a body from its schema: what the schema requires, with defaults, examples
/// or marks to fill in. Optional fields are left out, for an example of a filter is a filter.
final class SchemaBody {
    private static final int DEPTH_MAX = 5;
    private static final int FIELDS_MAX = 200;

    private final Refs refs;
    private final Placeholders placeholders;
    private final Findings findings;
    private int fields;

    SchemaBody(Refs refs, Placeholders placeholders, Findings findings) {
        this.refs = refs;
        this.placeholders = placeholders;
        this.findings = findings;
    }

    /// @param example of the whole body; of use where the schema tells nothing, and for values
    Optional<Tree> of(Node schema, Node example) {
        Node known = refs.resolve(schema);
        Map<String, Node> properties = properties(known, 1);
        Tree shown = example.tree();
        if (properties.isEmpty()) {
            return Optional.ofNullable(shown).map(tree -> BodyTemplate.safe(tree, placeholders));
        }
        return Optional.of(object(known, properties, example, 1));
    }

    private Map<String, Node> properties(Node schema, int depth) {
        Map<String, Node> properties = new LinkedHashMap<>(schema.entries("properties"));
        for (Node part : depth > DEPTH_MAX ? List.<Node>of() : schema.items("allOf")) {
            properties(refs.resolve(part), depth + 1).forEach(properties::putIfAbsent);
        }
        return properties;
    }

    private Set<String> required(Node schema, int depth) {
        Set<String> required = new LinkedHashSet<>();
        schema.items("required").forEach(name -> name.text().ifPresent(required::add));
        for (Node part : depth > DEPTH_MAX ? List.<Node>of() : schema.items("allOf")) {
            required.addAll(required(refs.resolve(part), depth + 1));
        }
        return required;
    }

    private Tree object(Node schema, Map<String, Node> properties, Node example, int depth) {
        Map<String, Tree> entries = new LinkedHashMap<>();
        Set<String> required = required(schema, 1);
        properties.forEach(
                (name, property) -> {
                    Node known = refs.resolve(property);
                    if (required.contains(name)
                            && !known.isTrue("readOnly")
                            && ++fields <= FIELDS_MAX) {
                        entries.put(name, value(name, known, example.at(name), depth + 1));
                    }
                });
        return new Tree.Entries(entries, Map.of(), schema.place());
    }

    private Tree value(String name, Node schema, Node shown, int depth) {
        Map<String, Node> properties = properties(schema, 1);
        if (!properties.isEmpty() && depth <= DEPTH_MAX) {
            return object(schema, properties, shown, depth);
        }
        for (Node node : usual(schema, shown)) {
            Tree tree = node.tree();
            if (tree != null) {
                return BodyTemplate.safe(
                                        new Tree.Entries(
                                                Map.of(name, tree), Map.of(), node.place()),
                                        placeholders)
                                instanceof Tree.Entries safe
                        ? safe.entries().getOrDefault(name, tree)
                        : tree;
            }
        }
        return blank(name, schema);
    }

    private static List<Node> usual(Node schema, Node shown) {
        List<Node> usual = new ArrayList<>();
        usual.add(schema.at("const"));
        usual.add(schema.at("default"));
        usual.add(shown);
        usual.add(schema.at("example"));
        usual.addAll(schema.items("examples").stream().limit(1).toList());
        usual.addAll(schema.items("enum").stream().limit(1).toList());
        return usual;
    }

    private Tree blank(String name, Node schema) {
        Place place = schema.place();
        if (Secrets.isNamed(name)) {
            return new Tree.Leaf(placeholders.secret(name, "", place), true, place);
        }
        String type = schema.text("type", "string");
        if (type.equals("array")) {
            return new Tree.Items(List.of(), place);
        }
        tell(name, place);
        return leaf(type, place);
    }

    /// What paging sends needs no value here.
    private void tell(String name, Place place) {
        if (PagingGuess.isSent(name)) {
            return;
        }
        findings.fillIn(
                place,
                "field '" + Names.title(name) + "' of the body is required and has no usual value",
                "put it in the place of " + FillIn.TEXT);
    }

    private static Tree leaf(String type, Place place) {
        return switch (type) {
            case "integer", "number" -> new Tree.Leaf("0", false, place);
            case "boolean" -> new Tree.Leaf("false", false, place);
            case "object" -> new Tree.Entries(Map.of(), Map.of(), place);
            default -> new Tree.Leaf(FillIn.TEXT, true, place);
        };
    }

    /// The scalars the body may have, two levels deep, with what the template sends for each.
    List<Param> params(Shape shape, @Nullable Tree template, Place place) {
        Node body = template == null ? Node.absent(place) : Node.of(template);
        List<Param> params = new ArrayList<>();
        if (shape instanceof Fields outer) {
            collect(outer, "", body, params);
            outer.fields()
                    .forEach(
                            (name, inner) -> {
                                if (inner instanceof Fields deeper && !name.contains(".")) {
                                    collect(deeper, name + ".", body.at(name), params);
                                }
                            });
        }
        return params;
    }

    private static void collect(Fields fields, String above, Node body, List<Param> params) {
        fields.fields()
                .forEach(
                        (name, shape) -> {
                            boolean scalar = Shape.isScalar(shape) && !name.contains(".");
                            if (scalar && params.size() < FIELDS_MAX) {
                                Node sent = body.at(name);
                                params.add(
                                        new Param(
                                                In.BODY,
                                                above + name,
                                                shape,
                                                sent.exists()
                                                        ? sent.text().or(() -> Optional.of(""))
                                                        : Optional.empty(),
                                                sent.exists(),
                                                fields.titles().getOrDefault(name, ""),
                                                "",
                                                body.place()));
                            }
                        });
    }
}
