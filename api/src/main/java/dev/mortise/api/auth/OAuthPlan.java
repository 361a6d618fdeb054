package dev.mortise.api.auth;

import dev.mortise.api.egress.Uris;
import dev.mortise.api.token.Client;
import dev.mortise.api.token.JwtAlgorithm;
import dev.mortise.api.token.TokenRules;
import dev.mortise.spi.option.Secret;
import dev.mortise.spi.option.TreeReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// How tokens are had of an OAuth 2 server without a person.
///
/// @param params further form fields of the token request, such as `audience`
/// @param headers further headers of the token request
public record OAuthPlan(
        URI tokenUrl,
        Flow flow,
        Client client,
        List<String> scopes,
        Map<String, String> params,
        Map<String, String> headers,
        TokenRules rules,
        TokenPlace place) {
    private static final List<String> FLOWS =
            List.of("client_credentials", "refresh_token", "jwt_bearer", "token_exchange");

    public OAuthPlan {
        scopes = List.copyOf(scopes);
        params = Map.copyOf(params);
        headers = Map.copyOf(headers);
    }

    /// What a token is asked for with.
    public sealed interface Flow {
        /// RFC 6749 section 4.4.
        record ClientCredentials() implements Flow {}

        /// RFC 6749 section 6; the first one is what a person's signing in gave.
        record Refresh(Secret first) implements Flow {}

        /// RFC 7523 section 2.1.
        ///
        /// @param named whether the client is named beside the assertion
        record JwtBearer(
                JwtAlgorithm algorithm,
                Secret key,
                String keyId,
                String issuer,
                String subject,
                String audience,
                boolean named)
                implements Flow {}

        /// RFC 8693.
        ///
        /// @param type of the subject token, as a URN
        record Exchange(Secret subject, String type) implements Flow {}
    }

    Stream<Secret> secrets() {
        Stream<Secret> proof =
                switch (client) {
                    case Client.Basic(_, var secret) -> Stream.of(secret);
                    case Client.Post(_, var secret) -> Stream.of(secret);
                    case Client.Signed(_, var assertion) -> Stream.of(assertion);
                    case Client.Open _ -> Stream.empty();
                };
        Stream<Secret> grant =
                switch (flow) {
                    case Flow.ClientCredentials _ -> Stream.empty();
                    case Flow.Refresh(var first) -> Stream.of(first);
                    case Flow.JwtBearer jwt -> Stream.of(jwt.key());
                    case Flow.Exchange(var subject, _) -> Stream.of(subject);
                };
        return Stream.concat(proof, grant);
    }

    /// Other forms in which its secrets are sent, and may come back.
    Stream<String> shown() {
        Stream<String> pair =
                client instanceof Client.Basic(var id, var secret)
                        ? Stream.of(
                                Base64.getEncoder()
                                        .encodeToString(
                                                (Uris.encode(id)
                                                                + ":"
                                                                + Uris.encode(secret.reveal()))
                                                        .getBytes(StandardCharsets.UTF_8)))
                        : Stream.empty();
        return Stream.of(pair, params.values().stream(), headers.values().stream())
                .flatMap(each -> each)
                .filter(text -> text.length() >= 8);
    }

    /// Reads the words of `kind: oauth2`.
    static OAuthPlan read(TreeReader reader, URI base, Files files) {
        String written = reader.required("token_url", "https://login.example.com/oauth/token");
        Optional<URI> url = Uris.resolve(base, written);
        if (url.isEmpty()) {
            reader.invalid("token_url", "an http or https address");
        }
        String grant = reader.choice("grant", FLOWS.getFirst(), FLOWS);
        Client client = client(reader, grant);
        Flow flow =
                switch (grant) {
                    case "refresh_token" ->
                            new Flow.Refresh(
                                    new Secret(
                                            reader.required(
                                                    "refresh_token", "${env:API_REFRESH}")));
                    case "jwt_bearer" -> jwtBearer(reader, files, url.orElse(base), client);
                    case "token_exchange" ->
                            new Flow.Exchange(
                                    new Secret(
                                            reader.required(
                                                    "subject_token", "${env:SUBJECT_TOKEN}")),
                                    reader.text(
                                            "subject_token_type",
                                            dev.mortise.api.token.GrantRequest.ACCESS_TOKEN));
                    default -> new Flow.ClientCredentials();
                };
        return new OAuthPlan(
                url.orElse(base),
                flow,
                client,
                scopes(reader),
                new LinkedHashMap<>(reader.texts("params")),
                new LinkedHashMap<>(reader.texts("token_headers")),
                TokenRules.read(reader, true),
                TokenPlace.read(reader, TokenPlace.bearer()));
    }

    private static List<String> scopes(TreeReader reader) {
        List<String> scopes = new ArrayList<>();
        for (String word : reader.words("scope")) {
            scopes.addAll(List.of(word.strip().split("\\s+", -1)));
        }
        return scopes.stream().filter(scope -> !scope.isEmpty()).toList();
    }

    private static Client client(TreeReader reader, String grant) {
        boolean optional = grant.equals("jwt_bearer");
        String id =
                optional ? reader.text("client_id", "") : reader.required("client_id", "mortise");
        List<String> ways = List.of("header", "body", "none");
        String way = reader.choice("client_auth", id.isEmpty() ? "none" : "header", ways);
        if (way.equals("none")) {
            return new Client.Open(id);
        }
        Secret secret = new Secret(reader.required("client_secret", "${env:API_SECRET}"));
        return way.equals("body") ? new Client.Post(id, secret) : new Client.Basic(id, secret);
    }

    private static Flow jwtBearer(TreeReader reader, Files files, URI url, Client client) {
        Optional<Secret> key = files.secret(reader, "key");
        if (key.isEmpty()) {
            reader.required("key", "{file: keys/app.pem}");
        }
        return new Flow.JwtBearer(
                JwtAlgorithm.of(reader.choice("algorithm", "RS256", JwtAlgorithm.WORDS)),
                key.orElse(new Secret("")),
                reader.text("key_id", ""),
                reader.text("issuer", client.id()),
                reader.text("subject", client.id()),
                reader.text("audience", url.toString()),
                !client.id().isEmpty());
    }
}
