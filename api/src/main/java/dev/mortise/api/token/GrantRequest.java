package dev.mortise.api.token;

import dev.mortise.spi.option.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A POST to a token endpoint as headers and form fields. Built without I/O; never prints what it
/// carries.
public record GrantRequest(Map<String, String> headers, Map<String, String> form) {
    private static final String JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    private static final String TOKEN_EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
    private static final String CLIENT_ASSERTION =
            "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    /// The type of an OAuth 2 access token in a token exchange.
    public static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";
    /// The type of a JWT in a token exchange.
    public static final String JWT = "urn:ietf:params:oauth:token-type:jwt";

    public GrantRequest {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        form = Collections.unmodifiableMap(new LinkedHashMap<>(form));
    }

    /// RFC 6749 section 4.4.
    public static GrantRequest clientCredentials(Client client, List<String> scopes) {
        return of(client, "client_credentials").scoped(scopes);
    }

    /// RFC 6749 section 6.
    public static GrantRequest refresh(Client client, Secret refreshToken, List<String> scopes) {
        return of(client, "refresh_token")
                .with("refresh_token", refreshToken.reveal())
                .scoped(scopes);
    }

    /// RFC 6749 section 4.1.3 with RFC 7636: trades the code of a sign-in.
    public static GrantRequest authorizationCode(
            Client client, Secret code, String redirectUri, Pkce pkce) {
        return of(client, "authorization_code")
                .with("code", code.reveal())
                .with("redirect_uri", redirectUri)
                .with("code_verifier", pkce.verifier().reveal());
    }

    /// RFC 7523 section 2.1: a JWT says for whom a token is wanted.
    public static GrantRequest jwtBearer(Client client, Secret assertion, List<String> scopes) {
        return of(client, JWT_BEARER).with("assertion", assertion.reveal()).scoped(scopes);
    }

    /// The same without naming a client beside the assertion, as service accounts do.
    public static GrantRequest jwtBearer(Secret assertion, List<String> scopes) {
        return plain(JWT_BEARER).with("assertion", assertion.reveal()).scoped(scopes);
    }

    /// RFC 8693 section 2.1.
    ///
    /// @param subjectType [#ACCESS_TOKEN], [#JWT] or another type the server knows
    public static GrantRequest tokenExchange(
            Client client, Secret subject, String subjectType, List<String> scopes) {
        return of(client, TOKEN_EXCHANGE)
                .with("subject_token", subject.reveal())
                .with("subject_token_type", subjectType)
                .scoped(scopes);
    }

    /// The same request with a further field, such as `audience` or `resource`.
    public GrantRequest with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(form);
        more.put(name, value);
        return new GrantRequest(headers, more);
    }

    /// Scopes are one field, parted by spaces (RFC 6749 section 3.3); none leaves it out.
    private GrantRequest scoped(List<String> scopes) {
        return scopes.isEmpty() ? this : with("scope", String.join(" ", scopes));
    }

    private static GrantRequest plain(String grantType) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept", "application/json");
        headers.put("Content-Type", "application/x-www-form-urlencoded");
        return new GrantRequest(headers, Map.of("grant_type", grantType));
    }

    private static GrantRequest of(Client client, String grantType) {
        GrantRequest request = plain(grantType);
        return switch (client) {
            case Client.Open(var id) -> request.with("client_id", id);
            case Client.Post(var id, var secret) ->
                    request.with("client_id", id).with("client_secret", secret.reveal());
            case Client.Signed(var id, var assertion) ->
                    request.with("client_id", id)
                            .with("client_assertion_type", CLIENT_ASSERTION)
                            .with("client_assertion", assertion.reveal());
            case Client.Basic(var id, var secret) -> {
                Map<String, String> headers = new LinkedHashMap<>(request.headers);
                String pair = encode(id) + ":" + encode(secret.reveal());
                byte[] bytes = pair.getBytes(StandardCharsets.UTF_8);
                headers.put("Authorization", "Basic " + Base64.getEncoder().encodeToString(bytes));
                yield new GrantRequest(headers, request.form);
            }
        };
    }

    /// The form as `application/x-www-form-urlencoded` bytes.
    public byte[] body() {
        return query(form).getBytes(StandardCharsets.UTF_8);
    }

    static String query(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(e -> encode(e.getKey()) + "=" + encode(e.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "GrantRequest[" + form.get("grant_type") + ", fields " + form.keySet() + "]";
    }
}
