package dev.mortise.testkit.vendor.pay;

import dev.mortise.testkit.vendor.Asked;
import dev.mortise.testkit.vendor.Mood;
import dev.mortise.testkit.vendor.Rsa;
import dev.mortise.testkit.vendor.Served;
import dev.mortise.testkit.vendor.Told;
import dev.mortise.testkit.vendor.Vendor;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Alipay: the older gateway, with one address and errors within 200, and the newer one with paths
/// and errors by status. Both sign each answer.
public final class Alipay implements Vendor {
    static final String APP_ID = "2014072300007148";

    private final Mood mood;
    private final Rsa app = Rsa.make();
    private final Rsa alipay = Rsa.make();
    private final AlipayAccount account;
    private final AlipayV2 older;
    private final AlipayV3 newer;
    private final AtomicInteger calls = new AtomicInteger();

    public Alipay(Mood mood) {
        this(InstantSource.system(), mood);
    }

    public Alipay(InstantSource clock, Mood mood) {
        this.mood = mood;
        this.account = new AlipayAccount(mood);
        this.older = new AlipayV2(clock, app, alipay);
        this.newer = new AlipayV3(clock, app, alipay);
    }

    @Override
    public String name() {
        return "alipay";
    }

    @Override
    public Map<String, String> environment(URI base) {
        return new TreeMap<>(
                Map.of(
                        "ALIPAY_URL", base.toString(),
                        "ALIPAY_APP_ID", APP_ID,
                        "ALIPAY_PRIVATE_KEY", app.privateText(),
                        "ALIPAY_PUBLIC_KEY", alipay.publicText()));
    }

    @Override
    public List<Served> served() {
        return List.of(account.served());
    }

    /// Request numbers and amounts of the refunds asked for.
    public List<List<String>> refunds() {
        return account.refunds();
    }

    /// From now on answers are signed by somebody else.
    public void forgeAnswers() {
        older.forgeAnswers();
        newer.forgeAnswers();
    }

    @Override
    public Told answer(Asked asked) {
        boolean old = asked.path().equals("/gateway.do");
        return old ? older.answer(asked, this::serve) : newer.answer(asked, this::serve);
    }

    /// @param method such as `alipay.trade.refund`
    private AlipayAnswer serve(String method, Map<String, String> biz) {
        int call = calls.incrementAndGet();
        if (mood.throttles(call)) {
            return AlipayAnswer.refusal("40005", "app-call-limited", "调用频次超限", "rate");
        }
        if (mood.fails(call)) {
            return AlipayAnswer.refusal("20000", "aop.unknow-error", "系统繁忙", "");
        }
        return switch (method) {
            case "alipay.data.bill.accountlog.query" -> account.log(biz);
            case "alipay.trade.refund" -> account.refund(biz);
            default -> AlipayAnswer.refusal("40002", "isv.invalid-method", "不存在的方法名", "method");
        };
    }
}
