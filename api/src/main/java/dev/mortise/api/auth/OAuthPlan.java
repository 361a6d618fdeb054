package dev.mortise.api.auth;

import dev.mortise.api.egress.Uris;
import dev.mortise.api.token.Client;
import dev.mortise.api.token.JwtAlgorithm;
import dev.mortise.api.token.JwtSigner;
import dev.mortise.api.token.Sm2Style;
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
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// How tokens are had of an OAuth 2 server: without a person, or with the one consent of a person.
///
/// @param proof signs the assertion that proves the client, anew for each request (RFC 7523 section
///     2.2); empty when `client` says it all
/// @param params further form fields of the token request, such as `audience`
/// @param headers further headers of the token request
public record OAuthPlan(
        URI tokenUrl,
        Flow flow,
        Client client,
        Optional<Proof> proof,
        List<String> scopes,
        Map<String, String> params,
        Map<String, String> headers,
        TokenRules rules,
        TokenPlace place) {
    static final List<String> FLOWS =
            List.of(
                    "client_credentials",
                    "authorization_code",
                    "refresh_token",
                    "jwt_bearer",
                    "token_exchange");

    /// RFC 7523 section 2.2 with a key pair and with the client secret, as OpenID Connect Core
    /// section 9 names the two.
    private static final String KEY_PROOF = "private_key_jwt";

    private static final String SECRET_PROOF = "client_secret_jwt";
    static final List<String> CLIENT_WAYS =
            List.of("header", "body", "none", KEY_PROOF, SECRET_PROOF);

    /// What a person's way to the page and back hangs on.
    private static final List<String> OURS =
            List.of(
                    "response_type",
                    "client_id",
                    "redirect_uri",
                    "scope",
                    "state",
                    "code_challenge",
                    "code_challenge_method");

    private static final Pattern ADDRESS = Pattern.compile("(?i)https?://[^?@]*");

    public OAuthPlan {
        scopes = List.copyOf(scopes);
        params = Map.copyOf(params);
        headers = Map.copyOf(headers);
    }

    /// @param audience whom the assertion is for: the token endpoint, where none is named
    public record Proof(JwtSigner signer, String audience) {}

    /// What a token is asked for with.
    public sealed interface Flow {
        /// RFC 6749 section 4.4.
        record ClientCredentials() implements Flow {}

        /// RFC 6749 section 4.1 with RFC 7636: a person consents once, on a page of the server.
        ///
        /// @param authorizeUrl the page
        /// @param params further fields of its address, such as `prompt`
        record Code(URI authorizeUrl, Map<String, String> params) implements Flow {
            public Code {
                params = Map.copyOf(params);
            }
        }

        /// RFC 6749 section 6; the first one is what a person's signing in gave.
        record Refresh(Secret first) implements Flow {}

        /// RFC 7523 section 2.1.
        ///
        /// @param named whether the client is named beside the assertion
        record JwtBearer(
                JwtSigner signer, String issuer, String subject, String audience, boolean named)
                implements Flow {}

        /// RFC 8693.
        ///
        /// @param type of the subject token, as a URN
        record Exchange(Secret subject, String type) implements Flow {}
    }

    /// Whose tokens cannot be had anew without a person: client, server and API that they are for.
    Optional<String> holder(URI base) {
        String parties = String.join("\n", client.id(), tokenUrl.toString(), Uris.origin(base));
        return switch (flow) {
            case Flow.Code _ -> Optional.of(parties);
            case Flow.Refresh(var first) -> Optional.of(parties + "\n" + first.reveal());
            case Flow.ClientCredentials _, Flow.JwtBearer _, Flow.Exchange _ -> Optional.empty();
        };
    }

    Stream<Secret> secrets() {
        Stream<Secret> signed = proof.stream().map(p -> p.signer().key());
        Stream<Secret> told =
                switch (client) {
                    case Client.Basic(_, var secret) -> Stream.of(secret);
                    case Client.Post(_, var secret) -> Stream.of(secret);
                    case Client.Signed(_, var assertion) -> Stream.of(assertion);
                    case Client.Open _ -> Stream.empty();
                };
        Stream<Secret> grant =
                switch (flow) {
                    case Flow.ClientCredentials _, Flow.Code _ -> Stream.empty();
                    case Flow.Refresh(var first) -> Stream.of(first);
                    case Flow.JwtBearer jwt -> Stream.of(jwt.signer().key());
                    case Flow.Exchange(var subject, _) -> Stream.of(subject);
                };
        return Stream.of(signed, told, grant).flatMap(each -> each);
    }

    /// Other forms in which its secrets are sent, and may come back. An address, as an audience is,
    /// tells nothing unless it has a user or a query.
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
                .filter(text -> text.length() >= 8 && !ADDRESS.matcher(text).matches());
    }

    /// Reads the words of `kind: oauth2`.
    static OAuthPlan read(TreeReader reader, URI base, Files files) {
        String written = reader.required("token_url", "https://login.example.com/oauth/token");
        Optional<URI> url = Uris.resolve(base, written);
        if (url.isEmpty()) {
            reader.invalid("token_url", "an http or https address");
        }
        if (url.isPresent() && Uris.secure(base) && !Uris.secure(url.get())) {
            reader.invalid("token_url", "an https address: secrets go there, and the API has one");
        }
        String grant = reader.choice("grant", FLOWS.getFirst(), FLOWS);
        Client client = client(reader, grant);
        Optional<Proof> proof = proof(reader, files, url.orElse(base), client);
        Flow flow =
                switch (grant) {
                    case "authorization_code" -> code(reader, base);
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
                proof,
                scopes(reader),
                new LinkedHashMap<>(reader.texts("params")),
                new LinkedHashMap<>(reader.texts("token_headers")),
                TokenRules.read(reader, !(flow instanceof Flow.Code)),
                TokenPlace.read(reader, TokenPlace.bearer()));
    }

    private static Flow code(TreeReader reader, URI base) {
        String written = reader.required("authorize_url", "https://login.example.com/authorize");
        Optional<URI> url = Uris.resolve(base, written);
        if (url.isEmpty()) {
            reader.invalid("authorize_url", "an http or https address");
        }
        if (url.isPresent() && Uris.secure(base) && !Uris.secure(url.get())) {
            reader.invalid("authorize_url", "an https address: people sign in there");
        }
        Map<String, String> params = new LinkedHashMap<>(reader.texts("authorize_params"));
        if (params.keySet().stream().anyMatch(OURS::contains)) {
            reader.invalid(
                    "authorize_params", "none of " + String.join(", ", OURS) + ": they are added");
        }
        return new Flow.Code(url.orElse(base), params);
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
        String way = reader.choice("client_auth", id.isEmpty() ? "none" : "header", CLIENT_WAYS);
        if (way.equals("none") || way.equals(KEY_PROOF)) {
            return new Client.Open(id);
        }
        Secret secret = new Secret(reader.required("client_secret", "${env:API_SECRET}"));
        if (way.equals(SECRET_PROOF)) {
            return new Client.Open(id);
        }
        if (optional) {
            // A secret proves nothing of a client that is not named.
            reader.required("client_id", "mortise");
        }
        return way.equals("body") ? new Client.Post(id, secret) : new Client.Basic(id, secret);
    }

    /// What proves the client by an assertion of its own.
    private static Optional<Proof> proof(TreeReader reader, Files files, URI url, Client client) {
        String way = reader.text("client_auth", "");
        boolean keyed = way.equals(KEY_PROOF);
        if (!keyed && !way.equals(SECRET_PROOF)) {
            return Optional.empty();
        }
        if (client.id().isEmpty()) {
            reader.required("client_id", "mortise");
        }
        String audience = reader.text("client_audience", url.toString());
        if (keyed) {
            JwtSigner signer = Signers.read(reader, files, "RS256");
            if (signer.algorithm().symmetric()) {
                reader.invalid("algorithm", "one with a private key for " + KEY_PROOF);
            }
            return Optional.of(new Proof(signer, audience));
        }
        JwtAlgorithm algorithm =
                JwtAlgorithm.of(
                        reader.choice("algorithm", "HS256", List.of("HS256", "HS384", "HS512")));
        Secret secret = new Secret(reader.text("client_secret", ""));
        return Optional.of(
                new Proof(new JwtSigner(algorithm, secret, "", Sm2Style.USUAL), audience));
    }

    private static Flow jwtBearer(TreeReader reader, Files files, URI url, Client client) {
        return new Flow.JwtBearer(
                Signers.read(reader, files, "RS256"),
                reader.text("issuer", client.id()),
                reader.text("subject", client.id()),
                reader.text("audience", url.toString()),
                !client.id().isEmpty());
    }
}
