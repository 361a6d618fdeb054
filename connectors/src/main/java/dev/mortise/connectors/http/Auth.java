package dev.mortise.connectors.http;

import dev.mortise.spi.option.Secret;
import dev.mortise.spi.option.Tree;
import dev.mortise.spi.option.TreeReader;
import dev.mortise.spi.problem.Nearest;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// How an API wants to be told who calls. One record a kind; what a kind does to a call stands in
/// [Credentials].
sealed interface Auth {
    List<String> KINDS = List.of("none", "basic", "bearer", "api_key", "oauth2");

    record None() implements Auth {}

    record Basic(String user, Secret password) implements Auth {}

    record Bearer(Secret token) implements Auth {}

    /// @param inQuery whether the key goes into the query instead of a header
    record ApiKey(String name, Secret value, boolean inQuery) implements Auth {}

    /// OAuth 2 client credentials.
    ///
    /// @param params further form fields of the token request, such as `audience`
    /// @param inHeader whether id and secret go as basic auth instead of form fields
    record ClientCredentials(
            URI tokenUrl,
            String clientId,
            Secret clientSecret,
            Map<String, String> params,
            boolean inHeader)
            implements Auth {
        public ClientCredentials {
            params = Map.copyOf(params);
        }
    }

    /// What must never show in a message.
    default Stream<Secret> secrets() {
        return switch (this) {
            case None _ -> Stream.empty();
            case Basic basic -> Stream.of(basic.password());
            case Bearer bearer -> Stream.of(bearer.token());
            case ApiKey key -> Stream.of(key.value());
            case ClientCredentials client -> Stream.of(client.clientSecret());
        };
    }

    /// Reads the option `auth`: the word `none`, or a subtree with a `kind`.
    static Auth read(Tree tree, URI base, List<Problem> problems) {
        if (tree instanceof Tree.Leaf leaf && leaf.text().equals("none")) {
            return new None();
        }
        TreeReader reader = TreeReader.of(tree, "'auth'", problems);
        String kind = reader.text("kind", "");
        Auth auth =
                switch (kind) {
                    case "none" -> new None();
                    case "basic" ->
                            new Basic(
                                    reader.required("user", "app"),
                                    secret(reader, "password", "${env:API_PASSWORD}"));
                    case "bearer" -> new Bearer(secret(reader, "token", "${env:API_TOKEN}"));
                    case "api_key" -> apiKey(reader);
                    case "oauth2" -> clientCredentials(reader, base);
                    default -> {
                        kindUnknown(reader, kind);
                        yield new None();
                    }
                };
        if (KINDS.contains(kind)) {
            reader.end();
        }
        return auth;
    }

    private static void kindUnknown(TreeReader reader, String kind) {
        String message =
                kind.isEmpty()
                        ? "'kind' is missing in 'auth'"
                        : "'kind' in 'auth' expects one of %s, got '%s'"
                                .formatted(String.join(", ", KINDS), kind);
        reader.problem(
                kind.isEmpty() ? ProblemCode.OPTION_MISSING : ProblemCode.OPTION_INVALID,
                reader.placeOf("kind"),
                message,
                Nearest.fix(kind, KINDS));
    }

    private static Secret secret(TreeReader reader, String name, String example) {
        return new Secret(reader.required(name, example));
    }

    private static Auth apiKey(TreeReader reader) {
        String name = reader.required("name", "X-Api-Key");
        Secret value = secret(reader, "value", "${env:API_KEY}");
        return new ApiKey(
                name,
                value,
                reader.choice("in", "header", List.of("header", "query")).equals("query"));
    }

    private static Auth clientCredentials(TreeReader reader, URI base) {
        String written = reader.required("token_url", "https://login.example.com/oauth/token");
        URI url = Uris.resolve(base, written).orElse(base);
        if (Uris.resolve(base, written).isEmpty()) {
            reader.invalid("token_url", "an http or https address");
        }
        String id = reader.required("client_id", "mortise");
        Secret secret = secret(reader, "client_secret", "${env:API_SECRET}");
        Map<String, String> params = new HashMap<>(reader.texts("params"));
        reader.text("scope").ifPresent(scope -> params.put("scope", scope));
        boolean inHeader =
                reader.choice("client_auth", "header", List.of("header", "body")).equals("header");
        return new ClientCredentials(url, id, secret, params, inHeader);
    }
}
