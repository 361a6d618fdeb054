package dev.mortise.testkit.vendor.pay;

import dev.mortise.testkit.vendor.Asked;
import dev.mortise.testkit.vendor.Freshness;
import dev.mortise.testkit.vendor.Json;
import dev.mortise.testkit.vendor.Rsa;
import dev.mortise.testkit.vendor.Tokens;
import dev.mortise.testkit.vendor.Told;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The newer gateway of Alipay: paths, signed headers both ways, errors by status.
final class AlipayV3 {
    private static final String SCHEME = "ALIPAY-SHA256withRSA ";

    private final InstantSource clock;
    private final Rsa app;
    private final Rsa alipay;
    private final Freshness freshness;
    private volatile boolean forging;

    AlipayV3(InstantSource clock, Rsa app, Rsa alipay) {
        this.clock = clock;
        this.app = app;
        this.alipay = alipay;
        this.freshness = new Freshness(clock, Duration.ofMinutes(5));
    }

    void forgeAnswers() {
        forging = true;
    }

    Told answer(Asked asked, BiFunction<String, Map<String, String>, AlipayAnswer> methods) {
        String broken = broken(asked);
        if (!broken.isEmpty()) {
            String code = broken.equals("app-id") ? "invalid-app-id" : "invalid-signature";
            return signed(error(401, code, "验签出错：" + broken, broken));
        }
        String path = asked.path();
        if (!path.startsWith("/v3/")) {
            return signed(error(404, "invalid-method", "不存在的方法名", "path"));
        }
        String method = path.substring("/v3/".length()).replace('/', '.');
        AlipayAnswer answer = methods.apply(method, biz(asked));
        return signed(answer.isGood() ? Told.json(Json.write(answer.fields())) : refused(answer));
    }

    /// The rule a call breaks; empty when it may pass.
    private String broken(Asked asked) {
        String header = asked.header("Authorization");
        int sign = header.lastIndexOf(",sign=");
        if (!header.startsWith(SCHEME) || sign < 0) {
            return "scheme";
        }
        String auth = header.substring(SCHEME.length(), sign);
        Map<String, String> items = new HashMap<>();
        for (String item : auth.split(",", -1)) {
            String[] pair = item.split("=", 2);
            items.put(pair[0], pair.length == 2 ? pair[1] : "");
        }
        if (!Alipay.APP_ID.equals(items.get("app_id"))) {
            return "app-id";
        }
        if (!freshness.isNow(items.getOrDefault("timestamp", ""), 1_000)) {
            return "clock";
        }
        String target = asked.query().isEmpty() ? asked.path() : asked.path() + "?" + asked.query();
        String token = asked.header("alipay-app-auth-token");
        String text =
                "%s\n%s\n%s\n%s\n%s"
                        .formatted(
                                auth,
                                asked.method(),
                                target,
                                asked.text(),
                                token.isEmpty() ? "" : token + "\n");
        if (!app.verifies(text, header.substring(sign + ",sign=".length()))) {
            return "signature";
        }
        String nonce = items.getOrDefault("nonce", "");
        return !nonce.isEmpty() && freshness.isFirst(nonce) ? "" : "nonce";
    }

    private static Map<String, String> biz(Asked asked) {
        Map<String, String> biz = new HashMap<>(asked.params());
        JsonNode body = Json.read(asked.text());
        body.properties().forEach(e -> biz.put(e.getKey(), e.getValue().asString("")));
        return biz;
    }

    private static Told refused(AlipayAnswer answer) {
        int status =
                switch (answer.code()) {
                    case "40005" -> 429;
                    case "20000" -> 500;
                    default -> 400;
                };
        return error(status, answer.reason(), answer.message(), answer.rule());
    }

    private static Told error(int status, String code, String message, String rule) {
        ObjectNode body = Json.object().put("code", code).put("message", message);
        return Told.of(status, "application/json;charset=utf-8", Json.write(body)).refusing(rule);
    }

    private Told signed(Told told) {
        String time = Long.toString(clock.instant().toEpochMilli());
        String nonce = Tokens.random();
        String body = new String(told.body(), StandardCharsets.UTF_8);
        String text = time + "\n" + nonce + "\n" + body + "\n";
        return told.with("alipay-timestamp", time)
                .with("alipay-nonce", nonce)
                .with("alipay-signature", (forging ? app : alipay).sign(text))
                .with("alipay-trace-id", Tokens.random());
    }
}
