package dev.mortise.api.draft;

import dev.mortise.api.draft.call.Addresses;
import dev.mortise.api.draft.call.FillIn;
import dev.mortise.api.draft.call.Findings;
import dev.mortise.api.draft.call.Names;
import dev.mortise.api.draft.call.Operation.In;
import dev.mortise.api.draft.call.Operation.Param;
import dev.mortise.api.draft.call.Placeholders;
import dev.mortise.api.draft.call.Secrets;
import dev.mortise.api.draft.call.Shape;
import dev.mortise.api.draft.text.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads the parameters of an operation. A required one gets a value: its default, an example, the
/// first choice, or a mark to fill in; an optional one is only told.
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
        String type = param.at("schema").text("type", param.text("type", ""));
        boolean many = type.equals("array") || type.equals("object");
        if (deep || (many && param.isTrue("required"))) {
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
                required ? value(in, param, schema, name) : Optional.empty(),
                required,
                Names.title(param.text("description", "")),
                choices(schema),
                param.place());
    }

    private Optional<String> value(In in, Node param, Node schema, String name) {
        if (Secrets.isNamed(name)) {
            return Optional.of(placeholders.secret(name, "", param.place()));
        }
        Optional<String> known =
                schema.text("default")
                        .or(() -> param.text("example"))
                        .or(() -> param.text("x-example"))
                        .or(() -> schema.text("example"))
                        .or(() -> first(schema, "enum"))
                        .or(() -> first(schema, "examples"));
        if (known.isEmpty() && in != In.PATH) {
            findings.fillIn(
                    param.place(),
                    "parameter '" + Names.title(name) + "' is required and has no usual value",
                    "put it in the place of " + FillIn.TEXT);
        }
        Optional<String> safe = known.map(text -> placeholders.value(name, text, param.place()));
        return in == In.PATH ? safe : safe.or(() -> Optional.of(FillIn.TEXT));
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
