package dev.mortise.api.draft;

import dev.mortise.api.draft.call.Addresses;
import dev.mortise.api.draft.call.FillIn;
import dev.mortise.api.draft.call.Findings;
import dev.mortise.api.draft.call.Names;
import dev.mortise.api.draft.call.Placeholders;
import dev.mortise.api.draft.schema.Refs;
import dev.mortise.api.draft.text.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// How an OpenAPI document says one signs in, as the option `auth` and headers. Of alternatives the
/// first that the connector can do is taken.
final class OpenApiSecurity {
    /// @param params names of parameters that signing in sends already
    record Login(Map<String, String> auth, Map<String, String> headers, Set<String> params) {}

    private final Node root;
    private final Refs refs;
    private final Placeholders placeholders;
    private final Findings findings;
    private final Map<String, Node> schemes;
    private final boolean swagger;

    OpenApiSecurity(
            Node root, Refs refs, Placeholders placeholders, Findings findings, boolean swagger) {
        this.root = root;
        this.refs = refs;
        this.placeholders = placeholders;
        this.findings = findings;
        this.swagger = swagger;
        this.schemes =
                swagger
                        ? root.entries("securityDefinitions")
                        : root.at("components").entries("securitySchemes");
    }

    Login read() {
        Map<String, Node> needed = requirement();
        Map<String, String> auth = new LinkedHashMap<>();
        Map<String, String> headers = new LinkedHashMap<>();
        Set<String> params = new TreeSet<>();
        for (Map.Entry<String, Node> need : needed.entrySet()) {
            Node scheme =
                    refs.resolve(schemes.getOrDefault(need.getKey(), Node.absent(root.place())));
            Map<String, String> words = words(scheme, need.getValue());
            if (auth.isEmpty()) {
                auth.putAll(words);
            } else if ("api_key".equals(words.get("kind")) && "header".equals(words.get("in"))) {
                headers.put(words.getOrDefault("name", ""), words.getOrDefault("value", ""));
            } else if (!words.isEmpty()) {
                findings.leftOut(
                        scheme.place(),
                        "calls sign in by '" + Names.title(need.getKey()) + "', too",
                        "add it to 'headers' or to params");
            }
            Optional.ofNullable(words.get("name")).ifPresent(params::add);
        }
        return new Login(auth, headers, params);
    }

    /// The schemes that are needed together, with what is asked of each.
    private Map<String, Node> requirement() {
        List<Node> alternatives = new ArrayList<>(root.items("security"));
        if (alternatives.isEmpty()) {
            alternatives.addAll(ofCalls());
        }
        List<Node> told = alternatives.stream().filter(a -> !a.entries().isEmpty()).toList();
        for (Node alternative : told) {
            boolean known =
                    alternative.entries().keySet().stream()
                            .allMatch(
                                    n ->
                                            schemes.containsKey(n)
                                                    && isSupported(
                                                            schemes.getOrDefault(
                                                                    n, Node.absent(root.place()))));
            if (known) {
                return alternative.entries();
            }
        }
        if (!told.isEmpty()) {
            return told.getFirst().entries();
        }
        boolean clear = schemes.size() == 1 && !root.at("security").isArray();
        return clear
                ? Map.of(schemes.keySet().iterator().next(), Node.absent(root.place()))
                : Map.of();
    }

    private List<Node> ofCalls() {
        List<Node> found = new ArrayList<>();
        for (Node item : root.entries("paths").values()) {
            for (Map.Entry<String, Node> call : item.entries().entrySet()) {
                if (OpenApi.METHODS.contains(call.getKey())) {
                    found.addAll(call.getValue().items("security"));
                }
            }
        }
        return found;
    }

    private boolean isSupported(Node written) {
        Node scheme = refs.resolve(written);
        boolean cookie = scheme.text("in", "").equals("cookie");
        String type = scheme.text("type", "");
        String http = scheme.text("scheme", "").toLowerCase(Locale.ROOT);
        return switch (type) {
            case "apiKey" -> !cookie;
            case "http" -> http.equals("basic") || http.equals("bearer");
            case "basic" -> true;
            case "oauth2" -> clientCredentials(scheme).exists();
            default -> false;
        };
    }

