package dev.mortise.testkit.vendor.cloud;

import dev.mortise.testkit.vendor.Asked;
import dev.mortise.testkit.vendor.Json;
import dev.mortise.testkit.vendor.Mood;
import dev.mortise.testkit.vendor.Rate;
import dev.mortise.testkit.vendor.Served;
import dev.mortise.testkit.vendor.Tokens;
import dev.mortise.testkit.vendor.Told;
import dev.mortise.testkit.vendor.Vendor;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/// DingTalk: a token in the query, refusals within 200, a page of HTML and a ban for who calls
/// far too often, and a robot whose address is signed.
public final class Dingtalk implements Vendor {
    private static final Duration BAN = Duration.ofMinutes(5);
    private static final int CALLS_PER_SECOND = 40;

    private final InstantSource clock;
    private final Mood mood;
    private final String appKey = "ding" + Tokens.random().substring(0, 12);
    private final String appSecret = Tokens.random();
    private final Tokens tokens;
    private final DingtalkPeople people;
    private final DingtalkRobot robot;
    private final Rate address;
    private final Map<String, Rate> interfaces = new ConcurrentHashMap<>();
    private final AtomicInteger calls = new AtomicInteger();
    private volatile Instant bannedUntil = Instant.MIN;

    public Dingtalk(Mood mood) {
        this(InstantSource.system(), mood, 10_000);
    }

    /// @param callsMax calls within 20 seconds before the caller's address is banned
    public Dingtalk(InstantSource clock, Mood mood, int callsMax) {
        this.clock = clock;
        this.mood = mood;
        this.tokens = new Tokens(clock, mood.tokenLife());
        this.people = new DingtalkPeople(mood);
        this.robot = new DingtalkRobot(clock);
        this.address = new Rate(clock, callsMax, Duration.ofSeconds(20));
    }

    @Override
    public String name() {
        return "dingtalk";
    }

    @Override
    public Map<String, String> environment(URI base) {
        Map<String, String> all = new TreeMap<>(robot.environment());
        all.put("DINGTALK_URL", base.toString());
        all.put("DINGTALK_APP_KEY", appKey);
        all.put("DINGTALK_APP_SECRET", appSecret);
        return all;
    }

    @Override
    public List<Served> served() {
        return people.served();
    }

    /// What was sent to the robot's group, oldest first.
    public List<String> messages() {
        return robot.messages();
    }

    @Override
    public Told answer(Asked asked) {
        if (isBanned()) {
            return Told.of(200, "text/html;charset=UTF-8", "<html><body>访问被拒绝</body></html>")
                    .refusing("ban");
        }
        return switch (asked.path()) {
            case "/v1.0/oauth2/accessToken" -> grant(Json.read(asked.text()));
            case "/robot/send" -> robot.send(asked);
            default -> serve(asked);
        };
    }

    private synchronized boolean isBanned() {
        Instant now = clock.instant();
        if (now.isBefore(bannedUntil)) {
            return true;
        }
        if (address.allows()) {
            return false;
        }
        bannedUntil = now.plus(BAN);
        return true;
    }

    private Told grant(JsonNode body) {
        boolean good =
                body.path("appKey").asString("").equals(appKey)
                        && body.path("appSecret").asString("").equals(appSecret);
        if (!good) {
            return error(400, "invalidClientIdOrSecret", "无效的clientId或者clientSecret", "login");
        }
        String token = tokens.grant().orElse("");
        if (token.isEmpty()) {
            return error(403, "Forbidden.AccessDenied.QpsLimitForApi", "并发获取", "concurrent-grant");
        }
        return Told.json(
                "{\"expireIn\":%d,\"accessToken\":\"%s\"}"
                        .formatted(tokens.secondsLeft(token), token));
    }

    /// An error of the newer kind: by status.
    private static Told error(int status, String code, String message, String rule) {
        String body = "{\"code\":%s,\"message\":%s,\"requestid\":\"%s\"}";
        return Told.of(
                        status,
                        "application/json;charset=UTF-8",
                        body.formatted(Json.write(code), Json.write(message), Tokens.random()))
                .refusing(rule);
    }

    private Told serve(Asked asked) {
        if (!tokens.isValid(asked.params().getOrDefault("access_token", ""))) {
            return refused("40014", "不合法的access_token", "token");
        }
        Rate rate = interfaces.computeIfAbsent(interfaceOf(asked), _ -> perSecond());
        int call = calls.incrementAndGet();
        if (!rate.allows() || mood.throttles(call)) {
            return refused("90018", "您的服务器调用钉钉开放平台所有接口的请求都被暂时禁用了", "rate");
        }
        if (mood.fails(call)) {
            return Told.json("{\"errcode\":-1,\"errmsg\":\"系统繁忙\"}");
        }
        JsonNode body = Json.read(asked.text());
        return switch (asked.path()) {
            case "/topapi/v2/user/list" -> people.members(body);
            case "/topapi/v2/department/listsub" -> people.departments(body);
            default -> flat(404, "请求的URI地址不存在", "path");
        };
    }

    /// Names invented by callers must not fill the memory.
    private static String interfaceOf(Asked asked) {
        return asked.path().startsWith("/topapi/v2/user") ? "user" : "other";
    }

    private Rate perSecond() {
        return new Rate(clock, CALLS_PER_SECOND, Duration.ofSeconds(1));
    }

    /// An error of the older kind that wraps the code that counts.
    private static Told refused(String code, String message, String rule) {
        return Told.json(
                        """
                        {"errcode":88,"sub_code":"%s","sub_msg":"%s",\
                        "errmsg":"ding talk error[subcode=%s,submsg=%s]","request_id":"%s"}\
                        """
                                .formatted(code, message, code, message, Tokens.random()))
                .refusing(rule);
    }

    /// An error of the older kind, within 200.
    static Told flat(int code, String message, String rule) {
        return Told.json(
                        "{\"errcode\":%d,\"errmsg\":%s,\"request_id\":\"%s\"}"
                                .formatted(code, Json.write(message), Tokens.random()))
                .refusing(rule);
    }
}
