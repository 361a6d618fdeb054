package dev.mortise.api.draft;

import dev.mortise.api.draft.call.Addresses;
import dev.mortise.api.draft.call.Findings;
import dev.mortise.api.draft.call.Names;
import dev.mortise.api.draft.call.Operation.In;
import dev.mortise.api.draft.call.Operation.Param;
import dev.mortise.api.draft.call.Placeholders;
import dev.mortise.api.draft.call.Secrets;
import dev.mortise.api.draft.call.Shape;
import dev.mortise.api.draft.schema.Refs;
import dev.mortise.api.draft.schema.SchemaShape;
import dev.mortise.api.draft.text.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads the parameters of an operation. A required one gets a value: its default, an example, the
/// first choice; without any of them a person or a row gives it. An optional one is only told.
final class OpenApiParams {
    private static final Set<String> OURS =
            Set.of(
                    "accept",
                    "content-type",
                    "authorization",
                    "host",
                    "content-length",
                    "connection",
                    "expect",
                    "upgrade",
                    "transfer-encoding");

    private final Refs refs;
    private final Placeholders placeholders;
    private final Findings findings;
    private final OpenApiSecurity.Login login;

    OpenApiParams(
            Refs refs, Placeholders placeholders, Findings findings, OpenApiSecurity.Login login) {
        this.refs = refs;
        this.placeholders = placeholders;
        this.findings = findings;
        this.login = login;
    }

    /// Parameters by place and name; those of the operation stand before those of the path.
    static Map<String, Node> declared(Refs refs, Node node, Node item) {
        Map<String, Node> declared = new LinkedHashMap<>();
        List<Node> all = new ArrayList<>(node.items("parameters"));
        all.addAll(item.items("parameters"));
        for (Node written : all) {
            Node param = refs.resolve(written);
            param.text("name")
                    .ifPresent(
                            name -> declared.putIfAbsent(param.text("in", "") + " " + name, param));
        }
        return declared;
    }

    /// @param declared all parameters, by place and name
    List<Param> of(String path, Map<String, Node> declared, Node node) {
        List<Param> params = new ArrayList<>();
        Map<String, String> holes = Addresses.holes(path);
        holes.forEach(
                (name, fit) -> {
                    Node known = declared.getOrDefault("path " + name, Node.absent(node.place()));
                    params.add(param(In.PATH, known, name).named(fit));
                });
        for (Node param : declared.values()) {
            String name = param.text("name", "");
            switch (param.text("in", "")) {
                case "query" -> query(param, name, params);
                case "header" -> header(param, name, params);
                case "cookie" ->
                        findings.leftOut(
                                param.place(),
                                "cookie '" + Names.title(name) + "' is not sent",
                                "");
                default -> {}
            }
        }
        return params;
    }

    private void query(Node param, String name, List<Param> params) {
        if (login.params().contains(name)) {
            return;
        }
        boolean deep = param.text("style", "").equals("deepObject");
        Node schema = refs.resolve(param.has("schema") ? param.at("schema") : param);
        boolean object = schema.text("type", "").equals("object");
        if (deep && !schema.entries("properties").isEmpty()) {
            schema.entries("properties")
                    .forEach((key, inner) -> params.add(inner(param, name, key, inner)));
            return;
        }
        if (deep || (object && param.isTrue("required"))) {
            findings.leftOut(
                    param.place(),
                    "parameter '"
                            + Names.title(name)
                            + "' takes several values in a style of its own",
                    "add it to params as one text");
            return;
        }
        params.add(param(In.QUERY, param, name));
    }

    /// `filter[status]` of a parameter in the style `deepObject`.
    private Param inner(Node param, String name, String key, Node written) {
        Node schema = refs.resolve(written);
        return new Param(
                In.QUERY,
                name + "[" + key + "]",
                new SchemaShape(refs, findings, false).of(schema),
                Optional.empty(),
                false,
                Names.title(schema.text("description", "")),
                choices(schema),
                param.place());
    }

    private void header(Node param, String name, List<Param> params) {
        boolean ours = OURS.contains(name.toLowerCase(Locale.ROOT));
        if (!SentLogin.isHeader(name)) {
            findings.leftOut(
                    param.place(), "no header can have the name '" + Names.title(name) + "'", "");
            return;
        }
        if (ours || login.params().contains(name) || login.headers().containsKey(name)) {
            return;
        }
        params.add(param(In.HEADER, param, name));
    }

    private Param param(In in, Node param, String name) {
        Node schema = refs.resolve(param.has("schema") ? param.at("schema") : param);
        Shape shape =
                param.exists() ? new SchemaShape(refs, findings, false).of(schema) : Shape.NOTHING;
        boolean required = in == In.PATH || param.isTrue("required");
        return new Param(
                in,
                name,
                shape,
                required ? value(param, schema, name) : Optional.empty(),
                required,
                Names.title(param.text("description", "")),
                choices(schema),
                param.place());
    }

    private Optional<String> value(Node param, Node schema, String name) {
        if (Secrets.isNamed(name)) {
            return Optional.of(placeholders.secret(name, "", param.place()));
        }
        Optional<String> known =
                usual(schema)
                        .or(() -> text(param, "example", joiner(param)))
                        .or(() -> text(param, "x-example", joiner(param)));
        if (known.isEmpty() && schema.has("items")) {
            known = usual(refs.resolve(schema.at("items")));
        }
        return known.map(text -> placeholders.value(name, text, param.place()));
    }

    private static Optional<String> usual(Node schema) {
        return text(schema, "default", "")
                .or(() -> text(schema, "example", ""))
                .or(() -> first(schema, "enum"))
                .or(() -> first(schema, "examples"));
    }

    /// What stands between the values of a parameter that takes several; empty when each is sent
    /// by itself, of which a resource can send one.
    private static String joiner(Node param) {
        if (param.text("explode").isPresent()) {
            return param.isTrue("explode") ? "" : ",";
        }
        return param.has("collectionFormat") && !param.text("collectionFormat", "").equals("multi")
                ? ","
                : "";
    }

    private static Optional<String> text(Node node, String word, String joiner) {
        Node found = node.at(word);
        List<String> several = found.items().stream().flatMap(n -> n.text().stream()).toList();
        if (several.isEmpty()) {
            return found.text();
        }
        return Optional.of(joiner.isEmpty() ? several.getFirst() : String.join(joiner, several));
    }

    private static Optional<String> first(Node schema, String list) {
        return schema.items(list).stream().findFirst().flatMap(Node::text);
    }

    private static String choices(Node schema) {
        List<String> words =
                schema.items("enum").stream().flatMap(w -> w.text().stream()).limit(12).toList();
        return words.isEmpty() ? "" : Names.title("(" + String.join(", ", words) + ")");
    }
}
