package dev.mortise.testkit.vendor.pay;

import dev.mortise.testkit.vendor.Asked;
import dev.mortise.testkit.vendor.Json;
import dev.mortise.testkit.vendor.Mood;
import dev.mortise.testkit.vendor.Served;
import dev.mortise.testkit.vendor.Tokens;
import dev.mortise.testkit.vendor.Told;
import dev.mortise.testkit.vendor.Vendor;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/// WeChat Pay APIv3: each call and each answer is signed, errors come by status, a bill is a file
/// behind an address of its own.
public final class WechatPay implements Vendor {
    private final InstantSource clock;
    private final Mood mood;
    private final WechatGate gate;
    private final WechatBill bill;
    private final WechatComplaints complaints;
    private final WechatRefunds refunds;
    private final WechatUploads uploads = new WechatUploads();
    private final AtomicInteger calls = new AtomicInteger();
    private volatile boolean forging;

    public WechatPay(Mood mood) {
        this(InstantSource.system(), mood);
    }

    public WechatPay(InstantSource clock, Mood mood) {
        this.clock = clock;
        this.mood = mood;
        this.gate = new WechatGate(clock);
        this.bill = new WechatBill(clock);
        this.complaints = new WechatComplaints(mood);
        this.refunds = new WechatRefunds(clock);
    }

    @Override
    public String name() {
        return "wechatpay";
    }

    @Override
    public Map<String, String> environment(URI base) {
        Map<String, String> all = new TreeMap<>(gate.environment());
        all.put("WECHATPAY_URL", base.toString());
        return all;
    }

    @Override
    public List<Served> served() {
        return List.of(complaints.served(), bill.served());
    }

    /// Numbers and amounts of the refunds asked for.
    public List<List<String>> refunds() {
        return refunds.rows();
    }

    /// Names and hashes of the pictures uploaded.
    public List<List<String>> uploads() {
        return uploads.rows();
    }

    /// From now on answers are signed by somebody else.
    public void forgeAnswers() {
        forging = true;
    }

    @Override
    public Told answer(Asked asked) {
        String broken = gate.broken(asked);
        if (!broken.isEmpty()) {
            return signed(error(401, "SIGN_ERROR", "签名错误：" + broken, broken));
        }
        if (asked.path().equals(WechatBill.FILE)) {
            return bill.file(asked.params().getOrDefault("token", ""));
        }
        int call = calls.incrementAndGet();
        if (mood.throttles(call)) {
            return signed(error(429, "FREQUENCY_LIMITED", "频率超限", "rate"));
        }
        return mood.fails(call)
                ? signed(error(500, "SYSTEM_ERROR", "系统繁忙，请稍后重试", ""))
                : signed(serve(asked));
    }

    private Told serve(Asked asked) {
        boolean get = asked.method().equals("GET");
        String path = asked.path();
        if (get && path.equals("/v3/bill/tradebill")) {
            return bill.apply(asked);
        }
        if (get && path.equals("/v3/merchant-service/complaints-v2")) {
            return complaints.list(asked.params());
        }
        if (get && path.startsWith(WechatRefunds.PATH + "/")) {
            return refunds.find(path.substring(WechatRefunds.PATH.length() + 1));
        }
        if (asked.method().equals("POST") && path.equals(WechatRefunds.PATH)) {
            return refunds.refund(asked);
        }
        if (asked.method().equals("POST") && path.equals(WechatUploads.PATH)) {
            return uploads.upload(asked);
        }
        return error(404, "RESOURCE_NOT_EXISTS", "请求的资源不存在", "path");
    }

    private Told signed(Told told) {
        String time = Long.toString(clock.instant().getEpochSecond());
        String nonce = Tokens.random();
        String body = new String(told.body(), StandardCharsets.UTF_8);
        String text = time + "\n" + nonce + "\n" + body + "\n";
        return told.with("Wechatpay-Timestamp", time)
                .with("Wechatpay-Nonce", nonce)
                .with("Wechatpay-Serial", WechatGate.PLATFORM_SERIAL)
                .with("Wechatpay-Signature", gate.signature(text, forging))
                .with("Request-ID", Tokens.random());
    }

    static Told error(int status, String code, String message, String rule) {
        String body =
                "{\"code\":%s,\"message\":%s}".formatted(Json.write(code), Json.write(message));
        return Told.of(status, "application/json; charset=utf-8", body).refusing(rule);
    }

    static Told invalid(String message, String rule) {
        return error(400, "PARAM_ERROR", message, rule);
    }
}
