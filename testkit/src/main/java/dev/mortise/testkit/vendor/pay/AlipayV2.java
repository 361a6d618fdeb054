package dev.mortise.testkit.vendor.pay;

import dev.mortise.testkit.vendor.Asked;
import dev.mortise.testkit.vendor.Freshness;
import dev.mortise.testkit.vendor.Json;
import dev.mortise.testkit.vendor.Rsa;
import dev.mortise.testkit.vendor.Told;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The older gateway of Alipay. All parameters are signed, of the answer the very characters of its
/// part.
final class AlipayV2 {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final List<String> REQUIRED =
            List.of("method", "charset", "sign_type", "timestamp", "version", "sign");

    private final Rsa app;
    private final Rsa alipay;
    private final Freshness freshness;
    private volatile boolean forging;

    AlipayV2(InstantSource clock, Rsa app, Rsa alipay) {
        this.app = app;
        this.alipay = alipay;
        this.freshness = new Freshness(clock, Duration.ofMinutes(15));
    }

    void forgeAnswers() {
        forging = true;
    }

    Told answer(Asked asked, BiFunction<String, Map<String, String>, AlipayAnswer> methods) {
        Map<String, String> params = new TreeMap<>(asked.params());
        if (asked.header("Content-Type").startsWith("application/x-www-form-urlencoded")) {
            params.putAll(asked.form());
        }
        String method = params.getOrDefault("method", "");
        AlipayAnswer refusal = refusal(params);
        if (refusal.isGood()) {
            return told(method, methods.apply(method, biz(params)));
        }
        return told(method, refusal);
    }

    private AlipayAnswer refusal(Map<String, String> params) {
        for (String name : REQUIRED) {
            if (params.getOrDefault(name, "").isEmpty()) {
                return AlipayAnswer.refusal(
                        "40001", "isv.missing-" + name, "缺少参数 " + name, "required");
            }
        }
        if (!params.getOrDefault("app_id", "").equals(Alipay.APP_ID)) {
            return AlipayAnswer.refusal("40002", "isv.invalid-app-id", "无效的AppID参数", "app-id");
        }
        if (!isNow(params.getOrDefault("timestamp", ""))) {
            return AlipayAnswer.refusal("40002", "isv.invalid-timestamp", "非法的时间戳参数", "clock");
        }
        boolean rsa = params.getOrDefault("sign_type", "").equals("RSA2");
        if (!rsa || !app.verifies(text(params), params.getOrDefault("sign", ""))) {
            return AlipayAnswer.refusal(
                    "40002", "isv.invalid-signature", "验签出错，请确认 charset 与签名方式", "signature");
        }
        return AlipayAnswer.good(Json.object());
    }

    private boolean isNow(String time) {
        try {
            return freshness.isNow(LocalDateTime.parse(time, TIME).atZone(ZONE).toInstant());
        } catch (DateTimeParseException _) {
            return false;
        }
    }

    private static String text(Map<String, String> params) {
        return params.entrySet().stream()
                .filter(e -> !e.getKey().equals("sign") && !e.getValue().isEmpty())
                .map(e -> e.getKey() + "=" + e.getValue())
                .collect(Collectors.joining("&"));
    }

    private static Map<String, String> biz(Map<String, String> params) {
        Map<String, String> biz = new HashMap<>();
        JsonNode content = Json.read(params.getOrDefault("biz_content", "{}"));
        content.properties().forEach(e -> biz.put(e.getKey(), e.getValue().asString("")));
        return biz;
    }

    private Told told(String method, AlipayAnswer answer) {
        ObjectNode node = Json.object();
        node.put("code", answer.code());
        if (answer.isGood()) {
            node.put("msg", answer.message()).setAll(answer.fields());
        } else {
            node.put("msg", "Business Failed");
            node.put("sub_code", answer.reason()).put("sub_msg", answer.message());
        }
        // The vendor escapes slashes: whoever writes the object anew gets another text to verify.
        String raw = Json.write(node).replace("/", "\\/");
        String name = method.isEmpty() ? "error" : method.replace('.', '_');
        String sign = (forging ? app : alipay).sign(raw);
        return Told.json("{\"%s_response\":%s,\"sign\":\"%s\"}".formatted(name, raw, sign))
                .refusing(answer.rule());
    }
}
