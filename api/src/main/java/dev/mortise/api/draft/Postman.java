package dev.mortise.api.draft;

import dev.mortise.api.draft.call.Addresses;
import dev.mortise.api.draft.call.FillIn;
import dev.mortise.api.draft.call.Findings;
import dev.mortise.api.draft.call.Names;
import dev.mortise.api.draft.call.SampleShape;
import dev.mortise.api.draft.call.Shape;
import dev.mortise.api.draft.text.JsonText;
import dev.mortise.api.draft.text.Node;
import dev.mortise.spi.problem.ProblemException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/// Reads Postman collections 2.0 and 2.1: folders, variables, inherited auth, and saved answers,
/// which show what comes back.
final class Postman {
    private static final int DEPTH_MAX = 50;
    private static final int REQUESTS_MAX = 10_000;

    private final Node root;
    private final Hint hint;
    private final Findings findings = new Findings();
    private final SentCalls calls;
    private final PostmanAuth auth;
    private final PostmanVariables variables;
    private final List<Sent> sent = new ArrayList<>();

    Postman(Node document, Hint hint) {
        this.root = document.has("collection") ? document.at("collection") : document;
        this.hint = hint;
        this.calls = new SentCalls(hint, findings);
        this.variables = new PostmanVariables(root);
        this.auth = new PostmanAuth(calls.login(), variables, findings);
    }

    Draft read() {
        scripts(root);
        walk(root, root.at("auth"), 1);
        String title = Names.title(root.at("info").text("name", ""));
        return calls.draft(sent, title, Format.POSTMAN, true);
    }

    private void walk(Node folder, Node inherited, int depth) {
        for (Node item : folder.items("item")) {
            Node own = item.has("auth") ? item.at("auth") : inherited;
            scripts(item);
            if (item.has("item") && depth < DEPTH_MAX) {
                walk(item, own, depth + 1);
            } else if (item.has("request") && sent.size() < REQUESTS_MAX) {
                request(item, own);
            }
        }
    }

    private void scripts(Node item) {
        for (Node event : item.items("event")) {
            boolean empty =
                    event.at("script").items("exec").stream()
                            .allMatch(line -> line.text().orElse("").isBlank());
            if (!empty) {
                findings.leftOut(
                        event.place(),
                        "a script ('"
                                + Names.title(event.text("listen", ""))
                                + "') is not carried over",
                        "describe what it does: how calls are signed, or what is checked");
            }
        }
    }

    private void request(Node item, Node inherited) {
        Node request = item.at("request");
        auth.read(request.has("auth") ? request.at("auth") : inherited);
        Map<String, String> holes = new LinkedHashMap<>();
        String url = url(request, holes);
        Node body = request.at("body");
        sent.add(
                new Sent(
                        item.text("name", ""),
                        request.text("method", "GET").toUpperCase(Locale.ROOT),
                        url,
                        holes,
                        headers(request),
                        isForm(body),
                        body.text("raw")
                                .filter(text -> !text.isBlank())
                                .map(variables::json)
                                .or(() -> pairs(body)),
                        answer(item),
                        link(item),
                        request.place()));
    }

