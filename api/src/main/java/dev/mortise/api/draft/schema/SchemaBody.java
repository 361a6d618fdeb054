package dev.mortise.api.draft.schema;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes the template of a body from its schema: what the schema requires, with defaults, examples
/// or marks to fill in. Optional fields are left out, for an example of a filter is a filter.
public final class SchemaBody {
    private static final int DEPTH_MAX = 5;
    private static final int FIELDS_MAX = 200;

    private final Refs refs;
    private final Placeholders placeholders;
    private final Findings findings;
    private int fields;

    public SchemaBody(Refs refs, Placeholders placeholders, Findings findings) {
        this.refs = refs;
        this.placeholders = placeholders;
        this.findings = findings;
    }

    /// @param example of the whole body; of use where the schema tells nothing, and for values
    public Optional<Tree> of(Node schema, Node example) {
        Node known = refs.resolve(schema);
        Members members = Members.of(refs, known);
        Tree shown = example.tree();
        if (members.properties().isEmpty()) {
            return Optional.ofNullable(shown).map(tree -> BodyTemplate.safe(tree, placeholders));
        }
        return Optional.of(object(known, members, example, 1));
    }

    private Tree object(Node schema, Members members, Node example, int depth) {
        Map<String, Tree> entries = new LinkedHashMap<>();
        members.properties()
                .forEach(
                        (name, property) -> {
                            Node known = refs.resolve(property);
                            if (members.required().contains(name)
                                    && !known.isTrue("readOnly")
                                    && ++fields <= FIELDS_MAX) {
                                entries.put(name, value(name, known, example.at(name), depth + 1));
                            }
                        });
        return new Tree.Entries(entries, Map.of(), schema.place());
    }

    private Tree value(String name, Node schema, Node shown, int depth) {
        Members members = Members.of(refs, schema);
        if (!members.properties().isEmpty() && depth <= DEPTH_MAX) {
            return object(schema, members, shown, depth);
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
        String type = type(schema);
        if (type.equals("array")) {
            return new Tree.Items(List.of(), place);
        }
        tell(name, place);
        return leaf(type, place);
    }

    /// Of a list of types the first that is not null.
    private static String type(Node schema) {
        return schema.items("type").stream()
                .flatMap(type -> type.text().stream())
                .filter(type -> !type.equals("null"))
                .findFirst()
                .orElse(schema.text("type", "string"));
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
    public List<Param> params(Shape shape, @Nullable Tree template, Place place) {
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
