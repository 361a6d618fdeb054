package dev.mortise.server.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// A small real OpenID Connect provider on loopback: discovery, keys, codes with PKCE, and tokens
/// signed with RS256, or wrongly when told so.
final class FakeProvider implements AutoCloseable {
    static final String CLIENT = "mortise";
    static final String SECRET = "s3cret-of-client";

    /// How an ID token is made.
    enum Token {
        RIGHT,
        OTHER_NONCE,
        OTHER_AUDIENCE,
        OTHER_ISSUER,
        EXPIRED,
        OTHER_KEY,
        UNSIGNED,
        SIGNED_WITH_PUBLIC_KEY
    }

    private final HttpServer http;
    private final RSAKey key;
    private final RSAKey otherKey;
    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
    private final AtomicInteger elsewhere = new AtomicInteger();
    volatile Token token = Token.RIGHT;

    /// The path that answers with a redirect to where the same stands; empty for none.
    volatile String moved = "";
    volatile List<String> groups = List.of();
    volatile String subject = "subject-1";
    volatile String name = "wang.wei";

    FakeProvider() throws IOException, JOSEException {
        key = new RSAKeyGenerator(2048).keyID("one").generate();
        otherKey = new RSAKeyGenerator(2048).keyID("one").generate();
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        String configuration = "/.well-known/openid-configuration";
        http.createContext(configuration, e -> here(e, configuration, discovery()));
        http.createContext("/jwks", e -> here(e, "/jwks", keys()));
        http.createContext("/elsewhere" + configuration, e -> elsewhere(e, discovery()));
        http.createContext("/elsewhere/jwks", e -> elsewhere(e, keys()));
        http.createContext("/authorize", this::authorize);
        http.createContext("/token", this::token);
        http.start();
    }

    String issuer() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    private String keys() {
        return new JWKSet(key.toPublicJWK()).toString();
    }

    /// How often anybody followed a redirect.
    int elsewhere() {
        return elsewhere.get();
    }

    private void here(HttpExchange exchange, String path, String json) throws IOException {
        if (!moved.equals(path)) {
            answer(exchange, json);
            return;
        }
        exchange.getResponseHeaders().set("Location", issuer() + "/elsewhere" + path);
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private void elsewhere(HttpExchange exchange, String json) throws IOException {
        elsewhere.incrementAndGet();
        answer(exchange, json);
    }

    private String discovery() {
        return """
        {"issuer":"%1$s","authorization_endpoint":"%1$s/authorize","token_endpoint":"%1$s/token",
         "jwks_uri":"%1$s/jwks","response_types_supported":["code"],
         "subject_types_supported":["public"],
         "id_token_signing_alg_values_supported":["RS256"],
         "code_challenge_methods_supported":["S256"]}
        """
                .formatted(issuer());
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> asked = form(exchange.getRequestURI().getRawQuery());
        String code = "code-" + codes.size();
        codes.put(code, asked);
        exchange.getResponseHeaders()
                .set(
                        "Location",
                        asked.get("redirect_uri")
                                + "?code="
                                + code
                                + "&state="
                                + asked.get("state"));
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private void token(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Map<String, String> form = form(body);
        Map<String, String> asked = codes.remove(form.getOrDefault("code", ""));
        String basic =
                Base64.getEncoder()
                        .encodeToString((CLIENT + ":" + SECRET).getBytes(StandardCharsets.UTF_8));
        boolean isRight =
                asked != null
                        && ("Basic " + basic)
                                .equals(exchange.getRequestHeaders().getFirst("Authorization"))
                        && challenge(form.getOrDefault("code_verifier", ""))
                                .equals(asked.get("code_challenge"))
                        && "S256".equals(asked.get("code_challenge_method"))
                        && asked.getOrDefault("redirect_uri", "").equals(form.get("redirect_uri"));
        if (!isRight) {
            exchange.sendResponseHeaders(400, -1);
            exchange.close();
            return;
        }
        answer(
                exchange,
                "{\"access_token\":\"at\",\"token_type\":\"Bearer\",\"expires_in\":60,"
                        + "\"id_token\":\""
                        + idToken(asked.getOrDefault("nonce", ""))
                        + "\"}");
    }

    private String idToken(String nonce) {
        Instant now = Instant.now();
        Instant end = token == Token.EXPIRED ? now.minusSeconds(600) : now.plusSeconds(300);
        JWTClaimsSet claims =
                new JWTClaimsSet.Builder()
                        .issuer(token == Token.OTHER_ISSUER ? "https://evil.example" : issuer())
                        .audience(token == Token.OTHER_AUDIENCE ? "another" : CLIENT)
                        .subject(subject)
                        .issueTime(Date.from(now.minusSeconds(token == Token.EXPIRED ? 900 : 0)))
                        .expirationTime(Date.from(end))
                        .claim("nonce", token == Token.OTHER_NONCE ? "another" : nonce)
                        .claim("preferred_username", name)
                        .claim("name", "Wang Wei")
                        .claim("groups", groups)
                        .build();
        try {
            if (token == Token.UNSIGNED) {
                return new PlainJWT(claims).serialize();
            }
            JWSAlgorithm algorithm =
                    token == Token.SIGNED_WITH_PUBLIC_KEY ? JWSAlgorithm.HS256 : JWSAlgorithm.RS256;
            SignedJWT signed =
                    new SignedJWT(new JWSHeader.Builder(algorithm).keyID("one").build(), claims);
            signed.sign(
                    switch (token) {
                        case SIGNED_WITH_PUBLIC_KEY ->
                                new MACSigner(key.toRSAPublicKey().getEncoded());
                        case OTHER_KEY -> new RSASSASigner(otherKey);
                        default -> new RSASSASigner(key);
                    });
            return signed.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String challenge(String verifier) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> form(String text) {
        Map<String, String> form = new HashMap<>();
        for (String pair : text.split("&", 100)) {
            int at = pair.indexOf('=');
            form.put(
                    pair.substring(0, at),
                    URLDecoder.decode(pair.substring(at + 1), StandardCharsets.UTF_8));
        }
        return form;
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