    /// The form of a request as it is sent; empty when it has none.
    private static Optional<String> pairs(Node body) {
        String pairs =
                body.items("urlencoded").stream()
                        .filter(pair -> !pair.isTrue("disabled") && pair.has("key"))
                        .map(
                                pair ->
                                        encode(pair.text("key", ""))
                                                + "="
                                                + encode(pair.text("value", "")))
                        .collect(Collectors.joining("&"));
        boolean sent = body.text("mode", "").equals("urlencoded") && !body.isTrue("disabled");
        return Optional.of(pairs).filter(text -> sent && !text.isEmpty());
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static boolean isForm(Node body) {
        return switch (body.text("mode", "raw")) {
            case "raw", "urlencoded" -> false;
            default -> !body.isTrue("disabled");
        };
    }

    private List<Map.Entry<String, String>> headers(Node request) {
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        for (Node header : request.items("header")) {
            if (!header.isTrue("disabled")) {
                String name = header.text("key", "");
                headers.add(Map.entry(name, variables.resolve(header.text("value", ""))));
            }
        }
        return headers;
    }

    private String url(Node request, Map<String, String> holes) {
        Node url = request.has("url") ? request.at("url") : Node.absent(request.place());
        String raw = url.text().or(() -> request.text()).or(() -> url.text("raw")).orElse("");
        if (raw.isEmpty()) {
            raw = parts(url);
        }
        String whole = variables.resolve(raw);
        int query = whole.indexOf('?');
        String address = query < 0 ? whole : whole.substring(0, query);
        String rest = query < 0 ? "" : whole.substring(query);
        if (url.at("query").isArray()) {
            rest = query(url);
        }
        return path(address(address, request), url, holes) + rest;
    }

    private static String parts(Node url) {
        Node host = url.at("host");
        String name = host.text().orElseGet(() -> joined(host, "."));
        return url.text("protocol", "https") + "://" + name + "/" + joined(url.at("path"), "/");
    }

    private static String joined(Node list, String between) {
        StringJoiner joiner = new StringJoiner(between);
        list.items().forEach(part -> joiner.add(part.text().orElse(part.text("value", ""))));
        return joiner.toString();
    }

    private String query(Node url) {
        StringJoiner joiner = new StringJoiner("&", "?", "");
        for (Node pair : url.items("query")) {
            String name = pair.text("key", "");
            if (!pair.isTrue("disabled") && !name.isEmpty()) {
                String value = variables.resolve(pair.text("value", ""));
                joiner.add(encoded(name) + "=" + encoded(value));
            }
        }
        String query = joiner.toString();
        return query.equals("?") ? "" : query;
    }

    private static String encoded(String text) {
        // A value that is encoded already stays as it is.
        return URLEncoder.encode(Addresses.decode(text), StandardCharsets.UTF_8);
    }

    /// An address whose host is known; else the host is one to fill in.
    private String address(String written, Node request) {
        if (Addresses.split(written).isPresent()) {
            return written;
        }
        String bare = written.matches("(?i)https?://.*") ? written : "https://" + written;
        if (Addresses.split(bare).isPresent() && !written.startsWith("{{")) {
            return bare;
        }
        int slash = written.indexOf('/', written.contains("://") ? written.indexOf("://") + 3 : 0);
        String path = slash < 0 ? "" : written.substring(slash);
        String base = hint.baseUrl().flatMap(Addresses::base).orElse(FillIn.ADDRESS);
        if (hint.baseUrl().isEmpty()) {
            findings.fillIn(
                    request.place(),
                    "the address begins with a variable the collection does not set",
                    "put it in the place of " + FillIn.ADDRESS);
        }
        return base + path;
    }

    /// Path variables, `:id` and those of the collection, become holes.
    private String path(String address, Node url, Map<String, String> holes) {
        int host = address.indexOf("://") + 3;
        int slash = address.indexOf('/', host);
        if (slash < 0) {
            return address;
        }
        Map<String, String> known = new LinkedHashMap<>();
        for (Node variable : url.items("variable")) {
            String name = variable.text("key").or(() -> variable.text("id")).orElse("");
            known.put(name, variables.resolve(variable.text("value", "")));
        }
        StringJoiner path = new StringJoiner("/");
        for (String segment : address.substring(slash).split("/", -1)) {
            path.add(segment(segment, known, holes));
        }
        PathHoles.Path found = PathHoles.of(path.toString());
        found.values().forEach(holes::putIfAbsent);
        return address.substring(0, slash) + found.path();
    }

    private static String segment(
            String segment, Map<String, String> known, Map<String, String> holes) {
        boolean colon = segment.matches(":[A-Za-z_][A-Za-z0-9_.-]*");
        boolean variable = segment.matches("\\{\\{[^{}]+}}");
        if (!colon && !variable) {
            return segment.replaceAll("\\{\\{[^{}]*}}", FillIn.TEXT);
        }
        String name = colon ? segment.substring(1) : segment.substring(2, segment.length() - 2);
        String fit = name.matches("[A-Za-z_][A-Za-z0-9_.-]*") ? name : "p" + (holes.size() + 1);
        holes.put(fit, known.getOrDefault(name, ""));
        return "{" + fit + "}";
    }

    private static Shape answer(Node item) {
        Shape shape = Shape.NOTHING;
        for (Node saved : item.items("response")) {
            int code = saved.at("code").number().map(java.math.BigDecimal::intValue).orElse(200);
            Optional<String> body = saved.text("body").filter(text -> code < 300);
            if (body.isPresent()) {
                shape = Shape.merge(shape, sample(body.get()));
            }
        }
        return shape;
    }

    private static Shape sample(String body) {
        String start = body.stripLeading();
        if (!start.startsWith("{") && !start.startsWith("[")) {
            return Shape.NOTHING;
        }
        try {
            return SampleShape.of(JsonText.read("", body));
        } catch (ProblemException _) {
            // A saved answer that was shortened by hand shows nothing; the call stays.
            return Shape.NOTHING;
        }
    }

    private static boolean link(Node item) {
        return item.items("response").stream()
                .flatMap(saved -> saved.items("header").stream())
                .anyMatch(header -> header.text("key", "").equalsIgnoreCase("link"));
    }
}
