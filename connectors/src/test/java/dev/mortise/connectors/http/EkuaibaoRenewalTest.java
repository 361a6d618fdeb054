package dev.mortise.connectors.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mortise.testkit.vendor.Simulator;
import dev.mortise.testkit.vendor.office.Ekuaibao;
import dev.mortise.testkit.vendor.office.Trouble;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// 合思 renews a pair of tokens only for both of them, and before the old one has ended.
@Tag("live")
final class EkuaibaoRenewalTest {
    private final Fixture fixture = new Fixture("http://127.0.0.1:1");
    private final List<String> log = new CopyOnWriteArrayList<>();

    private static Map<String, Object> auth(Map<String, String> words) {
        Map<String, Object> auth = new LinkedHashMap<>();
        auth.put("kind", "login");
        auth.put(
                "discover",
                Map.of(
                        "url", "/api/openapi/v2/location",
                        "params", Map.of("corpId", word(words, "CORP_ID")),
                        "base_url", "$.value"));
        Map<String, Object> body =
                Map.of(
                        "appKey", word(words, "APP_KEY"),
                        "appSecurity", word(words, "APP_SECURITY"));
        auth.put("request", Map.of("url", "/api/openapi/v1/auth/getAccessToken", "body", body));
        Map<String, Object> params =
                Map.of(
                        "accessToken", "{access}",
                        "refreshToken", "{token}",
                        "powerCode", word(words, "POWER_CODE"));
        auth.put("refresh", Map.of("url", "/api/openapi/v2/auth/refreshToken", "params", params));
        auth.put("token", "$.value.accessToken");
        auth.put("refresh_token", "$.value.refreshToken");
        auth.put("expiry", "$.value.expireTime");
        auth.put("expiry_as", "at_ms");
        auth.put("renewal", "old_dies");
        auth.put("place", Map.of("query", "accessToken"));
        return auth;
    }

    private static String word(Map<String, String> words, String name) {
        return words.getOrDefault("EKUAIBAO_" + name, "");
    }

    private long asked(String path) {
        return log.stream().filter(line -> line.contains(path) && line.endsWith("  200")).count();
    }

    @Test
    void renewsThePairAndSignsInOnlyOnce() {
        Trouble calm = new Trouble();
        Ekuaibao vendor = new Ekuaibao(fixture.time::now, Duration.ofHours(2), Duration.ZERO, calm);
        try (Simulator simulator = Simulator.start(vendor, 0, log::add)) {
            Map<String, Object> nodes = new LinkedHashMap<>();
            nodes.put("path", "/api/openapi/v2/budgets/$ID_3D$8ov23ECg/query");
            nodes.put("params", Map.of("start", "0", "count", "5"));
            nodes.put("records", "$.value.nodes");
            nodes.put("columns", Map.of("id", "text"));
            fixture.orders(nodes)
                    .set("base_url", simulator.base().toString())
                    .set("errors", "ekuaibao")
                    .set("auth", auth(simulator.environment()));
            for (int i = 0; i < 4; i++) {
                assertEquals(5, fixture.read().size());
                fixture.time.pass(Duration.ofMinutes(117));
            }
            assertEquals(Map.of(), simulator.broken(), log::toString);
            assertEquals(1, asked("getAccessToken"), log::toString);
            assertEquals(3, asked("refreshToken"), log::toString);
        }
    }
}
