package dev.mortise.api.draft;

import dev.mortise.api.draft.call.Addresses;
import dev.mortise.api.draft.call.Findings;
import dev.mortise.api.draft.call.Names;
import dev.mortise.api.draft.call.SampleShape;
import dev.mortise.api.draft.call.Shape;
import dev.mortise.api.draft.text.JsonText;
import dev.mortise.api.draft.text.Node;
import dev.mortise.spi.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Reads a HTTP archive: entries of one endpoint become one call, whose answer is what all of their
/// answers have in common. Pages, images, scripts and analytics are left out.
final class Har {
    private static final int ENTRIES_MAX = 20_000;
    private static final Pattern ANALYTICS =
            Pattern.compile(
                    "(?i)https?://([^/]*\\.)?(google-analytics|googletagmanager"
                            + "|doubleclick|sentry|hm\\.baidu"
                            + "|cnzz|umeng|segment|mixpanel|hotjar|clarity"
                            + "|bugsnag|datadoghq|newrelic"
                            + "|nr-data|growingio|sensorsdata|facebook)\\b.*"
                            + "|.*/(collect|beacon|track|log\\.gif|rum"
                            + "|telemetry|metrics)([?/].*)?");
    private static final Pattern FILES =
            Pattern.compile(
                    "(?i)[^?#]*\\.(js|mjs|css|png|jpe?g|gif|svg|ico|webp"
                            + "|woff2?|ttf|map|html?|mp4|wasm)"
                            + "([?#].*)?");

    /// @param alike what must agree before differing segments are taken for values
    private record Entry(
            Node node,
            String method,
            Addresses.Split url,
            Shape answer,
            boolean link,
            String alike) {}

    private final Node root;
    private final Hint hint;
    private final Findings findings = new Findings();

    Har(Node root, Hint hint) {
        this.root = root;
        this.hint = hint;
    }

    Draft read() {
        List<Node> nodes = root.at("log").items("entries");
        List<Entry> entries = new ArrayList<>();
        int dropped = Math.max(0, nodes.size() - ENTRIES_MAX);
        for (Node node : nodes.subList(0, Math.min(nodes.size(), ENTRIES_MAX))) {
            Optional<Entry> entry = entry(node);
            dropped += entry.isEmpty() ? 1 : 0;
            entry.ifPresent(entries::add);
        }
        if (dropped > 0) {
            findings.leftOut(
                    root.at("log", "entries").place(),
                    dropped + " entries are no calls of an API and are left out",
                    "");
        }
        return new SentCalls(hint, findings).draft(group(entries), "", Format.HAR, false);
    }

    private static Optional<Entry> entry(Node node) {
        Node request = node.at("request");
        Node response = node.at("response");
        String url = request.text("url", "");
        String method = request.text("method", "GET").toUpperCase(Locale.ROOT);
        int status = response.at("status").number().map(java.math.BigDecimal::intValue).orElse(0);
        boolean failed = status < 200 || status >= 300;
        boolean aside = ANALYTICS.matcher(url).matches() || FILES.matcher(url).matches();
        Optional<Addresses.Split> split = Addresses.split(url);
        if (failed || aside || split.isEmpty() || method.equals("OPTIONS")) {
            return Optional.empty();
        }
        return answer(response)
                .map(
                        answer -> {
                            boolean link =
                                    response.items("headers").stream()
                                            .anyMatch(
                                                    h ->
                                                            h.text("name", "")
                                                                    .equalsIgnoreCase("link"));
                            return new Entry(
                                    node, method, split.get(), answer, link, fields(answer));
                        });
    }

    /// What the answer looks like; empty when it is no JSON.
    private static Optional<Shape> answer(Node response) {
        Node content = response.at("content");
        String kind = content.text("mimeType", "").toLowerCase(Locale.ROOT);
        Optional<String> text = content.text("text");
        if (text.isEmpty() || text.get().isBlank()) {
            return kind.contains("json") ? Optional.of(Shape.NOTHING) : Optional.empty();
        }
        String plain = decoded(text.get(), content.text("encoding", ""));
        String start = plain.stripLeading();
        if (!start.startsWith("{") && !start.startsWith("[")) {
            return Optional.empty();
        }
        try {
            return Optional.of(SampleShape.of(JsonText.read("", plain)));
        } catch (ProblemException _) {
            // Browsers cut long bodies off; the call is one all the same.
            return kind.contains("json") ? Optional.of(Shape.NOTHING) : Optional.empty();
        }
    }

    private static String decoded(String text, String encoding) {
        if (!encoding.equals("base64")) {
            return text;
        }
        try {
            return new String(Base64.getMimeDecoder().decode(text), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return "";
        }
    }

    private static String fields(Shape shape) {
        return switch (shape) {
            case Shape.Fields fields -> {
                Set<String> names = new TreeSet<>();
                fields.fields().forEach((name, inner) -> names.add(name + fields(inner)));
                yield names.toString();
            }
            case Shape.Many many -> "[" + fields(many.items()) + "]";
            case Shape.Value _, Shape.Nothing _, Shape.Anything _ -> "";
        };
    }

    private List<Sent> group(List<Entry> entries) {
        Map<String, List<String>> alike = new LinkedHashMap<>();
        for (Entry entry : entries) {
            alike.computeIfAbsent(key(entry), _ -> new ArrayList<>()).add(entry.url.path());
        }
        Map<String, Map<String, Set<Integer>>> differing = new LinkedHashMap<>();
        alike.forEach((key, paths) -> differing.put(key, PathHoles.differing(paths)));
        Map<String, Sent> calls = new LinkedHashMap<>();
        for (Entry entry : entries) {
            Set<Integer> at =
                    differing
                            .getOrDefault(key(entry), Map.of())
                            .getOrDefault(entry.url.path(), Set.of());
            // Answers with next to nothing in them are alike by chance.
            boolean told = entry.alike.length() > 4 && !at.isEmpty();
            PathHoles.Path path = PathHoles.of(entry.url.path(), told ? at : Set.of());
            Sent sent = sent(entry, path);
            String call = entry.method + " " + entry.url.base() + path.path();
            if (told && !calls.containsKey(call)) {
                findings.guessed(
                        sent.place(),
                        "calls that differ in one part of the path were taken for one: "
                                + Names.title(path.path()));
            }
            calls.merge(call, sent, Har::together);
        }
        return List.copyOf(calls.values());
    }

    private static String key(Entry entry) {
        return entry.method + " " + entry.url.base() + " " + entry.alike;
    }

    private static Sent together(Sent first, Sent next) {
        return new Sent(
                first.title(),
                first.method(),
                first.url(),
                first.holes(),
                first.headers(),
                first.form(),
                first.body().or(next::body),
                Shape.merge(first.answer(), next.answer()),
                first.link() || next.link(),
                first.place());
    }

    private static Sent sent(Entry entry, PathHoles.Path path) {
        Node request = entry.node.at("request");
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        for (Node header : request.items("headers")) {
            headers.add(Map.entry(header.text("name", ""), header.text("value", "")));
        }
        Node post = request.at("postData");
        String url = request.text("url", "");
        int query = url.indexOf('?');
        String rest = query < 0 ? "" : url.substring(query).replaceAll("#.*", "");
        boolean multipart =
                post.text("mimeType", "").toLowerCase(Locale.ROOT).contains("multipart");
        return new Sent(
                "",
                entry.method,
                entry.url.base() + path.path() + rest,
                path.values(),
                headers,
                multipart,
                post.text("text").filter(text -> !text.isBlank()),
                entry.answer,
                entry.link,
                request.place());
    }
}
