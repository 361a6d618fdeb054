package dev.mortise.api.draft;

import dev.mortise.api.draft.call.Addresses;
import dev.mortise.api.draft.call.FillIn;
import dev.mortise.api.draft.call.Findings;
import dev.mortise.api.draft.call.Names;
import dev.mortise.api.draft.call.Operation;
import dev.mortise.api.draft.call.Placeholders;
import dev.mortise.api.draft.call.Resource;
import dev.mortise.api.draft.call.Resources;
import dev.mortise.api.draft.schema.Refs;
import dev.mortise.api.draft.text.Node;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads OpenAPI 3.0 and 3.1, and Swagger 2.
final class OpenApi {
    static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

    private final Node root;
    private final Hint hint;
    private final Findings findings = new Findings();
    private final Refs refs;
    private final Placeholders placeholders;
    private long characters;

    OpenApi(Node root, Hint hint) {
        this.root = root;
        this.hint = hint;
        this.refs = new Refs(root, hint.file(), this::open, findings);
        this.placeholders = new Placeholders(hint.name(), findings);
    }

    /// @throws ProblemException when the version is not known or there are no paths at all
    Draft read() {
        boolean swagger = root.has("swagger");
        checkVersion(swagger ? "swagger" : "openapi");
        OpenApiSecurity security = new OpenApiSecurity(root, refs, placeholders, findings, swagger);
        OpenApiSecurity.Login login = security.read();
        OpenApiCalls calls = new OpenApiCalls(refs, placeholders, findings, root, swagger, login);
        List<Operation> operations = operations(calls);
        if (root.has("webhooks")) {
            findings.leftOut(
                    root.at("webhooks").place(), "webhooks are no calls and are left out", "");
        }
        String base = base(swagger);
        List<Resource> resources = new Resources(findings).of(operations);
        return new Draft(
                hint.name(),
                Names.title(root.at("info").text("title", "")),
                Format.OPENAPI,
                true,
                base,
                login.auth(),
                login.headers(),
                resources,
                findings.all());
    }

    /// Another document, as long as all of them together are no larger than one may be.
    private Optional<Node> open(String name) {
        Optional<String> text = hint.documents().find(name);
        characters += text.map(String::length).orElse(0);
        return text.filter(_ -> characters <= Draft.BYTES_MAX).map(t -> Format.parse(name, t));
    }

    private void checkVersion(String word) {
        String version = root.text(word, "");
        boolean known = word.equals("swagger") ? version.startsWith("2") : version.startsWith("3.");
        if (!known) {
            throw new ProblemException(
                    new Problem(
                            ProblemCode.VERSION_UNSUPPORTED,
                            "expected OpenAPI 3.0 or 3.1, or Swagger 2.0, found "
                                    + word
                                    + " '"
                                    + Names.title(version)
                                    + "'",
                            root.at(word).place().toString(),
                            "convert the document to OpenAPI 3"));
        }
    }

    private List<Operation> operations(OpenApiCalls calls) {
        List<Operation> operations = new ArrayList<>();
        for (Map.Entry<String, Node> path : root.entries("paths").entrySet()) {
            if (path.getKey().startsWith("x-")) {
                continue;
            }
            Node item = refs.resolve(path.getValue());
            tellServers(item, "path");
            for (Map.Entry<String, Node> entry : item.entries().entrySet()) {
                if (METHODS.contains(entry.getKey())
                        && operations.size() <= Resources.RESOURCES_MAX) {
                    tellServers(entry.getValue(), "call");
                    calls.read(path.getKey(), entry.getKey(), entry.getValue(), item)
                            .ifPresent(operations::add);
                }
            }
        }
        if (operations.isEmpty()) {
            findings.leftOut(root.at("paths").place(), "the document describes no calls", "");
        }
        return operations;
    }

    private void tellServers(Node node, String what) {
        if (node.has("servers")) {
            findings.leftOut(
                    node.at("servers").place(),
                    "servers of a single " + what + " are not carried over",
                    "make a connection of its own for it");
        }
    }

    private String base(boolean swagger) {
        if (hint.baseUrl().isPresent()) {
            return Addresses.base(hint.baseUrl().get()).orElse(FillIn.ADDRESS);
        }
        Optional<String> written = swagger ? swaggerBase() : server();
        Optional<String> base = written.flatMap(Addresses::base);
        if (base.isEmpty()) {
            Node place = swagger ? root : root.at("servers");
            findings.fillIn(
                    place.place(),
                    "the document names no complete address of a server",
                    "put it in the place of " + FillIn.ADDRESS);
            String path = written.filter(p -> p.startsWith("/") && !p.contains("{")).orElse("");
            return Addresses.base(FillIn.ADDRESS + path).orElse(FillIn.ADDRESS);
        }
        return base.get();
    }

    private Optional<String> swaggerBase() {
        String path = root.text("basePath", "");
        Optional<String> host = root.text("host");
        List<String> schemes =
                root.items("schemes").stream().flatMap(s -> s.text().stream()).toList();
        String scheme =
                schemes.contains("https") || schemes.isEmpty() ? "https" : schemes.getFirst();
        return host.map(name -> scheme + "://" + name + path).or(() -> Optional.of(path));
    }

    private Optional<String> server() {
        List<Node> servers = root.items("servers");
        if (servers.isEmpty()) {
            return Optional.empty();
        }
        for (Node other : servers.subList(1, servers.size())) {
            findings.leftOut(
                    other.place(),
                    "server '" + Names.title(other.text("url", "")) + "' is not the first",
                    "set 'base_url' to use it");
        }
        Node first = servers.getFirst();
        String url = first.text("url", "");
        for (Map.Entry<String, String> variable : variables(first).entrySet()) {
            url = url.replace("{" + variable.getKey() + "}", variable.getValue());
        }
        return Optional.of(url);
    }

    private static Map<String, String> variables(Node server) {
        Map<String, String> values = new LinkedHashMap<>();
        server.entries("variables")
                .forEach(
                        (name, variable) ->
                                variable.text("default")
                                        .or(
                                                () ->
                                                        variable.items("enum").stream()
                                                                .findFirst()
                                                                .flatMap(Node::text))
                                        .ifPresent(value -> values.put(name, value)));
        return values;
    }
}
