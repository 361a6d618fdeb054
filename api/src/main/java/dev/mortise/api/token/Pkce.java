package dev.mortise.api.token;

import dev.mortise.spi.option.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Ties the code of a sign-in to whoever began it (RFC 7636, method `S256`).
///
/// @param verifier kept here until the code is traded, 43 to 128 characters
public record Pkce(Secret verifier) {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    public static Pkce fresh(SecureRandom random) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return new Pkce(new Secret(BASE64.encodeToString(bytes)));
    }

    /// What the authorization server is told.
    public String challenge() {
        try {
            byte[] ascii = verifier.reveal().getBytes(StandardCharsets.US_ASCII);
            return BASE64.encodeToString(MessageDigest.getInstance("SHA-256").digest(ascii));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// Where a person signs in (RFC 6749 section 4.1.1).
    ///
    /// @param endpoint the authorization endpoint; it may have a query
    /// @param state unguessable; the answer at `redirectUri` must bring it back
    public String authorizationUrl(
            String endpoint,
            String clientId,
            String redirectUri,
            List<String> scopes,
            String state) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("response_type", "code");
        query.put("client_id", clientId);
        query.put("redirect_uri", redirectUri);
        if (!scopes.isEmpty()) {
            query.put("scope", String.join(" ", scopes));
        }
        query.put("state", state);
        query.put("code_challenge", challenge());
        query.put("code_challenge_method", "S256");
        return endpoint + (endpoint.contains("?") ? "&" : "?") + GrantRequest.query(query);
    }
}
