package dev.mortise.api.draft;

import dev.mortise.api.draft.OpenApiAnswers.Answered;
import dev.mortise.api.draft.OpenApiBodies.Request;
import dev.mortise.api.draft.call.Addresses;
import dev.mortise.api.draft.call.Findings;
import dev.mortise.api.draft.call.Names;
import dev.mortise.api.draft.call.Operation;
import dev.mortise.api.draft.call.Operation.In;
import dev.mortise.api.draft.call.Operation.Param;
import dev.mortise.api.draft.call.Placeholders;
import dev.mortise.api.draft.call.Shape;
import dev.mortise.api.draft.schema.Refs;
import dev.mortise.api.draft.text.Node;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Reads the operations of an OpenAPI document, one at a time.
final class OpenApiCalls {
    private final Refs refs;
    private final Placeholders placeholders;
    private final OpenApiAnswers answers;
    private final OpenApiBodies bodies;
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
        OpenApiContent contents = new OpenApiContent(refs, findings, swagger);
        this.answers = new OpenApiAnswers(refs, findings, root, contents);
        this.bodies = new OpenApiBodies(refs, placeholders, findings, root, contents);
        this.params = new OpenApiParams(refs, placeholders, findings, login);
    }

    /// @param item the path item, whose parameters hold for all of its operations
    Optional<Operation> read(String path, String method, Node node, Node item) {
        Optional<Answered> answer = answers.answer(node, method.equals("get"));
        if (answer.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Node> declared = OpenApiParams.declared(refs, node, item);
        String call = method.toUpperCase(Locale.ROOT) + " " + Names.title(path);
        Optional<Request> sent = bodies.request(node, declared, call);
        if (sent.isEmpty()) {
            return Optional.empty();
        }
        Request request = sent.get();
        int query = path.indexOf('?');
        String bare = query < 0 ? path : path.substring(0, query);
        List<Param> params = this.params.of(bare, declared, node);
        if (query >= 0) {
            for (Map.Entry<String, String> pair : Addresses.query(path.substring(query + 1))) {
                String value = placeholders.value(pair.getKey(), pair.getValue(), node.place());
                params.add(Param.sent(In.QUERY, pair.getKey(), value, Shape.NOTHING, node.place()));
            }
        }
        params.addAll(request.params());
        header("Accept", answer.get().accept(), node, params);
        header("Content-Type", request.type(), node, params);
        return Optional.of(
                new Operation(
                        node.text("operationId", ""),
                        title(node),
                        method.toUpperCase(Locale.ROOT),
                        Addresses.path(bare),
                        params,
                        request.shape(),
                        request.body(),
                        request.told(),
                        request.media(),
                        answer.get().shape(),
                        answer.get().media(),
                        answer.get().link(),
                        answer.get().created(),
                        node.place()));
    }

    /// A content type that has to be named, for it is not the one the connector names.
    private static void header(String name, Optional<String> type, Node node, List<Param> params) {
        type.ifPresent(
                text -> params.add(Param.sent(In.HEADER, name, text, Shape.NOTHING, node.place())));
    }

    private static String title(Node node) {
        return Names.title(node.text("summary").or(() -> node.text("description")).orElse(""));
    }
}
