package dev.mortise.testkit.vendor.cloud;

import dev.mortise.testkit.vendor.Asked;
import dev.mortise.testkit.vendor.Freshness;
import dev.mortise.testkit.vendor.Json;
import dev.mortise.testkit.vendor.Rate;
import dev.mortise.testkit.vendor.Tokens;
import dev.mortise.testkit.vendor.Told;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;

/// A robot in a group: time and secret are signed into the query, the text is not.
final class DingtalkRobot {
    private static final int MESSAGES_PER_MINUTE = 20;
    private static final int MESSAGES_MAX = 1_000;

    private final String token = Tokens.random();
    private final String secret = "SEC" + Tokens.random();
    private final Freshness freshness;
    private final Rate rate;
    private final List<String> messages = new ArrayList<>();

    DingtalkRobot(InstantSource clock) {
        this.freshness = new Freshness(clock, Duration.ofHours(1));
        this.rate = new Rate(clock, MESSAGES_PER_MINUTE, Duration.ofMinutes(1));
    }

    Map<String, String> environment() {
        return Map.of("DINGTALK_ROBOT_TOKEN", token, "DINGTALK_ROBOT_SECRET", secret);
    }

    synchronized List<String> messages() {
        return List.copyOf(messages);
    }

    synchronized Told send(Asked asked) {
        Map<String, String> params = asked.params();
        String timestamp = params.getOrDefault("timestamp", "");
        if (!params.getOrDefault("access_token", "").equals(token)) {
            return Dingtalk.flat(300005, "token is not exist", "token");
        }
        if (!freshness.isNow(timestamp, 1_000)) {
            return Dingtalk.flat(310000, "invalid timestamp", "clock");
        }
        if (!params.getOrDefault("sign", "").equals(sign(timestamp))) {
            return Dingtalk.flat(310000, "sign not match", "signature");
        }
        JsonNode body = Json.read(asked.text());
        String text = body.path("text").path("content").asString("");
        if (!body.path("msgtype").asString("").equals("text") || text.isEmpty()) {
            return Dingtalk.flat(400101, "miss param : text->content", "body");
        }
        if (!rate.allows()) {
            return Dingtalk.flat(130101, "send too fast, exceed 20 times per minute", "rate");
        }
        if (messages.size() < MESSAGES_MAX) {
            messages.add(text);
        }
        return Told.json("{\"errcode\":0,\"errmsg\":\"ok\"}");
    }

    private String sign(String timestamp) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] text = (timestamp + "\n" + secret).getBytes(StandardCharsets.UTF_8);
            return Base64.getEncoder().encodeToString(mac.doFinal(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
