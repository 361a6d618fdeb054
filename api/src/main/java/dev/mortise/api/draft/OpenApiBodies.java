package dev.mortise.api.draft;

import dev.mortise.api.draft.call.Finding;
import dev.mortise.api.draft.call.Findings;
import dev.mortise.api.draft.call.Media;
import dev.mortise.api.draft.call.Names;
import dev.mortise.api.draft.call.Operation.Param;
import dev.mortise.api.draft.call.Placeholders;
import dev.mortise.api.draft.call.Shape;
import dev.mortise.api.draft.call.Shape.Fields;
import dev.mortise.api.draft.schema.Content;
import dev.mortise.api.draft.schema.FormFields;
import dev.mortise.api.draft.schema.Refs;
import dev.mortise.api.draft.schema.SchemaBody;
import dev.mortise.api.draft.text.Node;
import dev.mortise.spi.option.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads what a call of an OpenAPI document sends.
final class OpenApiBodies {
    private final Refs refs;
    private final Placeholders placeholders;
    private final Findings findings;
    private final Node root;
    private final OpenApiContent contents;

    OpenApiBodies(
            Refs refs,
            Placeholders placeholders,
            Findings findings,
            Node root,
            OpenApiContent contents) {
        this.refs = refs;
        this.placeholders = placeholders;
        this.findings = findings;
        this.root = root;
        this.contents = contents;
    }

    /// @param type its content type, where that has to be named
    /// @param body the template of the body
    /// @param told what must be told when that template is sent
    /// @param params the scalars of the body, for paging and notes
    record Request(
            Media media,
            Optional<String> type,
            Shape shape,
            Optional<Tree> body,
            List<Finding> told,
            List<Param> params) {
        static final Request NONE =
                new Request(
                        Media.JSON,
                        Optional.empty(),
                        Shape.NOTHING,
                        Optional.empty(),
                        List.of(),
                        List.of());
    }

    /// What a call sends; empty, with a finding, when no resource can send it.
    ///
    /// @param declared all parameters, by place and name
    /// @param call as people call it
    Optional<Request> request(Node node, Map<String, Node> declared, String call) {
        Optional<Content> content = contents.swagger() ? swagger(node, declared) : sent(node);
        if (content.isEmpty()) {
            return Optional.of(Request.NONE);
        }
        Content sent = content.get();
        Node schema = sent.node().at("schema");
        if (sent.media() == Media.OTHER) {
            findings.leftOut(
                    sent.node().place(),
                    call + " sends '" + Names.title(sent.type()) + "', which no resource sends",
                    "");
            return Optional.empty();
        }
        Optional<String> file =
                sent.media().isForm()
                        ? new FormFields(refs, findings, sent.media() == Media.MULTIPART)
                                .neededFile(schema)
                        : Optional.empty();
        if (file.isPresent()) {
            findings.leftOut(
                    sent.node().place(),
                    call + " sends a file as '" + Names.title(file.get()) + "'",
                    "");
            return Optional.empty();
        }
        return Optional.of(body(sent));
    }

    private Optional<Content> sent(Node node) {
        return Content.best(refs.resolve(node.at("requestBody")));
    }

    private Optional<Content> swagger(Node node, Map<String, Node> declared) {
        List<Node> types = types(node, "consumes");
        Map<String, Tree> fields = new LinkedHashMap<>();
        List<Tree> required = new ArrayList<>();
        for (Node param : declared.values()) {
            String in = param.text("in", "");
            if (in.equals("body")) {
                return Optional.of(Content.best(types, param));
            }
            Tree tree = param.tree();
            if (in.equals("formData") && tree != null) {
                String name = param.text("name", "");
                fields.put(name, tree);
                if (param.isTrue("required")) {
                    required.add(new Tree.Leaf(name, true, param.place()));
                }
            }
        }
        return fields.isEmpty()
                ? Optional.empty()
                : Optional.of(form(types, fields, required, node));
    }

    /// The parameters of a form as the schema of a body.
    private static Content form(
            List<Node> types, Map<String, Tree> fields, List<Tree> required, Node node) {
        Map<String, Tree> schema = new LinkedHashMap<>();
        schema.put("type", new Tree.Leaf("object", true, node.place()));
        schema.put("properties", new Tree.Entries(fields, Map.of(), node.place()));
        schema.put("required", new Tree.Items(required, node.place()));
        Tree holder =
                new Tree.Entries(
                        Map.of("schema", new Tree.Entries(schema, Map.of(), node.place())),
                        Map.of(),
                        node.place());
        boolean parts =
                types.stream()
                        .map(type -> Media.of(type.text().orElse("")))
                        .noneMatch(media -> media == Media.FORM);
        // Swagger 2 has files in no other form, whatever else `consumes` says.
        boolean file =
                fields.values().stream()
                        .anyMatch(field -> Node.of(field).text("type", "").equals("file"));
        Media media = file || (parts && !types.isEmpty()) ? Media.MULTIPART : Media.FORM;
        return new Content(media, media.word(), Node.of(holder));
    }

    private List<Node> types(Node node, String word) {
        return node.has(word) ? node.items(word) : root.items(word);
    }

    private Request body(Content sent) {
        // Whether the template is sent shows only later; a call that takes rows has none.
        Findings told = new Findings();
        Node schema = sent.node().at("schema");
        Node example = contents.example(sent.node());
        Shape shape = contents.shape(sent, example, false);
        SchemaBody template = new SchemaBody(refs, placeholders, told);
        Optional<Tree> body = template.of(schema, example);
        List<Param> params = template.params(shape, body.orElse(null), root.place());
        boolean rooted =
                sent.media() == Media.XML
                        && shape instanceof Fields outer
                        && outer.fields().size() == 1;
        return new Request(
                sent.media(),
                sent.named(),
                shape,
                rooted ? body.map(tree -> below((Fields) shape, tree)) : body,
                told.all(),
                rooted ? List.of() : params);
    }

    private static Tree below(Fields document, Tree tree) {
        String name = document.fields().keySet().iterator().next();
        return new Tree.Entries(Map.of(name, tree), Map.of(), tree.place());
    }
}
