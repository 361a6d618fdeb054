package dev.mortise.testkit.vendor;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a vendor answers.
///
/// @param rule the rule of the vendor that the call broke, such as `signature`; empty when it broke
///     none
@SuppressWarnings("ArrayRecordComponent")
public record Told(int status, Map<String, String> headers, byte[] body, String rule) {
    public Told {
        headers = Map.copyOf(headers);
    }

    public static Told json(String body) {
        return of(200, "application/json;charset=UTF-8", body);
    }

    public static Told of(int status, String type, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return new Told(status, Map.of("Content-Type", type), bytes, "");
    }

    /// The same with another header.
    public Told with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Told(status, more, body, rule);
    }

    /// The same, given because the call broke a rule.
    public Told refusing(String brokenRule) {
        return new Told(status, headers, body, brokenRule);
    }
}
