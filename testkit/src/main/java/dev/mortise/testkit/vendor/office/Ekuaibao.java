package dev.mortise.testkit.vendor.office;

import dev.mortise.testkit.vendor.Asked;
import dev.mortise.testkit.vendor.Mood;
import dev.mortise.testkit.vendor.Served;
import dev.mortise.testkit.vendor.Told;
import dev.mortise.testkit.vendor.Vendor;
import dev.mortise.testkit.vendor.office.Shelf.Target;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// 合思 (ekuaibao): an address prefix by tenant that moves, tokens in the query that end after two
/// hours and need a moment before they work, lists of at most 100, `$` in paths.
public final class Ekuaibao implements Vendor {
    private static final String APP_KEY = "b433ffa4-ff6e-4e76-95e6-1a7bed8777eb";
    private static final String APP_SECURITY = "60ec2aa6-6354-40b5-a742-0e1034962b2f";
    private static final String CORPORATION = "djg8LshfUkfM00";
    private static final String POWER_CODE = "219904";
    private static final String BUDGET = "$ID_3D$8ov23ECg";
    private static final String API = "/api/openapi/";
    private static final String LOCATION = API + "v2/location";
    private static final String GRANT = API + "v1/auth/getAccessToken";
    private static final String RENEWAL = API + "v2/auth/refreshToken";
    private static final String BILLS = API + "v1.1/docs/getApplyList";
    private static final String NODES = API + "v2/budgets/" + BUDGET + "/query";
    private static final int COUNT_MAX = 100;
    private static final long START_MS = 1_767_225_600_000L;
    private static final long HOUR_MS = 3_600_000L;

    private final Grants grants;
    private final Trouble trouble;
    private final Shelf bills;
    private final Shelf nodes;
    private volatile String prefix = "/app";

    public Ekuaibao() {
        this(InstantSource.system(), Duration.ofHours(2), Duration.ofMillis(200), new Trouble());
    }

    public Ekuaibao(Mood mood) {
        this(InstantSource.system(), mood.tokenLife(), Duration.ofMillis(200), new Trouble(mood));
    }

    /// @param life of a token
    /// @param delay how long a new token is refused
    /// @param trouble with the datasets `bills` and `nodes`
    public Ekuaibao(InstantSource clock, Duration life, Duration delay, Trouble trouble) {
        this.grants = new Grants(clock, life, delay);
        this.trouble = trouble;
        Target bills =
                Target.of(
                        "expense_bills",
                        "id: id, code: /form/code, title: /form/title,"
                                + " amount: /form/expenseMoney/standard, updated_ms: updateTime");
        Target nodes = Target.of("budget_nodes", "id: id, name: name, money: money");
        this.bills = new Shelf("bills", trouble, bills, Shelf.rows(433, Ekuaibao::bill));
        this.nodes = new Shelf("nodes", trouble, nodes, Shelf.rows(256, Ekuaibao::node));
    }

    @Override
    public String name() {
        return "ekuaibao";
    }

    @Override
    public Map<String, String> environment(URI base) {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("EKUAIBAO_URL", base.toString());
        words.put("EKUAIBAO_CORP_ID", CORPORATION);
        words.put("EKUAIBAO_APP_KEY", APP_KEY);
        words.put("EKUAIBAO_APP_SECURITY", APP_SECURITY);
        words.put("EKUAIBAO_POWER_CODE", POWER_CODE);
        return words;
    }

    @Override
    public List<Served> served() {
        return List.of(bills.served(), nodes.served());
    }

    /// Moves the tenant to another address, as an upgrade does: the old one is gone.
    ///
    /// @param name of the new one, a word
    public void move(String name) {
        prefix = "/" + name;
    }

    /// Ends every token that was given out.
    public void revoke() {
        grants.revoke();
    }

    @Override
    public Told answer(Asked asked) {
        String path = asked.path();
        if (path.equals(LOCATION)) {
            return locate(asked);
        }
        if (!path.startsWith(prefix + API)) {
            String rule = path.contains(API) ? "address-prefix" : "path";
            return error(404, "Not Found").refusing(rule);
        }
        // A dollar may come encoded or as it is; both name the same.
        return switch (path.substring(prefix.length()).replace("%24", "$")) {
            case GRANT -> grant(asked);
            case RENEWAL -> renew(asked);
            case BILLS -> listed(asked, () -> bills(asked));
            case NODES -> listed(asked, () -> nodes(asked));
            default -> error(404, "Not Found").refusing("path");
        };
    }

