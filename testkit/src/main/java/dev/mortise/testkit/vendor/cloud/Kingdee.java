package dev.mortise.testkit.vendor.cloud;

import dev.mortise.testkit.vendor.Asked;
import dev.mortise.testkit.vendor.Json;
import dev.mortise.testkit.vendor.Mood;
import dev.mortise.testkit.vendor.Served;
import dev.mortise.testkit.vendor.Told;
import dev.mortise.testkit.vendor.Vendor;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/// Kingdee 云星空: calls signed twice or within a session, answers of 200 whatever has happened,
/// rows as arrays without names.
public final class Kingdee implements Vendor {
    private static final String SERVICES = "/K3Cloud/Kingdee.BOS.WebApi.ServicesStub.";
    private static final String ENDING = ".common.kdsvc";

    private final Mood mood;
    private final KingdeeGate gate;
    private final KingdeeBills bills;
    private final KingdeeOrders orders = new KingdeeOrders();
    private final AtomicInteger calls = new AtomicInteger();

    public Kingdee(Mood mood) {
        this(InstantSource.system(), mood);
    }

    /// @param mood whose token life is that of a session
    public Kingdee(InstantSource clock, Mood mood) {
        this.mood = mood;
        this.gate = new KingdeeGate(clock, mood.tokenLife());
        this.bills = new KingdeeBills(mood);
    }

    @Override
    public String name() {
        return "kingdee";
    }

    @Override
    public Map<String, String> environment(URI base) {
        Map<String, String> all = new TreeMap<>(gate.environment());
        all.put("KINGDEE_URL", base.toString());
        return all;
    }

    @Override
    public List<Served> served() {
        return List.of(bills.served());
    }

    /// Number, amount and step of the orders that were saved.
    public List<List<String>> saved() {
        return orders.rows();
    }

    @Override
    public Told answer(Asked asked) {
        String path = asked.path();
        if (!path.startsWith(SERVICES) || !path.endsWith(ENDING)) {
            return Told.of(404, "text/html", "<html><body>404</body></html>").refusing("path");
        }
        JsonNode body = Json.read(asked.text());
        String service = path.substring(SERVICES.length(), path.length() - ENDING.length());
        if (service.equals("AuthService.LoginByAppSecret")) {
            return gate.login(body);
        }
        String broken = gate.broken(asked);
        if (!broken.isEmpty()) {
            return refusal(broken);
        }
        int call = calls.incrementAndGet();
        if (mood.throttles(call)) {
            return Told.of(429, "application/json", "{\"errcode\":429,\"description\":\"请求过于频繁\"}")
                    .refusing("rate");
        }
        return mood.fails(call)
                ? Told.of(502, "text/html", "<html><body>502 Bad Gateway</body></html>")
                : serve(service, body);
    }

    private Told serve(String service, JsonNode body) {
        JsonNode data = Json.inside(body.path("data"));
        JsonNode form = body.path("formid");
        boolean query = service.equals("DynamicFormService.ExecuteBillQuery");
        if (!query && !form.asString("").equals(KingdeeBills.FORM)) {
            return status(4, "", "表单标识 FormId 不存在", "form");
        }
        return switch (service) {
            case "DynamicFormService.ExecuteBillQuery" -> bills.query(data);
            case "DynamicFormService.Save" -> orders.save(data);
            case "DynamicFormService.BatchSave" -> orders.saveAll(data);
            case "DynamicFormService.Submit" -> orders.move(data, "A", "B");
            case "DynamicFormService.Audit" -> orders.move(data, "B", "C");
            default -> status(3, "", "操作标识不存在", "operation");
        };
    }

    /// A lost session is told within 200; the gateway refuses a signature by status.
    private static Told refusal(String broken) {
        return switch (broken) {
            case "session" -> nested(1, "会话信息已丢失，请重新登录", broken);
            case "user" ->
                    Told.of(403, "application/json", "{\"errcode\":403,\"description\":\"用户未授权\"}")
                            .refusing(broken);
            default ->
                    Told.of(401, "application/json", "{\"errcode\":401,\"description\":\"验签失败\"}")
                            .refusing(broken);
        };
    }

    /// A refusal as queries give it: within arrays, where rows would be.
    static Told nested(int code, String message, String rule) {
        return Told.json("[[" + result(code, "", message) + "]]").refusing(rule);
    }

    /// A refusal as writes give it.
    static Told status(int code, String field, String message, String rule) {
        return Told.json(result(code, field, message)).refusing(rule);
    }

    private static String result(int code, String field, String message) {
        return """
        {"Result":{"ResponseStatus":{"ErrorCode":500,"IsSuccess":false,"Errors":[{"FieldName":%s,\
        "Message":%s,"DIndex":0}],"SuccessEntitys":[],"SuccessMessages":[],"MsgCode":%d}}}\
        """
                .formatted(Json.write(field), Json.write(message), code);
    }

    static Told saved(long id, String number) {
        return Told.json(
                """
                {"Result":{"ResponseStatus":{"IsSuccess":true,"Errors":[],\
                "SuccessEntitys":[{"Id":%d,"Number":%s,"DIndex":0}],\
                "SuccessMessages":[],"MsgCode":0},"Id":%d,"Number":%s}}\
                """
                        .formatted(id, Json.write(number), id, Json.write(number)));
    }
}
