package dev.mortise.api.draft;

import dev.mortise.api.draft.call.Addresses;
import dev.mortise.api.draft.call.Finding;
import dev.mortise.api.draft.call.Findings;
import dev.mortise.api.draft.call.Names;
import dev.mortise.api.draft.call.Operation;
import dev.mortise.api.draft.call.Operation.In;
import dev.mortise.api.draft.call.Operation.Param;
import dev.mortise.api.draft.call.Placeholders;
import dev.mortise.api.draft.call.SampleShape;
import dev.mortise.api.draft.call.Shape;
import dev.mortise.api.draft.text.Node;
import dev.mortise.spi.option.Tree;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Reads the operations of an OpenAPI document, one at a time.
final class OpenApiCalls {
    private final Refs refs;
    private final Placeholders placeholders;
    private final Findings findings;
    private final Node root;
    private final boolean swagger;
    private final OpenApiParams params;

    OpenApiCalls(
            Refs refs,
            Placeholders placeholders,
            Findings findings,
            Node root,
            boolean swagger,
            OpenApiSecurity.Login login) {
        this.refs = refs;
        this.placeholders = placeholders;
        this.findings = findings;
        this.root = root;
        this.swagger = swagger;
        this.params = new OpenApiParams(refs, placeholders, findings, login);
    }

    /// @param item the path item, whose parameters hold for all of its operations
    Optional<Operation> read(String path, String method, Node node, Node item) {
        Optional<Node> answer = answer(node, method);
        if (answer.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Node> declared = OpenApiParams.declared(refs, node, item);
        Request request = swagger ? swaggerRequest(declared) : request(node);
        int query = path.indexOf('?');
        String bare = query < 0 ? path : path.substring(0, query);
        List<Param> params = this.params.of(bare, declared, node);
        if (query >= 0) {
            for (Map.Entry<String, String> pair : Addresses.query(path.substring(query + 1))) {
                String value = placeholders.value(pair.getKey(), pair.getValue(), node.place());
                params.add(Param.sent(In.QUERY, pair.getKey(), value, Shape.NOTHING, node.place()));
            }
        }
        params.addAll(request.params);
        return Optional.of(
                new Operation(
                        node.text("operationId", ""),
                        title(node),
                        method.toUpperCase(Locale.ROOT),
                        Addresses.path(bare),
                        params,
                        request.shape,
                        request.body,
                        request.told,
                        request.form,
                        shape(answer.get(), true),
                        answer.get().at("headers").entries().keySet().stream()
                                .anyMatch("link"::equalsIgnoreCase),
                        node.place()));
    }

    private static String title(Node node) {
        return Names.title(node.text("summary").or(() -> node.text("description")).orElse(""));
    }

    /// The best answer; empty when it is of a kind that no resource reads.
    private Optional<Node> answer(Node node, String method) {
        Map<String, Node> answers = node.entries("responses");
        Node best = Node.absent(node.place());
        for (String status : List.of("200", "201", "202", "203", "206", "2XX", "2xx", "default")) {
            if (answers.containsKey(status)) {
                best = refs.resolve(answers.getOrDefault(status, best));
                break;
            }
        }
        Map<String, Node> content = best.entries("content");
        boolean json = content.isEmpty() || media(best).exists();
        if (!json && method.equals("get")) {
            findings.leftOut(
                    best.place(),
                    "answers come as '"
                            + Names.title(content.keySet().iterator().next())
                            + "', a resource reads JSON",
                    "");
            return Optional.empty();
        }
        return Optional.of(best);
    }

    /// The content in JSON.
    private static Node media(Node holder) {
        Map<String, Node> content = holder.entries("content");
        for (Map.Entry<String, Node> media : content.entrySet()) {
            String kind = media.getKey().toLowerCase(Locale.ROOT);
            if (kind.contains("json") || kind.equals("*/*") || kind.equals("application/*")) {
                return media.getValue();
            }
        }
        return Node.absent(holder.place());
    }

    private Shape shape(Node holder, boolean answer) {
        Node media = swagger ? holder : media(holder);
        Node schema = media.at("schema");
        Shape shape =
                schema.exists()
                        ? new SchemaShape(refs, findings, answer).of(schema)
                        : Shape.NOTHING;
        boolean bare = shape instanceof Shape.Nothing || shape instanceof Shape.Anything;
        boolean empty = shape instanceof Shape.Fields fields && fields.fields().isEmpty();
        if (!bare && !empty) {
            return shape;
        }
        Tree example = example(media).tree();
        return example == null ? shape : SampleShape.of(example);
    }

    private Node example(Node media) {
        if (media.has("example")) {
            return media.at("example");
        }
        for (Node example : media.entries("examples").values()) {
            Node known = refs.resolve(example);
            return swagger ? known : known.at("value");
        }
        return media.at("schema", "example");
    }

    /// @param params the scalars of the body, for paging and notes
    private record Request(
            Shape shape,
            Optional<Tree> body,
            List<Finding> told,
            boolean form,
            List<Param> params) {
        static final Request NONE =
                new Request(Shape.NOTHING, Optional.empty(), List.of(), false, List.of());
    }

    private Request request(Node node) {
        Node request = refs.resolve(node.at("requestBody"));
        if (!request.exists()) {
            return Request.NONE;
        }
        Node media = media(request);
        if (!media.exists()) {
            return new Request(Shape.ANYTHING, Optional.empty(), List.of(), true, List.of());
        }
        return body(shape(request, false), media.at("schema"), example(media));
    }

    private Request swaggerRequest(Map<String, Node> declared) {
        boolean form = false;
        for (Node param : declared.values()) {
            form |= param.text("in", "").equals("formData");
            if (param.text("in", "").equals("body")) {
                Node schema = param.at("schema");
                return body(shape(param, false), schema, schema.at("example"));
            }
        }
        return form
                ? new Request(Shape.ANYTHING, Optional.empty(), List.of(), true, List.of())
                : Request.NONE;
    }

    private Request body(Shape shape, Node schema, Node example) {
        // Whether the template is sent shows only later; a call that takes rows has none.
        Findings told = new Findings();
        SchemaBody template = new SchemaBody(refs, placeholders, told);
        Optional<Tree> body = template.of(schema, example);
        List<Param> params = template.params(shape, body.orElse(null), root.place());
        return new Request(shape, body, told.all(), false, params);
    }
}
