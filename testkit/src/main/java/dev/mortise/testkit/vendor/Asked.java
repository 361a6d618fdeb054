package dev.mortise.testkit.vendor;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// What a caller sent, byte for byte where a signature covers it.
///
/// @param path as sent, still encoded
/// @param query as sent, still encoded; empty for none
/// @param headers names in lower case; of a repeated name the first value
@SuppressWarnings("ArrayRecordComponent")
public record Asked(
        String method, String path, String query, Map<String, String> headers, byte[] body) {
    public String header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /// The query, decoded; of a repeated name the last value.
    public Map<String, String> params() {
        return fields(query);
    }

    /// The body as a form, decoded.
    public Map<String, String> form() {
        return fields(text());
    }

    private static Map<String, String> fields(String text) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                fields.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
        return fields;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