    private Told locate(Asked asked) {
        if (!CORPORATION.equals(asked.params().get("corpId"))) {
            return error(412, "企业不存在").refusing("corporation");
        }
        String host = "http://" + asked.header("host");
        return Told.json(Json.write(Json.object().put("value", host + prefix)));
    }

    private Told grant(Asked asked) {
        boolean json = asked.header("content-type").startsWith("application/json");
        Optional<ObjectNode> body = Json.read(asked.text());
        if (!asked.method().equals("POST") || !json || body.isEmpty()) {
            return error(400, "请求体必须是 JSON").refusing("body");
        }
        boolean known =
                Json.text(body.get(), "appKey").equals(APP_KEY)
                        && Json.text(body.get(), "appSecurity").equals(APP_SECURITY);
        return known ? value(grants.grant()) : error(403, "密钥无效").refusing("app-security");
    }

    private Told renew(Asked asked) {
        Map<String, String> params = asked.params();
        if (!POWER_CODE.equals(params.get("powerCode"))) {
            return error(403, "未开通该功能").refusing("power-code");
        }
        String token = params.getOrDefault("accessToken", "");
        return grants.renew(token, params.getOrDefault("refreshToken", ""))
                .map(Ekuaibao::value)
                .orElseGet(() -> error(403, "授权码已失效，请重新获取").refusing("refresh-token"));
    }

    private static Told value(Grants.Grant grant) {
        ObjectNode answer = Json.object();
        answer.putObject("value")
                .put("accessToken", grant.token())
                .put("refreshToken", grant.refresh())
                .put("expireTime", grant.end().toEpochMilli())
                .put("corporationId", CORPORATION);
        return Told.json(Json.write(answer));
    }

    /// What every list refuses.
    private Told listed(Asked asked, Supplier<Told> list) {
        Grants.Standing standing = grants.standing(asked.params().getOrDefault("accessToken", ""));
        return switch (standing) {
            case UNKNOWN -> error(401, "accessToken 无效").refusing("token");
            case EXPIRED -> error(401, "accessToken 已过期").refusing("token-expired");
            case EARLY -> error(401, "accessToken 尚未生效").refusing("token-early");
            case GOOD -> trouble.struck().orElseGet(list);
        };
    }

    private Told bills(Asked asked) {
        if (!"expense".equals(asked.params().get("type"))) {
            return error(412, "type 必填，且为 expense").refusing("type");
        }
        return page(asked, bills, false);
    }

    private Told nodes(Asked asked) {
        return page(asked, nodes, true);
    }

    private static Told page(Asked asked, Shelf shelf, boolean inValue) {
        int start = whole(asked.params().get("start"));
        int count = whole(asked.params().get("count"));
        if (start < 0 || count < 1 || count > COUNT_MAX) {
            return error(412, "start 从 0 开始，count 大于 0 且不超过 100").refusing("count");
        }
        ObjectNode answer = Json.object();
        ObjectNode inner = inValue ? answer.putObject("value") : answer;
        inner.put("count", shelf.size());
        inner.set(inValue ? "nodes" : "items", shelf.slice(start, count));
        return Told.json(Json.write(answer));
    }

    private static int whole(@Nullable String text) {
        return text != null && text.matches("\\d{1,9}") ? Integer.parseInt(text) : -1;
    }

    private static Told error(int status, String message) {
        ObjectNode answer = Json.object().put("errorCode", status).put("errorMessage", message);
        return Told.of(status, "application/json;charset=UTF-8", Json.write(answer));
    }

    private static ObjectNode bill(int number) {
        long time = START_MS + number * HOUR_MS;
        ObjectNode row = Json.object();
        row.put("id", "ID_3%05d".formatted(number));
        row.put("active", true);
        row.put("createTime", time);
        row.put("updateTime", time + number % 7);
        row.put("formType", "expense");
        row.put("state", number % 3 == 0 ? "paid" : "approving");
        row.put("ownerId", CORPORATION + ":" + number % 40);
        ObjectNode form = row.putObject("form");
        form.put("code", "B26%06d".formatted(number + 1));
        form.put("title", "差旅报销 " + Instant.ofEpochMilli(time).toString().substring(0, 10));
        form.putObject("expenseMoney")
                .put("standard", BigDecimal.valueOf(33_00L + number * 7_31L, 2).toPlainString())
                .put("standardStrCode", "CNY");
        return row;
    }

    private static ObjectNode node(int number) {
        ObjectNode row = Json.object();
        row.put("id", "N%05d".formatted(number + 1));
        row.put("name", "预算节点" + (number + 1));
        row.put("code", "2026-%03d".formatted(number + 1));
        row.put("money", BigDecimal.valueOf(1_000_00L + number * 99L, 2));
        return row;
    }
}
