package dev.mortise.api.draft;

import dev.mortise.api.draft.call.Findings;
import dev.mortise.api.draft.call.Media;
import dev.mortise.api.draft.call.Names;
import dev.mortise.api.draft.call.Shape;
import dev.mortise.api.draft.schema.Content;
import dev.mortise.api.draft.schema.Refs;
import dev.mortise.api.draft.text.Node;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads what a call of an OpenAPI document is answered with.
final class OpenApiAnswers {
    private static final List<String> GOOD =
            List.of("200", "201", "202", "203", "206", "2XX", "2xx", "default");

    private final Refs refs;
    private final Findings findings;
    private final Node root;
    private final OpenApiContent contents;

    OpenApiAnswers(Refs refs, Findings findings, Node root, OpenApiContent contents) {
        this.refs = refs;
        this.findings = findings;
        this.root = root;
        this.contents = contents;
    }

    /// What a call is answered with, and whether that is a page with a `Link` header.
    ///
    /// @param accept the content type to ask for, where that has to be named
    /// @param created whether the call creates what it is answered with (status 201)
    record Answered(
            Media media, Optional<String> accept, Shape shape, boolean link, boolean created) {
        static Answered untold(boolean link) {
            return new Answered(Media.JSON, Optional.empty(), Shape.NOTHING, link, false);
        }
    }

    /// The best answer; empty, with a finding, when a GET gets what no resource reads.
    Optional<Answered> answer(Node node, boolean get) {
        Node best = best(node);
        boolean link =
                best.at("headers").entries().keySet().stream().anyMatch("link"::equalsIgnoreCase);
        Optional<Content> content = contents.swagger() ? swagger(node, best) : Content.best(best);
        if (content.isEmpty()) {
            return Optional.of(Answered.untold(link));
        }
        Content answer = content.get();
        boolean file = refs.resolve(answer.node().at("schema")).text("type", "").equals("file");
        if (!file && readable(answer.media())) {
            Node example = contents.example(answer.node());
            Shape shape = contents.shape(answer, example, true);
            return Optional.of(
                    new Answered(answer.media(), answer.named(), shape, link, created(node)));
        }
        if (!get) {
            return Optional.of(Answered.untold(link));
        }
        findings.leftOut(
                best.place(),
                "answers come as '"
                        + Names.title(file ? "file" : answer.type())
                        + "', a resource reads JSON, XML or CSV",
                "");
        return Optional.empty();
    }

    private static boolean created(Node node) {
        Map<String, Node> answers = node.entries("responses");
        return answers.containsKey("201") && !answers.containsKey("200");
    }

    private static boolean readable(Media media) {
        return media == Media.JSON
                || media == Media.XML
                || media == Media.CSV
                || media == Media.NDJSON;
    }

    private Node best(Node node) {
        Map<String, Node> answers = node.entries("responses");
        Node none = Node.absent(node.place());
        for (String status : GOOD) {
            if (answers.containsKey(status)) {
                return refs.resolve(answers.getOrDefault(status, none));
            }
        }
        return none;
    }

    private Optional<Content> swagger(Node node, Node answer) {
        List<Node> types = node.has("produces") ? node.items("produces") : root.items("produces");
        return answer.has("schema") ? Optional.of(Content.best(types, answer)) : Optional.empty();
    }
}
