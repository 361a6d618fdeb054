package dev.mortise.server.channel;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// How one vendor is told something over HTTP, and what its answers mean.
interface Robot {
    /// @param address where to post to; carries secrets, never shown
    /// @param body JSON
    record Call(String address, Map<String, String> headers, String body) {}

    Call call(Filled settings, Text text, Instant now);

    /// Vendors say no with status 200: their own code decides.
    Answer answer(int status, String body);

    /// HMAC-SHA256 (RFC 2104).
    static byte[] hmac(String key, String message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(message.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
