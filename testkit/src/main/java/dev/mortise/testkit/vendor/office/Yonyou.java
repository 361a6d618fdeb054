package dev.mortise.testkit.vendor.office;

import dev.mortise.testkit.vendor.Asked;
import dev.mortise.testkit.vendor.Mood;
import dev.mortise.testkit.vendor.Served;
import dev.mortise.testkit.vendor.Told;
import dev.mortise.testkit.vendor.Vendor;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.node.ObjectNode;

/// Yonyou BIP: hosts by tenant, a signed token request, the token in the query, errors inside 200.
///
/// Refuses a wrong signature, one that was encoded twice, a clock that is off, a token of a header,
/// a token that has ended, and the vouchers until [#grantVouchers] is called.
public final class Yonyou implements Vendor {
    private static final String APP_KEY = "41832a3d2df94989b500da6a22268747";
    private static final String APP_SECRET = "0b1f+simulated/secret==";
    private static final String TENANT = "mortise1";
    private static final String DISCOVERY = "/open-auth/dataCenter/getGatewayAddress";
    private static final String AUTH = "/iuap-api-auth";
    private static final String TOKEN = AUTH + "/open-auth/selfAppAuth/getAccessToken";
    private static final String GATEWAY = "/iuap-api-gateway";
    private static final String ORDERS = "/yonbip/scm/purchaseorder/list";
    private static final String VENDORS = "/yonbip/digitalModel/vendor/list";
    private static final String VOUCHERS = "/yonbip/fi/ficloud/openapi/voucher/queryVouchers";
    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final int PAGE_MAX = 500;

    private final InstantSource clock;
    private final Grants grants;
    private final Trouble trouble;
    private final Duration life;
    private final Map<String, Shelf> shelves = new LinkedHashMap<>();
    private volatile boolean granted;

    public Yonyou() {
        this(InstantSource.system(), Duration.ofHours(2), new Trouble());
    }

    public Yonyou(Mood mood) {
        this(InstantSource.system(), mood.tokenLife(), new Trouble(mood));
    }

    /// @param life of a token
    /// @param trouble with the datasets `orders`, `vendors` and `vouchers`
    public Yonyou(InstantSource clock, Duration life, Trouble trouble) {
        this.clock = clock;
        this.life = life;
        this.trouble = trouble;
        this.grants = new Grants(clock, life, Duration.ZERO);
        shelves.put(ORDERS, YonyouRows.orders("orders", 347, trouble));
        shelves.put(VENDORS, YonyouRows.vendors(trouble));
        shelves.put(VOUCHERS, YonyouRows.orders("vouchers", 61, trouble));
    }

    @Override
    public String name() {
        return "yonyou";
    }

    @Override
    public Map<String, String> environment(URI base) {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("YONYOU_URL", base.toString());
        words.put("YONYOU_TENANT", TENANT);
        words.put("YONYOU_APP_KEY", APP_KEY);
        words.put("YONYOU_APP_SECRET", APP_SECRET);
        return words;
    }

    @Override
    public List<Served> served() {
        return List.of(shelf(ORDERS).served(), shelf(VENDORS).served());
    }

    /// What an administrator does in the console of the open platform.
    public void grantVouchers() {
        granted = true;
    }

    /// Ends every token that was given out.
    public void revoke() {
        grants.revoke();
    }

    private Shelf shelf(String path) {
        return Objects.requireNonNull(shelves.get(path), path);
    }

    @Override
    public Told answer(Asked asked) {
        String path = asked.path();
        if (path.equals(DISCOVERY)) {
            return discover(asked);
        }
        if (path.equals(TOKEN)) {
            return token(asked);
        }
        if (path.startsWith(GATEWAY) && shelves.containsKey(path.substring(GATEWAY.length()))) {
            return business(asked, path.substring(GATEWAY.length()));
        }
        return Told.of(404, "text/html", "<html>404 Not Found</html>").refusing("path");
    }

