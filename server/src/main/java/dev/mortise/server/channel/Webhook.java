package dev.mortise.server.channel;

import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Anybody's HTTP endpoint. The signature is HMAC-SHA256 over `timestamp.body`, so that a copy
/// cannot be sent again later with another time.
final class Webhook implements Robot {
    static final String TIMESTAMP = "X-Mortise-Timestamp";
    static final String SIGNATURE = "X-Mortise-Signature";

    @Override
    public Call call(Filled settings, Text text, Instant now) {
        List<Map<String, String>> lines =
                text.lines().stream()
                        .map(line -> Map.of("label", line.label(), "value", line.value()))
                        .toList();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("title", text.title());
        body.put("lines", lines);
        body.put("link", text.link());
        body.put("at", now.toString());
        String written = Wire.text(body);
        String timestamp = String.valueOf(now.getEpochSecond());
        String signature =
                "sha256="
                        + HexFormat.of()
                                .formatHex(
                                        Robot.hmac(
                                                settings.text("secret"),
                                                timestamp + "." + written));
        return new Call(
                settings.text("url"), Map.of(TIMESTAMP, timestamp, SIGNATURE, signature), written);
    }

    @Override
    public Answer answer(int status, String body) {
        return Answer.of(status, body);
    }
}