    private Map<String, String> words(Node scheme, Node asked) {
        return switch (scheme.text("type", "")) {
            case "apiKey" -> apiKey(scheme);
            case "basic" -> basic(scheme);
            case "http" -> http(scheme);
            case "oauth2" -> oauth(scheme, asked);
            case "openIdConnect" -> {
                String url = Names.title(scheme.text("openIdConnectUrl", ""));
                yield bearer(scheme, "signs in by OpenID Connect ('" + url + "')");
            }
            default -> unknown(scheme);
        };
    }

    private Map<String, String> unknown(Node scheme) {
        String type = Names.title(scheme.text("type", "an unknown one"));
        findings.leftOut(
                scheme.place(),
                "security scheme of type '" + type + "' is not carried over",
                "set 'auth'");
        return Map.of();
    }

    private Map<String, String> apiKey(Node scheme) {
        String name = scheme.text("name", "X-Api-Key");
        String in = scheme.text("in", "header");
        if (in.equals("cookie")) {
            return cookie(scheme, name);
        }
        if (!SentLogin.isHeader(name)) {
            return unknown(scheme);
        }
        boolean authorization = name.equalsIgnoreCase("authorization");
        if (authorization
                && scheme.text("description", "").toLowerCase(Locale.ROOT).contains("bearer")) {
            return bearer(scheme, "");
        }
        Map<String, String> words = new LinkedHashMap<>();
        words.put("kind", "api_key");
        words.put("name", Names.literal(name));
        words.put("value", placeholders.secret(name, "", scheme.place()));
        words.put("in", in.equals("query") ? "query" : "header");
        return words;
    }

    private Map<String, String> cookie(Node scheme, String name) {
        findings.leftOut(
                scheme.place(),
                "the key travels in the cookie '" + Names.title(name) + "'",
                "add a header 'Cookie' with a reference to it");
        return Map.of();
    }

    private Map<String, String> basic(Node scheme) {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("kind", "basic");
        words.put("user", placeholders.secret("user", "", scheme.place()));
        words.put("password", placeholders.secret("password", "", scheme.place()));
        return words;
    }

    private Map<String, String> http(Node scheme) {
        return switch (scheme.text("scheme", "").toLowerCase(Locale.ROOT)) {
            case "basic" -> basic(scheme);
            case "bearer" -> bearer(scheme, "");
            default -> unknown(scheme);
        };
    }

    /// @param why what the connection cannot do by itself; empty when it can
    private Map<String, String> bearer(Node scheme, String why) {
        if (!why.isEmpty()) {
            findings.leftOut(
                    scheme.place(),
                    "the API " + why + ", which needs a person",
                    "put a token that was granted into the variable of 'auth'");
        }
        Map<String, String> words = new LinkedHashMap<>();
        words.put("kind", "bearer");
        words.put("token", placeholders.secret("token", "", scheme.place()));
        return words;
    }

    private Node clientCredentials(Node scheme) {
        if (swagger) {
            boolean application = scheme.text("flow", "").equals("application");
            return application ? scheme : Node.absent(scheme.place());
        }
        return scheme.at("flows", "clientCredentials");
    }

    private Map<String, String> oauth(Node scheme, Node asked) {
        Node flow = clientCredentials(scheme);
        if (!flow.exists()) {
            return bearer(scheme, "signs in by OAuth 2 without client credentials");
        }
        Map<String, String> words = new LinkedHashMap<>();
        words.put("kind", "oauth2");
        words.put("token_url", tokenUrl(flow));
        words.put("client_id", placeholders.secret("client_id", "", scheme.place()));
        words.put("client_secret", placeholders.secret("client_secret", "", scheme.place()));
        String scopes =
                String.join(" ", asked.items().stream().flatMap(s -> s.text().stream()).toList());
        if (!scopes.isEmpty()) {
            words.put("scope", Names.literal(scopes));
        }
        return words;
    }

    private String tokenUrl(Node flow) {
        String url = flow.text("tokenUrl", "");
        boolean address = Addresses.split(url).filter(split -> !split.user()).isPresent();
        boolean usable = (address && !url.contains("{")) || url.matches("/[\\w./-]*");
        if (usable) {
            return Names.literal(url);
        }
        findings.fillIn(flow.place(), "the address of tokens is missing", "set 'token_url'");
        return FillIn.ADDRESS + "/oauth/token";
    }
}
