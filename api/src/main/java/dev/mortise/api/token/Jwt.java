package dev.mortise.api.token;

import dev.mortise.api.recipe.codec.KeyReader;
import dev.mortise.spi.option.Secret;
import dev.mortise.spi.problem.Problem;
import dev.mortise.spi.problem.ProblemCode;
import dev.mortise.spi.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// A JSON Web Token to be signed (RFC 7519): what a grant by assertion sends.
///
/// @param header beside `alg` and `typ`, such as `kid`
/// @param claims text, numbers, booleans, lists and maps of them, in order
public record Jwt(Map<String, Object> header, Map<String, Object> claims) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    public Jwt {
        header = Collections.unmodifiableMap(new LinkedHashMap<>(header));
        claims = Collections.unmodifiableMap(new LinkedHashMap<>(claims));
    }

    /// The claims RFC 7523 section 3 asks of an assertion.
    ///
    /// @param id makes it unique: a server refuses the same twice
    public static Jwt assertion(
            String issuer, String subject, String audience, Instant now, Duration life, String id) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", issuer);
        claims.put("sub", subject);
        claims.put("aud", audience);
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.plus(life).getEpochSecond());
        claims.put("jti", id);
        return new Jwt(Map.of(), claims);
    }

    /// The same with another claim.
    public Jwt with(String claim, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(claims);
        more.put(claim, value);
        return new Jwt(header, more);
    }

    /// The same with another field of the header.
    public Jwt headed(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(header);
        more.put(name, value);
        return new Jwt(more, claims);
    }

    /// The compact form (RFC 7515 section 3.1).
    ///
    /// @param key of a symmetric algorithm its text, else a private key in PEM (PKCS#8, or PKCS#1
    ///     for RSA), or 64 hexadecimal digits for SM2
    /// @throws ProblemException with `OPTION_INVALID` when the key does not fit the algorithm
    public Secret sign(JwtAlgorithm algorithm, Secret key) {
        return sign(algorithm, key, Sm2Style.USUAL);
    }

    /// The same where a vendor has its own way of SM2.
    public Secret sign(JwtAlgorithm algorithm, Secret key, Sm2Style sm2) {
        Map<String, Object> full = new LinkedHashMap<>();
        full.put("alg", algorithm.word());
        full.put("typ", "JWT");
        full.putAll(header);
        String text = part(full) + "." + part(claims);
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        try {
            byte[] signature =
                    algorithm.symmetric()
                            ? algorithm.mac(key.reveal().getBytes(StandardCharsets.UTF_8), bytes)
                            : algorithm.sign(
                                    KeyReader.privateKey(key.reveal().strip(), algorithm.family()),
                                    bytes,
                                    sm2);
            return new Secret(text + "." + BASE64.encodeToString(signature));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // The cause may quote the key; its kind says enough.
            throw new ProblemException(
                    Problem.of(
                            ProblemCode.OPTION_INVALID,
                            "expected a key for %s, got one that does not fit: %s"
                                    .formatted(algorithm.word(), e.getClass().getSimpleName()),
                            algorithm.symmetric()
                                    ? "set the shared secret"
                                    : "set the private key as PEM, beginning with '-----BEGIN"
                                            + " PRIVATE KEY-----'"));
        }
    }

    private static String part(Map<String, Object> fields) {
        return BASE64.encodeToString(JSON.writeValueAsBytes(fields));
    }
}
