package dev.mortise.testkit.vendor;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// Calls as a server would hand them on.
public final class Ask {
    private Ask() {}

    public static Asked get(String target, Map<String, String> headers) {
        return of("GET", target, headers, "");
    }

    public static Asked post(String target, Map<String, String> headers, String body) {
        return of("POST", target, headers, body);
    }

    public static Asked of(String method, String target, Map<String, String> headers, String body) {
        Map<String, String> lower = new HashMap<>(Map.of("host", "127.0.0.1:1"));
        headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
        String[] parts = target.split("\\?", 2);
        String query = parts.length == 2 ? parts[1] : "";
        return new Asked(method, parts[0], query, lower, body.getBytes(StandardCharsets.UTF_8));
    }

    public static String text(Told told) {
        return new String(told.body(), StandardCharsets.UTF_8);
    }
}