    private static Told discover(Asked asked) {
        if (!TENANT.equals(asked.params().get("tenantId"))) {
            return told("50000", "租户不存在", Json.object()).refusing("tenant");
        }
        String host = "http://" + asked.header("host");
        ObjectNode data = Json.object();
        data.put("gatewayUrl", host + GATEWAY).put("tokenUrl", host + AUTH);
        return told("00000", "成功!", data);
    }

    private Told token(Asked asked) {
        Map<String, String> params = new TreeMap<>(asked.params());
        String signature = String.valueOf(params.remove("signature"));
        if (!APP_KEY.equals(params.get("appKey"))) {
            return told("50000", "appKey 不存在", Json.object()).refusing("app-key");
        }
        String timestamp = params.getOrDefault("timestamp", "");
        if (!fresh(timestamp)) {
            return told("50000", "timestamp 已过期", Json.object()).refusing("timestamp");
        }
        StringBuilder text = new StringBuilder();
        params.forEach((name, value) -> text.append(name).append(value));
        String right = hmac(text.toString());
        if (signature.equals(right)) {
            Grants.Grant grant = grants.grant();
            ObjectNode data = Json.object();
            data.put("access_token", grant.token()).put("expire", life.toSeconds());
            return told("00000", "成功!", data);
        }
        return told("50000", "签名校验失败", Json.object())
                .refusing(right.equals(decoded(signature)) ? "encoded-twice" : "signature");
    }

    private boolean fresh(String timestamp) {
        if (!timestamp.matches("\\d{13}")) {
            return false;
        }
        Instant sent = Instant.ofEpochMilli(Long.parseLong(timestamp));
        return Duration.between(sent, clock.instant()).abs().compareTo(WINDOW) <= 0;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return text;
        }
    }

    private static String hmac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(APP_SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] sum = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(sum);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    private Told business(Asked asked, String path) {
        String token = asked.params().getOrDefault("access_token", "");
        if (grants.standing(token) != Grants.Standing.GOOD) {
            String rule = token.isEmpty() ? "token-missing" : "token";
            return told("310036", "非法 access_token", Json.object()).refusing(rule);
        }
        if (path.equals(VOUCHERS) && !granted) {
            return told("310037", "当前应用未被授权访问该 API", Json.object()).refusing("grant");
        }
        if (!asked.method().equals("POST")) {
            return told("405", "请求方式不支持", Json.object()).refusing("method");
        }
        return switch (trouble.luck()) {
            case FINE -> page(asked, path);
            case THROTTLED -> told("999", "请求过于频繁，请稍后再试", Json.object());
            case FAILED -> Told.of(503, "text/html", "<html>503</html>");
        };
    }

    private Told page(Asked asked, String path) {
        return Json.read(asked.text())
                .map(query -> page(shelf(path), query))
                .orElseGet(() -> told("999", "请求体不是 JSON", Json.object()).refusing("body"));
    }

    private static Told page(Shelf shelf, ObjectNode query) {
        int index = query.path("pageIndex").asInt(0);
        int size = query.path("pageSize").asInt(0);
        if (index < 1 || size < 1 || size > PAGE_MAX) {
            return told("999", "pageIndex 从 1 开始，pageSize 为 1 到 500", Json.object())
                    .refusing("page");
        }
        ObjectNode data = Json.object();
        data.put("pageIndex", index).put("pageSize", size).put("recordCount", shelf.size());
        data.put("pageCount", (shelf.size() + size - 1) / size);
        data.set("recordList", shelf.slice((index - 1) * size, size));
        return told("200", "操作成功", data);
    }

    private static Told told(String code, String message, ObjectNode data) {
        ObjectNode answer = Json.object().put("code", code).put("message", message);
        if (!data.isEmpty()) {
            answer.set("data", data);
        }
        return Told.json(Json.write(answer));
    }
}
