package dev.mortise.api.auth;

import dev.mortise.api.recipe.Message;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Answers the challenges of digest authentication (RFC 7616, with MD5 and SHA-256, `qop=auth`).
/// The first call goes without and is refused; what it is challenged with signs the later ones.
/// Used by many threads.
final class DigestAuth {
    private static final Pattern FIELD =
            Pattern.compile("([A-Za-z-]+)\\s*=\\s*(?:\"([^\"]*)\"|([^,\\s]+))");

    private final Auth.Digest auth;
    private final SecureRandom random = new SecureRandom();
    private @Nullable Challenge challenge;
    private int count;

    private record Challenge(
            String realm, String nonce, String opaque, String algorithm, boolean qop) {}

    DigestAuth(Auth.Digest auth) {
        this.auth = auth;
    }

    synchronized Message put(Message call) {
        Challenge now = challenge;
        if (now == null) {
            return call;
        }
        byte[] chance = new byte[16];
        random.nextBytes(chance);
        String mine = HexFormat.of().formatHex(chance);
        String uri = call.rawPath() + (call.rawQuery().isEmpty() ? "" : "?" + call.rawQuery());
        count++;
        return call.withHeader("Authorization", header(now, call.method(), uri, mine));
    }

    private String header(Challenge now, String method, String uri, String mine) {
        String hashName = upper(now.algorithm).startsWith("SHA-256") ? "SHA-256" : "MD5";
        String ha1 = hash(hashName, auth.user() + ":" + now.realm + ":" + auth.password().reveal());
        if (upper(now.algorithm).endsWith("-SESS")) {
            ha1 = hash(hashName, ha1 + ":" + now.nonce + ":" + mine);
        }
        String ha2 = hash(hashName, method + ":" + uri);
        String times = "%08x".formatted(count);
        String response =
                now.qop
                        ? hash(hashName, String.join(":", ha1, now.nonce, times, mine, "auth", ha2))
                        : hash(hashName, String.join(":", ha1, now.nonce, ha2));
        String base =
                "Digest username=\"%s\", realm=\"%s\", nonce=\"%s\", uri=\"%s\", response=\"%s\""
                        .formatted(quoted(auth.user()), now.realm, now.nonce, uri, response);
        String opaque = now.opaque.isEmpty() ? "" : ", opaque=\"" + now.opaque + "\"";
        String algorithm = now.algorithm.isEmpty() ? "" : ", algorithm=" + now.algorithm;
        String qop = now.qop ? ", qop=auth, nc=" + times + ", cnonce=\"" + mine + "\"" : "";
        return base + opaque + algorithm + qop;
    }

    /// A quote in a name must not end it (RFC 9110 section 5.6.4).
    private static String quoted(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    /// Takes a challenge up.
    ///
    /// @param headers of `WWW-Authenticate`
    /// @param bare whether the call that was refused carried no answer to one
    /// @return whether there is one to answer
    synchronized boolean learn(List<String> headers, boolean bare) {
        Optional<Challenge> found =
                headers.stream()
                        .filter(header -> header.regionMatches(true, 0, "Digest ", 0, 7))
                        .map(header -> parsed(header.substring(7)))
                        .filter(this::known)
                        .findFirst();
        Challenge before = challenge;
        if (found.isEmpty()) {
            return false;
        }
        if (before != null && before.nonce.equals(found.get().nonce)) {
            // Another call has learned it meanwhile.
            return bare;
        }
        challenge = found.get();
        count = 0;
        return true;
    }

    private boolean known(Challenge offered) {
        return List.of("", "MD5", "MD5-SESS", "SHA-256", "SHA-256-SESS")
                .contains(upper(offered.algorithm));
    }

    private static String upper(String text) {
        return text.toUpperCase(java.util.Locale.ROOT);
    }

    private static Challenge parsed(String text) {
        Map<String, String> fields = new HashMap<>();
        Matcher matcher = FIELD.matcher(text);
        while (matcher.find()) {
            String value = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
            fields.put(matcher.group(1).toLowerCase(java.util.Locale.ROOT), value);
        }
        boolean qop = List.of(fields.getOrDefault("qop", "").split("[,\\s]+")).contains("auth");
        return new Challenge(
                fields.getOrDefault("realm", ""),
                fields.getOrDefault("nonce", ""),
                fields.getOrDefault("opaque", ""),
                fields.getOrDefault("algorithm", ""),
                qop);
    }

    private static String hash(String algorithm, String text) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }
}
