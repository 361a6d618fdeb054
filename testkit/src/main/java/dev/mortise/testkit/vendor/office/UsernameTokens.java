package dev.mortise.testkit.vendor.office;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.w3c.dom.Element;

/// Lets in who sends a WS-Security UsernameToken with a password digest: of now, and with a nonce
/// that has not been seen. Safe for threads.
final class UsernameTokens {
    /// @param rule the rule that was broken
    record Refusal(String rule, Soap.Fault fault) {}

    private static final String DIGEST = Soap.OASIS + "username-token-profile-1.0#PasswordDigest";
    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final int NONCES_MAX = 10_000;
    private static final int NONCE_BYTES_MIN = 16;

    private final InstantSource clock;
    private final String user;
    private final String password;
    private final Set<String> seen = new HashSet<>();
    private final Deque<String> order = new ArrayDeque<>();

    UsernameTokens(InstantSource clock, String user, String password) {
        this.clock = clock;
        this.user = user;
        this.password = password;
    }

    Optional<Refusal> refusal(Optional<Element> header) {
        Optional<Element> security = header.flatMap(h -> Soap.child(h, Soap.WSSE, "Security"));
        Optional<Element> token = security.flatMap(s -> Soap.child(s, Soap.WSSE, "UsernameToken"));
        if (token.isEmpty()) {
            return refused("security-missing", "InvalidSecurity", "no wsse:UsernameToken");
        }
        Optional<Element> stamp = security.flatMap(s -> Soap.child(s, Soap.WSU, "Timestamp"));
        if (stamp.isPresent() && !spans(stamp.get())) {
            return refused("timestamp", "MessageExpired", "the timestamp does not span now");
        }
        return judged(token.get());
    }

    private Optional<Refusal> judged(Element token) {
        Optional<Element> sent = Soap.child(token, Soap.WSSE, "Password");
        if (sent.isEmpty() || !sent.get().getAttribute("Type").equals(DIGEST)) {
            return refused("password-text", "UnsupportedSecurityToken", "a digest is asked for");
        }
        String created = Soap.text(token, Soap.WSU, "Created");
        if (!near(created)) {
            return refused("created", "MessageExpired", "Created is not within five minutes");
        }
        String nonce = Soap.text(token, Soap.WSSE, "Nonce");
        Optional<byte[]> bytes = decoded(nonce);
        if (bytes.isEmpty() || bytes.get().length < NONCE_BYTES_MIN) {
            return refused("nonce", "InvalidSecurityToken", "a nonce of 16 bytes is asked for");
        }
        boolean known = Soap.text(token, Soap.WSSE, "Username").equals(user);
        String digest = sent.get().getTextContent().strip();
        if (!known || !digest.equals(digest(bytes.get(), created))) {
            return refused("digest", "FailedAuthentication", "user or password is wrong");
        }
        return first(nonce)
                ? Optional.empty()
                : refused("nonce-replayed", "InvalidSecurityToken", "the nonce was used before");
    }

    private static Optional<Refusal> refused(String rule, String code, String text) {
        return Optional.of(new Refusal(rule, new Soap.Fault("wsse:" + code, text, "")));
    }

    private boolean near(String created) {
        return instant(created)
                .filter(at -> Duration.between(at, clock.instant()).abs().compareTo(WINDOW) <= 0)
                .isPresent();
    }

    private boolean spans(Element stamp) {
        Optional<Instant> expires = instant(Soap.text(stamp, Soap.WSU, "Expires"));
        return near(Soap.text(stamp, Soap.WSU, "Created"))
                && expires.filter(end -> end.isAfter(clock.instant())).isPresent();
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }

    private static Optional<byte[]> decoded(String text) {
        try {
            return Optional.of(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private String digest(byte[] nonce, String created) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-1");
            sha.update(nonce);
            sha.update((created + password).getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(sha.digest());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }

    private synchronized boolean first(String nonce) {
        if (!seen.add(nonce)) {
            return false;
        }
        order.addLast(nonce);
        if (order.size() > NONCES_MAX) {
            seen.remove(order.removeFirst());
        }
        return true;
    }
}
